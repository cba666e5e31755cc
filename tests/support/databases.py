"""The databases that keep a studio's rows, each opened for a test."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Row, Store, Transaction

DATABASES: Final = ("sqlite", pytest.param("postgres", marks=pytest.mark.scale))
"""What a test of both is parametrized with."""

RUN: Final = "STORYBOARD_TEST_DATABASE"
"""The variable with the address of a database for a run, or `postgres`: a server for each process
of tests, gone at its end."""


def opened(database: str, folder: Path, until_end: ExitStack) -> Store:
    """Open the rows of a folder, made where there are none; the same folder has the same rows."""
    if database == "sqlite":
        return until_end.enter_context(closing(SqliteStore(folder / "studio.sqlite3")))
    from storyboard.studio.records.postgres import PostgresStore

    schema = f"test_{abs(hash(folder))}"
    return until_end.enter_context(closing(PostgresStore(postgres_url(), schema)))


def rows_of_run() -> str:
    """Return where the studios of a run have their rows: in files of their own, if it is empty."""
    given = os.environ.get(RUN, "")
    return postgres_url() if given == "postgres" else given


ALONE_IN_SQLITE: Final = pytest.mark.skipif(
    os.environ.get(RUN, "") != "", reason="looks into the file of SQLite"
)


def run_sql(tx: Transaction, text: str, *values: Any) -> list[Row]:
    """Run a statement that no code of ours has, with `?` for each value; return what it finds."""
    connection: Any = tx.connection  # type: ignore[attr-defined]
    is_sqlite = isinstance(connection, sqlite3.Connection)
    found = connection.execute(text if is_sqlite else text.replace("?", "%s"), values)
    return [*found.fetchall()] if found.description else []


@cache
def postgres_url() -> str:
    """Return the address of one server for all tests of a process; it ends with the process."""
    import atexit

    from tests.support.postgres_server import postgres_server

    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(postgres_server()).url
