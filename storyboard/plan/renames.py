"""Guesses which storyboard that the files left is now called what, so that pruning waits. Pure.

What is the very same is moved (`moves.py`). Here are the others: renamed and edited at once, they
look like a new storyboard and one that is gone, and only their names tell that they may be one, or,
where `name` is another too, what their scenes say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from storyboard.plan.change import Change
from storyboard.plan.current import Current
from storyboard.plan.shown import ShownVideo, desired_shown, remote_shown
from storyboard.state.model import State
from storyboard.texts import normal_text
from storyboard.video import Address

_Key = tuple[str | None, str]

_HALF: Final = 0.5
"""Whoever renames a storyboard edits some of its scenes; an intro and an outro that many include
are mostly less than half of what is said. The number is a choice."""


def find_renames(
    changes: Sequence[Change], gone: Sequence[Address], state: State, current: Current
) -> Iterator[tuple[Address, Address]]:
    """Yield each address that the files left with what it is called now, if that has no video yet.

    A storyboard that has none to wait for is done with its rename: what is left of it can go.
    """
    pairs = dict.fromkeys(_alike(changes, gone, state, current))
    waiting = {change.address for change in changes if _is_unmade(change)}
    for old, new in pairs:
        if any(address.storyboard == new for address in waiting):
            for address in gone:
                if address.storyboard == old:
                    yield address, Address(new, address.locale)


def _is_unmade(change: Change) -> bool:
    return change.desired is not None and change.applied is None and change.current is None


def _alike(
    changes: Sequence[Change], gone: Sequence[Address], state: State, current: Current
) -> Iterator[tuple[str, str]]:
    """Yield storyboards that are gone beside those with a video like theirs in some locale."""
    found = tuple(_found(gone, state, current))
    by_name, by_text = defaultdict[_Key, list[int]](list), defaultdict[_Key, list[int]](list)
    for place, (old, name, said) in enumerate(found):
        by_name[(old.locale, normal_text(name))].append(place)
        for text in said:
            by_text[(old.locale, text)].append(place)
    by_words: list[tuple[float, str, str]] = []
    named = set[str]()
    videos = [change.desired for change in changes if change.desired is not None]
    for video in videos if found else ():
        locale, says = video.address.locale, _narrations(desired_shown(video))
        same = by_name.get((locale, normal_text(video.name)), ())
        for place in same:
            named.add(found[place][0].storyboard)
            yield found[place][0].storyboard, video.address.storyboard
        # Only those that share a text with it are compared: of thousands, that is a few.
        alike = dict.fromkeys(place for text in says for place in by_text.get((locale, text), ()))
        # A name is enough: what it pairs is not weighed by its words again.
        for place in alike.keys() - same:
            old, _, said = found[place]
            share = _length(said & says) / max(_length(said), 1)
            by_words.append((share, old.storyboard, video.address.storyboard))
    yield from _most_alike(each for each in by_words if each[1] not in named)


def _found(
    gone: Sequence[Address], state: State, current: Current
) -> Iterator[tuple[Address, str, Counter[str]]]:
    """Yield what is gone and still in the studio, with its name and what it says.

    Only of storyboards of which nothing is left.
    """
    left = set(gone)
    kept = {a.storyboard for a in state.addresses if a not in left}
    for address in gone:
        recorded = state.videos.get(address)
        video = None if recorded is None else current.video(recorded.current.id)
        if video is not None and address.storyboard not in kept:
            yield address, video.name, _narrations(remote_shown(video, {}))


def _most_alike(pairs: Iterable[tuple[float, str, str]]) -> Iterator[tuple[str, str]]:
    """Pair each with the one that shares most: those made after one pattern are all alike."""
    paired = set[str]()
    for share, old, new in sorted(pairs, reverse=True):
        if share >= _HALF and not {old, new} & paired:
            paired |= {old, new}
            yield old, new


def _narrations(shown: ShownVideo) -> Counter[str]:
    return Counter(scene.narration for scene in shown.scenes)


def _length(narrations: Counter[str]) -> int:
    return sum(len(text) * times for text, times in narrations.items())
