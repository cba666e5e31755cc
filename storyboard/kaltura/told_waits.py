"""Who is told of long waits: those that a studio asks for, and those for its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final

_LONG: Final = 5.0
"""Seconds of a wait that nobody has to be told of: about as long as a retry takes. A choice."""

SLOW_SECONDS: Final = 10.0
"""What an honest answer never takes, however many videos a page lists. A choice."""


class _Teller:
    """Owns what was told already: of a thousand calls that wait, one says so."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self._told = told
        self._last = ""
        self._is_slow_told = False

    def asked(self, line: str) -> None:
        """Tell of a wait that was asked for: calls that are refused together all wait."""
        if line != self._last:
            self._last = line
            self._told(line)

    def slow(self, line: str) -> None:
        """Tell of an answer that does not come, once a run."""
        if not self._is_slow_told:
            self._is_slow_told = True
            self._told(line)


_TELLER: Final[ContextVar[_Teller | None]] = ContextVar("told_waits", default=None)


@contextmanager
def telling_waits(told: Callable[[str], None]) -> Iterator[None]:
    """Have waits that begin meanwhile told, a line each; the same line once."""
    token = _TELLER.set(_Teller(told))
    try:
        yield
    finally:
        _TELLER.reset(token)


def tell_wait(asked: float | None, seconds: float, now: Callable[[], datetime]) -> None:
    """Tell that a call waits `seconds`, where the studio `asked` for a long wait."""
    teller = _TELLER.get()
    if teller is None or asked is None or asked < _LONG:
        return
    if seconds >= asked:
        teller.asked(f"the studio asks to wait for {asked:.0f} s; it is asked again then")
        return
    until = (now() + timedelta(seconds=asked)).strftime("%H:%M:%S")
    teller.asked(f"the studio asks to wait until {until}; it is asked again in {seconds:.0f} s")


@contextmanager
def watched(name: str, seconds: float = SLOW_SECONDS) -> Iterator[None]:
    """Tell of a call, by its name, that lasts as long as the block and longer than it may."""
    teller = _TELLER.get()
    if teller is None:
        yield
        return
    line = f"waiting: {name} has no answer for {seconds:g} seconds"
    timer = asyncio.get_running_loop().call_later(seconds, teller.slow, line)
    try:
        yield
    finally:
        timer.cancel()
