"""Which process made a thing, and whether it still lives, by the local studio's own rule."""

from __future__ import annotations

from uuid import uuid4


def name_of_this_process() -> str:
    """Return a name for this process that no other one has, now or later."""
    from storyboard.studio.records.owner import this_process

    return this_process(uuid4().hex[:8])


def is_surely_dead(name: str) -> bool:
    """Return whether a process of that name ran on this machine and is gone."""
    from storyboard.studio.records import owner

    return owner.is_surely_dead(name)
