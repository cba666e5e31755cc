"""Lets fewer calls pass at once after a studio asked to slow down. Knows no call and no time.

A studio that is asked for less than it bears answers all of it sooner than one that refuses half.
So a refusal stops every call, not only the refused one, for as long as that is told to wait; then
half as many go on, and one more after each round without a refusal.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Throttle:
    """Owns how many calls to one studio may be under way: all, until it refuses the first."""

    def __init__(self) -> None:
        self._room = math.inf
        self._under_way = 0
        self._pauses = 0
        self._is_given_up = False
        self._refused = deque[asyncio.Future[None]]()
        self._new = deque[asyncio.Future[None]]()

    @asynccontextmanager
    async def turn(self, *, again: bool = False) -> AsyncIterator[None]:
        """Wait until a call may be sent, and count it; those that were refused go before others."""
        if self._is_open and not self._refused and (again or not self._new):
            self._under_way += 1
        else:
            await self._given(self._refused if again else self._new)
        try:
            yield
        finally:
            self._under_way -= 1
            self._give()

    def went_well(self) -> None:
        """Take notice of a call that was not refused."""
        # One more after as many calls as there is room for: a round.
        self._room += 1 / self._room
        self._is_given_up = False

    @property
    def is_given_up(self) -> bool:
        """Whether a call was refused to its last try, and none went well since.

        A thousand others would wait as long, one after the other, and be refused like it.
        """
        return self._is_given_up

    def give_up(self) -> None:
        """Take notice of a call that was refused to its last try."""
        self._is_given_up = True

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Send nothing meanwhile: a call was refused, and waits as long as it was told to."""
        if not self._pauses:  # others that were refused with it tell nothing new
            self._room = max(1.0, min(self._room, self._under_way + 1) // 2)
        self._pauses += 1
        try:
            yield
        finally:
            self._pauses -= 1
            # Soon: whoever waited for the end of the pause goes on at once, and has a turn first.
            asyncio.get_running_loop().call_soon(self._give)

    @property
    def _is_open(self) -> bool:
        return not self._pauses and self._under_way + 1 <= self._room

    async def _given(self, queue: deque[asyncio.Future[None]]) -> None:
        """Wait in a queue until a turn is given, which is counted by then."""
        place = asyncio.get_running_loop().create_future()
        queue.append(place)
        try:
            await place
        except asyncio.CancelledError:
            # The turn was given in the same moment: the next in the queue has to get it.
            if not place.cancelled():
                self._under_way -= 1
                self._give()
            elif place in queue:
                queue.remove(place)
            raise

    def _give(self) -> None:
        while self._is_open and (queue := self._refused or self._new):
            place = queue.popleft()
            if not place.cancelled():  # whoever waits there may not have noticed yet
                self._under_way += 1
                place.set_result(None)
