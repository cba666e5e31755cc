"""Has a wait end early that nobody needs any more. Knows no voice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Stopped = Callable[[], bool]
"""Tells whether nobody waits any more; asked in any thread."""

_LOOK_SECONDS: Final = 0.1


def never() -> bool:
    """Go on to the end."""
    return False


@contextmanager
def ended_by(stopped: Stopped, end: Callable[[], None]) -> Iterator[None]:
    """Call `end`, in another thread, soon after `stopped()` while the block runs."""
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_SECONDS):
            if stopped():
                end()
                return

    thread = threading.Thread(target=look, name="giving-up", daemon=True)
    if stopped is not never:
        thread.start()
    try:
        yield
    finally:
        done.set()
        if stopped is not never:
            thread.join()


def wait_for(seconds: float, stopped: Stopped) -> None:
    """Wait so long, or until `stopped()`."""
    waiting = threading.Event()
    with ended_by(stopped, waiting.set):
        waiting.wait(seconds)
