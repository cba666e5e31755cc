"""Jobs that tell how they are to be made, and of which trace they are part: version 12 of files."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "12"
down_revision = "11"

CHANGE: Final = """
ALTER TABLE jobs
    ADD COLUMN trace TEXT DEFAULT '' NOT NULL,
    ADD COLUMN rules TEXT,
    ADD COLUMN needs TEXT
"""
"""Never edited once released: what it lacks comes as another revision.

A server of the version before adds jobs without these: they are made as its workers make them.
"""


def upgrade() -> None:
    """Make them."""
    op.execute(CHANGE)
