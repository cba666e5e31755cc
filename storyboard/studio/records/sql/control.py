"""The statements on what the servers of a studio share of its control plane, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, select, update

from storyboard.studio.records.sql.tables import CONTROL, FAULTS, SEED
from storyboard.studio.records.sql.words import ONE, ZERO, added, given

_CHANGED: Final = (*("revision", "resets", "faults", "is_held", "clock_offset", "clock_stopped"),)
_COUNTS: Final = ("matched", "fired", "drawn")

IS_SEEDED: Final = select(ONE).select_from(SEED).exists().label("is_seeded")
"""Whether ids come from a seed, of a row that tells how a studio stands."""

STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    "control.find": select(*CONTROL.c, IS_SEEDED),
    "control.add": added(
        CONTROL, revision=ZERO, resets=ZERO, faults=ZERO, is_held=ZERO, clock_offset=ZERO
    ),
    "control.change": update(CONTROL).values({name: given(CONTROL, name) for name in _CHANGED}),
    "seed.plant": added(SEED, "value", drawn=ZERO),
    "seed.draw": update(SEED)
    .values(drawn=SEED.c.drawn + ONE)
    .returning(SEED.c.value, SEED.c.drawn),
    "faults.add": added(FAULTS, "rule", matched=ZERO, fired=ZERO, drawn=ZERO),
    "faults.count": update(FAULTS)
    .where(FAULTS.c.seq == given(FAULTS, "seq"))
    .values({name: given(FAULTS, name) for name in _COUNTS}),
}
