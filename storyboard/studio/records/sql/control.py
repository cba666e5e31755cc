"""The statements on what the servers of a studio share of its control plane, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, select, update

from storyboard.studio.records.sql.tables import CONTROL, FAULTS
from storyboard.studio.records.sql.words import ZERO, added, given

_CHANGED: Final = (*("revision", "resets", "faults", "is_held", "clock_offset", "clock_stopped"),)
_COUNTS: Final = ("matched", "fired", "drawn")

STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    "control.find": select(*CONTROL.c),
    "control.add": added(
        CONTROL, revision=ZERO, resets=ZERO, faults=ZERO, is_held=ZERO, clock_offset=ZERO
    ),
    "control.change": update(CONTROL).values({name: given(CONTROL, name) for name in _CHANGED}),
    "faults.add": added(FAULTS, "rule", matched=ZERO, fired=ZERO, drawn=ZERO),
    "faults.count": update(FAULTS)
    .where(FAULTS.c.seq == given(FAULTS, "seq"))
    .values({name: given(FAULTS, name) for name in _COUNTS}),
}
