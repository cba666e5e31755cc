"""Guesses which storyboard that the files left is now called what, so that pruning waits. Pure.

What is the very same is moved (`moves.py`). Here are the others: renamed and edited at once, they
look like a new storyboard and one that is gone, and only their names tell that they may be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.plan.change import Change
from storyboard.plan.current import Current
from storyboard.state.model import State
from storyboard.texts import same_text
from storyboard.video import Address


def find_renames(
    changes: Sequence[Change], gone: Sequence[Address], state: State, current: Current
) -> Iterator[tuple[Address, Address]]:
    """Yield each address that the files left with what it is called now, if that has no video yet.

    A storyboard that has none to wait for is done with its rename: what is left of it can go.
    """
    pairs = dict.fromkeys(_same_names(changes, gone, state, current))
    waiting = {change.address for change in changes if _is_unmade(change)}
    for old, new in pairs:
        if any(address.storyboard == new for address in waiting):
            for address in gone:
                if address.storyboard == old:
                    yield address, Address(new, address.locale)


def _is_unmade(change: Change) -> bool:
    return change.desired is not None and change.applied is None and change.current is None


def _same_names(
    changes: Sequence[Change], gone: Sequence[Address], state: State, current: Current
) -> Iterator[tuple[str, str]]:
    """Yield storyboards that are gone beside those with a video of the same name and locale."""
    left = set(gone)
    kept = {a.storyboard for a in state.addresses if a not in left}
    names: dict[Address, str] = {}
    for address in gone:
        record = state.videos.get(address)
        video = None if record is None else current.video(record.current.id)
        if video is not None:
            names[address] = video.name
    for change in changes:
        if change.desired is None:
            continue
        for old, name in names.items():
            same = old.locale == change.address.locale and same_text(name, change.desired.name)
            if same and old.storyboard not in kept:
                yield old.storyboard, change.address.storyboard
