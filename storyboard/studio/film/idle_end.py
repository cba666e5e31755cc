"""Ends what has not been used for a while: programs that hold models, which take memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

IDLE_SECONDS: Final = 300.0
"""Loading them again takes one or two seconds: not worth half a gigabyte for longer. A choice."""


class IdleEnd:
    """Owns the timer of one thing, which runs while nobody uses it; for any thread."""

    def __init__(self, seconds: float, end: Callable[[], None]) -> None:
        """Take what ends it; it may be called while a use begins, and has to look itself."""
        self._seconds = seconds
        self._end = end
        self._lock = threading.Lock()
        self._users = 0
        self._is_closed = False
        self._timer: threading.Timer | None = None

    @contextmanager
    def used(self) -> Iterator[None]:
        """Leave it as long as the block runs."""
        with self._lock:
            self._users += 1
            self._stop()
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not (self._users or self._is_closed):
                    self._timer = threading.Timer(self._seconds, self._end)
                    self._timer.daemon = True
                    self._timer.start()

    def close(self) -> None:
        """End nothing any more; a timer that rings is waited for."""
        with self._lock:
            self._is_closed = True
            timer = self._stop()
        if timer is not None:
            timer.join()

    def _stop(self) -> threading.Timer | None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        return timer
