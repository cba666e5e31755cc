"""Tells the log once that something is away, and once that it is back, and after how long.

Whoever looks each second would tell it each second: nobody reads on, nor finds when it ended.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

_LOG: Final = logging.getLogger("storyboard.studio")


class Outage:
    """Knows since when something fails, of any number of threads that try it.

    `what` fails, and `again` is said once it does not any more.
    """

    def __init__(self, what: str, again: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._again, self._clock = what, again, clock
        self._lock = threading.Lock()
        self._since: float | None = None

    def note(self, cause: Exception | str) -> None:
        """Take note of a failure; the first one is told."""
        with self._lock:
            is_first = self._since is None
            self._since = self._clock() if self._since is None else self._since
        if is_first:
            _LOG.warning("%s: %s", self._what, cause)

    def over(self) -> None:
        """Take note that it went well; told where it failed before."""
        with self._lock:
            since, self._since = self._since, None
        if since is not None:
            _LOG.info("%s, after %.0f s", self._again, self._clock() - since)
