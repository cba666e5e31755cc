"""The studio's SQLite file: connections, short transactions, versions. Knows no object."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from storyboard.disk.writing import private_file
from storyboard.errors import StudioError
from storyboard.studio.records.bells import Bells
from storyboard.studio.records.schema import MIGRATIONS, newer_version, refuse_foreign, shown_place
from storyboard.studio.records.sql import sqlite_texts
from storyboard.studio.records.sqlite_checkpoints import PAGES, Checkpoints
from storyboard.studio.records.sqlite_failures import store_failure
from storyboard.studio.records.store import Row

_LONGEST_ROW: Final = 64 << 20
"""Bytes: captions of a day of speech in all languages are less."""

_BUSY_SECONDS = 15.0
_WAL_ATTEMPTS = 100
_BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError)


class _Told:
    """Says what SQLite failed with in our words; a statement that is wrong stays a bug."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, cause: BaseException | None, trace: object) -> None:
        if isinstance(cause, sqlite3.Error) and not isinstance(cause, _BUGS):
            raise store_failure(self._path, cause) from cause


class SqliteTransaction:
    """Statements on one connection, as `Transaction`."""

    def __init__(self, connection: sqlite3.Connection, told: _Told) -> None:
        self._texts = sqlite_texts()
        self._told = told
        self.connection = connection
        self.rung: list[str] = []

    def row(self, statement: str, /, **values: Any) -> Row | None:
        """Return the first row, `None` where there is none."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def rows(self, statement: str, /, **values: Any) -> list[Row]:
        """Return all rows."""
        with self._told:
            return self.connection.execute(self._texts[statement], values).fetchall()

    def number(self, statement: str, /, **values: Any) -> int:
        """Return the only number that a statement finds."""
        with self._told:
            return int(self.connection.execute(self._texts[statement], values).fetchone()[0])

    def run(self, statement: str, /, **values: Any) -> int:
        """Change rows and return how many."""
        with self._told:
            return self.connection.execute(self._texts[statement], values).rowcount

    def ring(self, whom: str = "") -> None:
        """Have this process look, once this transaction is committed; others do by themselves."""
        self.rung.append(whom)


class SqliteStore:
    """Owns the connections to one database file, as `Store`."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; raises `StudioError` where a newer version wrote it."""
        self._path = path
        self._told = _Told(path)
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._checkpoints = Checkpoints(partial(connect, path), self._writing)
        self._bells = Bells()
        self._closed = False
        try:
            _close_to_others(path)
            with self._told:
                self._write_ahead()
            self._migrate()
        except StudioError:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[SqliteTransaction]:
        """Lend what reads; every statement sees a committed state."""
        with self._lent() as connection:
            yield SqliteTransaction(connection, self._told)

    @contextmanager
    def read_at_once(self) -> Iterator[SqliteTransaction]:
        """Lend what reads, all of it as it is at the first statement."""
        with self._lent() as connection, self._transaction(connection, "BEGIN") as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[SqliteTransaction]:
        """Lend one transaction, rolled back where the block raises.

        The threads of a process queue up here; SQLite's own waiting, which sleeps and looks again,
        is left for other processes.
        """
        with (
            self._writing,
            self._lent() as connection,
            self._transaction(connection, "BEGIN IMMEDIATE") as tx,
        ):
            yield tx
        self._bells.ring(tx.rung)
        self._checkpoints.count()

    write_beside = write
    write_loosely = write

    is_shared = False

    home = ""
    """Not known: a file may be moved, and be the same."""

    look_seconds = 0.5
    """How often an idle worker looks for jobs that another process put into the queue: those of its
    own ring a bell. A choice."""

    def listening(self, ring: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call `ring` when this process rang: jobs of others are found in the file, by looking."""
        return self._bells.listening(ring)

    def close(self) -> None:
        """Close every idle connection; lent ones close when they come back."""
        self._checkpoints.close()
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _transaction(
        self, connection: sqlite3.Connection, begin: str
    ) -> Iterator[SqliteTransaction]:
        with self._told:
            connection.execute(begin)
        try:
            yield SqliteTransaction(connection, self._told)
            with self._told:
                connection.commit()
        except BaseException:
            connection.rollback()
            raise

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._told:
            connection = self._take()
        try:
            yield connection
        finally:
            self._give(connection)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return connect(self._path)

    def _give(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next; one whose transaction does not end holds the lock."""
        with self._lock:
            if not self._closed and not connection.in_transaction:
                self._idle.append(connection)
                return
        connection.close()

    def _write_ahead(self) -> None:
        """Switch to WAL; SQLite does not wait for the lock that this takes, so we do."""
        for attempt in range(_WAL_ATTEMPTS):
            try:
                connection = self._take()
                try:
                    connection.execute("PRAGMA journal_mode=WAL")
                finally:
                    self._give(connection)
                return
            except sqlite3.OperationalError:
                if attempt == _WAL_ATTEMPTS - 1:
                    raise
                time.sleep(0.05)

    def _migrate(self) -> None:
        with self.write() as tx, self._told:
            version = int(tx.connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(MIGRATIONS):
                raise newer_version(self._path)
            for script in MIGRATIONS[version:]:
                for statement in filter(str.strip, script.split(";")):
                    tx.connection.execute(statement)
            tx.connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")


@contextmanager
def read_only(path: Path) -> Iterator[SqliteTransaction]:
    """Open a file for who only reads; raises `StudioError`. Nothing is made or changed."""
    told = _Told(path)
    with told:
        connection = connect(path, is_read_only=True)
    with closing(connection):
        yield SqliteTransaction(connection, told)


def connect(path: Path, *, is_read_only: bool = False) -> sqlite3.Connection:
    """Open a database file that anybody may have written; raises `sqlite3.Error`, `StudioError`.

    What its schema says is not run, broken pages are told, no row is larger than ours may be, and
    neither the file nor those that SQLite keeps beside it are links.
    """
    for beside in _files_of(path):
        if beside.is_symlink():
            shown = shown_place(beside)
            raise StudioError(f"'{shown}' is a link: it is not followed", hint="delete it")
    mode = "?mode=ro" if is_read_only else ""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}{mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_ROW)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint={PAGES}")
        connection.execute("PRAGMA foreign_keys=ON")
        refuse_foreign(connection, path)
    except (sqlite3.Error, StudioError):  # what is no database is told by the first statement
        connection.close()
        raise
    return connection


def _files_of(path: Path) -> tuple[Path, ...]:
    """Return the database file, and those that SQLite keeps beside it."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal"))


def _close_to_others(path: Path) -> None:
    """Make the file its owner's alone, before the first secret is in it: SQLite's others follow it.

    What a system without such rights, or another owner, refuses is left for SQLite to tell.
    """
    with suppress(OSError):
        private_file(path)
        for beside in filter(Path.exists, _files_of(path)):
            private_file(beside)
