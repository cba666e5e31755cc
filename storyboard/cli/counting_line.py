"""A line on a terminal that counts what is done, for work that takes longer than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from storyboard.cli.options import has_bars
from storyboard.counting import Count
from storyboard.printing import for_bars

_SILENT: Final = 1.0
"""Seconds: what is quicker needs no line."""

_PAUSE: Final = 0.1
"""Seconds between two lines: an eye reads no more, and a terminal far away writes slowly. A
choice."""
_WIDTH: Final = 24
_CLEAR: Final = "\r\x1b[K"


@contextmanager
def counting(
    noun: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Count | None]:
    """Lend what shows a count on stderr while the block runs; None where it has no bars.

    The line is gone at the end: what stays on the screen is the result.
    """
    out = sys.stderr if stream is None else stream
    if not has_bars(out):
        yield None
        return
    line = for_bars(out)
    shows, due = False, clock() + _SILENT

    def told(done: int, total: int) -> None:
        nonlocal shows, due
        now = clock()
        if now < due:
            return
        shows, due = True, now + _PAUSE
        filled = _WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        line.write(f"{_CLEAR}{bar} {done:,} of {total:,} {noun}")
        line.flush()

    try:
        yield told
    finally:
        if shows:
            line.write(_CLEAR)
            line.flush()
