"""Uploads that come in parts: tokens in the store, bytes beside it. Knows no medium."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from storyboard.studio.records.blobs import Blobs
from storyboard.studio.records.ids import upload_id
from storyboard.studio.records.session import Principal


class UploadStatus(IntEnum):
    """How far an upload is, numbered as Kaltura does."""

    PENDING = 0
    PARTIAL_UPLOAD = 1
    FULL_UPLOAD = 2
    CLOSED = 3


_KEPT_SECONDS = 7 * 86_400.0
OPEN = frozenset({UploadStatus.PENDING, UploadStatus.PARTIAL_UPLOAD})


@dataclass(frozen=True, slots=True)
class UploadToken:
    """One upload; sizes in bytes, `file_size` as it was announced."""

    id: str
    owner: Principal
    file_name: str
    file_size: int | None
    uploaded: int
    status: UploadStatus
    created_at: float
    updated_at: float


def add(
    tx: sqlite3.Connection, owner: Principal, file_name: str, file_size: int | None, now: float
) -> str:
    """Store a new token and return its id."""
    token = upload_id()
    tx.execute(
        "INSERT INTO upload_tokens"
        " (id, partner_id, user_id, file_name, file_size, status, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            token,
            owner.partner_id,
            owner.user_id,
            file_name,
            file_size,
            int(UploadStatus.PENDING),
            now,
            now,
        ),
    )
    return token


def find(tx: sqlite3.Connection, token_id: str, owner: Principal) -> UploadToken | None:
    """Return a user's own token."""
    row = tx.execute("SELECT * FROM upload_tokens WHERE id=?", (token_id,)).fetchone()
    token = None if row is None else _token(row)
    return token if token is not None and token.owner == owner else None


def of_owner(tx: sqlite3.Connection, owner: Principal) -> list[UploadToken]:
    """Return a user's tokens, newest first."""
    rows = tx.execute(
        "SELECT * FROM upload_tokens WHERE partner_id=? AND user_id=?"
        " ORDER BY created_at DESC, rowid DESC",
        (owner.partner_id, owner.user_id),
    )
    return [_token(row) for row in rows]


def receive(
    tx: sqlite3.Connection,
    blobs: Blobs,
    token: UploadToken,
    part: Path,
    *,
    at: int,
    last: bool,
    now: float,
) -> None:
    """Put a part behind the `at` bytes that are there, as `UploadFiles.receive`."""
    size = blobs.uploads.receive(token.id, part, at)
    status = UploadStatus.FULL_UPLOAD if last else UploadStatus.PARTIAL_UPLOAD
    tx.execute(
        "UPDATE upload_tokens SET uploaded=?, status=?, updated_at=? WHERE id=?",
        (size, int(status), now, token.id),
    )


def close(tx: sqlite3.Connection, blobs: Blobs, token: UploadToken, now: float) -> None:
    """Say that the upload became an entry's content."""
    tx.execute(
        "UPDATE upload_tokens SET status=?, updated_at=? WHERE id=?",
        (int(UploadStatus.CLOSED), now, token.id),
    )
    blobs.uploads.discard(token.id)


def sweep(tx: sqlite3.Connection, blobs: Blobs, now: float) -> None:
    """Forget uploads that were not touched for a week, and their bytes."""
    old = tx.execute("SELECT id FROM upload_tokens WHERE updated_at < ?", (now - _KEPT_SECONDS,))
    for (token_id,) in old.fetchall():
        tx.execute("DELETE FROM upload_tokens WHERE id=?", (token_id,))
        blobs.uploads.discard(token_id)


def ids(tx: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all tokens."""
    return frozenset(row[0] for row in tx.execute("SELECT id FROM upload_tokens"))


def delete(tx: sqlite3.Connection, blobs: Blobs, token: UploadToken) -> None:
    """Forget a token and its bytes."""
    tx.execute("DELETE FROM upload_tokens WHERE id=?", (token.id,))
    blobs.uploads.discard(token.id)


def _token(row: sqlite3.Row) -> UploadToken:
    return UploadToken(
        row["id"],
        Principal(row["partner_id"], row["user_id"]),
        row["file_name"],
        row["file_size"],
        row["uploaded"],
        UploadStatus(row["status"]),
        row["created_at"],
        row["updated_at"],
    )
