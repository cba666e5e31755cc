"""Threads for what takes long, which callers get in turn, a piece of work at a time."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import copy_context
from enum import Enum, auto
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from storyboard.cores import cores
from storyboard.studio.api.turns import Line, Turn

K = TypeVar("K")
T = TypeVar("T")
IsGone = Callable[[], Awaitable[bool]]

MAX_CALLS: Final = 64
"""Of one caller, begun and not answered: more than a page of pictures asks for at once."""

MOST_CALLS: Final = 96
"""Of all callers. Each holds a connection, which cannot make room for whoever comes."""

_ALWAYS: Final = 4
"""Calls that a caller may have even where others have all of the rest."""

_WAITING: Final = 1000
"""Twenty of the largest multirequests: a second or two of work."""


async def never() -> bool:
    """Return that whoever asked still waits, where nothing tells."""
    return False


class Lane(Enum):
    """Calls of one caller that wait for each other, and for none of another lane."""

    ANY = auto()
    WRITES = auto()
    LONG = auto()
    """Several calls in one, or a large body. All of them leave half of the threads to others."""


_Whose = tuple[str, Lane]
"""Whose calls, of one lane, wait for their turns behind each other."""


class HardWork:
    """Owns as many threads as there are cores; more work at once would only take longer.

    Whoever waits gets the next free thread by turns, a piece of work at a time: the calls of one
    caller, however many and long, keep another's waiting for a piece. For any number of loops.
    """

    def __init__(
        self,
        threads: int | None = None,
        most: int = MOST_CALLS,
        of_one: int = MAX_CALLS,
        *,
        waiting: int = _WAITING,
        patience: float | None = None,
    ) -> None:
        """Take `most` calls, `of_one` caller so many; `waiting` is of a line, by their sizes.

        `patience` is how many seconds a call waits for its turn at most.
        """
        self.threads = threads or cores()
        self.most, self._of_one = most, of_one
        self._most_waiting, self._patience = waiting, patience
        self._pool = ThreadPoolExecutor(self.threads, "hard-work")
        self._calls: Counter[str] = Counter()
        self._busy: Counter[_Whose] = Counter()
        self._waiting: OrderedDict[_Whose, Line] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is begun, worked at or waited for."""
        return not (self._calls or self._busy or self._waiting)

    def close(self) -> None:
        """Let what is begun end, and begin nothing more."""
        self._pool.shutdown(cancel_futures=True)

    async def do(
        self,
        caller: str,
        work: Callable[[], T],
        is_gone: IsGone = never,
        *,
        at_once: int | None = None,
        lane: Lane = Lane.ANY,
        size: int = 1,
    ) -> T:
        """Return what the work returns, once its turn came.

        It is given up where nobody waits for it any more. Answers 429 to a caller who has too much
        begun, or waiting. `at_once` is how many threads the caller may have in the lane, `size` how
        many short calls the work is as long as.
        """
        self._refuse_too_many(caller)
        with self._begun(caller):
            turn = _turn(at_once or self.threads, size)
            return await self._piece((caller, lane), work, is_gone, turn)

    async def flow(
        self, caller: str, pieces: Iterator[bytes], is_gone: IsGone = never
    ) -> AsyncGenerator[bytes, None]:
        """Yield pieces as they are made, each in a turn of its own."""

        def next_piece() -> bytes | None:
            return next(pieces, None)

        whose = (caller, Lane.ANY)
        with self._begun(caller):
            while True:
                turn = _turn(self.threads)
                piece = await self._piece(whose, next_piece, is_gone, turn)
                if piece is None:
                    return
                yield piece

    async def _piece(self, whose: _Whose, work: Callable[[], T], is_gone: IsGone, turn: Turn) -> T:
        async with self._thread(whose, turn):
            if await is_gone():
                raise ClientDisconnect
            within = copy_context()  # of which span it is part
            return await asyncio.get_running_loop().run_in_executor(self._pool, within.run, work)

    def _refuse_too_many(self, caller: str) -> None:
        mine = self._calls[caller]
        if mine >= self._of_one or (mine >= _ALWAYS and self._calls.total() >= self.most):
            raise _too_many()

    @contextmanager
    def _begun(self, caller: str) -> Iterator[None]:
        with self._lock:
            self._calls[caller] += 1
        try:
            yield
        finally:
            with self._lock:
                _less(self._calls, caller)

    @asynccontextmanager
    async def _thread(self, whose: _Whose, turn: Turn) -> AsyncIterator[None]:
        with self._lock:
            line = self._waiting.setdefault(whose, Line(self._most_waiting))
            line.add(turn)
            self._give_turns()
            turn.is_awaited = not turn.is_given
            line.refuse_last()
            self._forget_empty(whose)
        try:
            if turn.is_awaited:
                with suppress(TimeoutError):
                    await asyncio.wait_for(turn.came, self._patience)
            if not turn.is_given:
                raise _too_many()
            yield
        finally:
            with self._lock:
                if turn.is_given:
                    _less(self._busy, whose)
                else:
                    line.remove(turn)
                    self._forget_empty(whose)
                self._give_turns()

    def _give_turns(self) -> None:
        """Give free threads to the lines that have waited the longest since their last turn."""
        for whose in list(self._waiting):
            if self._busy.total() >= self.threads:
                return
            line = self._waiting[whose]
            if self._busy[whose] >= line.first.at_once or not self._has_room(whose[1]):
                continue
            line.take().give()
            self._busy[whose] += 1
            self._waiting.move_to_end(whose)
            self._forget_empty(whose)

    def _has_room(self, lane: Lane) -> bool:
        if lane is not Lane.LONG:
            return True
        long = sum(count for (_, each), count in self._busy.items() if each is Lane.LONG)
        return long < max(1, self.threads // 2)

    def _forget_empty(self, whose: _Whose) -> None:
        if not self._waiting.get(whose, True):
            del self._waiting[whose]


def _turn(at_once: int, size: int = 1) -> Turn:
    return Turn(size, at_once, asyncio.get_running_loop().create_future())


def _too_many() -> HTTPException:
    told = {"retry-after": "1", "connection": "close"}
    return HTTPException(429, "too many calls at once", told)


def _less(counts: Counter[K], whose: K) -> None:
    counts[whose] -= 1
    if not counts[whose]:
        del counts[whose]
