"""Which processes make jobs now, as SQLite files of version 13."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "13"
down_revision = "12"

CHANGE: Final = """
CREATE TABLE live_workers (
    owner TEXT NOT NULL,
    makes TEXT NOT NULL,
    lease_until DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (owner)
)
"""
"""Never edited once released: what it lacks comes as another revision.

Workers of the version before do not write here: those that work are known by their jobs.
"""


def upgrade() -> None:
    """Make it."""
    op.execute(CHANGE)
