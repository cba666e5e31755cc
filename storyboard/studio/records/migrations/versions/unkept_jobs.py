"""How often a job's end could not be kept, as SQLite files of version 16."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "16"
down_revision = "15"

CHANGE: Final = "ALTER TABLE jobs ADD COLUMN unkept BIGINT DEFAULT 0 NOT NULL"
"""Never edited once released: what it lacks comes as another revision.

Servers and workers of the version before do not count: they give such a job back again and again.
"""


def upgrade() -> None:
    """Make it."""
    op.execute(CHANGE)
