"""What is known of a call that makes something: whether the studio may be at it."""

from __future__ import annotations

from enum import Enum


class Reach(Enum):
    """How far a call came, as far as this run knows.

    `UNKNOWN` was sent, by this run or by one before it, and was not looked after since. `IDLE` is
    not under way: the studio was seen doing nothing with the video, and no call was sent since, or
    surely none was taken. `TAKEN` is one that the studio took, or was seen at.
    """

    UNKNOWN = "unknown"
    IDLE = "idle"
    TAKEN = "taken"
