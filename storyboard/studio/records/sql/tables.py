"""The tables of a studio, once for every database. Knows no statement and no connection.

A table's `seq`, or where SQLite has it of itself `rowid`, tells which of two rows is the older.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    REAL,
    BigInteger,
    Column,
    ColumnElement,
    Double,
    FromClause,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    literal_column,
    text,
)
from sqlalchemy.types import TypeEngine

METADATA: Final = MetaData()

_WHOLE: Final[TypeEngine[int]] = BigInteger().with_variant(Integer(), "sqlite")
_REAL: Final[TypeEngine[float]] = Double().with_variant(REAL(), "sqlite")
ROWID: Final = "rowid"


def _text(name: str, **settings: Any) -> Column[Any]:
    return Column(name, Text, **{"nullable": False, **settings})


def _whole(name: str, **settings: Any) -> Column[Any]:
    return Column(name, _WHOLE, **{"nullable": False, **settings})


def _real(name: str, **settings: Any) -> Column[Any]:
    return Column(name, _REAL, **{"nullable": False, **settings})


def _seq() -> Column[Any]:
    return Column("seq", _WHOLE, primary_key=True, autoincrement=False)


def _id() -> Column[Any]:
    return _text("id", primary_key=True)


def _rowid() -> Column[Any]:
    return _whole(ROWID, unique=True)


AVATARS: Final = Table(
    "avatars",
    METADATA,
    _seq(),
    _text("id", unique=True),
    _whole("partner_id"),
    _text("user_id"),
    _text("template_id"),
    _text("background"),
    _text("name"),
    _text("tags"),
    _real("created_at"),
    _real("updated_at"),
    Index("avatars_by_look", "partner_id", "user_id", "template_id", "background"),
)
VIDEOS: Final = Table(
    "videos",
    METADATA,
    _seq(),
    _text("id", unique=True),
    _whole("partner_id"),
    _text("user_id"),
    _text("name"),
    _text("avatar_id", nullable=True),
    _text("scenes"),
    _text("status"),
    _whole("was_composed", server_default=text("0")),
    _text("compose_params", nullable=True),
    _text("entry_id", nullable=True),
    _text("coming_entry_id", nullable=True),
    _text("reason", nullable=True),
    _real("created_at"),
    _real("updated_at"),
    Index("videos_by_owner", "partner_id", "user_id", "created_at"),
    Index("videos_by_change", "updated_at"),
    Index("videos_of_owner_by_change", "partner_id", "user_id", "updated_at"),
)
ENTRIES: Final = Table(
    "entries",
    METADATA,
    _seq(),
    _text("id", unique=True),
    _whole("partner_id"),
    _text("user_id"),
    _text("name"),
    _text("kind"),
    _text("blob"),
    _text("sha256"),
    _whole("size"),
    _real("seconds"),
    _real("fps"),
    _whole("width"),
    _whole("height"),
    _text("video_id", nullable=True),
    _real("created_at"),
    _real("updated_at"),
)
APP_TOKENS: Final = Table(
    "app_tokens",
    METADATA,
    _id(),
    _whole("partner_id"),
    _text("token"),
    _text("hash_type"),
    _whole("session_type"),
    _text("session_user_id"),
    _whole("session_duration"),
    _text("session_privileges"),
    _whole("expiry"),
    _whole("status"),
    _real("created_at"),
    _text("made_by", server_default=text("''")),
    _real("used_at", server_default=text("0")),
    _real("watched_from", server_default=text("0")),
    _rowid(),
)
REVOKED_SESSIONS: Final = Table(
    "revoked_sessions", METADATA, _text("hash", primary_key=True), _whole("expiry")
)
SESSION_USES: Final = Table(
    "session_uses",
    METADATA,
    _text("hash", primary_key=True),
    _whole("uses"),
    _whole("expiry", server_default=text("0")),
)
SEED: Final = Table("seed", METADATA, _text("value"), _whole("drawn"))
JOBS: Final = Table(
    "jobs",
    METADATA,
    _seq(),
    _text("kind"),
    _text("video_id"),
    _text("entry_id"),
    _text("state"),
    _whole("attempt", server_default=text("0")),
    _text("owner", nullable=True),
    _real("lease_until", nullable=True),
    _text("stage", nullable=True),
    _whole("done", server_default=text("0")),
    _whole("total", server_default=text("0")),
    _real("created_at"),
    _real("started_at", nullable=True),
    _real("ended_at", nullable=True),
    _text("outcome", nullable=True),
    _text("scenes", server_default=text("'[]'")),
    _text("name", nullable=True),
    _whole("partner_id", server_default=text("0")),
    _text("user_id", server_default=text("''")),
    _real("due", server_default=text("0")),
    _text("trace", server_default=text("''")),
    _text("rules", nullable=True),
    _text("needs", nullable=True),
    _whole("unkept", server_default=text("0")),
    Index("jobs_by_video", "video_id"),
)
SCENE_CLAIMS: Final = Table(
    "scene_claims",
    METADATA,
    _whole("job_seq", primary_key=True, autoincrement=False),
    _whole("attempt", primary_key=True, autoincrement=False),
    _whole("scene", primary_key=True, autoincrement=False),
    _text("owner"),
    _real("lease_until"),
    _whole("is_made", server_default=text("0")),
)
LIVE_WORKERS: Final = Table(
    "live_workers",
    METADATA,
    _text("owner", primary_key=True),
    _text("makes"),
    _real("lease_until"),
)
COMING_FILES: Final = Table(
    "coming_files",
    METADATA,
    _text("token", primary_key=True),
    _text("blob"),
    _real("keep_until"),
)
PAIRING: Final = Table("pairing", METADATA, _text("database_id"), _text("files_id", nullable=True))
CONTROL: Final = Table(
    "control",
    METADATA,
    _whole("revision"),
    _whole("resets"),
    _whole("faults"),
    _whole("is_held"),
    _real("clock_offset"),
    _real("clock_stopped", nullable=True),
)
FAULTS: Final = Table(
    "faults", METADATA, _seq(), _text("rule"), _whole("matched"), _whole("fired"), _whole("drawn")
)


def is_open(jobs: FromClause) -> ColumnElement[bool]:
    """Return whether a job has not ended."""
    return jobs.c.state.in_([literal_column("'queued'"), literal_column("'leased'")])


IS_OPEN: Final = is_open(JOBS)
"""Word by word what the index of open jobs is of: ended ones are not looked through."""

IS_LEASED: Final = JOBS.c.state == literal_column("'leased'")

Index(
    "one_open_job_a_video",
    JOBS.c.video_id,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
CAPTIONS: Final = Table(
    "captions",
    METADATA,
    _id(),
    _text("entry_id"),
    _text("language"),
    _text("label"),
    _whole("format"),
    _whole("is_default"),
    _text("content"),
    _real("created_at"),
    _whole("size", server_default=text("0")),
    _rowid(),
    Index(
        "captions_listed",
        "entry_id",
        "created_at",
        "id",
        "language",
        "label",
        "format",
        "is_default",
        "size",
    ),
)
UPLOAD_TOKENS: Final = Table(
    "upload_tokens",
    METADATA,
    _id(),
    _whole("partner_id"),
    _text("user_id"),
    _text("file_name"),
    _whole("file_size", nullable=True),
    _whole("uploaded", server_default=text("0")),
    _whole("status"),
    _real("created_at"),
    _real("updated_at"),
    _text("parts", server_default=text("''")),
    _rowid(),
)
