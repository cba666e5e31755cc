"""Every statement of the studio, written once for all databases, and what SQLite is sent.

Only `compiled` and what it imports need SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("sqlite.sql")
"""A statement behind each line with its name: `-- videos.find`."""


@cache
def sqlite_texts() -> Mapping[str, str]:
    """Return what SQLite is sent for each statement; values are given by name."""
    found = FILE.read_text(encoding="utf-8").split("-- ")[1:]
    return {name: text.strip() for name, _, text in (each.partition("\n") for each in found)}
