"""Runs what holds a state so that it gives the lock back, however it is asked to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


def run_held(work: Coroutine[Any, Any, _T]) -> _T:
    """Run what holds the state; SIGTERM ends it as Ctrl-C does, so that the lock is given back.

    A job of CI that is canceled gets one of the two, and a few seconds.
    """

    async def heeding() -> _T:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None

        def cancel(*_: object) -> None:
            if task.cancelling():
                raise KeyboardInterrupt
            task.cancel()
            loop.call_soon_threadsafe(lambda: None)  # wakes the loop: a signal alone does not

        signal.signal(signal.SIGTERM, cancel)
        return await work

    before = signal.getsignal(signal.SIGTERM)
    try:
        return asyncio.run(heeding())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        signal.signal(signal.SIGTERM, before)
