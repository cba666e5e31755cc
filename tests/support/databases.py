"""The databases that keep a studio's rows, each opened for a test."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store

DATABASES: Final = ("sqlite",)
"""What a test of all is parametrized with."""


def opened(database: str, folder: Path, until_end: ExitStack) -> Store:
    """Open the rows of a folder, made where there are none; the same folder has the same rows."""
    assert database == "sqlite"
    return until_end.enter_context(closing(SqliteStore(folder / "studio.sqlite3")))
