"""What the store keeps of sessions: app tokens, and which sessions have ended."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Final

from storyboard.studio.records.ids import token_id
from storyboard.studio.records.session import APP_TOKEN, Session
from storyboard.studio.records.store import Row, Transaction

_SESSION_PREFIX = "sessionid:"
_KEPT_SECONDS: Final = 86_400.0
"""After its expiry: a choice, longer than tests set a clock ahead and back."""


@dataclass(frozen=True, slots=True)
class AppToken:
    """An app token; `session_duration` in seconds, `expiry` in unix seconds (0: never)."""

    id: str
    partner_id: int
    token: str
    hash_type: str
    session_type: int
    session_user_id: str
    session_duration: int
    session_privileges: str
    expiry: int
    status: int = 2


class Maker(StrEnum):
    """Who made an app token; those of earlier versions do not tell."""

    UNKNOWN = ""
    STUDIO = "studio"
    """At a start, to hand it out: see `usual_app_token`."""

    API = "api"
    COMMAND = "command"

    @classmethod
    def _missing_(cls, value: object) -> Maker:
        """Whom only a later version knows."""
        return cls.UNKNOWN


@dataclass(frozen=True, slots=True)
class KeptAppToken:
    """An app token with its history, in unix seconds; `used_at` is 0 where no use is known.

    It was made when the studio's clock showed `created_at`, and that may have been set. Its uses
    are of the real time, and are known since `watched_from`, which is 0 if a server of an earlier
    version made it after the upgrade.
    """

    token: AppToken
    made_by: Maker
    created_at: float
    used_at: float
    watched_from: float

    @property
    def unused_since(self) -> float:
        """Return since when no use is known."""
        return max(self.used_at, self.watched_from or self.created_at)


def add_app_token(
    tx: Transaction, token: AppToken, made_by: Maker, *, now: float, real: float
) -> None:
    """Store a new app token, made `now` as the studio's clock shows, and at that `real` time."""
    history = {"created_at": now, "watched_from": real, "made_by": made_by}
    tx.run("app_tokens.add", **history, **asdict(token))


def new_app_token(
    partner_id: int,
    *,
    user_id: str,
    hash_type: str = "SHA256",
    session_type: int = 0,
    session_duration: int = 86_400,
    privileges: str = "",
    expiry: int = 0,
) -> AppToken:
    """Return an app token with a random secret, not stored yet."""
    return AppToken(
        token_id(),
        partner_id,
        secrets.token_hex(16),
        hash_type,
        session_type,
        user_id,
        session_duration,
        privileges,
        expiry,
    )


def find_app_token(tx: Transaction, token: str) -> AppToken | None:
    """Return the app token with this id."""
    row = tx.row("app_tokens.find", id=token)
    return None if row is None else _app_token(row)


def app_tokens(tx: Transaction) -> list[AppToken]:
    """Return all app tokens, newest first."""
    return [each.token for each in kept_app_tokens(tx)]


def kept_app_tokens(tx: Transaction) -> list[KeptAppToken]:
    """Return all app tokens with their histories, newest first."""
    return [
        KeptAppToken(
            _app_token(row),
            Maker(row["made_by"]),
            row["created_at"],
            row["used_at"],
            row["watched_from"],
        )
        for row in tx.rows("app_tokens.all")
    ]


def note_use(tx: Transaction, token: str, at: float) -> None:
    """Note that an app token was used at a real time, unless a later use is known."""
    tx.run("app_tokens.note_use", id=token, used_at=at)


def usual_app_token(
    tx: Transaction, partner_id: int, user_id: str, *, now: float, real: float
) -> AppToken:
    """Return the app token of a user with nothing special, made if there is none.

    A studio hands it out at each start, and all of its servers the same.
    """
    found = find_usual_app_token(tx, partner_id, user_id)
    if found is not None:
        return found
    new = new_app_token(partner_id, user_id=user_id)
    add_app_token(tx, new, Maker.STUDIO, now=now, real=real)
    return new


def find_usual_app_token(tx: Transaction, partner_id: int, user_id: str) -> AppToken | None:
    """Return the first app token of a user with nothing special."""
    usual = new_app_token(partner_id, user_id=user_id)
    alike = (
        each
        for each in reversed(app_tokens(tx))
        if replace(usual, id=each.id, token=each.token) == each
    )
    return next(alike, None)


def update_app_token(tx: Transaction, token: AppToken) -> None:
    """Give an app token what its new sessions get; those that it started stay as they are."""
    tx.run("app_tokens.change", **asdict(token))


def delete_app_token(tx: Transaction, token: str, until: int) -> bool:
    """Remove an app token and end the sessions that it started."""
    is_gone = tx.run("app_tokens.delete", id=token) > 0
    if is_gone:
        _revoke(tx, _SESSION_PREFIX + token, until)
    return is_gone


def revoke(tx: Transaction, session: Session, longest: int) -> None:
    """End one session, or the group that its `sessionid` privilege names.

    `longest` is the unix time until which any session of the group may be good.
    All sessions of an app token have its id there: they end together where it is deleted. Whoever
    holds one of them ends that one, and shuts nobody out.
    """
    is_of_a_token = APP_TOKEN in session.privileges
    group = None if is_of_a_token else session.privileges.get("sessionid")
    if group:
        _revoke(tx, _SESSION_PREFIX + group, longest)
    else:
        _revoke(tx, session.hash, session.expiry)


def look(tx: Transaction, session: Session) -> Row:
    """Return whether the session was ended before its expiry, and how the studio stands.

    Each call asks for both: `is_revoked`, and what `SharedControl.follow_row` takes.
    """
    group = _SESSION_PREFIX + session.privileges.get("sessionid", "")
    row = tx.row("sessions.look", hash=session.hash, group=group)
    assert row is not None
    return row


def count_use(tx: Transaction, session: Session) -> int:
    """Note that a session was used, and return how often it has been."""
    return tx.number("sessions.count_use", hash=session.hash, expiry=session.expiry)


def forget_expired(tx: Transaction, *clocks: float) -> None:
    """Forget what is kept of sessions that have expired by each of some clocks.

    The studio's own can be set, and back again: of sessions that were good lately, it is kept.
    """
    before = int(min(clocks) - _KEPT_SECONDS)
    tx.run("sessions.forget_revoked", before=before)
    tx.run("sessions.forget_uses", before=before)


def _revoke(tx: Transaction, key: str, until: int) -> None:
    tx.run("sessions.revoke", hash=key, expiry=until)


def _app_token(row: Row) -> AppToken:
    return AppToken(**{field.name: row[field.name] for field in fields(AppToken)})
