"""The studio's rows in PostgreSQL: connections, transactions, versions. Knows no object.

Each workspace has a schema of its own, so that a database serves any number of them. A transaction
that writes holds the schema's lock: as in an SQLite file, there is one at a time, of all threads,
processes and machines.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import Any, Final

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

from storyboard.errors import StudioError, UsageError
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.sql.compiled import texts
from storyboard.studio.records.store import FullError, Row, StoreError

Connection = psycopg.Connection[dict[str, Any]]

PATIENCE: Final = 15.0
"""Seconds that a database which restarts is waited for, and the lock of who writes."""

_AGAIN_AFTER: Final = 0.1
_MOST_IDLE: Final = 8
"""Connections that are kept: a server has a hundred, if not told otherwise, for all processes."""

_SETTINGS: Final = {
    "search_path": "{schema}",
    "lock_timeout": "15s",
    "statement_timeout": "60s",
    # Who is frozen, or cut off, must not keep the lock: all others wait for it.
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_KEPT_ALIVE: Final[Mapping[str, Any]] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
_PORTS: Final = frozenset("0123456789,")
_NOT_IN_NAMES: Final = frozenset("@/=")
_BUGS: Final = (errors.IntegrityError, errors.SyntaxError, errors.UndefinedColumn)


class NotThere(StudioError):
    """The schema of a workspace is in another database, or nowhere any more."""


class PostgresTransaction:
    """Statements on one connection, as `Transaction`."""

    def __init__(self, store: PostgresStore, connection: Connection) -> None:
        self._store = store
        self.connection = connection

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


class _Told:
    """Says what PostgreSQL failed with in our words; a statement that is wrong stays a bug."""

    def __init__(self, place: str) -> None:
        self._what = f"the studio's data in PostgreSQL at '{place}'"

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, cause: BaseException | None, trace: object) -> None:
        if isinstance(cause, psycopg.Error) and not isinstance(cause, _BUGS):
            raise self.failure(cause) from cause

    def failure(self, cause: psycopg.Error) -> StoreError:
        """Return what to tell of a failure."""
        said = str(cause).strip().partition("\n")[0].removeprefix("connection failed: ")
        if isinstance(cause, errors.DiskFull):
            return FullError(
                f"{self._what} cannot be written: no space left on device",
                hint="make room on the database's disk",
            )
        if isinstance(cause, errors.LockNotAvailable | errors.QueryCanceled):
            return StoreError(
                f"{self._what} is in use by another process", hint="wait for it, and try again"
            )
        if isinstance(cause, errors.InsufficientPrivilege):
            return StoreError(
                f"{self._what} cannot be read or written: {said}",
                hint="let its user make a schema: GRANT CREATE ON DATABASE … TO …",
            )
        return StoreError(
            f"{self._what} cannot be read or written: {said}",
            hint="check that the database runs, and the address after --database",
        )


class PostgresStore:
    """Owns the connections to one schema of a database, as `Store`."""

    def __init__(
        self, url: str, schema: str, *, is_made: bool = False, patience: float = PATIENCE
    ) -> None:
        """Open the schema, made where there is none; raises `StudioError`, `UsageError`.

        One that `is_made` has to be there: another database is not filled by mistake. A database
        that cannot be reached is told at once; later, one that restarts is waited for.
        """
        self.told = _Told(place_of(url))
        self.texts = {name: text.encode() for name, text in texts(_dialect()).items()}
        self._url, self._schema, self._patience = url, schema, patience
        self._key = int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], signed=True)
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = False
        version = self._version()
        if is_made and version is None:
            raise NotThere(f"PostgreSQL at '{place_of(url)}' has no data of this workspace")
        if version != str(len(MIGRATIONS)):
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
                return connect(self._url, self._schema)
            except psycopg.OperationalError as cause:
                if time.monotonic() > limit or self._closed:
                    raise self.told.failure(cause) from cause
            time.sleep(_AGAIN_AFTER)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[PostgresTransaction]:
        connection = self._begun(begin)
        try:
            yield PostgresTransaction(self, connection)
            with self.told:
                connection.execute("COMMIT")
        except BaseException:
            with suppress(psycopg.Error):
                connection.execute("ROLLBACK")
            raise
        finally:
            self._give(connection)

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

    def _version(self) -> str | None:
        """Return the version of the tables; Alembic, which takes its time, is asked for others."""
        with self.told, closing(connect(self._url, self._schema)) as connection:
            there = connection.execute("SELECT to_regclass('alembic_version') AS name").fetchone()
            if there is None or there["name"] is None:
                return None
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if found is None else str(found["version_num"])

    def _migrate(self) -> None:
        from storyboard.studio.records.migrations.upgrade import upgrade

        def connected() -> psycopg.Connection[Any]:
            return _configured(psycopg.connect(self._url, **_KEPT_ALIVE), self._schema)

        try:
            upgrade(connected, self._schema, self._key)
        except DBAPIError as cause:
            if isinstance(cause.orig, psycopg.Error):
                raise self.told.failure(cause.orig) from cause
            raise


def _dialect() -> Dialect:
    made: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]
    return made


def connect(url: str, schema: str) -> Connection:
    """Open a connection that sees one schema alone; raises `psycopg.Error`."""
    return _configured(
        psycopg.connect(url, autocommit=True, row_factory=dict_row, **_KEPT_ALIVE), schema
    )


def _configured(connection: psycopg.Connection[Any], schema: str) -> psycopg.Connection[Any]:
    try:
        for name, value in _SETTINGS.items():
            told = (name, value.format(schema=schema))
            connection.execute("SELECT set_config(%s, %s, false)", told)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def place_of(url: str) -> str:
    """Return how messages name a database: no user, no password; raises `UsageError`."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as cause:
        raise _no_address() from cause
    host, port = str(parts.get("host") or "localhost"), str(parts.get("port") or 5432)
    name = str(parts.get("dbname") or "")
    # A password with `@` or `/` that is not encoded reaches into what is shown, here and by libpq.
    # (A host may begin with `@`, which names a socket.)
    if "@" in host[1:] or not set(port) <= _PORTS or not _NOT_IN_NAMES.isdisjoint(name):
        raise _no_address()
    return f"{host}:{port}/{name}"


def _no_address() -> UsageError:
    return UsageError(
        "invalid address of a PostgreSQL database",
        hint="write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for '@' and %2F for "
        "'/' in the password",
    )
