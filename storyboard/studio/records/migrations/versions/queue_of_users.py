"""Jobs that say whose they are and when their turn comes, as SQLite files of version 10."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "10"
down_revision = "9"

CHANGES: Final = """
ALTER TABLE jobs
    ADD COLUMN partner_id BIGINT DEFAULT 0 NOT NULL,
    ADD COLUMN user_id TEXT DEFAULT '' NOT NULL,
    ADD COLUMN due DOUBLE PRECISION DEFAULT 0 NOT NULL;
UPDATE jobs SET due=jobs.created_at,
    partner_id=coalesce((SELECT videos.partner_id FROM videos WHERE videos.id=video_id), 0),
    user_id=coalesce((SELECT videos.user_id FROM videos WHERE videos.id=video_id), '')
"""
"""Never edited once released: what it lacks comes as another revision."""


def upgrade() -> None:
    """Make them."""
    for statement in CHANGES.split(";"):
        op.execute(statement)
