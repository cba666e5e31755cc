"""Gives up on a look into a file that keeps a decoder busy. Knows no decoder.

A megabyte of short texts beside a picture, of which each is compared with all before it, keeps
FFmpeg busy for minutes, and so does a picture that is sent a thousand times over itself. It asks
nobody meanwhile whether to go on, so what it does goes on behind, and ends with the process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Final, TypeVar

LOOK_SECONDS: Final = 20.0
"""Of a processor: a JPEG of the largest sides that are taken, 8192 each, needs one."""

_WAITED: Final = 10
"""How many times as long is waited where the system does not tell what a thread has used."""

_PAUSE: Final = 0.25
_T = TypeVar("_T")


class TooSlow(Exception):
    """The look took longer than anybody waits."""


def within(seconds: float, look: Callable[[], _T]) -> _T:
    """Return what a look finds, or raise what it raises; raises `TooSlow` for one without end.

    Only what a processor does counts: a disk may be slow.
    """
    found: Future[_T] = Future()
    clock: Future[Callable[[], float]] = Future()

    def run() -> None:
        try:
            clock.set_result(_own_clock())
            found.set_result(look())
        except BaseException as cause:  # for the thread that waits
            found.set_exception(cause)

    # A daemon: a look without end must not keep the program from ending.
    threading.Thread(target=run, name="look", daemon=True).start()
    while True:
        try:
            return found.result(_PAUSE)
        except TimeoutError:
            if not found.done() and clock.done() and clock.result()() > seconds:
                raise TooSlow from None


def _own_clock() -> Callable[[], float]:
    """Return what tells others the seconds of a processor that this thread has used."""
    begun = time.monotonic()
    if not hasattr(time, "pthread_getcpuclockid"):
        return lambda: (time.monotonic() - begun) / _WAITED
    # Asked here, since the system is not to be asked for a thread that has ended.
    clock = time.pthread_getcpuclockid(threading.get_ident())

    def used() -> float:
        with suppress(OSError):  # it has just ended
            return time.clock_gettime(clock)
        return 0.0

    return used
