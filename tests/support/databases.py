"""The databases that keep a studio's rows, each opened for a test."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store

DATABASES: Final = ("sqlite", pytest.param("postgres", marks=pytest.mark.scale))
"""What a test of both is parametrized with."""


def opened(database: str, folder: Path, until_end: ExitStack) -> Store:
    """Open the rows of a folder, made where there are none; the same folder has the same rows."""
    if database == "sqlite":
        return until_end.enter_context(closing(SqliteStore(folder / "studio.sqlite3")))
    from storyboard.studio.records.postgres import PostgresStore

    schema = f"test_{abs(hash(folder))}"
    return until_end.enter_context(closing(PostgresStore(postgres_url(), schema)))


@cache
def postgres_url() -> str:
    """Return the address of one server for all tests of a process; it ends with the process."""
    import atexit

    from tests.support.postgres_server import postgres_server

    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(postgres_server()).url
