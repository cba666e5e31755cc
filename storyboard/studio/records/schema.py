"""The tables of the studio's database, version by version, and whether a file has these alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from storyboard.errors import StudioError

DATABASE: Final = "studio.sqlite3"
"""The name of a workspace's database file."""

DATA_PREFIX: Final = "data-"
"""What the name of a workspace's folder of data begins with; the rest is nobody's to know."""

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE avatars (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        template_id TEXT NOT NULL, background TEXT NOT NULL,
        created_at REAL NOT NULL, updated_at REAL NOT NULL,
        UNIQUE (partner_id, user_id, template_id, background)
    );
    CREATE TABLE videos (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        name TEXT NOT NULL, avatar_id TEXT, scenes TEXT NOT NULL,
        status TEXT NOT NULL, was_composed INTEGER NOT NULL DEFAULT 0,
        compose_params TEXT, entry_id TEXT, coming_entry_id TEXT, reason TEXT,
        created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
    CREATE INDEX videos_by_owner ON videos (partner_id, user_id, created_at);
    CREATE TABLE entries (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        name TEXT NOT NULL, kind TEXT NOT NULL, blob TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, seconds REAL NOT NULL, fps REAL NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, video_id TEXT,
        created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
    CREATE TABLE app_tokens (
        id TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, token TEXT NOT NULL,
        hash_type TEXT NOT NULL, session_type INTEGER NOT NULL, session_user_id TEXT NOT NULL,
        session_duration INTEGER NOT NULL, session_privileges TEXT NOT NULL,
        expiry INTEGER NOT NULL, status INTEGER NOT NULL, created_at REAL NOT NULL
    );
    CREATE TABLE revoked_sessions (hash TEXT PRIMARY KEY, expiry INTEGER NOT NULL);
    CREATE TABLE jobs (
        seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, video_id TEXT NOT NULL,
        entry_id TEXT NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
        owner TEXT, lease_until REAL, stage TEXT, done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0, created_at REAL NOT NULL, started_at REAL,
        ended_at REAL, outcome TEXT
    );
    CREATE UNIQUE INDEX one_open_job_a_video ON jobs (video_id) WHERE state IN ('queued', 'leased');
    """,
    """
    CREATE TABLE captions (
        id TEXT PRIMARY KEY, entry_id TEXT NOT NULL, language TEXT NOT NULL, label TEXT NOT NULL,
        format INTEGER NOT NULL, is_default INTEGER NOT NULL, content TEXT NOT NULL,
        created_at REAL NOT NULL
    );
    CREATE INDEX captions_by_entry ON captions (entry_id);
    """,
    """
    CREATE TABLE upload_tokens (
        id TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        file_name TEXT NOT NULL, file_size INTEGER, uploaded INTEGER NOT NULL DEFAULT 0,
        status INTEGER NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
    """,
    """
    CREATE TABLE IF NOT EXISTS seed (value TEXT NOT NULL, drawn INTEGER NOT NULL);
    """,
    """
    CREATE TABLE session_uses (hash TEXT PRIMARY KEY, uses INTEGER NOT NULL);
    """,
    """
    ALTER TABLE jobs ADD COLUMN scenes TEXT NOT NULL DEFAULT '[]';
    """,
    """
    CREATE INDEX videos_by_change ON videos (updated_at);
    CREATE INDEX videos_of_owner_by_change ON videos (partner_id, user_id, updated_at);
    CREATE INDEX jobs_by_video ON jobs (video_id);
    ALTER TABLE captions ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
    UPDATE captions SET size=length(CAST(content AS BLOB));
    DROP INDEX captions_by_entry;
    CREATE INDEX captions_listed ON captions
        (entry_id, created_at, id, language, label, format, is_default, size);
    """,
    """
    ALTER TABLE jobs ADD COLUMN name TEXT;
    """,
    """
    CREATE TABLE cast_avatars (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        template_id TEXT NOT NULL, background TEXT NOT NULL,
        name TEXT NOT NULL, tags TEXT NOT NULL,
        created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
    INSERT INTO cast_avatars
        SELECT seq, id, partner_id, user_id, template_id, background, '', '[]',
            created_at, updated_at FROM avatars;
    DROP TABLE avatars;
    ALTER TABLE cast_avatars RENAME TO avatars;
    CREATE INDEX avatars_by_look ON avatars (partner_id, user_id, template_id, background);
    """,
    """
    ALTER TABLE jobs ADD COLUMN partner_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE jobs ADD COLUMN user_id TEXT NOT NULL DEFAULT '';
    ALTER TABLE jobs ADD COLUMN due REAL NOT NULL DEFAULT 0;
    UPDATE jobs SET due=created_at,
        partner_id=coalesce((SELECT partner_id FROM videos WHERE id=video_id), 0),
        user_id=coalesce((SELECT user_id FROM videos WHERE id=video_id), '');
    """,
    """
    CREATE TABLE scene_claims (
        job_seq INTEGER NOT NULL, attempt INTEGER NOT NULL, scene INTEGER NOT NULL,
        owner TEXT NOT NULL, lease_until REAL NOT NULL, is_made INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (job_seq, attempt, scene)
    );
    """,
    """
    ALTER TABLE jobs ADD COLUMN trace TEXT NOT NULL DEFAULT '';
    ALTER TABLE jobs ADD COLUMN rules TEXT;
    ALTER TABLE jobs ADD COLUMN needs TEXT;
    """,
    """
    CREATE TABLE live_workers (
        owner TEXT PRIMARY KEY, makes TEXT NOT NULL, lease_until REAL NOT NULL
    );
    """,
    """
    CREATE TABLE pairing (database_id TEXT NOT NULL, files_id TEXT);
    """,
    """
    CREATE TABLE control (
        revision INTEGER NOT NULL, resets INTEGER NOT NULL, faults INTEGER NOT NULL,
        is_held INTEGER NOT NULL, clock_offset REAL NOT NULL, clock_stopped REAL
    );
    CREATE TABLE faults (
        seq INTEGER PRIMARY KEY, rule TEXT NOT NULL, matched INTEGER NOT NULL,
        fired INTEGER NOT NULL, drawn INTEGER NOT NULL
    );
    """,
    """
    ALTER TABLE jobs ADD COLUMN unkept INTEGER NOT NULL DEFAULT 0;
    """,
    """
    ALTER TABLE session_uses ADD COLUMN expiry INTEGER NOT NULL DEFAULT 0;
    """,
    """
    CREATE TABLE coming_files (
        token TEXT PRIMARY KEY, blob TEXT NOT NULL, keep_until REAL NOT NULL
    );
    ALTER TABLE upload_tokens ADD COLUMN parts TEXT NOT NULL DEFAULT '';
    """,
    """
    ALTER TABLE app_tokens ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE app_tokens ADD COLUMN used_at REAL NOT NULL DEFAULT 0;
    ALTER TABLE app_tokens ADD COLUMN watched_from REAL NOT NULL DEFAULT 0;
    UPDATE app_tokens SET watched_from=(julianday('now') - 2440587.5) * 86400.0;
    """,
)
"""One script a version, never edited once released; `PRAGMA user_version` counts them."""


def refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `StudioError` where the schema is not one that our versions make, word by word.

    Checks, generated columns and indexes can hold expressions that never end, and SQLite runs them.
    """
    found = _schema_of(connection)
    if found in _schemas():
        return
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) > len(MIGRATIONS):
        raise newer_version(path)
    parts = sorted(found - _schemas()[-1]) or sorted(_schemas()[-1] - found)
    kind, name, _ = parts[0]
    has = "has" if parts[0] in found else "lacks"
    raise StudioError(
        f"the studio's data in '{shown_place(path)}' {has} a {kind} '{name}' in a form that no "
        "version made",
        hint="delete the workspace, and find out who wrote it",
    )


def shown_place(path: Path) -> Path:
    """Return how a database is named in messages, which logs keep for all to read."""
    folder = path.parent
    return folder.parent / path.name if folder.name.startswith(DATA_PREFIX) else path


def newer_version(path: Path) -> StudioError:
    """Return the refusal of a file that a newer version wrote."""
    return StudioError(
        f"the studio's data in '{shown_place(path)}' was written by a newer version",
        hint="upgrade storyboard, or use another workspace",
    )


def _schema_of(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """Return kind, name and definition of all that a database has; nothing of it is run."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return frozenset(
        (str(kind), str(name), " ".join((sql or "").split())) for kind, name, sql in rows
    )


@cache
def _schemas() -> tuple[frozenset[tuple[str, str, str]], ...]:
    """Return what this SQLite makes of each version's scripts, the empty one first."""
    with closing(sqlite3.connect(":memory:")) as connection:
        made = [_schema_of(connection)]
        for script in MIGRATIONS:
            connection.executescript(script)
            made.append(_schema_of(connection))
    return tuple(made)
