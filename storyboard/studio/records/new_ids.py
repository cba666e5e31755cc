"""The ids of new objects: drawn by chance, or from the seed such as no object has.

A seed that is planted again without a reset begins anew, beside objects that have its first ids: an
entry with one of them would take the place of another's film.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from storyboard.studio.records import queue
from storyboard.studio.records.ids import entry_id, object_id
from storyboard.studio.records.seeding import chance
from storyboard.studio.records.store import Transaction


def new_video_id(tx: Transaction, draw: random.SystemRandom | None = None) -> str:
    """Return the id of a new video, from `draw` if it is known that no seed is planted."""
    return _drawn(tx, object_id, lambda made: _has(tx, "videos.find", made), draw)


def new_avatar_id(tx: Transaction) -> str:
    """Return the id of a new avatar."""
    return _drawn(tx, object_id, lambda made: _has(tx, "avatars.find", made))


def new_captions_id(tx: Transaction) -> str:
    """Return the id of a new caption asset."""
    return new_entry_id(tx)


def new_entry_id(tx: Transaction, draw: random.SystemRandom | None = None) -> str:
    """Return the id of a new entry, from `draw` likewise; that of a film to come is taken, too."""

    def is_taken(made: str) -> bool:
        coming = (job.entry_id for job in queue.states(tx, open_only=True))
        is_there = (_has(tx, f"{table}.find", made) for table in ("entries", "captions"))
        return any(is_there) or made in coming

    return _drawn(tx, entry_id, is_taken, draw)


def _has(tx: Transaction, statement: str, made: str) -> bool:
    return tx.row(statement, id=made) is not None


def _drawn(
    tx: Transaction,
    shape: Callable[[random.Random], str],
    is_taken: Callable[[str], bool],
    draw: random.SystemRandom | None = None,
) -> str:
    if draw is not None:
        return shape(draw)
    while True:
        source = chance(tx)
        made = shape(source)
        if isinstance(source, random.SystemRandom) or not is_taken(made):
            return made
