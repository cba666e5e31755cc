"""The studio's time, which can be set ahead, set back or stopped. Knows no session, no object."""

from __future__ import annotations

import threading
from collections.abc import Callable

Clock = Callable[[], float]
"""Unix seconds: stamps objects and expires sessions. Leases have the machine's own clock."""


class AdjustableClock:
    """A clock that runs as `source` does, so many seconds apart from it, until it is stopped."""

    def __init__(self, source: Clock) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._offset = 0.0
        self._stopped: float | None = None

    def __call__(self) -> float:
        with self._lock:
            return self._now()

    @property
    def offset(self) -> float:
        """Return how many seconds it is ahead of its source."""
        with self._lock:
            return self._now() - self._source()

    @property
    def is_stopped(self) -> bool:
        """Return whether it stands still."""
        return self._stopped is not None

    def set(self, *, at: float | None = None, advance: float = 0.0, stopped: bool = False) -> None:
        """Show `at` (or what it shows now) and so many seconds more; then run, or stand still."""
        with self._lock:
            shown = (self._now() if at is None else at) + advance
            self._offset = shown - self._source()
            self._stopped = shown if stopped else None

    def reset(self) -> None:
        """Show the source's time again."""
        with self._lock:
            self._offset, self._stopped = 0.0, None

    def _now(self) -> float:
        return self._source() + self._offset if self._stopped is None else self._stopped
