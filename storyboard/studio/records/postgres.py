"""The studio's rows in PostgreSQL: transactions, versions. Knows no object.

Each workspace has a schema of its own, so that a database serves any number of them. A transaction
that writes holds the schema's lock: as in an SQLite file, there is one at a time, of all threads,
processes and machines. Only claims share that lock with each other, and heartbeats need none: a
thousand workers would wait for nothing but one another.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cached_property, partial
from typing import Any, Final
from weakref import WeakSet

import psycopg
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

from storyboard.errors import StudioError
from storyboard.studio.records.bells import Bells
from storyboard.studio.records.migrations.table_version import FIND, TableVersion, version_of
from storyboard.studio.records.postgres_bell import listening
from storyboard.studio.records.postgres_connection import (
    Connection,
    Told,
    check_encoding,
    connect,
    connect_to_upgrade,
    home_of,
    place_of,
)
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.sql.compiled import texts
from storyboard.studio.records.store import Row, StoreError

PATIENCE: Final = 15.0
"""Seconds that a database which restarts is waited for, and the lock of who writes."""

_AGAIN_AFTER: Final = 0.1
_COMMIT: Final = b"COMMIT"
_RUNG: Final = "SELECT pg_notify(current_schema(), '{}'); "
"""Sent with the end: whoever waits for the lock waits for each question and answer."""

_MOST_IDLE: Final = 8
"""Connections that are kept: a server has a hundred, if not told otherwise, for all processes."""


class NotThere(StudioError):
    """The schema of a workspace is in another database, or nowhere any more."""


class PostgresTransaction:
    """Statements on one connection, as `Transaction`."""

    def __init__(self, store: PostgresStore, connection: Connection) -> None:
        self._store = store
        self.connection = connection
        self.rung: list[str] = []

    def row(self, statement: str, /, **values: Any) -> Row | None:
        """Return the first row, `None` where there is none."""
        return self._execute(statement, values).fetchone()

    def rows(self, statement: str, /, **values: Any) -> list[Row]:
        """Return all rows."""
        return [*self._execute(statement, values).fetchall()]

    def number(self, statement: str, /, **values: Any) -> int:
        """Return the only number that a statement finds."""
        found = self._execute(statement, values).fetchone()
        assert found is not None
        return int(*found.values())

    def run(self, statement: str, /, **values: Any) -> int:
        """Change rows and return how many."""
        return self._execute(statement, values).rowcount

    def ring(self, whom: str = "") -> None:
        """Have all that are `listening` look, once this transaction is committed."""
        assert whom.isalpha() or not whom, whom
        self.rung.append(whom)

    def commit(self) -> None:
        """End it, and ring for those who are to look."""
        rung = "".join(_RUNG.format(whom) for whom in self.rung)
        self.connection.execute(rung.encode() + _COMMIT)

    def _execute(self, statement: str, values: Mapping[str, Any]) -> psycopg.Cursor[dict[str, Any]]:
        with self._store.told:
            return self.connection.execute(self._store.texts[statement], values)


class _Reader(PostgresTransaction):
    """Statements that each see a committed state: one that met a dead connection runs again."""

    def _execute(self, statement: str, values: Mapping[str, Any]) -> psycopg.Cursor[dict[str, Any]]:
        try:
            return super()._execute(statement, values)
        except StoreError:
            if not self.connection.closed:
                raise
        self.connection = self._store.connected()
        return super()._execute(statement, values)


class PostgresStore:
    """Owns the connections to one schema of a database, as `Store`."""

    def __init__(
        self, url: str, schema: str, *, is_made: bool = False, patience: float = PATIENCE
    ) -> None:
        """Open the schema, made where there is none; raises `StudioError`, `UsageError`.

        One that `is_made` has to be there: another database is not filled by mistake. A database
        that cannot be reached is told at once; later, one that restarts is waited for.
        """
        self.told = Told(place_of(url))
        self.texts = {name: text.encode() for name, text in texts(_dialect()).items()}
        self._url, self._schema, self._patience = url, schema, patience
        self._key = int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], signed=True)
        self._idle: list[Connection] = []
        self._opened: WeakSet[Connection] = WeakSet()
        self._bells = Bells()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = False
        version = self._version()
        if is_made and version is None:
            raise NotThere(f"PostgreSQL at '{place_of(url)}' has no data of this workspace")
        if version is None or not version.serves(len(MIGRATIONS)):
            self._migrate()

    @contextmanager
    def read(self) -> Iterator[PostgresTransaction]:
        """Lend what reads; every statement sees a committed state."""
        tx = _Reader(self, self._take() or self.connected())
        try:
            yield tx
        finally:
            self._give(tx.connection)

    @contextmanager
    def read_at_once(self) -> Iterator[PostgresTransaction]:
        """Lend what reads, all of it as it is at the first statement."""
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[PostgresTransaction]:
        """Lend one transaction, rolled back where the block raises.

        The threads of a process queue up here, so that they wait with one connection.
        """
        locked = f"BEGIN; SELECT pg_advisory_xact_lock({self._key})"
        with self._writing, self._transaction(locked) as tx:
            yield tx

    @contextmanager
    def write_beside(self) -> Iterator[PostgresTransaction]:
        """Lend a transaction that writes beside others of this kind, and beside none of `write`."""
        with self._transaction(f"BEGIN; SELECT pg_advisory_xact_lock_shared({self._key})") as tx:
            yield tx

    @contextmanager
    def write_loosely(self) -> Iterator[PostgresTransaction]:
        """Lend a transaction for one statement that guards itself; a crash may forget it."""
        with self._transaction("BEGIN; SET LOCAL synchronous_commit TO off") as tx:
            yield tx

    is_shared = True

    @cached_property
    def home(self) -> str:
        """Return the numbers of server and database; empty where the server does not tell."""
        with self.read() as tx, self.told:
            return home_of(tx.connection)

    look_seconds = 3.0
    """Every job rings; this is for those whose holder died. A choice, below `LEASE_SECONDS`."""

    @contextmanager
    def listening(self, ring: Callable[[str], None]) -> Iterator[None]:
        """Call `ring` when a process rang, and when that could not be heard for a while.

        What this one rang is heard at once, and not again as the database tells it.
        """
        heard = partial(connect, self._url, self._schema), self._schema, ring
        with self._bells.listening(ring), listening(*heard, self._is_own):
            yield

    def close(self) -> None:
        """Close every idle connection; lent ones close when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def connected(self) -> Connection:
        """Return a new connection, waited for while the database restarts."""
        limit = time.monotonic() + self._patience
        while True:
            try:
                return self._noted(connect(self._url, self._schema))
            except psycopg.OperationalError as cause:
                if time.monotonic() > limit or self._closed:
                    raise self.told.failure(cause) from cause
            time.sleep(_AGAIN_AFTER)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[PostgresTransaction]:
        connection = self._begun(begin)
        tx = PostgresTransaction(self, connection)
        try:
            yield tx
            with self.told:
                tx.commit()
        except BaseException:
            with suppress(psycopg.Error):
                connection.execute("ROLLBACK")
            raise
        finally:
            self._give(connection)
        self._bells.ring(tx.rung)

    def _noted(self, connection: Connection) -> Connection:
        with self._lock:
            self._opened.add(connection)
        return connection

    def _is_own(self, number: int) -> bool:
        """Return whether the database has given a process of this number to a connection here."""
        with self._lock:
            opened = tuple(self._opened)
        return any(not each.closed and each.info.backend_pid == number for each in opened)

    def _begun(self, begin: str) -> Connection:
        """Begin on an idle connection, or on a new one where those are dead: nothing ran yet."""
        while True:
            is_idle = (connection := self._take()) is not None
            connection = connection or self.connected()
            try:
                connection.execute(begin.encode())
            except psycopg.Error as cause:
                was_dead = connection.closed
                connection.close()
                if not (is_idle and was_dead):
                    raise self.told.failure(cause) from cause
            else:
                return connection

    def _take(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give(self, connection: Connection) -> None:
        """Keep a connection for the next; one whose transaction does not end holds the lock."""
        is_idle = connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        with self._lock:
            if is_idle and not self._closed and len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _version(self) -> TableVersion | None:
        """Return the version of the tables; Alembic, which takes its time, is asked for others.

        Raises `StudioError` for a database that is not UTF-8.
        """
        with self.told, closing(connect(self._url, self._schema)) as connection:
            check_encoding(connection, self._url)
            there = connection.execute("SELECT to_regclass('alembic_version') AS name").fetchone()
            if there is None or there["name"] is None:
                return None
            found = connection.execute(FIND).fetchone()
            return None if found is None else version_of(found["told"])

    def _migrate(self) -> None:
        # Before it is imported: it tells of each of its parts, in the log of whoever reads ours.
        logging.getLogger("alembic").setLevel(logging.WARNING)
        from storyboard.studio.records.migrations.upgrade import upgrade

        try:
            upgrade(partial(connect_to_upgrade, self._url, self._schema), self._schema, self._key)
        except DBAPIError as cause:
            if isinstance(cause.orig, psycopg.Error):
                raise self.told.failure(cause.orig) from cause
            raise


def _dialect() -> Dialect:
    made: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]
    return made
