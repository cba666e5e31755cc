"""Finds which recorded address became which, so that a video keeps its object and its film. Pure.

A storyboard that gets locales, or loses them, is the same storyboard; so is one of the very same
content under another id. Whatever else moved is for a person to say: `storyboard state mv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from storyboard.plan.shown import desired_shown
from storyboard.state.model import State
from storyboard.video import Address, Video


def find_moves(
    desired: Sequence[Video], state: State, *, complete: bool
) -> Mapping[Address, Address]:
    """Map recorded addresses that the files no longer have to what they are called now.

    Where the desired videos are not `complete`, only their own storyboards' addresses can be gone.
    """
    wanted = {video.address: video for video in desired}
    storyboards = {address.storyboard for address in wanted}
    recorded = state.addresses
    gone = sorted(
        address
        for address in recorded
        if address not in wanted and (complete or address.storyboard in storyboards)
    )
    new = [video for address, video in wanted.items() if address not in recorded]
    if not gone or not new:
        return {}
    moves = dict(_with_locales(gone, new, desired))
    rest = [video for video in new if video.address not in moves.values()]
    return moves | dict(_same_content((a for a in gone if a not in moves), rest, state))


def _with_locales(
    gone: Sequence[Address], new: Sequence[Video], desired: Sequence[Video]
) -> Iterator[tuple[Address, Address]]:
    """Pair the video of no locale with the source's, which comes first in its storyboard."""
    sources: dict[str, Address] = {}
    for video in desired:
        sources.setdefault(video.address.storyboard, video.address)
    added = {video.address for video in new}
    for storyboard, source in sources.items():
        others = [address for address in gone if address.storyboard == storyboard]
        bare = Address(storyboard)
        if source not in added:
            continue
        if source != bare and bare in others:
            yield bare, source
        elif source == bare and len(others) == 1:
            yield others[0], source


def _same_content(
    gone: Iterable[Address], new: Sequence[Video], state: State
) -> Iterator[tuple[Address, Address]]:
    """Pair addresses of the very same content, where there are no two to choose from."""
    was: dict[str, list[Address]] = {}
    for address in gone:
        record = state.videos.get(address)
        if record is not None and record.written.applied:
            was.setdefault(record.written.applied, []).append(address)
    now: dict[str, list[Address]] = {}
    for video in new if was else ():
        now.setdefault(desired_shown(video).fingerprint, []).append(video.address)
    for fingerprint, addresses in was.items():
        candidates = now.get(fingerprint, [])
        if len(addresses) == len(candidates) == 1:
            yield addresses[0], candidates[0]
