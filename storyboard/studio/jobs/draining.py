"""Whether one studio still takes work, and how many jobs its threads have in hand.

A studio that is told to end takes no more, and lets what it has begun end, for as long as whoever
runs it waits.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from storyboard.counting import counted

_BETWEEN_LOOKS: Final = 0.1
_LOG: Final = logging.getLogger("storyboard.studio")


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

    async def drain(self, seconds: float, is_hurried: Callable[[], bool]) -> None:
        """Take no more work; give what is in hand so long to end, or until `is_hurried`."""
        deadline = time.monotonic() + seconds
        self.begin()
        is_told = False
        while self.in_hand and not is_hurried() and time.monotonic() < deadline:
            await asyncio.sleep(_BETWEEN_LOOKS)
            if self.in_hand and not is_told:  # by now no thread only looks for a job
                jobs = counted(self.in_hand, "job")
                _LOG.info("no new work is taken; %s given %g s to end", jobs, seconds)
                is_told = True

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
