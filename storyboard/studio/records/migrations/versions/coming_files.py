"""Files that come before their rows, and parts of uploads, as SQLite files of version 18."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "18"
down_revision = "17"

COMING: Final = """
CREATE TABLE coming_files (
    token TEXT PRIMARY KEY,
    blob TEXT NOT NULL,
    keep_until DOUBLE PRECISION NOT NULL
)
"""
PARTS: Final = "ALTER TABLE upload_tokens ADD COLUMN parts TEXT DEFAULT '' NOT NULL"
"""Never edited once released: what it lacks comes as another revision.

Servers of the version before remove a file that is coming, and have the list of an upload's parts
in the bucket: an upload that they began is gone on with by this version, and not the other way.
"""


def upgrade() -> None:
    """Make them."""
    op.execute(COMING)
    op.execute(PARTS)
