"""Which entries a project's local studio has, for those who open no studio: `check` makes none."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from storyboard.errors import StudioError


def entries_there(workspace: Path) -> Collection[str] | None:
    """Return the ids of the entries in a workspace, none where it is not made yet.

    Returns None where its data cannot be read: whoever opens the studio is told why. A database
    that was sent is none: SQLite may be kept busy for ever by its pages. One in PostgreSQL is not
    asked: `check` needs no network.
    """

    from storyboard.studio.records.data_folder import data_there
    from storyboard.studio.records.entries import find_ids
    from storyboard.studio.records.opening import NOTE
    from storyboard.studio.records.schema import DATABASE
    from storyboard.studio.records.sqlite_file import read_only

    try:
        data = data_there(workspace)
        path = None if data is None else data / DATABASE
        if data is not None and (data / NOTE).exists():
            return None
        if path is None or not path.exists():
            return ()
        if not path.is_file():
            return None
        with read_only(path) as tx:
            return find_ids(tx)
    except StudioError:
        return None
