"""How long a run waits for the lock of a state, and what it says meanwhile. Knows no lock."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from storyboard.errors import LockedError

_T = TypeVar("_T")


def _nobody(line: str) -> None:
    """Drop a line."""


@dataclass(frozen=True, slots=True)
class LockPatience:
    """How long to wait for a lock that another run holds.

    `seconds` is None for as long as it takes to know whether that run still lives: no time for a
    lock of this machine. `told` gets a line when the waiting begins and when a lock is taken over;
    setting `stop` ends the waiting.
    """

    seconds: float | None = None
    told: Callable[[str], None] = _nobody
    stop: threading.Event = field(default_factory=threading.Event)


_PAUSE: Final = 0.25
"""Between two tries to take a lock of this machine: it costs nothing there. A choice."""


@contextmanager
def patiently(
    opening: Callable[[], AbstractContextManager[_T]],
    patience: LockPatience,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[_T]:
    """Hold a lock that raises `LockedError` at once, after as many tries as there is time for."""
    # Without a time it is tried once more: who looks at a lock holds it for an instant.
    until = clock() + (_PAUSE / 2 if patience.seconds is None else patience.seconds)
    with ExitStack() as stack:
        while True:
            try:
                lock = stack.enter_context(opening())
                break
            except LockedError as cause:
                if clock() >= until or patience.stop.wait(_PAUSE):
                    raise
                patience.told(f"waiting: {cause.message}")
                patience = replace(patience, told=_nobody)
        yield lock


@asynccontextmanager
async def held(
    lock: AbstractContextManager[None], patience: LockPatience | None = None
) -> AsyncIterator[None]:
    """Hold a lock that blocks while it is taken and given back, in threads of its own.

    A cancellation ends the waiting, and never the giving back.
    """
    import asyncio  # by those who hold locks: it takes as long as all else of a short command

    entering = asyncio.create_task(asyncio.to_thread(lock.__enter__))
    try:
        await asyncio.shield(entering)
    except asyncio.CancelledError:
        if patience is not None:
            patience.stop.set()
        await asyncio.wait([entering])
        # The thread may have got the lock just before it was told to stop: it would stay taken.
        if not entering.cancelled() and entering.exception() is None:
            await _given_back(lock)
        raise
    try:
        yield
    finally:
        await _given_back(lock)


async def _given_back(lock: AbstractContextManager[None]) -> None:
    """Leave the lock; a cancellation meanwhile is done with it, since the run ends here anyway."""
    import asyncio

    leaving = asyncio.create_task(asyncio.to_thread(lock.__exit__, None, None, None))
    while not leaving.done():
        try:
            await asyncio.shield(leaving)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if leaving.cancelled() or task is None:
                raise
            # Each further Ctrl-C cancels once more; the lock is given back whole, and then the run
            # ends.
            task.uncancel()
    leaving.result()
