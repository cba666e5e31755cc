"""Which version the tables in PostgreSQL have, and which programs may use them. Knows no table.

Alembic's own table says both, in one row: a dump has them, and a transaction changes them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

FIND: Final = "SELECT to_jsonb(alembic_version) AS told FROM alembic_version"
"""Of a table that has no mark yet, too."""

MARK: Final = (
    "ALTER TABLE alembic_version ADD COLUMN IF NOT EXISTS serves_from BIGINT",
    "UPDATE alembic_version SET serves_from = {oldest}",
)


@dataclass(frozen=True, slots=True)
class TableVersion:
    """The `number` of the tables; programs of versions `serves_from` on may use them."""

    number: int
    serves_from: int

    def serves(self, program: int) -> bool:
        """Return whether a program of this version or an earlier one may start."""
        return self.serves_from <= program <= self.number


def version_of(told: Mapping[str, Any]) -> TableVersion:
    """Return what a row of `FIND` tells: without a mark, only programs of that version may."""
    number = int(told["version_num"])
    return TableVersion(number, int(told.get("serves_from") or number))
