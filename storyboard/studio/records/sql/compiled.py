"""Every statement of the studio, and what a database is sent for each. Runs none of them.

SQLite is sent what `sqlite.sql` has, which `python -m reference_tables` writes anew from here: who
works on one machine needs no SQLAlchemy, and waits for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, Dialect, delete, insert, select
from sqlalchemy.dialects import sqlite

from storyboard.studio.records.sql import (
    coming_files,
    control,
    jobs,
    live_workers,
    objects,
    pairing,
    scene_claims,
    sessions,
)
from storyboard.studio.records.sql.tables import METADATA
from storyboard.studio.records.sql.words import ages_of, given


def _whole_tables() -> Mapping[str, ClauseElement]:
    """Return what reads all rows of a table, brings one of them back, and empties it."""
    made: dict[str, ClauseElement] = {}
    for name, table in METADATA.tables.items():
        values = {column.name: given(table, column.name) for column in table.c}
        made[f"{name}.delete_all"] = delete(table)
        made[f"{name}.rows"] = select(*table.c).order_by(*ages_of(table))
        made[f"{name}.bring_back"] = insert(table).values(values).inline()
    return made


STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    **objects.STATEMENTS,
    **sessions.STATEMENTS,
    **jobs.STATEMENTS,
    **scene_claims.STATEMENTS,
    **live_workers.STATEMENTS,
    **pairing.STATEMENTS,
    **coming_files.STATEMENTS,
    **control.STATEMENTS,
    **_whole_tables(),
}
SQLITE: Final[Dialect] = sqlite.dialect(paramstyle="named")


def texts(dialect: Dialect) -> dict[str, str]:
    """Return the text of each statement as a database reads it; values are given by name."""
    found: dict[str, str] = {}
    for name, statement in STATEMENTS.items():
        compiled = statement.compile(dialect=dialect)
        hidden = {key for key, value in compiled.params.items() if value is not None}
        assert not hidden, f"{name} has values of its own: {hidden}"
        found[name] = str(compiled)
    return found


def sqlite_file() -> str:
    """Return what `sqlite.sql` has to be."""
    each = (f"-- {name}\n{_trimmed(text)}\n" for name, text in sorted(texts(SQLITE).items()))
    return "\n".join(each)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())
