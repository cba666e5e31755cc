"""Avatars in the store: templates on backgrounds, each a user's. Knows no HTTP."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storyboard.studio.records.ids import object_id
from storyboard.studio.records.seeding import chance
from storyboard.studio.records.session import Principal


@dataclass(frozen=True, slots=True)
class Avatar:
    """An avatar; times in unix seconds, `background` as the guide writes it (§5).

    Its name and its tags are the catalog's; those of `upsert` have none.
    """

    id: str
    template_id: str
    background: dict[str, Any]
    created_at: float
    updated_at: float
    name: str = ""
    tags: tuple[str, ...] = ()


def upsert(
    tx: sqlite3.Connection,
    owner: Principal,
    template_id: str,
    background: dict[str, Any],
    now: float,
) -> Avatar:
    """Return the user's first avatar of this template and background, made if there is none.

    `background` has its type first: what is stored is what is compared.
    """
    row = tx.execute(
        "SELECT * FROM avatars WHERE partner_id=? AND user_id=? AND template_id=?"
        " AND background=? ORDER BY seq LIMIT 1",
        (owner.partner_id, owner.user_id, template_id, json.dumps(background)),
    ).fetchone()
    return _avatar(row) if row is not None else add(tx, owner, template_id, background, now)


def add(
    tx: sqlite3.Connection,
    owner: Principal,
    template_id: str,
    background: dict[str, Any],
    now: float,
    *,
    name: str = "",
    tags: Sequence[str] = (),
) -> Avatar:
    """Make an avatar, whatever others there are."""
    made = Avatar(object_id(chance(tx)), template_id, background, now, now, name, tuple(tags))
    tx.execute(
        "INSERT INTO avatars (id, partner_id, user_id, template_id, background, name, tags,"
        " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(made.id, owner.partner_id, owner.user_id, template_id, json.dumps(background)),
            *(name, json.dumps(tags), now, now),
        ),
    )
    return made


def change(
    tx: sqlite3.Connection, avatar_id: str, now: float, *, name: str, background: dict[str, Any]
) -> None:
    """Give an avatar another name and background."""
    tx.execute(
        "UPDATE avatars SET name=?, background=?, updated_at=? WHERE id=?",
        (name, json.dumps(background), now, avatar_id),
    )


def delete(tx: sqlite3.Connection, avatar_id: str) -> None:
    """Remove an avatar; videos go on naming it."""
    tx.execute("DELETE FROM avatars WHERE id=?", (avatar_id,))


def page(
    tx: sqlite3.Connection,
    owner: Principal,
    *,
    offset: int,
    limit: int,
    ids: Sequence[str] | None = None,
    tags: Sequence[str] | None = None,
) -> tuple[int, list[Avatar]]:
    """Return how many avatars of the user there are, newest first, and some of them.

    Of `ids`, and of those with one of the `tags`, where these are given.
    """
    chosen, values = ["partner_id=? AND user_id=?"], [owner.partner_id, owner.user_id]
    if ids is not None:
        chosen.append("id IN (SELECT value FROM json_each(?))")
    if tags is not None:
        chosen.append(
            "EXISTS (SELECT 1 FROM json_each(avatars.tags) WHERE value IN"
            " (SELECT value FROM json_each(?)))"
        )
    given = [*values, *(json.dumps(list(each)) for each in (ids, tags) if each is not None)]
    where = " AND ".join(chosen)
    count = int(tx.execute(f"SELECT count(*) FROM avatars WHERE {where}", given).fetchone()[0])
    rows = tx.execute(
        f"SELECT * FROM avatars WHERE {where} ORDER BY seq DESC LIMIT ? OFFSET ?",
        (*given, limit, offset),
    )
    return count, [_avatar(row) for row in rows]


def in_any_case(
    tx: sqlite3.Connection, owner: Principal, template_id: str, background: dict[str, Any]
) -> Avatar | None:
    """Return the user's first avatar of this template and color, however the color is written."""
    if background["type"] != "color":
        return None
    row = tx.execute(
        "SELECT * FROM avatars WHERE partner_id=? AND user_id=? AND template_id=?"
        " AND background=? COLLATE NOCASE ORDER BY seq LIMIT 1",
        (owner.partner_id, owner.user_id, template_id, json.dumps(background)),
    ).fetchone()
    return None if row is None else _avatar(row)


def find(tx: sqlite3.Connection, owner: Principal | None, avatar_id: str) -> Avatar | None:
    """Return the avatar with this id, the user's, or whoever's where no user is named."""
    row = tx.execute("SELECT * FROM avatars WHERE id=?", (avatar_id,)).fetchone()
    return _avatar(row) if row is not None and owner in (None, _owner(row)) else None


def latest(tx: sqlite3.Connection, limit: int) -> tuple[int, list[tuple[Avatar, Principal]]]:
    """Return how many avatars all users have, and the newest of them with whose they are."""
    count = int(tx.execute("SELECT count(*) FROM avatars").fetchone()[0])
    rows = tx.execute(
        "SELECT * FROM avatars ORDER BY created_at DESC, rowid DESC LIMIT ?", (limit,)
    )
    return count, [(_avatar(row), _owner(row)) for row in rows]


def stand_before(tx: sqlite3.Connection, entry_id: str) -> bool:
    """Return whether an entry is the background of anybody's avatar."""
    query = "SELECT 1 FROM avatars WHERE instr(background, ?) LIMIT 1"
    return tx.execute(query, (json.dumps(entry_id),)).fetchone() is not None


def _owner(row: sqlite3.Row) -> Principal:
    return Principal(row["partner_id"], row["user_id"])


def _avatar(row: sqlite3.Row) -> Avatar:
    return Avatar(
        row["id"],
        row["template_id"],
        json.loads(row["background"]),
        row["created_at"],
        row["updated_at"],
        row["name"],
        tuple(json.loads(row["tags"])),
    )
