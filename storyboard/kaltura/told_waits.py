"""Who is told of long waits that a studio asks for. Waits for nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final

_LONG: Final = 5.0
"""Seconds of a wait that nobody has to be told of: about as long as a retry takes. A choice."""

_TOLD: Final[ContextVar[Callable[[str], None] | None]] = ContextVar("told_waits", default=None)


@contextmanager
def telling_waits(told: Callable[[str], None]) -> Iterator[None]:
    """Have waits that begin meanwhile told, a line each; the same line once."""
    last = [""]

    def once(line: str) -> None:
        # Calls that are refused together all wait.
        if line != last[0]:
            last[0] = line
            told(line)

    token = _TOLD.set(once)
    try:
        yield
    finally:
        _TOLD.reset(token)


def tell_wait(asked: float | None, seconds: float, now: Callable[[], datetime]) -> None:
    """Tell that a call waits `seconds`, where the studio `asked` for a long wait."""
    told = _TOLD.get()
    if told is None or asked is None or asked < _LONG:
        return
    until = (now() + timedelta(seconds=asked)).strftime("%H:%M")
    again = "" if seconds >= asked else f"; it is asked again in {seconds:.0f} s"
    told(f"the studio asks to wait until {until}{again}")
