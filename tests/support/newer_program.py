"""A program of a newer version: this one, copied, with one more version of the tables.

Nothing of it is patched while it runs: its revision and its column are in its files, as a release
would have them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from storyboard.studio.records.schema import MIGRATIONS

ROOT: Final = Path(__file__).parents[2]
VERSION: Final = len(MIGRATIONS) + 1
COLUMN: Final = "of_a_newer_version"
_REVISION: Final = """
from alembic import op

revision = "{version}"
down_revision = "{before}"
SERVES_FROM = {serves_from}


def upgrade():
    op.execute("ALTER TABLE videos ADD COLUMN {column} TEXT DEFAULT 'new' NOT NULL")
    op.execute("CREATE TABLE {column} (id TEXT PRIMARY KEY)")
"""


def newer_program(folder: Path, serves_from: int = VERSION - 1) -> Path:
    """Return what to import it from, which is made in a folder."""
    root = folder / "newer"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "storyboard", root / "storyboard", ignore=ignored)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    records = root / "storyboard" / "studio" / "records"
    told = {"version": VERSION, "before": VERSION - 1, "serves_from": serves_from, "column": COLUMN}
    revision = records / "migrations" / "versions" / f"{COLUMN}.py"
    revision.write_text(_REVISION.format(**told), encoding="utf-8")
    _edit(
        records / "schema.py",
        '    """,\n)\n',
        f'    """,\n    "CREATE TABLE {COLUMN} (id TEXT)",\n)\n',
    )
    status = '    _text("scenes"),\n    _text("status"),\n'
    column = f"""    _text("{COLUMN}", server_default=text("'new'")),\n"""
    _edit(records / "sql" / "tables.py", status, f"{status}{column}")
    return root


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, path
    path.write_text(text.replace(old, new), encoding="utf-8")
