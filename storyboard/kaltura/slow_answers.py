"""Tells, once a run, that a studio keeps a call waiting. Ends nothing, and sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

SLOW_SECONDS: Final = 10.0
"""What an honest answer never takes, however many videos a page lists. A choice."""


class SlowAnswers:
    """Owns whether it was told already: of a thousand calls that wait, one says so."""

    def __init__(
        self, told: Callable[[str], None] | None = None, seconds: float = SLOW_SECONDS
    ) -> None:
        self._told = told
        self._seconds = seconds

    @contextmanager
    def watched(self, name: str) -> Iterator[None]:
        """Tell of a call, by its name, that lasts as long as the block and too long."""
        timer = asyncio.get_running_loop().call_later(self._seconds, self._tell, name)
        try:
            yield
        finally:
            timer.cancel()

    def _tell(self, name: str) -> None:
        told, self._told = self._told, None
        if told is not None:
            told(f"waiting: {name} has no answer for {self._seconds:g} seconds")
