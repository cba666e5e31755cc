"""Time that passes as a test says, and waiting for what another thread or program does."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

_STEP, _PAUSE = 2.0, 0.02


@dataclass
class Clock:
    """Seconds that only a test moves."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let time pass quickly, in small steps: a thread that looks at it sees most of them."""
        over = threading.Event()

        def run() -> None:
            while not over.wait(_PAUSE):
                self.seconds += _STEP

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def eventually(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds: far longer than any machine needs, and no longer than needed."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


async def no_wait(seconds: float) -> None:
    """Sleep in no time, and let others go on."""
    del seconds
    await asyncio.sleep(0)


@contextmanager
def soon(seconds: float, clock: Callable[[], float] = time.thread_time) -> Iterator[None]:
    """Fail if the block needs more of a processor than this, and more than a slow one explains.

    The limits were set on a machine on which `_work` takes `_ITS_SECONDS`.
    """
    begun = clock()
    yield
    took = clock() - begun
    if took > seconds:
        slower = max(1.0, median(_seconds_of_work() for _ in range(15)) / _ITS_SECONDS)
        assert took < seconds * slower, f"took {took:.2f} s on a machine {slower:.1f} times as slow"


_ITS_SECONDS = 0.014


def _seconds_of_work() -> float:
    begun = time.thread_time()
    total = 0
    for number in range(400_000):
        total += number % 7
    return time.thread_time() - begun
