"""What is known of a call that makes something: whether the studio may be at it."""

from __future__ import annotations

from enum import Enum


class Reach(Enum):
    """How far a call came, as far as this run knows.

    `UNKNOWN` was sent, by this run or by one before it, and was not looked after since. `UNSENT`
    was not sent, or surely not taken, since the studio was seen doing nothing with the video.
    `IDLE` was sent, and the studio was seen doing nothing since. `TAKEN` is one that the studio
    took, or was seen at.
    """

    UNKNOWN = "unknown"
    UNSENT = "unsent"
    IDLE = "idle"
    TAKEN = "taken"

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is under way."""
        return self in (Reach.UNSENT, Reach.IDLE)
