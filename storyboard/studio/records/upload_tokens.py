"""Uploads that come in parts: tokens in the store, bytes beside it. Knows no medium."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from storyboard.studio.records.blobs import Blobs
from storyboard.studio.records.ids import upload_id
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Row, Store, Transaction


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
    parts: str
    """What the place of uploads has the row keep."""


def add(
    tx: Transaction, owner: Principal, file_name: str, file_size: int | None, now: float
) -> str:
    """Store a new token and return its id."""
    token = upload_id()
    tx.run(
        "upload_tokens.add",
        id=token,
        **owner.values,
        file_name=file_name,
        file_size=file_size,
        status=int(UploadStatus.PENDING),
        created_at=now,
        updated_at=now,
    )
    return token


def find(tx: Transaction, token_id: str, owner: Principal) -> UploadToken | None:
    """Return a user's own token."""
    row = tx.row("upload_tokens.find", id=token_id)
    token = None if row is None else _token(row)
    return token if token is not None and token.owner == owner else None


def of_owner(tx: Transaction, owner: Principal) -> list[UploadToken]:
    """Return a user's tokens, newest first."""
    return [_token(row) for row in tx.rows("upload_tokens.of_user", **owner.values)]


def receive(
    tx: Transaction,
    blobs: Blobs,
    token: UploadToken,
    part: Path,
    *,
    at: int,
    last: bool,
    now: float,
) -> None:
    """Put a part behind the `at` bytes that are there, as `UploadFiles.receive`."""
    size, parts = blobs.uploads.receive(token.id, part, at, token.parts)
    status = int(UploadStatus.FULL_UPLOAD if last else UploadStatus.PARTIAL_UPLOAD)
    told = {"uploaded": size, "status": status, "parts": parts}
    tx.run("upload_tokens.receive", id=token.id, now=now, **told)


def rename(tx: Transaction, token: UploadToken, file_name: str) -> None:
    """Note what the sender calls the file, where that was not announced."""
    tx.run("upload_tokens.name", id=token.id, file_name=file_name)


def close(tx: Transaction, token: UploadToken, now: float) -> None:
    """Say that the upload became an entry's content; its bytes go after the transaction."""
    tx.run("upload_tokens.close", id=token.id, now=now)


def sweep(store: Store, blobs: Blobs, now: float) -> None:
    """Forget uploads that were not touched for a week, and then their bytes."""
    with store.read() as tx:
        found = () if blobs.keeps_all else _left(tx, now)
    if not found:
        return
    with store.write() as tx:
        old = _left(tx, now)
        for token_id in old:
            tx.run("upload_tokens.delete", id=token_id)
    for token_id in old:
        blobs.uploads.discard(token_id)


def ids(tx: Transaction) -> frozenset[str]:
    """Return the ids of all tokens."""
    return frozenset(row["id"] for row in tx.rows("upload_tokens.ids"))


def delete(tx: Transaction, token: UploadToken) -> None:
    """Forget a token; its bytes go after the transaction."""
    tx.run("upload_tokens.delete", id=token.id)


def _left(tx: Transaction, now: float) -> list[str]:
    rows = tx.rows("upload_tokens.ids_before", before=now - _KEPT_SECONDS)
    return [row["id"] for row in rows]


def _token(row: Row) -> UploadToken:
    return UploadToken(
        row["id"],
        Principal(row["partner_id"], row["user_id"]),
        row["file_name"],
        row["file_size"],
        row["uploaded"],
        UploadStatus(row["status"]),
        row["created_at"],
        row["updated_at"],
        row["parts"],
    )
