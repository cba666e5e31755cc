"""Scenes of a film that other machines make, as SQLite files of version 11."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "11"
down_revision = "10"

CHANGE: Final = """
CREATE TABLE scene_claims (
    job_seq BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    scene BIGINT NOT NULL,
    owner TEXT NOT NULL,
    lease_until DOUBLE PRECISION NOT NULL,
    is_made BIGINT DEFAULT 0 NOT NULL,
    PRIMARY KEY (job_seq, attempt, scene)
)
"""
"""Never edited once released: what it lacks comes as another revision."""


def upgrade() -> None:
    """Make it."""
    op.execute(CHANGE)
