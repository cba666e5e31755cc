"""Brings a schema of PostgreSQL up to date, by Alembic's revisions. Knows no statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from storyboard.errors import StudioError
from storyboard.studio.records.migrations.table_version import FIND, MARK, version_of

_HERE: Final = Path(__file__).parent


def upgrade(connected: Callable[[], psycopg.Connection[Any]], schema: str, key: int) -> None:
    """Make a schema and its tables, or bring them up to date: all in one transaction, or nothing.

    `key` is of the lock that who writes holds: two servers that start at once come one after the
    other. Tables of a newer version stay as they are; raises `StudioError` where they do not serve
    this one.
    """
    engine = create_engine("postgresql+psycopg://", creator=connected, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({key})"))
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
        _run_missing(connection)


def _run_missing(connection: Connection) -> None:
    script = ScriptDirectory(str(_HERE))
    revisions = [*script.walk_revisions()]
    newest = max(int(each.revision) for each in revisions)
    is_newer = False

    def steps(revision: Any, context: MigrationContext) -> Any:
        nonlocal is_newer
        if revision:
            found = version_of(connection.execute(text(FIND)).one().told)
            is_newer = found.number > newest
            if is_newer and not found.serves(newest):
                raise StudioError(
                    "the studio's data in PostgreSQL was written by a newer version",
                    hint="upgrade storyboard, or use another database",
                )
        return [] if is_newer else script._upgrade_revs("head", revision)

    environment = EnvironmentContext(Config(), script, fn=steps)
    environment.configure(connection=connection)
    with environment:
        environment.run_migrations()
    if not is_newer:
        oldest = max(map(_served_from, revisions))
        for statement in MARK:
            connection.execute(text(statement.format(oldest=oldest)))


def _served_from(revision: Script) -> int:
    """Return the oldest version whose programs a revision leaves at work."""
    return int(getattr(revision.module, "SERVES_FROM", revision.revision))
