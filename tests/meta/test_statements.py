"""Every statement on the studio's rows stands in one room, and is sent word by word."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Column, DefaultClause

from storyboard.studio.records import videos
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.sql import FILE, sqlite_texts
from storyboard.studio.records.sql.compiled import SQLITE, STATEMENTS, sqlite_file
from storyboard.studio.records.sql.tables import METADATA
from storyboard.studio.records.table_uses import USES

STUDIO = Path(__file__).parents[2] / "storyboard" / "studio"
SQL = re.compile(
    r"""["'(\s](SELECT|INSERT|UPDATE|DELETE|PRAGMA|VACUUM|BEGIN|CREATE|ALTER) ?[A-Z*\w]"""
)
ENGINES = (
    *(
        f"records/{name}.py"
        for name in ("sqlite_file", "schema", "postgres", "postgres_connection")
    ),
    "records/postgres_bell.py",
    "records/sqlite_checkpoints.py",
    *(f"records/migrations/{name}.py" for name in ("upgrade", "table_version")),
    "records/migrations/versions/first.py",
    *(
        f"records/migrations/versions/{name}.py"
        for name in ("queue_of_users", "shared_scenes", "made_alike", "live_workers")
    ),
    *(f"records/migrations/versions/{name}.py" for name in ("paired_files", "shared_control")),
    *(f"records/migrations/versions/{name}.py" for name in ("unkept_jobs", "session_expiry")),
    *(f"records/migrations/versions/{name}.py" for name in ("coming_files", "token_uses")),
)
"""What opens a database, and brings it up to date."""

REVISION = re.compile(r'^revision = "([0-9]+)"$', re.M)
SERVES_FROM = re.compile(r"^SERVES_FROM: Final = ([0-9]+)$", re.M)
OPEN_OR_LAST = ("jobs.open", "jobs.last_of_each_video")
CALL = re.compile(r"""\b(?:tx|kept|copy|saved)\.(?:row|rows|number|run)\(\s*f?["']([^"']+)["']""")


def sources() -> dict[str, str]:
    return {
        path.relative_to(STUDIO).as_posix(): path.read_text(encoding="utf-8")
        for path in STUDIO.rglob("*.py")
    }


def test_no_other_room_writes_sql() -> None:
    rooms = {
        name: found.group()
        for name, text in sources().items()
        if not name.startswith("records/sql/") and name not in ENGINES
        if (found := SQL.search(text))
    }
    assert rooms == {}


def test_sqlite_is_sent_what_is_written_for_all_databases() -> None:
    """`python -m reference_tables` writes the file anew."""
    assert FILE.read_text(encoding="utf-8") == sqlite_file()
    assert sqlite_texts().keys() == STATEMENTS.keys()
    assert all(text and ";" not in text for text in sqlite_texts().values())


def test_every_statement_has_its_call() -> None:
    """A call of a name that is none, or a statement that nothing calls, would be seen late."""
    text = "\n".join(t for name, t in sources().items() if not name.startswith("records/sql/"))
    called = {*CALL.findall(text), *videos.ORDERS.values(), *OPEN_OR_LAST} - {"."}
    patterns = [re.escape(name).replace(r"\{table\}", r"\w+") for name in called]
    patterns.append(r"entries\.all(\.ids?)?(\.user_id)?")
    assert {name for name in called if "{" not in name} <= STATEMENTS.keys()
    assert {name for name in STATEMENTS if not re.fullmatch("|".join(patterns), name)} == set()


def test_one_machine_needs_no_toolkit() -> None:
    """SQLAlchemy takes a fifth of a second to import, of every command that opens a studio."""
    needed = re.compile(r"^\s*(?:from|import) (?:sqlalchemy|alembic|psycopg)\b", re.M)
    found = {name for name, text in sources().items() if needed.search(text)}
    assert all(name.startswith("records/sql/") or name in ENGINES for name in found)
    assert found.isdisjoint({"records/sql/__init__.py", "records/sqlite_file.py"})
    rooms = "|".join(Path(name).stem for name in found - {*ENGINES})
    names = re.compile(rf"^from storyboard\.studio\.records\.sql\.(?:{rooms}) import", re.M)
    above = {name for name, text in sources().items() if names.search(text)} - found
    assert above == set()


def test_both_databases_have_the_same_versions_and_tables() -> None:
    """A table that one database lacks would be found out by its users."""
    files = (STUDIO / "records" / "migrations" / "versions").glob("*.py")
    revisions = {int(REVISION.findall(path.read_text(encoding="utf-8"))[0]) for path in files}
    assert max(revisions) == len(MIGRATIONS)
    with closing(sqlite3.connect(":memory:")) as file:
        for script in MIGRATIONS:
            file.executescript(script)
        for name, table in METADATA.tables.items():
            rows = file.execute(f"PRAGMA table_info({name})").fetchall()
            told = {(r[1], r[2], bool(r[3]) or r[5] > 0, r[4], r[5] > 0) for r in rows}
            assert told == {written(column) for column in table.c if column.name != "rowid"}, name
            indexes = {row[1] for row in file.execute(f"PRAGMA index_list({name})")}
            named = {each for each in indexes if not each.startswith("sqlite_autoindex")}
            assert named == {index.name for index in table.indexes}, name
        tables = file.execute("SELECT name FROM sqlite_master WHERE type='table'")
        assert {row[0] for row in tables} == METADATA.tables.keys()


def test_each_later_revision_says_whose_programs_it_leaves_at_work() -> None:
    """Without it, an older server that is started again while all are upgraded is refused."""
    for path in (STUDIO / "records" / "migrations" / "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        number = int(REVISION.findall(text)[0])
        if number > 18:
            [oldest] = SERVES_FROM.findall(text)
            assert int(oldest) <= number, path.name


def test_each_table_says_what_its_rows_are_part_of() -> None:
    """Four lists did; a table that one of them lacked was lost where a studio moved."""
    assert USES.keys() == METADATA.tables.keys()


def written(column: Column[Any]) -> tuple[str, str, bool, str | None, bool]:
    default = column.server_default
    text = str(default.arg) if isinstance(default, DefaultClause) else None
    kind = column.type.compile(dialect=SQLITE)
    return column.name, kind, not column.nullable, text, column.primary_key
