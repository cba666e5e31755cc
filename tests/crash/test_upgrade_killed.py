"""`kill -9` in an upgrade of the tables, at each of its statements: nothing of it is there, or all.

The next start finds the rows of before, and finishes.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from storyboard.studio.records import videos
from storyboard.studio.records.migrations.versions import first
from storyboard.studio.records.postgres import PostgresStore
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store
from tests.support.databases import postgres_url
from tests.unit.test_records_databases import WRITTEN_BEFORE

REVISIONS = len(MIGRATIONS) - int(first.revision)
"""How many come after the first one of PostgreSQL; each has a statement or more."""

Upgrade = Callable[[str, str, int], int]


@pytest.fixture
def upgrade() -> Iterator[Upgrade]:
    """Give what opens a place in a process that is killed at a statement; it returns its end."""
    words = [sys.executable, "-m", "tests.crash.upgrading_process"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin
        assert program.stdout
        told, answers = program.stdin, program.stdout

        def upgraded(place: str, schema: str, nth: int) -> int:
            print(json.dumps([place, schema, nth]), file=told, flush=True)
            return int(answers.readline())

        yield upgraded


def names(store: Store) -> list[str]:
    with store.read() as tx:
        found = [videos.find(tx, each) for each in videos.latest(tx, 9)[1]]
    return sorted(each.name for each in found if each)


def file_facts(path: Path) -> Any:
    """Return the version, all tables and the names of videos of a file, as it lies there."""
    with closing(sqlite3.connect(path)) as file:
        [version] = file.execute("PRAGMA user_version").fetchone()
        tables = file.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        told = file.execute("SELECT name FROM videos ORDER BY name").fetchall() if version else []
    return version, tables, told


def written_before(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(WRITTEN_BEFORE.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("prepared", [written_before, Path.touch])
def test_a_file_is_upgraded_as_a_whole(
    tmp_path: Path, upgrade: Upgrade, prepared: Callable[[Path], None]
) -> None:
    whole, old = tmp_path / "whole", tmp_path / "old"
    for each in (whole, old):
        prepared(each)
    with closing(SqliteStore(whole)) as store:
        kept = names(store)
    before, seen = file_facts(old), []
    for nth in count(1):
        path = tmp_path / f"{nth}"
        prepared(path)
        if not (code := upgrade(str(path), "", nth)):
            break
        assert code == -signal.SIGKILL
        seen.append(file_facts(path))
        with closing(SqliteStore(path)) as store:
            assert names(store) == kept
        assert file_facts(path) == file_facts(whole)
    assert all(each == before for each in seen)
    assert len(seen) > len(MIGRATIONS) - before[0]


class Schemas:
    """Makes schemas of a database as an earlier version left them, and tells what they have."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def put_first(self, name: str) -> None:
        """Make one whose tables are of the first revision, with a video in it."""
        self._run(name, "CREATE SCHEMA {0}")
        with self._in(name):
            self._connection.execute(first.TABLES.encode())
            self._connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
            self._connection.execute("INSERT INTO alembic_version VALUES ('9')")
            self._connection.execute(
                "INSERT INTO videos (seq, id, partner_id, user_id, name, scenes, status,"
                " was_composed, created_at, updated_at)"
                " VALUES (1, 'a', 1, 'ana', 'kept', '[]', 'draft', 0, 1, 1)"
            )

    def put_nothing(self, name: str) -> None:
        """Leave it as a new database does."""

    def facts(self, name: str) -> Any:
        """Return the version, all columns and the names of videos."""
        columns = self._connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = %s ORDER BY 1, 2", [name],
        ).fetchall()  # fmt: skip
        if not columns:
            return None
        with self._in(name):
            told = self._connection.execute("SELECT version_num FROM alembic_version").fetchall()
            return told, columns, self._connection.execute("SELECT name FROM videos").fetchall()

    def drop(self, name: str) -> None:
        """Remove one."""
        self._run(name, "DROP SCHEMA IF EXISTS {0} CASCADE")

    @contextmanager
    def _in(self, name: str) -> Iterator[None]:
        self._run(name, "SET search_path TO {0}")
        yield
        self._connection.execute("RESET search_path")

    def _run(self, name: str, statement: Any) -> None:
        self._connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@pytest.fixture
def schemas() -> Iterator[Schemas]:
    with psycopg.connect(postgres_url(), autocommit=True) as connection:
        yield Schemas(connection)


@pytest.mark.scale
@pytest.mark.parametrize("prepared", [Schemas.put_first, Schemas.put_nothing])
def test_a_schema_is_upgraded_as_a_whole(
    schemas: Schemas, upgrade: Upgrade, prepared: Callable[[Schemas, str], None]
) -> None:
    for each in ("whole", "old"):
        schemas.drop(each)
        prepared(schemas, each)
    with closing(PostgresStore(postgres_url(), "whole")) as store:
        kept = names(store)
    whole, old = schemas.facts("whole"), schemas.facts("old")
    seen = []
    for nth in count(1):
        schemas.drop("killed")
        prepared(schemas, "killed")
        if not (code := upgrade(postgres_url(), "killed", nth)):
            break
        assert code == -signal.SIGKILL
        seen.append(schemas.facts("killed"))
        with closing(PostgresStore(postgres_url(), "killed")) as store:
            assert names(store) == kept
        assert schemas.facts("killed") == whole
    assert whole[0] == [(str(len(MIGRATIONS)),)]
    assert all(each == old for each in seen)
    assert len(seen) > REVISIONS
