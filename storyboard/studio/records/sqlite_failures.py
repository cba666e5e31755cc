"""What a failure of SQLite means, in words that say what to do. Opens nothing."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from storyboard.studio.records.schema import shown_place
from storyboard.studio.records.store import FullError, StoreAway, StoreError

_LEAST_FREE: Final = 1_000_000
"""Bytes; with less, what SQLite calls an input/output error is a full disk."""


def store_failure(path: Path, cause: sqlite3.Error) -> StoreError:
    """Return why the data cannot be opened or written, in words that say what to do."""
    name = getattr(cause, "sqlite_errorname", "") or ""
    what = f"the studio's data in '{shown_place(path)}'"
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _is_full(path)):
        return FullError(
            f"{what} cannot be written: no space left on device",
            hint="make room (storyboard studio cache clean), or use another workspace",
        )
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"{what} cannot be written: the disk refuses ({name})",
            hint="check quotas, limits and the disk, or use another workspace",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError(
            f"{what} cannot be written: permission denied",
            hint="make its folder writable, or use another workspace",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreAway(
            f"{what} is in use by another process", hint="wait for it, or end the other studio"
        )
    if name.startswith("SQLITE_TOOBIG"):
        return StoreError(
            f"{what} takes no row of that size", hint="make it smaller: it would come again"
        )
    return StoreError(
        f"{what} cannot be opened: {cause}", hint="restore the file, or use another workspace"
    )


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_FREE
    except OSError:
        return False
