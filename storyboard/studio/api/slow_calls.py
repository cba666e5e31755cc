"""Threads for what takes long, which callers get in turn; no short call queues up behind it."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from storyboard.cores import cores

K = TypeVar("K")
T = TypeVar("T")
IsGone = Callable[[], Awaitable[bool]]

MAX_CALLS: Final = 64
"""Of one caller, begun and not answered: more than a page of pictures asks for at once."""

MOST_CALLS: Final = 96
"""Of all callers. Each holds a connection, which cannot make room for whoever comes."""

_FOR_FILES: Final = 8
_FILES_OF_ONE, _FILES_OF_ALL = 16, 24
_FOR_CALLS: Final = 32
_CALLS_AT_ONCE: Final = 2
"""More of one caller take longer together: they share the interpreter's lock."""

_WRITES_AT_ONCE: Final = 2
"""One has the database's lock, and one gets ready: more would only wait for it."""

_FOR_STRANGERS: Final = 8
_CALLS_OF_ONE, _CALLS_OF_ALL = 100, 112
"""Clients of HTTP have a hundred connections at most, where they are not told else."""

_ALWAYS: Final = 4
"""Calls that a caller may have even where others have all of the rest."""


async def _never() -> bool:
    return False


class Lane(Enum):
    """Calls of one caller that wait for each other, and for none of another lane."""

    ANY = auto()
    WRITES = auto()


_Line = tuple[str, Lane]
"""Whose calls, of one lane, wait for their turns behind each other."""


@dataclass(eq=False, slots=True)
class _Turn:
    at_once: int
    came: asyncio.Future[None]
    is_given: bool = False
    is_awaited: bool = False

    def give(self) -> None:
        """Wake whoever waits, which may be in a loop of another thread."""
        self.is_given = True
        if self.is_awaited:
            loop = self.came.get_loop()
            is_here = loop is asyncio.get_running_loop()
            (loop.call_soon if is_here else loop.call_soon_threadsafe)(self._come)

    def _come(self) -> None:
        if not self.came.done():
            self.came.set_result(None)


class HardWork:
    """Owns as many threads as there are cores; more work at once would only take longer.

    Whoever waits gets the next free thread by turns, a piece of work at a time: the calls of one
    caller, however many and long, keep another's waiting for a piece. For any number of loops.
    """

    def __init__(
        self, threads: int | None = None, most: int = MOST_CALLS, of_one: int = MAX_CALLS
    ) -> None:
        self.threads = threads or cores()
        self.most, self._of_one = most, of_one
        self._pool = ThreadPoolExecutor(self.threads, "hard-work")
        self._calls: Counter[str] = Counter()
        self._busy: Counter[_Line] = Counter()
        self._waiting: OrderedDict[_Line, deque[_Turn]] = OrderedDict()
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
        is_gone: IsGone = _never,
        *,
        at_once: int | None = None,
        lane: Lane = Lane.ANY,
    ) -> T:
        """Return what the work returns, once its turn came.

        It is given up where nobody waits for it any more. Answers 429 to a caller who has too much
        begun. `at_once` is how many threads the caller may have in the lane.
        """
        self._refuse_too_many(caller)
        with self._begun(caller):
            return await self._piece((caller, lane), work, is_gone, at_once or self.threads)

    async def flow(
        self, caller: str, pieces: Iterator[bytes], is_gone: IsGone = _never
    ) -> AsyncGenerator[bytes, None]:
        """Yield pieces as they are made, each in a turn of its own."""

        def next_piece() -> bytes | None:
            return next(pieces, None)

        line = (caller, Lane.ANY)
        with self._begun(caller):
            while (piece := await self._piece(line, next_piece, is_gone, self.threads)) is not None:
                yield piece

    async def _piece(self, line: _Line, work: Callable[[], T], is_gone: IsGone, at_once: int) -> T:
        async with self._thread(line, at_once):
            if await is_gone():
                raise ClientDisconnect
            within = copy_context()  # of which span it is part
            return await asyncio.get_running_loop().run_in_executor(self._pool, within.run, work)

    def _refuse_too_many(self, caller: str) -> None:
        mine = self._calls[caller]
        if mine >= self._of_one or (mine >= _ALWAYS and self._calls.total() >= self.most):
            told = {"retry-after": "1", "connection": "close"}
            raise HTTPException(429, "too many calls at once", told)

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
    async def _thread(self, line: _Line, at_once: int) -> AsyncIterator[None]:
        turn = _Turn(at_once, asyncio.get_running_loop().create_future())
        with self._lock:
            self._waiting.setdefault(line, deque()).append(turn)
            self._give_turns()
            turn.is_awaited = not turn.is_given
        try:
            if turn.is_awaited:
                await turn.came
            yield
        finally:
            with self._lock:
                if turn.is_given:
                    _less(self._busy, line)
                else:
                    self._forget(line, turn)
                self._give_turns()

    def _give_turns(self) -> None:
        """Give free threads to the lines that have waited the longest since their last turn."""
        for line in list(self._waiting):
            if self._busy.total() >= self.threads:
                return
            turn = self._waiting[line][0]
            if self._busy[line] >= turn.at_once:
                continue
            self._forget(line, turn)
            self._busy[line] += 1
            turn.give()
            if line in self._waiting:
                self._waiting.move_to_end(line)

    def _forget(self, line: _Line, turn: _Turn) -> None:
        turns = self._waiting[line]
        turns.remove(turn)
        if not turns:
            del self._waiting[line]


