"""What the servers of a studio share of its control plane, as SQLite files of version 15."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "15"
down_revision = "14"

CHANGES: Final = (
    """
CREATE TABLE control (
    revision BIGINT NOT NULL,
    resets BIGINT NOT NULL,
    faults BIGINT NOT NULL,
    is_held BIGINT NOT NULL,
    clock_offset DOUBLE PRECISION NOT NULL,
    clock_stopped DOUBLE PRECISION
)
""",
    """
CREATE TABLE faults (
    seq BIGINT NOT NULL,
    rule TEXT NOT NULL,
    matched BIGINT NOT NULL,
    fired BIGINT NOT NULL,
    drawn BIGINT NOT NULL,
    PRIMARY KEY (seq)
)
""",
)
"""Never edited once released: what they lack comes as another revision.

Servers of the version before neither read nor write them: each goes by faults, holds and a clock of
its own, until it ends.
"""


def upgrade() -> None:
    """Make them."""
    for change in CHANGES:
        op.execute(change)
