"""The threads of one studio, and who has how many of them; no short call is behind a long one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from storyboard.studio.api.bodies import READ_AT_ONCE
from storyboard.studio.api.hard_work import HardWork, IsGone, Lane, never
from storyboard.studio.api.multirequest import MOST as MOST_REQUESTS
from storyboard.studio.api.turns import MOST_OF_AN_ADDRESS

T = TypeVar("T")

_FOR_FILES: Final = 8
_FILES_OF_ONE, _FILES_OF_ALL = 16, 24
_FOR_CALLS: Final = 32
_CALLS_AT_ONCE: Final = 2
"""More of one caller take longer together: they share the interpreter's lock."""

_WRITES_AT_ONCE: Final = 2
"""One has the database's lock, and one gets ready: more would only wait for it."""

_LONG_AT_ONCE: Final = 2
"""Of one caller; they share the interpreter's lock with all short calls."""

_FOR_STRANGERS: Final = 8
_STRANGERS_WAITING: Final = MOST_OF_AN_ADDRESS * MOST_REQUESTS
"""The largest multirequest on each connection of an address. To refuse more of them costs more than
to let them wait: whoever is refused comes again at once."""

_STRANGERS_WAIT: Final = 5.0
"""Seconds; an address has connections for others again then."""

_CALLS_OF_ONE, _CALLS_OF_ALL = 240, 256
"""More than 200 clients of one user wait for at once. Whoever is refused comes again on another
connection, which takes as long as an answer: refused by the dozen, they left no time for calls."""


@dataclass(frozen=True, slots=True)
class Asker:
    """By what name a call is counted: of the user whose session it names, or of its address."""

    name: str
    is_user: bool = True


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads of one studio: for what is hard, for whole files, and for all other calls.

    All that users may begin at once leaves an address some of its connections. Strangers share an
    address with whoever starts a session: none is refused for how many they are, but for how long
    they waited, and no short call is behind a long one.
    """

    hard: HardWork = field(default_factory=HardWork)
    files: HardWork = field(
        default_factory=lambda: HardWork(_FOR_FILES, _FILES_OF_ALL, _FILES_OF_ONE)
    )
    calls: HardWork = field(
        default_factory=lambda: HardWork(_FOR_CALLS, _CALLS_OF_ALL, _CALLS_OF_ONE)
    )

    strangers: HardWork = field(
        default_factory=lambda: HardWork(
            *(_FOR_STRANGERS, sys.maxsize, sys.maxsize),
            waiting=_STRANGERS_WAITING,
            patience=_STRANGERS_WAIT,
        )
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

    async def call(
        self, asker: Asker, work: Callable[[], T], size: int = 1, is_gone: IsGone = never
    ) -> T:
        """Do what takes a moment, so that thousands of one caller's keep no other's waiting.

        `size` is how many calls came in one: they wait for each other, and no single one for them.
        A stranger's is given up where nobody waits for it any more.
        """
        at_once = _CALLS_AT_ONCE if asker.is_user else _FOR_STRANGERS // 2
        lane, at_once = (Lane.LONG, _LONG_AT_ONCE) if size > 1 else (Lane.ANY, at_once)
        threads, gone = (self.calls, never) if asker.is_user else (self.strangers, is_gone)
        return await threads.do(asker.name, work, gone, at_once=at_once, lane=lane, size=size)

    async def read(
        self, asker: Asker, work: Callable[[], T], length: int, is_gone: IsGone = never
    ) -> T:
        """Read a body of so many bytes; a stranger's large one is a long call."""
        size = 1 if asker.is_user else 1 + length // READ_AT_ONCE
        return await self.call(asker, work, size, is_gone)

    async def probe(self, work: Callable[[], T]) -> T:
        """Look at the studio, behind nobody who wants something else."""
        return await self.probes.do("", work)

    async def write(self, asker: Asker, work: Callable[[], T], is_gone: IsGone = never) -> T:
        """Do the same where it changes what is kept: whoever reads waits for no such call."""
        if not asker.is_user:
            return await self.call(asker, work, is_gone=is_gone)
        return await self.calls.do(asker.name, work, at_once=_WRITES_AT_ONCE, lane=Lane.WRITES)

    async def handle_file(self, caller: str, work: Callable[[], T], size: int = 1) -> T:
        """Do what waits for the disk more than it works."""
        return await self.files.do(caller, work, at_once=_FOR_FILES // 2, size=size)