@dataclass(frozen=True, slots=True)
class Asker:
    """By what name a call is counted: of the user whose session it names, or of its address."""

    name: str
    is_user: bool = True


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads of one studio: for what is hard, for whole files, and for all other calls.

    All that users may begin at once leaves an address some of its connections. What strangers ask
    for is done, or refused, in a moment: they share an address with whoever starts a session.
    """

    hard: HardWork = field(default_factory=HardWork)
    files: HardWork = field(
        default_factory=lambda: HardWork(_FOR_FILES, _FILES_OF_ALL, _FILES_OF_ONE)
    )
    calls: HardWork = field(
        default_factory=lambda: HardWork(_FOR_CALLS, _CALLS_OF_ALL, _CALLS_OF_ONE)
    )

    strangers: HardWork = field(
        default_factory=lambda: HardWork(_FOR_STRANGERS, sys.maxsize, sys.maxsize)
    )

    probes: HardWork = field(default_factory=lambda: HardWork(1, sys.maxsize, sys.maxsize))
    """For who asks whether it is ready: a proxy has the address of all strangers behind it."""

    @property
    def most(self) -> int:
        """Return how many calls are begun at most, but for a few of many callers."""
        return self.hard.most + self.files.most + self.calls.most

    def close(self) -> None:
        """End the threads, so that none of them meets what is closed after them."""
        for each in (self.hard, self.files, self.calls, self.strangers, self.probes):
            each.close()

    async def call(self, asker: Asker, work: Callable[[], T]) -> T:
        """Do what takes a moment, so that thousands of one caller's keep no other's waiting."""
        if not asker.is_user:
            return await self.strangers.do(asker.name, work, at_once=_FOR_STRANGERS // 2)
        return await self.calls.do(asker.name, work, at_once=_CALLS_AT_ONCE)

    async def probe(self, work: Callable[[], T]) -> T:
        """Look at the studio, behind nobody who wants something else."""
        return await self.probes.do("", work)

    async def write(self, asker: Asker, work: Callable[[], T]) -> T:
        """Do the same where it changes what is kept: whoever reads waits for no such call."""
        if not asker.is_user:
            return await self.call(asker, work)
        return await self.calls.do(asker.name, work, at_once=_WRITES_AT_ONCE, lane=Lane.WRITES)

    async def handle_file(self, caller: str, work: Callable[[], T]) -> T:
        """Do what waits for the disk more than it works."""
        return await self.files.do(caller, work, at_once=_FOR_FILES // 2)


def _less(counts: Counter[K], whose: K) -> None:
    counts[whose] -= 1
    if not counts[whose]:
        del counts[whose]
