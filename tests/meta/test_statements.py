"""Every statement on the studio's rows stands in one room, and is sent word by word."""

from __future__ import annotations

import re
from pathlib import Path

from storyboard.studio.records import videos
from storyboard.studio.records.sql import FILE, sqlite_texts
from storyboard.studio.records.sql.compiled import STATEMENTS, sqlite_file

STUDIO = Path(__file__).parents[2] / "storyboard" / "studio"
SQL = re.compile(
    r"""["'(\s](SELECT|INSERT|UPDATE|DELETE|PRAGMA|VACUUM|BEGIN|CREATE|ALTER) ?[A-Z*\w]"""
)
ENGINES = (
    *(f"records/{name}.py" for name in ("sqlite_file", "schema", "postgres")),
    *(f"records/migrations/{name}.py" for name in ("upgrade", "versions/first")),
)
"""What opens a database, and brings it up to date."""

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
    patterns.append(r"entries\.all(\.id)?(\.user_id)?")
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
