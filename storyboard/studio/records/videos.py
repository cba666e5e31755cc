"""Videos in the store: what a user keeps, and its status. Decides nothing: see `transitions`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.records.ids import object_id
from storyboard.studio.records.seeding import chance
from storyboard.studio.records.session import Principal
from storyboard.wire import VideoStatus

ORDERS: Final[Mapping[str, str]] = {
    "-createdAt": "created_at DESC, seq DESC",
    "createdAt": "created_at ASC, seq ASC",
    "-updatedAt": "updated_at DESC, seq DESC",
    "updatedAt": "updated_at ASC, seq ASC",
}
"""`filter.orderBy` (guide §6), the default first."""

_FRAME: Final = 400
"""Bytes of an answer's video beside what its user wrote: ids, times, names of fields."""


@dataclass(frozen=True, slots=True)
class Video:
    """A video; `scenes` as they were sent, `coming_entry_id` what a running film will be."""

    id: str
    owner: Principal
    name: str
    avatar_id: str | None
    scenes: list[dict[str, Any]]
    status: VideoStatus
    was_composed: bool
    compose_params: dict[str, Any] | None
    entry_id: str | None
    coming_entry_id: str | None
    reason: str | None
    created_at: float
    updated_at: float


def add(
    tx: sqlite3.Connection,
    owner: Principal,
    *,
    name: str,
    avatar_id: str | None,
    scenes: list[dict[str, Any]],
    now: float,
) -> str:
    """Insert a draft and return its id."""
    video_id = object_id(chance(tx))
    tx.execute(
        "INSERT INTO videos"
        " (id, partner_id, user_id, name, avatar_id, scenes, status, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            video_id,
            owner.partner_id,
            owner.user_id,
            name,
            avatar_id,
            json.dumps(scenes),
            VideoStatus.DRAFT.value,
            now,
            now,
        ),
    )
    return video_id


def find(tx: sqlite3.Connection, video_id: str, owner: Principal | None = None) -> Video | None:
    """Return a video, of this user where one is given."""
    row = tx.execute("SELECT * FROM videos WHERE id=?", (video_id,)).fetchone()
    video = None if row is None else _video(row)
    return video if video and owner in (None, video.owner) else None


def ids(
    tx: sqlite3.Connection, owner: Principal, *, order_by: str, offset: int, limit: int
) -> tuple[int, list[str]]:
    """Return how many videos the user has, and the ids of a stretch of them; reads no scene."""
    key = (owner.partner_id, owner.user_id)
    count = tx.execute(
        "SELECT count(*) FROM videos WHERE partner_id=? AND user_id=?", key
    ).fetchone()[0]
    rows = tx.execute(
        f"SELECT id FROM videos WHERE partner_id=? AND user_id=? ORDER BY {ORDERS[order_by]}"
        " LIMIT ? OFFSET ?",
        (*key, limit, offset),
    )
    return int(count), [row["id"] for row in rows]


def find_first(
    tx: sqlite3.Connection, wanted: Sequence[str], size: int
) -> tuple[list[Video], Sequence[str]]:
    """Return those of the first that are still there, of about `size` bytes, and who is left."""
    found: list[Video] = []
    for number, video_id in enumerate(wanted):
        if size <= 0:
            return found, wanted[number:]
        row = tx.execute("SELECT * FROM videos WHERE id=?", (video_id,)).fetchone()
        if row is not None:
            found.append(_video(row))
            size -= _FRAME + len(row["scenes"]) + len(row["compose_params"] or "")
    return found, ()


def latest(tx: sqlite3.Connection, limit: int) -> tuple[int, list[str]]:
    """Return how many videos all users have, and the ids of the last that were changed."""
    count = tx.execute("SELECT count(*) FROM videos").fetchone()[0]
    rows = tx.execute(f"SELECT id FROM videos ORDER BY {ORDERS['-updatedAt']} LIMIT ?", (limit,))
    return int(count), [row["id"] for row in rows]


def first_in(tx: sqlite3.Connection, owner: Principal, status: VideoStatus) -> str | None:
    """Return the id of a user's video that is in a status, if there is one."""
    row = tx.execute(
        "SELECT id FROM videos WHERE partner_id=? AND user_id=? AND status=? LIMIT 1",
        (owner.partner_id, owner.user_id, status.value),
    ).fetchone()
    return None if row is None else str(row["id"])


def delete(tx: sqlite3.Connection, video_id: str) -> None:
    """Remove a video; its films stay, as media entries of their own."""
    tx.execute("DELETE FROM videos WHERE id=?", (video_id,))


_COLUMNS: Final = frozenset(
    {
        "name",
        "avatar_id",
        "scenes",
        "status",
        "was_composed",
        "compose_params",
        "entry_id",
        "coming_entry_id",
        "reason",
    }
)


def change(tx: sqlite3.Connection, video_id: str, now: float, **values: Any) -> None:
    """Set columns of a video; `updatedAt` moves with them, and never back."""
    assert values.keys() <= _COLUMNS, values.keys() - _COLUMNS
    settings = ", ".join(f"{column}=?" for column in values)
    stored = [
        json.dumps(v)
        if isinstance(v, list | dict)
        else v.value
        if isinstance(v, VideoStatus)
        else v
        for v in values.values()
    ]
    tx.execute(
        f"UPDATE videos SET {settings}, updated_at=max(updated_at, ?) WHERE id=?",
        (*stored, now, video_id),
    )


def _video(row: sqlite3.Row) -> Video:
    params = row["compose_params"]
    return Video(
        id=row["id"],
        owner=Principal(row["partner_id"], row["user_id"]),
        name=row["name"],
        avatar_id=row["avatar_id"],
        scenes=json.loads(row["scenes"]),
        status=VideoStatus(row["status"]),
        was_composed=bool(row["was_composed"]),
        compose_params=None if params is None else json.loads(params),
        entry_id=row["entry_id"],
        coming_entry_id=row["coming_entry_id"],
        reason=row["reason"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
