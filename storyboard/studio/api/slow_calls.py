"""Threads for what takes long, speech and pictures, so that no short call queues up behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeVar

from starlette.exceptions import HTTPException

from storyboard.studio.film.threads import cores

T = TypeVar("T")


MAX_WAITING: Final = 100
"""More than a page of pictures asks for at once."""


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class HardWork:
    """Owns as many threads as there are cores; more work at once would only take longer."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(cores(), "hard-work")
        self._turns: dict[str, _Turn] = {}

    async def do(self, work: Callable[[], T]) -> T:
        """Return what the work returns, once its turn came; forgotten where nobody waits for it."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def do_in_turn(self, caller: str, work: Callable[[], T]) -> T:
        """Do the work once this caller's earlier work is done, so that others find a thread free.

        Answers 429 to a caller who has too much waiting.
        """
        turn = self._turns.setdefault(caller, _Turn())
        if turn.waiting >= MAX_WAITING:
            raise HTTPException(429, "too many pictures at once", {"retry-after": "1"})
        turn.waiting += 1
        try:
            async with turn.lock:
                return await self.do(work)
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[caller]

    async def flow(self, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Yield pieces as they are made; streams and other work take turns, piece by piece."""
        while (piece := await self.do(lambda: next(pieces, None))) is not None:
            yield piece
