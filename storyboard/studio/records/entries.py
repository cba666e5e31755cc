"""Media entries in the store: uploads and finished films alike. Knows no file format."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Row, Transaction

DOCUMENT: Final = "document"
"""The kind of what is read and never shown; the others are those of `MediaKind`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A media entry; `blob` is the file's name below the workspace's blobs.

    `kind` is `video`, `image`, `audio` or `document`; what it does not have is 0.
    """

    id: str
    owner: Principal
    name: str
    kind: str
    blob: str
    sha256: str
    size: int
    seconds: float
    fps: float
    width: int
    height: int
    video_id: str | None
    created_at: float
    updated_at: float

    @property
    def has_content(self) -> bool:
        """Return whether there is a file: an entry may be made before it."""
        return bool(self.blob)

    @property
    def is_document(self) -> bool:
        """Return whether it is read and never shown."""
        return self.kind == DOCUMENT


def put(tx: Transaction, entry: Entry) -> None:
    """Insert an entry, or give the one with its id new content; `createdAt` stays the first."""
    tx.run(
        "entries.put",
        id=entry.id,
        **entry.owner.values,
        name=entry.name,
        kind=entry.kind,
        blob=entry.blob,
        sha256=entry.sha256,
        size=entry.size,
        seconds=entry.seconds,
        fps=entry.fps,
        width=entry.width,
        height=entry.height,
        video_id=entry.video_id,
        created_at=entry.created_at,
        updated_at=entry.updated_at,
    )


def find(tx: Transaction, entry_id: str) -> Entry | None:
    """Return an entry of the partner (entries are not private to a user, unlike videos)."""
    row = tx.row("entries.find", id=entry_id)
    return None if row is None else _entry(row)


def find_all(
    tx: Transaction, *, among: Collection[str] | None = None, **wanted: str
) -> list[Entry]:
    """Return all entries, or those with an `id`, `among` ids, or of a `user_id`; newest first."""
    if among is not None:
        wanted["ids"] = json.dumps([*among])
    rows = tx.rows(".".join(("entries.all", *sorted(wanted))), **wanted)
    return [_entry(row) for row in rows]


def latest_uploads(tx: Transaction, limit: int) -> tuple[int, list[Entry]]:
    """Return how many media were uploaded, by all users, and the newest of them."""
    rows = tx.rows("entries.latest_uploads", limit=limit)
    return tx.number("entries.count_uploads"), [_entry(row) for row in rows]


def find_ids(tx: Transaction) -> frozenset[str]:
    """Return the ids of all entries that have content."""
    return frozenset(row["id"] for row in tx.rows("entries.ids_with_content"))


def find_blobs(tx: Transaction) -> frozenset[str]:
    """Return the names of all files that entries have."""
    return frozenset(row["blob"] for row in tx.rows("entries.blobs")) - {""}


def is_kept(tx: Transaction, blob: str) -> bool:
    """Return whether an entry has this file."""
    return tx.row("entries.find_with_blob", blob=blob) is not None


def rename(tx: Transaction, entry_id: str, name: str, now: float) -> None:
    """Give an entry another name."""
    tx.run("entries.rename", id=entry_id, name=name, now=now)


def delete(tx: Transaction, entry_id: str) -> None:
    """Remove an entry with its captions, and leave its file."""
    tx.run("captions.delete_of_entry", entry_id=entry_id)
    tx.run("entries.delete", id=entry_id)


def _entry(row: Row) -> Entry:
    return Entry(
        id=row["id"],
        owner=Principal(row["partner_id"], row["user_id"]),
        name=row["name"],
        kind=row["kind"],
        blob=row["blob"],
        sha256=row["sha256"],
        size=row["size"],
        seconds=row["seconds"],
        fps=row["fps"],
        width=row["width"],
        height=row["height"],
        video_id=row["video_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
