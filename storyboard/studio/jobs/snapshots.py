"""Saves what a studio has under a name, and brings it back: rows, and the files that they name.

A snapshot is a folder that can be copied to another workspace; who one is stays out of it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from storyboard.disk.parts import discard_parts, new_part_folder
from storyboard.disk.whole_folders import (
    alone_in,
    folders_with,
    mend_folder,
    put_folder,
    remove_folder,
)
from storyboard.errors import StudioError
from storyboard.studio.jobs.entry_files import FileMissing, missing
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.blobs import BLOB_NAME, is_blob, link_or_copy
from storyboard.studio.records.coming_files import coming
from storyboard.studio.records.schema import DATABASE
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Row, Store
from storyboard.studio.records.table_uses import Use, tables_of

NAME: Final = re.compile("[a-z0-9][a-z0-9-]{0,39}")
FOLDER: Final = "snapshots"
_TABLES: Final = tables_of(Use.SAVED)
"""What comes back. Sessions and app tokens stay as they are, half-done uploads are forgotten."""


def save(workspace: Workspace, name: str) -> Path:
    """Write a snapshot in place of the one with this name, and return its folder.

    The former one is there until the new one is whole. Of several at once, the last one stays.
    """
    target = _folder(workspace, name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    discard_parts(target.parent, of=name)
    with new_part_folder(target.parent, name) as draft:
        _write(workspace, draft)
        with _alone(workspace):
            put_folder(draft, target)
    return target


def _write(workspace: Workspace, draft: Path) -> None:
    """Write a snapshot into an empty folder."""
    with (
        _opened(draft) as made,
        workspace.store.read_at_once() as kept,
        made.write() as copy,
    ):
        for table in _TABLES:
            for row in kept.rows(f"{table}.rows"):
                copy.run(f"{table}.bring_back", **dict(row))
        named = _named(copy.rows("entries.rows"))
    for blob, entry_id in named.items():
        if not is_blob(blob):
            continue
        file = draft / "blobs" / blob
        file.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(_kept(workspace, blob, entry_id), file)


def load(workspace: Workspace, name: str) -> None:
    """Bring a snapshot back in one transaction; films in work are given up.

    Raises `FileNotFoundError`, and `StudioError` where a newer version wrote it.
    """
    source = _folder(workspace, name)
    with _alone(workspace):  # it is read until the end: none may take its place, or remove it
        mend_folder(source)
        _bring_back(workspace, source)


def _bring_back(workspace: Workspace, source: Path) -> None:
    """Bring back what the folder of a snapshot has; raises as `load`."""
    if not (source / DATABASE).is_file():
        raise FileNotFoundError(source.name)
    with _opened(source) as saved, saved.read_at_once() as tx:
        kept = {table: tx.rows(f"{table}.rows") for table in _TABLES}
    named = _named(kept["entries"])
    for blob, entry_id in named.items():
        _check_own(source / "blobs", blob)
        if not (source / "blobs" / blob).is_file() and not workspace.blobs.has(blob):
            raise StudioError(
                f"the snapshot '{source.name}' lacks the file '{blob}' of entry '{entry_id}'",
                hint="copy the snapshot's whole folder again, or save another one",
            )
    partner = workspace.identity.partner_id
    with coming(workspace.store, *named):
        _take(workspace, source, named)
        with workspace.store.write() as tx:
            for table in (*_TABLES, "upload_tokens"):
                tx.run(f"{table}.delete_all")
            for table, found in kept.items():
                for row in found:
                    tx.run(f"{table}.bring_back", **{**row, "partner_id": partner})
    _take(workspace, source, named)  # a server of an earlier version may have removed some


def _take(workspace: Workspace, source: Path, named: Iterable[str]) -> None:
    """Have the files of a snapshot; not in a transaction, which all others that write wait for."""
    for blob in named:
        workspace.blobs.take(source / "blobs" / blob, blob)


def names(workspace: Workspace) -> list[str]:
    """Return the names of what was saved."""
    return sorted(folders_with(workspace.path / FOLDER, DATABASE))


def delete(workspace: Workspace, name: str) -> None:
    """Forget a snapshot."""
    place = _folder(workspace, name)
    with _alone(workspace):
        remove_folder(place)


def _folder(workspace: Workspace, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return workspace.path / FOLDER / name


def _alone(workspace: Workspace) -> contextlib.AbstractContextManager[None]:
    """Keep all others from changing what snapshots there are."""
    return alone_in(workspace.path / FOLDER, inside=workspace.path)


def _opened(folder: Path) -> contextlib.closing[Store]:
    """Open the rows of a snapshot: an SQLite file, whatever database the studio has."""
    return contextlib.closing(SqliteStore(folder / DATABASE))


def _named(rows: Iterable[Row]) -> dict[str, str]:
    """Return the files that entries have, each with the id of one of them."""
    return {row["blob"]: row["id"] for row in rows if row["blob"]}


def _kept(workspace: Workspace, blob: str, entry_id: str) -> Path:
    """Return where the file of an entry is; raises `FileMissing` for one that is lost."""
    path = workspace.blobs.path(blob)
    if not path.exists():
        with workspace.store.read() as tx:
            entry = entries.find(tx, entry_id)
        if entry is not None and entry.blob == blob:
            missing(workspace, entry)
        raise FileMissing(
            f"the snapshot is not saved: the file '{blob}' of entry '{entry_id}' is missing in the "
            "studio's place of files; put it in again, or delete the entry"
        )
    return path


def _check_own(folder: Path, blob: str) -> None:
    """Refuse a name that leads out of the snapshot, which may come from elsewhere."""
    if not BLOB_NAME.fullmatch(blob) or (folder / blob).is_symlink():
        raise StudioError(
            f"the snapshot names a file that is not its own: '{blob}'",
            hint="save the snapshot again, where it came from",
        )
