"""Videos in the store: what a user keeps, and its status. Decides nothing: see `transitions`."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.records.new_ids import new_video_id
from storyboard.studio.records.quota import ROOMY, Quota
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Row, Transaction
from storyboard.wire import VideoStatus

ORDERS: Final[Mapping[str, str]] = {
    "-createdAt": "videos.ids_by_created_at_falling",
    "createdAt": "videos.ids_by_created_at",
    "-updatedAt": "videos.ids_by_updated_at_falling",
    "updatedAt": "videos.ids_by_updated_at",
}
"""`filter.orderBy` (guide §6), the default first, and the statement that gives it."""

_FRAME: Final = 400
"""Bytes of an answer's video beside what its user wrote: ids, times, names of fields."""


_AT_ONCE: Final = 8
"""Videos that are read at once: a database elsewhere answers each question late, and large videos
fill the memory."""


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
    tx: Transaction,
    owner: Principal,
    *,
    name: str,
    avatar_id: str | None,
    scenes: list[dict[str, Any]],
    now: float,
    draw: random.SystemRandom | None = None,
    quota: Quota = ROOMY,
) -> Video:
    """Insert a draft and return it; raises `Refusal` where the user has too many videos.

    Its id is drawn from `draw`, or else as the studio is told to.
    """
    row = tx.row(
        "videos.add",
        id=new_video_id(tx, draw),
        **owner.values,
        name=name,
        avatar_id=avatar_id,
        scenes=json.dumps(scenes),
        status=VideoStatus.DRAFT.value,
        created_at=now,
        updated_at=now,
        most=quota.objects,
    )
    if row is None:
        raise quota.too_many_videos()
    return _video(row)


def find(tx: Transaction, video_id: str, owner: Principal | None = None) -> Video | None:
    """Return a video, of this user where one is given."""
    row = tx.row("videos.find", id=video_id)
    video = None if row is None else _video(row)
    return video if video and owner in (None, video.owner) else None


def ids(
    tx: Transaction, owner: Principal, *, order_by: str, offset: int, limit: int
) -> tuple[int, list[str]]:
    """Return how many videos the user has, and the ids of a stretch of them; reads no scene."""
    count = tx.number("videos.count_of_user", **owner.values)
    rows = tx.rows(ORDERS[order_by], limit=limit, offset=offset, **owner.values)
    return count, [row["id"] for row in rows]


def find_first(
    tx: Transaction, wanted: Sequence[str], size: int
) -> tuple[list[Video], Sequence[str]]:
    """Return those of the first that are still there, of about `size` bytes, and who is left."""
    found: list[Video] = []
    rows: dict[str, Row] = {}
    for number, video_id in enumerate(wanted):
        if size <= 0:
            return found, wanted[number:]
        if number % _AT_ONCE == 0:
            ids = json.dumps(wanted[number : number + _AT_ONCE])
            rows = {row["id"]: row for row in tx.rows("videos.find_some", ids=ids)}
        row = rows.get(video_id)
        if row is not None:
            found.append(_video(row))
            size -= _FRAME + len(row["scenes"]) + len(row["compose_params"] or "")
    return found, ()


def latest(tx: Transaction, limit: int) -> tuple[int, list[str]]:
    """Return how many videos all users have, and the ids of the last that were changed."""
    rows = tx.rows("videos.latest", limit=limit)
    return tx.number("videos.count"), [row["id"] for row in rows]


def first_in(tx: Transaction, owner: Principal, status: VideoStatus) -> str | None:
    """Return the id of a user's video that is in a status, if there is one."""
    row = tx.row("videos.find_in", status=status.value, **owner.values)
    return None if row is None else str(row["id"])


def delete(tx: Transaction, video_id: str) -> None:
    """Remove a video; its films stay, as media entries of their own."""
    tx.run("videos.delete", id=video_id)


CHANGED: Final = (
    "name",
    "avatar_id",
    "scenes",
    "status",
    "was_composed",
    "compose_params",
    "entry_id",
    "coming_entry_id",
    "reason",
)
"""The columns of a video that change, each by itself or with others."""


def change(tx: Transaction, video_id: str, now: float, **values: Any) -> Video | None:
    """Set columns of a video and return it, `None` where it is gone.

    `updatedAt` moves with them, and never back.
    """
    assert values.keys() <= {*CHANGED}, values.keys() - {*CHANGED}
    stored = {name: _stored(values.get(name)) for name in CHANGED}
    is_set = {f"sets_{name}": name in values for name in CHANGED}
    row = tx.row("videos.change", id=video_id, now=now, **stored, **is_set)
    return None if row is None else _video(row)


def _stored(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value)
    if isinstance(value, VideoStatus):
        return value.value
    return int(value) if isinstance(value, bool) else value


def _video(row: Row) -> Video:
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
