"""Whether one studio still takes work, and how many jobs its threads have in hand.

A studio that is told to end takes no more, and lets what it has begun end, for as long as whoever
runs it waits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Draining:
    """Owns that decision and that count; for any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_begun = False
        self._in_hand = 0

    @property
    def has_begun(self) -> bool:
        """Return whether no more work is taken."""
        return self._has_begun

    @property
    def in_hand(self) -> int:
        """Return how many jobs are worked on; a thread that looks for one counts that long."""
        return self._in_hand

    def begin(self) -> None:
        """Take no more work, from now on."""
        with self._lock:
            self._has_begun = True

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Count a thread that may take a job up, and tell it whether it may."""
        with self._lock:
            may = not self._has_begun
            self._in_hand += may
        try:
            yield may
        finally:
            with self._lock:
                self._in_hand -= may
