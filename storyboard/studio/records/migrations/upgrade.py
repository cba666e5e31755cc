"""Brings a schema of PostgreSQL up to date, by Alembic's revisions. Knows no statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from storyboard.errors import StudioError

_HERE: Final = Path(__file__).parent


def upgrade(connected: Callable[[], psycopg.Connection[Any]], schema: str, key: int) -> None:
    """Make a schema and its tables, or bring them up to date: all in one transaction, or nothing.

    `key` is of the lock that who writes holds: two servers that start at once come one after the
    other. Raises `StudioError` where a newer version was there.
    """
    engine = create_engine("postgresql+psycopg://", creator=connected, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({key})"))
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
        _run_missing(connection)


def _run_missing(connection: Connection) -> None:
    script = ScriptDirectory(str(_HERE))

    def steps(revision: Any, context: MigrationContext) -> Any:
        known = {each.revision for each in script.walk_revisions()}
        if revision and not {*revision} <= known:
            raise StudioError(
                "the studio's data in PostgreSQL was written by a newer version",
                hint="upgrade storyboard, or use another database",
            )
        return script._upgrade_revs("head", revision)

    environment = EnvironmentContext(Config(), script, fn=steps)
    environment.configure(connection=connection)
    with environment:
        environment.run_migrations()
