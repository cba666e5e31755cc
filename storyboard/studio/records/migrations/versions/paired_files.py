"""Which place of files a database has, as SQLite files of version 14."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "14"
down_revision = "13"

CHANGE: Final = """
CREATE TABLE pairing (
    database_id TEXT NOT NULL,
    files_id TEXT
)
"""
"""Never edited once released: what it lacks comes as another revision.

The row comes with the first start of this version. Servers of the version before neither read nor
write it.
"""


def upgrade() -> None:
    """Make it."""
    op.execute(CHANGE)
