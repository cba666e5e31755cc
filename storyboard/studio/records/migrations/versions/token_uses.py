"""Who made an app token and when it was used last, as SQLite files of version 19."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "19"
down_revision = "18"
SERVES_FROM: Final = 18

CHANGES: Final = """
ALTER TABLE app_tokens
    ADD COLUMN made_by TEXT DEFAULT '' NOT NULL,
    ADD COLUMN used_at DOUBLE PRECISION DEFAULT 0 NOT NULL,
    ADD COLUMN watched_from DOUBLE PRECISION DEFAULT 0 NOT NULL;
UPDATE app_tokens SET watched_from=extract(epoch FROM clock_timestamp())
"""
"""Never edited once released: what it lacks comes as another revision.

What was used before is not known: such a token counts as used when this ran. Servers of the version
before note no use.
"""


def upgrade() -> None:
    """Make them."""
    for statement in CHANGES.split(";"):
        op.execute(statement)
