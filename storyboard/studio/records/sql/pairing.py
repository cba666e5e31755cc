"""The statements on which database and which place of files belong together, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, select, update

from storyboard.studio.records.sql.tables import PAIRING
from storyboard.studio.records.sql.words import added, given

STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    "pairing.find": select(*PAIRING.c),
    "pairing.add": added(PAIRING, "database_id"),
    "pairing.record": update(PAIRING).values(files_id=given(PAIRING, "files_id")),
}
