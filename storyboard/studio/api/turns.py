"""In what order the calls of one caller get their turns, and how many of them wait.

Knows no thread: who has one to give asks here whose turn it is.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from dataclasses import dataclass
from typing import Final

MOST_OF_AN_ADDRESS: Final = 400
"""Connections that an address may have."""

_PUT_OFF: Final = MOST_OF_AN_ADDRESS
"""How many times its own size a call lets later ones go first: else large ones never had a turn.

A small call is behind no large ones of all connections of its address.
"""


@dataclass(eq=False, slots=True)
class Turn:
    """What a call waits for. Its `size` is how many short calls take as long, about."""

    size: int
    at_once: int
    came: asyncio.Future[None]
    due: int = 0
    is_given: bool = False
    is_awaited: bool = False

    def give(self) -> None:
        """Wake whoever waits, which may be in a loop of another thread."""
        self.is_given = True
        self._wake()

    def refuse(self) -> None:
        """Wake whoever waits, for nothing."""
        self._wake()

    def _wake(self) -> None:
        if self.is_awaited:
            loop = self.came.get_loop()
            is_here = loop is asyncio.get_running_loop()
            (loop.call_soon if is_here else loop.call_soon_threadsafe)(self._come)

    def _come(self) -> None:
        if not self.came.done():
            self.came.set_result(None)


class Line:
    """Owns the turns that calls of one caller wait for; for one thread at a time.

    A small call goes before larger ones, but for those that have let enough go first.
    """

    def __init__(self, most: int) -> None:
        """Let so many calls wait, by their sizes."""
        self._most = most
        self._turns: list[Turn] = []
        self._size = self._given = 0

    def __bool__(self) -> bool:
        """Return whether any call waits."""
        return bool(self._turns)

    @property
    def first(self) -> Turn:
        """Return who is next."""
        return self._turns[0]

    def add(self, turn: Turn) -> None:
        """Have a call wait."""
        turn.due = self._given + _PUT_OFF * turn.size
        insort(self._turns, turn, key=_due)
        self._size += turn.size

    def take(self) -> Turn:
        """Return who is next, who waits no longer."""
        turn = self._turns.pop(0)
        self._size -= turn.size
        self._given += turn.size
        return turn

    def remove(self, turn: Turn) -> None:
        """Forget a call that waits no longer."""
        if turn in self._turns:
            self._turns.remove(turn)
            self._size -= turn.size

    def refuse_last(self) -> None:
        """Refuse whoever would be the last to have a turn, until no more wait than may."""
        while self._size > self._most:
            turn = self._turns.pop()
            self._size -= turn.size
            turn.refuse()


def _due(turn: Turn) -> int:
    return turn.due
