"""How much of an answer is read, and how long it is waited for. Bounds only; reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storyboard.wire import MAX_FILM_BYTES

MOST_REPLY_VALUES: Final = 500_000
"""In one reply: twenty times those of a page of 100 videos with 20 scenes each. An empty object
of two characters takes 64 bytes of memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a studio sends; each is far above what an honest one needs.

    A page of 100 videos with 20 long scenes each is about 8 MB. `spare_bytes` of the disk are left
    to others. A download may take as long as it likes, as long as each `slow_seconds` bring
    `slow_bytes`: 1 kB a second.
    """

    reply_bytes: int = 32 << 20
    error_bytes: int = 64 << 10
    film_bytes: int = MAX_FILM_BYTES
    spare_bytes: int = 256 << 20
    slow_bytes: int = 64 << 10
    slow_seconds: float = 60.0
    whole_reads: float = 4.0
    """How many times the wait for one piece of a reply the whole reply may take."""
