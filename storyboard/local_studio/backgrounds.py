"""Which backgrounds the local studio's library has, for those who may not know the studio."""

from __future__ import annotations


def library_backgrounds() -> tuple[str, ...]:
    """Return the ids of all library backgrounds."""
    from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS

    return LIBRARY_IDS
