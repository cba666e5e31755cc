"""The tables, as SQLite files of version 9 have them."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "9"
down_revision = None

TABLES: Final = """
CREATE TABLE app_tokens (
    id TEXT NOT NULL,
    partner_id BIGINT NOT NULL,
    token TEXT NOT NULL,
    hash_type TEXT NOT NULL,
    session_type BIGINT NOT NULL,
    session_user_id TEXT NOT NULL,
    session_duration BIGINT NOT NULL,
    session_privileges TEXT NOT NULL,
    expiry BIGINT NOT NULL,
    status BIGINT NOT NULL,
    created_at DOUBLE PRECISION NOT NULL,
    rowid BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (rowid)
);
CREATE TABLE avatars (
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    partner_id BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    template_id TEXT NOT NULL,
    background TEXT NOT NULL,
    name TEXT NOT NULL,
    tags TEXT NOT NULL,
    created_at DOUBLE PRECISION NOT NULL,
    updated_at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
);
CREATE INDEX avatars_by_look ON avatars (partner_id, user_id, template_id, background);
CREATE TABLE captions (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    language TEXT NOT NULL,
    label TEXT NOT NULL,
    format BIGINT NOT NULL,
    is_default BIGINT NOT NULL,
    content TEXT NOT NULL,
    created_at DOUBLE PRECISION NOT NULL,
    size BIGINT DEFAULT 0 NOT NULL,
    rowid BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (rowid)
);
CREATE INDEX captions_listed ON captions
    (entry_id, created_at, id, language, label, format, is_default, size);
CREATE TABLE entries (
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    partner_id BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    blob TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    fps DOUBLE PRECISION NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    video_id TEXT,
    created_at DOUBLE PRECISION NOT NULL,
    updated_at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
);
CREATE TABLE jobs (
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    video_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt BIGINT DEFAULT 0 NOT NULL,
    owner TEXT,
    lease_until DOUBLE PRECISION,
    stage TEXT,
    done BIGINT DEFAULT 0 NOT NULL,
    total BIGINT DEFAULT 0 NOT NULL,
    created_at DOUBLE PRECISION NOT NULL,
    started_at DOUBLE PRECISION,
    ended_at DOUBLE PRECISION,
    outcome TEXT,
    scenes TEXT DEFAULT '[]' NOT NULL,
    name TEXT,
    PRIMARY KEY (seq)
);
CREATE INDEX jobs_by_video ON jobs (video_id);
CREATE UNIQUE INDEX one_open_job_a_video ON jobs (video_id) WHERE state IN ('queued', 'leased');
CREATE TABLE revoked_sessions (
    hash TEXT NOT NULL,
    expiry BIGINT NOT NULL,
    PRIMARY KEY (hash)
);
CREATE TABLE seed (
    value TEXT NOT NULL,
    drawn BIGINT NOT NULL
);
CREATE TABLE session_uses (
    hash TEXT NOT NULL,
    uses BIGINT NOT NULL,
    PRIMARY KEY (hash)
);
CREATE TABLE upload_tokens (
    id TEXT NOT NULL,
    partner_id BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_size BIGINT,
    uploaded BIGINT DEFAULT 0 NOT NULL,
    status BIGINT NOT NULL,
    created_at DOUBLE PRECISION NOT NULL,
    updated_at DOUBLE PRECISION NOT NULL,
    rowid BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (rowid)
);
CREATE TABLE videos (
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    partner_id BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    avatar_id TEXT,
    scenes TEXT NOT NULL,
    status TEXT NOT NULL,
    was_composed BIGINT DEFAULT 0 NOT NULL,
    compose_params TEXT,
    entry_id TEXT,
    coming_entry_id TEXT,
    reason TEXT,
    created_at DOUBLE PRECISION NOT NULL,
    updated_at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
);
CREATE INDEX videos_by_change ON videos (updated_at);
CREATE INDEX videos_by_owner ON videos (partner_id, user_id, created_at);
CREATE INDEX videos_of_owner_by_change ON videos (partner_id, user_id, updated_at)
"""
"""Never edited once released: what it lacks comes as another revision."""


def upgrade() -> None:
    """Make them."""
    for statement in TABLES.split(";"):
        op.execute(statement)
