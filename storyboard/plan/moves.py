"""Finds which recorded address became which, so that a video keeps its object and its film. Pure.

A storyboard that gets locales, or loses them, is the same storyboard; so is one under another id
that says the very same in one locale, and then its other locales are the same too. A held video
decides nothing: it still has the source's text, and would pass for the source. Whatever else moved
is for a person to say: `storyboard state mv`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from storyboard.plan.confirmed import content_digests, wanted_digests
from storyboard.plan.shown import desired_shown
from storyboard.state.model import ObjectRecord, State
from storyboard.video import Address, Video


def find_moves(
    desired: Sequence[Video],
    state: State,
    *,
    complete: bool,
    unmade: Collection[Address] = (),
) -> Mapping[Address, Address]:
    """Map recorded addresses that the files no longer have to what they are called now.

    Where the desired videos are not `complete`, only their own storyboards' addresses can be gone;
    those that are `unmade`, because of errors in the files, are not.
    """
    wanted = {video.address: video for video in desired}
    storyboards = {address.storyboard for address in wanted}
    recorded = state.addresses
    gone = sorted(
        address
        for address in recorded
        if address not in wanted
        and address not in unmade
        and (complete or address.storyboard in storyboards)
    )
    new = [video for address, video in wanted.items() if address not in recorded]
    if not gone or not new:
        return {}
    moves = dict(_with_locales(gone, new, desired))
    # The whole storyboard first: a text that two of them share would pair single locales wrongly.
    for step in (_renamed, _same_content):
        left = [address for address in gone if address not in moves]
        taken = set(moves.values())
        rest = [video for video in new if video.address not in taken]
        moves |= dict(step(left, rest, state))
    return moves


def _with_locales(
    gone: Sequence[Address], new: Sequence[Video], desired: Sequence[Video]
) -> Iterator[tuple[Address, Address]]:
    """Pair the video of no locale with the source's, which comes first in its storyboard."""
    sources: dict[str, Address] = {}
    for video in desired:
        sources.setdefault(video.address.storyboard, video.address)
    added = {video.address for video in new}
    by_storyboard = _by_storyboard(gone)
    for storyboard, source in sources.items():
        others = by_storyboard.get(storyboard, [])
        bare = Address(storyboard)
        if source not in added:
            continue
        if source != bare and bare in others:
            yield bare, source
        elif source == bare and len(others) == 1:
            yield others[0], source


def _renamed(
    gone: Sequence[Address], new: Sequence[Video], state: State
) -> Iterator[tuple[Address, Address]]:
    """Pair storyboards that are gone and new as a whole and say the same in some locale."""
    kept = {a.storyboard for a in state.addresses.difference(gone)}
    added = {video.address for video in new}
    found: dict[tuple[str, str], None] = {}
    for address, match in _pairs(gone, new, state, lambda address: address.locale):
        pair = (address.storyboard, match.storyboard)
        if not kept.intersection(pair):
            found[pair] = None
    olds, news = Counter(old for old, _ in found), Counter(id_ for _, id_ in found)
    by_storyboard = _by_storyboard(gone)
    for old, id_ in found:
        if olds[old] == news[id_] == 1:
            for address in by_storyboard[old]:
                moved = Address(id_, address.locale)
                if moved in added:
                    yield address, moved


def _by_storyboard(addresses: Iterable[Address]) -> dict[str, list[Address]]:
    groups: dict[str, list[Address]] = {}
    for address in addresses:
        groups.setdefault(address.storyboard, []).append(address)
    return groups


def _same_content(
    gone: Sequence[Address], new: Sequence[Video], state: State
) -> Iterator[tuple[Address, Address]]:
    """Pair addresses of the very same content, where there are no two to choose from."""
    yield from _pairs(gone, new, state, lambda address: None)


def _pairs(
    gone: Sequence[Address],
    new: Sequence[Video],
    state: State,
    among: Callable[[Address], str | None],
) -> Iterator[tuple[Address, Address]]:
    """Yield who has the content of whom, if there are no two to choose from.

    Only addresses for which `among` tells the same are compared; first with their names, then
    without, since an id may be where the name comes from.
    """
    left = [(a, state.videos[a].written) for a in gone if a in state.videos]
    deciding = [video for video in new if not video.holds]
    for recorded, wanted in _CONTENTS:
        was = _grouped(((among(a), recorded(record)), a) for a, record in left)
        now = _grouped(((among(v.address), wanted(v)), v.address) for v in deciding)
        found = {
            addresses[0]: now[key][0]
            for key, addresses in was.items()
            # An empty key is a record that was never confirmed: it says nothing, and so do two of
            # them.
            if key[1] and len(addresses) == len(now.get(key, ())) == 1
        }
        yield from found.items()
        left = [(a, record) for a, record in left if a not in found]
        taken = set(found.values())
        deciding = [video for video in deciding if video.address not in taken]


_Content = Hashable
_CONTENTS: tuple[tuple[Callable[[ObjectRecord], _Content], Callable[[Video], _Content]], ...] = (
    (lambda record: record.applied, lambda video: desired_shown(video).fingerprint),
    (content_digests, wanted_digests),
)
"""What is compared of a record and of a video: with the name, and without."""


def _grouped(
    pairs: Iterable[tuple[tuple[str | None, _Content], Address]],
) -> dict[tuple[str | None, _Content], list[Address]]:
    groups: dict[tuple[str | None, _Content], list[Address]] = {}
    for key, address in pairs:
        groups.setdefault(key, []).append(address)
    return groups
