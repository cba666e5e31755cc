"""How rows are read and written, whichever database keeps them. Knows no statement, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from storyboard.errors import StudioError


class StoreError(StudioError):
    """The database could not be read or written: busy, full, damaged, gone, or being rebuilt.

    A thread that is to outlive it takes up its work later: the database may be whole again by then.
    A statement that breaks a rule of its table is a bug, and not this.
    """

    is_full = False
    """Whether it was for want of room."""


class FullError(StoreError):
    """There was no room for what was to be written."""

    is_full = True


class StoreAway(StoreError):
    """The database could not be reached, or others kept it busy, for as long as it was waited for.

    It may be back by the next try.
    """


class Row(Protocol):
    """What a statement found, by the names of the columns."""

    def keys(self) -> Iterable[str]:
        """Return the names of the columns."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the value of a column."""


class Transaction(Protocol):
    """Runs statements by their names in `sql/`, with values by name; raises `StoreError`."""

    def row(self, statement: str, /, **values: Any) -> Row | None:
        """Return the first row, `None` where there is none."""

    def rows(self, statement: str, /, **values: Any) -> list[Row]:
        """Return all rows."""

    def number(self, statement: str, /, **values: Any) -> int:
        """Return the only number that a statement finds."""

    def run(self, statement: str, /, **values: Any) -> int:
        """Change rows and return how many."""

    def ring(self, whom: str = "") -> None:
        """Have all that are `listening` look, once this transaction is committed.

        `whom` is a word for those who are meant; without one, all are.
        """


class Store(Protocol):
    """Owns the connections to one database; safe from any number of threads."""

    def read(self) -> AbstractContextManager[Transaction]:
        """Lend what reads; every statement sees a committed state."""

    def read_at_once(self) -> AbstractContextManager[Transaction]:
        """Lend what reads, all of it as it is at the first statement."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Lend one transaction, rolled back where the block raises.

        There is one at a time, of all threads, processes and machines: what it has read stays
        true until it ends.
        """

    def write_beside(self) -> AbstractContextManager[Transaction]:
        """Lend a transaction that writes beside others of this kind, and beside none of `write`.

        Where a database locks rows there are many at a time: each locks what it reads to change it.
        """

    def write_loosely(self) -> AbstractContextManager[Transaction]:
        """Lend a transaction for one statement that guards itself: it waits for no other row.

        Where a database can be told so, it may forget what was written when it crashes.
        """

    def listening(self, ring: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call `ring`, from any thread, when a transaction rang, as long as the block runs.

        It is told who is meant, and nothing where all are; once, whichever process it was.
        """

    @property
    def is_shared(self) -> bool:
        """Return whether processes of several machines may use it."""

    @property
    def home(self) -> str:
        """Return what tells these rows from a dump of them that is restored; empty if unknown."""

    @property
    def look_seconds(self) -> float:
        """Return after which time who waits for a job looks by itself, though nothing rang."""

    def close(self) -> None:
        """Close every connection; lent ones close when they come back."""
