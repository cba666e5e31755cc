"""Until when the uses of a session are counted, as SQLite files of version 17."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "17"
down_revision = "16"

CHANGE: Final = "ALTER TABLE session_uses ADD COLUMN expiry BIGINT DEFAULT 0 NOT NULL"
"""Never edited once released: what it lacks comes as another revision.

Servers of the version before do not tell: what they count is kept until the session's next use.
"""


def upgrade() -> None:
    """Make it."""
    op.execute(CHANGE)
