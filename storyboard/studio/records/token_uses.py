"""When each app token was used, kept in memory and written now and then. Knows no session.

A row for each call would be what calls wait for. Uses are of the real time: on a studio whose clock
was set ahead, and back again, a token would count as used for months.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from storyboard.studio.records import session_rows
from storyboard.studio.records.store import Store

PAUSE: Final = 300.0
"""Seconds between two writes for one token: who lists tokens counts in days. A choice."""


class TokenUses:
    """Owns the uses that one process has seen; safe from any number of threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, float] = {}
        self._written: dict[str, float] = {}

    def note(self, token: str, at: float) -> None:
        """Keep that a token was used at a real time; cheap, for each call."""
        self._seen[token] = at

    def write(self, store: Store, *, pause: float = PAUSE) -> None:
        """Write what was not written for a `pause`; raises `StudioError`, and keeps it then."""
        with self._lock:
            now = self._clock()
            self._written = {t: at for t, at in self._written.items() if now - at < pause}
            for token in [each for each in [*self._seen] if each not in self._written]:
                at = self._seen[token]
                with store.write_loosely() as tx:
                    session_rows.note_use(tx, token, at)
                self._written[token] = now
                if self._seen[token] == at:
                    del self._seen[token]
