"""Media entries in the store: uploads and finished films alike. Knows no file format."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from storyboard.studio.records.session import Principal


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


_FIELDS = (
    "id", "partner_id", "user_id", "name", "kind", "blob", "sha256", "size", "seconds", "fps",
    "width", "height", "video_id", "created_at", "updated_at",
)  # fmt: skip


def put(tx: sqlite3.Connection, entry: Entry) -> None:
    """Insert an entry, or give the one with its id new content; `createdAt` stays the first."""
    updated = ", ".join(f"{name}=excluded.{name}" for name in _FIELDS[3:] if name != "created_at")
    tx.execute(
        f"INSERT INTO entries ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"
        f" ON CONFLICT (id) DO UPDATE SET {updated}",
        (
            entry.id,
            entry.owner.partner_id,
            entry.owner.user_id,
            entry.name,
            entry.kind,
            entry.blob,
            entry.sha256,
            entry.size,
            entry.seconds,
            entry.fps,
            entry.width,
            entry.height,
            entry.video_id,
            entry.created_at,
            entry.updated_at,
        ),
    )


def find(tx: sqlite3.Connection, entry_id: str) -> Entry | None:
    """Return an entry of the partner (entries are not private to a user, unlike videos)."""
    row = tx.execute("SELECT * FROM entries WHERE id=?", (entry_id,)).fetchone()
    return None if row is None else _entry(row)


def find_all(tx: sqlite3.Connection, **wanted: str) -> list[Entry]:
    """Return all entries, or those with an `id` or a `user_id`; newest first."""
    assert wanted.keys() <= {"id", "user_id"}, wanted.keys()
    where = " AND ".join(f"{name}=?" for name in wanted) or "1"
    query = f"SELECT * FROM entries WHERE {where} ORDER BY created_at DESC, seq DESC"
    return [_entry(row) for row in tx.execute(query, (*wanted.values(),))]


def latest_uploads(tx: sqlite3.Connection, limit: int) -> tuple[int, list[Entry]]:
    """Return how many media were uploaded, by all users, and the newest of them."""
    which = "FROM entries WHERE video_id IS NULL AND blob != ''"
    count = int(tx.execute(f"SELECT count(*) {which}").fetchone()[0])
    rows = tx.execute(f"SELECT * {which} ORDER BY created_at DESC, seq DESC LIMIT ?", (limit,))
    return count, [_entry(row) for row in rows]


def find_ids(tx: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all entries that have content."""
    return frozenset(row[0] for row in tx.execute("SELECT id FROM entries WHERE blob != ''"))


def is_kept(tx: sqlite3.Connection, blob: str) -> bool:
    """Return whether an entry has this file."""
    return tx.execute("SELECT 1 FROM entries WHERE blob=? LIMIT 1", (blob,)).fetchone() is not None


def rename(tx: sqlite3.Connection, entry_id: str, name: str, now: float) -> None:
    """Give an entry another name."""
    tx.execute("UPDATE entries SET name=?, updated_at=? WHERE id=?", (name, now, entry_id))


def delete(tx: sqlite3.Connection, entry_id: str) -> None:
    """Remove an entry with its captions, and leave its file."""
    tx.execute("DELETE FROM captions WHERE entry_id=?", (entry_id,))
    tx.execute("DELETE FROM entries WHERE id=?", (entry_id,))


def _entry(row: sqlite3.Row) -> Entry:
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
