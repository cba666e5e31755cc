"""Where a speech has sentences and lists, in seconds. Knows no words: who acts needs none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`stops` are when sentences end; a list is when each item begins, and when the last ends."""

    stops: tuple[float, ...] = ()
    lists: tuple[tuple[float, ...], ...] = ()


NO_PHRASES = Phrases()
