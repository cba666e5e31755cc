"""Avatars in the store: a template on a background, once a user. Knows no HTTP."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from storyboard.studio.records.ids import object_id
from storyboard.studio.records.seeding import chance
from storyboard.studio.records.session import Principal


@dataclass(frozen=True, slots=True)
class Avatar:
    """An avatar; times in unix seconds, `background` as the guide writes it (§5)."""

    id: str
    template_id: str
    background: dict[str, Any]
    created_at: float
    updated_at: float


def upsert(
    tx: sqlite3.Connection,
    owner: Principal,
    template_id: str,
    background: dict[str, Any],
    now: float,
) -> Avatar:
    """Return the user's avatar of this template and background, made if there is none.

    `background` has its type first: what is stored is what is compared.
    """
    key = json.dumps(background)
    tx.execute(
        "INSERT OR IGNORE INTO avatars"
        " (id, partner_id, user_id, template_id, background, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (object_id(chance(tx)), owner.partner_id, owner.user_id, template_id, key, now, now),
    )
    row = tx.execute(
        "SELECT * FROM avatars WHERE partner_id=? AND user_id=? AND template_id=? AND background=?",
        (owner.partner_id, owner.user_id, template_id, key),
    ).fetchone()
    return _avatar(row)


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
    )
