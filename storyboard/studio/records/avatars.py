"""Avatars in the store: templates on backgrounds, each a user's. Knows no HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storyboard.studio.records.new_ids import new_avatar_id
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Row, Transaction


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
    tx: Transaction,
    owner: Principal,
    template_id: str,
    background: dict[str, Any],
    now: float,
) -> Avatar:
    """Return the user's first avatar of this template and background, made if there is none.

    `background` has its type first: what is stored is what is compared.
    """
    look = {"template_id": template_id, "background": json.dumps(background)}
    row = tx.row("avatars.find_same", **look, **owner.values)
    return _avatar(row) if row is not None else add(tx, owner, template_id, background, now)


def add(
    tx: Transaction,
    owner: Principal,
    template_id: str,
    background: dict[str, Any],
    now: float,
    *,
    name: str = "",
    tags: Sequence[str] = (),
) -> Avatar:
    """Make an avatar, whatever others there are."""
    made = Avatar(new_avatar_id(tx), template_id, background, now, now, name, tuple(tags))
    tx.run(
        "avatars.add",
        id=made.id,
        template_id=template_id,
        background=json.dumps(background),
        name=name,
        tags=json.dumps(tags),
        created_at=now,
        updated_at=now,
        **owner.values,
    )
    return made


def change(
    tx: Transaction, avatar_id: str, now: float, *, name: str, background: dict[str, Any]
) -> None:
    """Give an avatar another name and background."""
    tx.run("avatars.change", id=avatar_id, name=name, background=json.dumps(background), now=now)


def delete(tx: Transaction, avatar_id: str) -> None:
    """Remove an avatar; videos go on naming it."""
    tx.run("avatars.delete", id=avatar_id)


def page(
    tx: Transaction,
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
    chosen = {
        "any_id": ids is None,
        "ids": json.dumps(list(ids or ())),
        "any_tag": tags is None,
        "tags": json.dumps(list(tags or ())),
        **owner.values,
    }
    rows = tx.rows("avatars.page", limit=limit, offset=offset, **chosen)
    return tx.number("avatars.count_chosen", **chosen), [_avatar(row) for row in rows]


def in_any_case(
    tx: Transaction, owner: Principal, template_id: str, background: dict[str, Any]
) -> Avatar | None:
    """Return the user's first avatar of this template and color, however the color is written."""
    if background["type"] != "color":
        return None
    look = {"template_id": template_id, "background": json.dumps(background)}
    row = tx.row("avatars.find_in_any_case", **look, **owner.values)
    return None if row is None else _avatar(row)


def find(tx: Transaction, owner: Principal | None, avatar_id: str) -> Avatar | None:
    """Return the avatar with this id, the user's, or whoever's where no user is named."""
    row = tx.row("avatars.find", id=avatar_id)
    return _avatar(row) if row is not None and owner in (None, _owner(row)) else None


def latest(tx: Transaction, limit: int) -> tuple[int, list[tuple[Avatar, Principal]]]:
    """Return how many avatars all users have, and the newest of them with whose they are."""
    rows = tx.rows("avatars.latest", limit=limit)
    return tx.number("avatars.count"), [(_avatar(row), _owner(row)) for row in rows]


def stand_before(tx: Transaction, entry_id: str) -> bool:
    """Return whether an entry is the background of anybody's avatar."""
    return tx.row("avatars.find_before", part=json.dumps(entry_id)) is not None


def _owner(row: Row) -> Principal:
    return Principal(row["partner_id"], row["user_id"])


def _avatar(row: Row) -> Avatar:
    return Avatar(
        row["id"],
        row["template_id"],
        json.loads(row["background"]),
        row["created_at"],
        row["updated_at"],
        row["name"],
        tuple(json.loads(row["tags"])),
    )
