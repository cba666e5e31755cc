"""The statements on app tokens, ended sessions and uploads that are begun, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, ColumnElement, delete, func, literal_column, or_, select, true
from sqlalchemy import update as updated

from storyboard.studio.records.sql.control import IS_SEEDED
from storyboard.studio.records.sql.tables import (
    APP_TOKENS,
    CONTROL,
    REVOKED_SESSIONS,
    SESSION_USES,
    UPLOAD_TOKENS,
)
from storyboard.studio.records.sql.words import (
    ONE,
    ZERO,
    added,
    columns_of,
    count_of,
    given,
    has_id,
    is_owners,
    later,
    newest,
)
from storyboard.studio.records.upload_tokens import UploadStatus

_RENEWED: Final = (
    "hash_type",
    "session_type",
    "session_user_id",
    "session_duration",
    "session_privileges",
    "expiry",
)
_APP_TOKEN: Final = ("id", "partner_id", "token", *_RENEWED, "status", "created_at", "made_by")
_CLOSED: Final[ColumnElement[int]] = literal_column(str(int(UploadStatus.CLOSED)))
"""The status of an upload that became an entry's content."""


def _app_tokens() -> Mapping[str, ClauseElement]:
    all_of = select(*columns_of(APP_TOKENS))
    return {
        "app_tokens.add": added(APP_TOKENS, *_APP_TOKEN, "watched_from"),
        "app_tokens.find": all_of.where(has_id(APP_TOKENS)),
        "app_tokens.all": all_of.order_by(*newest(APP_TOKENS)),
        "app_tokens.change": updated(APP_TOKENS)
        .where(has_id(APP_TOKENS))
        .values({name: given(APP_TOKENS, name) for name in _RENEWED}),
        "app_tokens.note_use": updated(APP_TOKENS)
        .where(has_id(APP_TOKENS))
        .values(used_at=later(APP_TOKENS.c.used_at, given(APP_TOKENS, "used_at"))),
        "app_tokens.delete": delete(APP_TOKENS).where(has_id(APP_TOKENS)),
    }


def _sessions() -> Mapping[str, ClauseElement]:
    revoked, used = (
        added(REVOKED_SESSIONS, "hash", "expiry"),
        added(SESSION_USES, "hash", "expiry", uses=ONE),
    )
    of_session = or_(
        REVOKED_SESSIONS.c.hash == given(REVOKED_SESSIONS, "hash"),
        REVOKED_SESSIONS.c.hash == given(REVOKED_SESSIONS, "group", "hash"),
    )
    is_revoked = select(ONE).select_from(REVOKED_SESSIONS).where(of_session).exists()
    before = given(REVOKED_SESSIONS, "before", "expiry")
    once = select(ONE.label("once")).subquery("asked")
    return {
        "sessions.revoke": revoked.on_conflict_do_update(
            index_elements=["hash"], set_={"expiry": revoked.excluded.expiry}
        ),
        "sessions.look": select(*CONTROL.c, IS_SEEDED, is_revoked.label("is_revoked")).select_from(
            once.outerjoin(CONTROL, true())
        ),
        "sessions.count_use": used.on_conflict_do_update(
            index_elements=["hash"],
            set_={"uses": SESSION_USES.c.uses + ONE, "expiry": used.excluded.expiry},
        ).returning(SESSION_USES.c.uses),
        "sessions.forget_revoked": delete(REVOKED_SESSIONS).where(
            REVOKED_SESSIONS.c.expiry < before
        ),
        "sessions.forget_uses": delete(SESSION_USES).where(
            SESSION_USES.c.expiry > ZERO, SESSION_USES.c.expiry < before
        ),
    }


def _upload_tokens() -> Mapping[str, ClauseElement]:
    table = UPLOAD_TOKENS
    all_of, is_open = select(*columns_of(table)), table.c.status != _CLOSED
    total = select(func.coalesce(func.sum(table.c.uploaded), ZERO).label("bytes")).where(is_open)
    largest = select(func.coalesce(func.max(table.c.uploaded), ZERO).label("bytes"))
    names = ("id", "partner_id", "user_id", "file_name", "file_size", "status")
    now, received = given(table, "now", "updated_at"), ("uploaded", "status", "parts")
    return {
        "upload_tokens.add": added(table, *names, "created_at", "updated_at"),
        "upload_tokens.find": all_of.where(has_id(table)),
        "upload_tokens.of_user": all_of.where(is_owners(table)).order_by(*newest(table)),
        "upload_tokens.receive": updated(table)
        .where(has_id(table))
        .values(updated_at=now, **{name: given(table, name) for name in received}),
        "upload_tokens.close": updated(table)
        .where(has_id(table))
        .values(status=_CLOSED, updated_at=now),
        "upload_tokens.name": updated(table)
        .where(has_id(table))
        .values(file_name=given(table, "file_name")),
        "upload_tokens.ids": select(table.c.id),
        "upload_tokens.ids_before": select(table.c.id).where(
            table.c.updated_at < given(table, "before", "updated_at")
        ),
        "upload_tokens.delete": delete(table).where(has_id(table)),
        "upload_tokens.bytes": total,
        "upload_tokens.bytes_of_user": total.where(is_owners(table)),
        "upload_tokens.largest_of_user": largest.where(is_owners(table), is_open),
        "upload_tokens.count_open_of_user": count_of(table).where(is_owners(table), is_open),
    }


STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    **_app_tokens(),
    **_sessions(),
    **_upload_tokens(),
}
