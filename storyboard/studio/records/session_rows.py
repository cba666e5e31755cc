"""What the store keeps of sessions: app tokens, and which sessions have ended."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from storyboard.studio.records.ids import token_id
from storyboard.studio.records.session import APP_TOKEN, Session

_SESSION_PREFIX = "sessionid:"


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


def add_app_token(tx: sqlite3.Connection, token: AppToken, now: float) -> None:
    """Store a new app token."""
    tx.execute(
        "INSERT INTO app_tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            token.id,
            token.partner_id,
            token.token,
            token.hash_type,
            token.session_type,
            token.session_user_id,
            token.session_duration,
            token.session_privileges,
            token.expiry,
            token.status,
            now,
        ),
    )


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


def find_app_token(tx: sqlite3.Connection, token: str) -> AppToken | None:
    """Return the app token with this id."""
    row = tx.execute("SELECT * FROM app_tokens WHERE id=?", (token,)).fetchone()
    return None if row is None else _app_token(row)


def app_tokens(tx: sqlite3.Connection) -> list[AppToken]:
    """Return all app tokens, newest first."""
    rows = tx.execute("SELECT * FROM app_tokens ORDER BY created_at DESC, rowid DESC").fetchall()
    return [_app_token(row) for row in rows]


def update_app_token(tx: sqlite3.Connection, token: AppToken) -> None:
    """Give an app token what its new sessions get; those that it started stay as they are."""
    tx.execute(
        "UPDATE app_tokens SET hash_type=?, session_type=?, session_user_id=?,"
        " session_duration=?, session_privileges=?, expiry=? WHERE id=?",
        (
            token.hash_type,
            token.session_type,
            token.session_user_id,
            token.session_duration,
            token.session_privileges,
            token.expiry,
            token.id,
        ),
    )


def delete_app_token(tx: sqlite3.Connection, token: str, until: int) -> bool:
    """Remove an app token and end the sessions that it started."""
    cursor = tx.execute("DELETE FROM app_tokens WHERE id=?", (token,))
    if cursor.rowcount:
        _revoke(tx, _SESSION_PREFIX + token, until)
    return bool(cursor.rowcount)


def revoke(tx: sqlite3.Connection, session: Session) -> None:
    """End one session, or the group that its `sessionid` privilege names.

    All sessions of an app token have its id there: they end together where it is deleted. Whoever
    holds one of them ends that one, and shuts nobody out.
    """
    is_of_a_token = APP_TOKEN in session.privileges
    group = None if is_of_a_token else session.privileges.get("sessionid")
    _revoke(tx, _SESSION_PREFIX + group if group else session.hash, session.expiry)


def is_revoked(tx: sqlite3.Connection, session: Session) -> bool:
    """Return whether the session was ended before its expiry."""
    keys = (session.hash, _SESSION_PREFIX + session.privileges.get("sessionid", ""))
    row = tx.execute("SELECT 1 FROM revoked_sessions WHERE hash IN (?, ?)", keys).fetchone()
    return row is not None


def count_use(tx: sqlite3.Connection, session: Session) -> int:
    """Note that a session was used, and return how often it has been."""
    tx.execute(
        "INSERT INTO session_uses VALUES (?, 1) ON CONFLICT (hash) DO UPDATE SET uses = uses + 1",
        (session.hash,),
    )
    row = tx.execute("SELECT uses FROM session_uses WHERE hash=?", (session.hash,)).fetchone()
    return int(row[0])


def _revoke(tx: sqlite3.Connection, key: str, until: int) -> None:
    tx.execute("INSERT OR REPLACE INTO revoked_sessions VALUES (?, ?)", (key, until))


def _app_token(row: sqlite3.Row) -> AppToken:
    values = dict(row)
    del values["created_at"]
    return AppToken(**values)
