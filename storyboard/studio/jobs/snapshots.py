"""Saves what a studio has under a name, and brings it back: rows, and the files that they name.

A snapshot is a folder that can be copied to another workspace; who one is stays out of it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from storyboard.errors import StudioError
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.blobs import BLOB_NAME, is_blob
from storyboard.studio.records.store import DATABASE, Store, connect

NAME: Final = re.compile("[a-z0-9][a-z0-9-]{0,39}")
TABLES: Final = ("jobs", "videos", "avatars", "entries", "captions")
"""What comes back. Sessions and app tokens stay as they are, half-done uploads are forgotten."""


def save(workspace: Workspace, name: str) -> Path:
    """Write a snapshot in place of the one with this name, and return its folder."""
    target = _folder(workspace, name)
    draft = target.with_name(f".{name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    try:
        with workspace.store.read() as tx:
            # A copy as of one moment, while others write on; a copied file would lack what is in
            # the WAL.
            tx.execute("VACUUM INTO ?", (str(draft / DATABASE),))
        with _opened(draft) as rows:
            for secret in ("app_tokens", "revoked_sessions", "upload_tokens"):
                rows.execute(f"DELETE FROM {secret}")
            # Deleted rows stay in the file's pages until then, secrets among them.
            rows.execute("VACUUM")
            blobs = [row["blob"] for row in rows.execute("SELECT DISTINCT blob FROM entries")]
        for blob in filter(is_blob, blobs):
            _link(workspace.blobs.path(blob), draft / "blobs" / blob)
        shutil.rmtree(target, ignore_errors=True)
        draft.replace(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def load(workspace: Workspace, name: str) -> None:
    """Bring a snapshot back in one transaction; films in work are given up.

    Raises `FileNotFoundError`, and `StudioError` where a newer version wrote it.
    """
    source = _folder(workspace, name)
    if not (source / DATABASE).is_file():
        raise FileNotFoundError(name)
    # Opened once by the store, which brings the tables of an older version up to date.
    Store(source / DATABASE).close()
    with _opened(source) as rows:
        kept = {table: rows.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    named = {row["blob"] for row in kept["entries"]} - {""}
    for blob in named:
        _check_own(source / "blobs", blob)
    partner = workspace.identity.partner_id
    with workspace.store.write() as tx:
        for blob in named:
            _link(source / "blobs" / blob, workspace.blobs.path(blob))
        for table in (*TABLES, "upload_tokens"):
            tx.execute(f"DELETE FROM {table}")
        for table, found in kept.items():
            _insert(tx, table, ({**row, "partner_id": partner} for row in map(dict, found)))


def names(workspace: Workspace) -> list[str]:
    """Return the names of what was saved."""
    folder = workspace.path / "snapshots"
    return sorted(path.parent.name for path in folder.glob(f"[!.]*/{DATABASE}"))


def delete(workspace: Workspace, name: str) -> None:
    """Forget a snapshot."""
    shutil.rmtree(_folder(workspace, name), ignore_errors=True)


def _folder(workspace: Workspace, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return workspace.path / "snapshots" / name


@contextlib.contextmanager
def _opened(folder: Path) -> Any:
    with contextlib.closing(connect(folder / DATABASE)) as rows:
        yield rows


def _check_own(folder: Path, blob: str) -> None:
    """Refuse a name that leads out of the snapshot, which may come from elsewhere."""
    if not BLOB_NAME.fullmatch(blob) or (folder / blob).is_symlink():
        raise StudioError(
            f"the snapshot names a file that is not its own: '{blob}'",
            hint="save the snapshot again, where it came from",
        )


def _insert(tx: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    columns = [row["name"] for row in tx.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    tx.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
        ([row[column] for column in columns] for row in rows),
    )


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, or a copy where the file system has no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
