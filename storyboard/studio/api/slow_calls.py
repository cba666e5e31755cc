"""Threads for what takes long, speech and pictures, so that no short call queues up behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from storyboard.studio.film.threads import cores

T = TypeVar("T")


class HardWork:
    """Owns as many threads as there are cores; more work at once would only take longer."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(cores(), "hard-work")

    async def do(self, work: Callable[[], T]) -> T:
        """Return what the work returns, once its turn came; forgotten where nobody waits for it."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def flow(self, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Yield pieces as they are made; streams and other work take turns, piece by piece."""
        while (piece := await self.do(lambda: next(pieces, None))) is not None:
            yield piece
