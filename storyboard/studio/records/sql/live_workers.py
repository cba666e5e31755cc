"""The statements on the processes that make jobs, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ClauseElement, delete, func, select
from sqlalchemy import update as updated

from storyboard.studio.records.sql.tables import IS_LEASED, IS_OPEN, JOBS, LIVE_WORKERS
from storyboard.studio.records.sql.words import added, given

_NOW: Final = given(JOBS, "now", "lease_until")
_HELD: Final = IS_LEASED & (JOBS.c.lease_until >= _NOW)

_ADDED: Final = added(LIVE_WORKERS, "owner", "makes", "lease_until")

STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    "live_workers.say": _ADDED.on_conflict_do_update(
        index_elements=[LIVE_WORKERS.c.owner],
        set_={name: _ADDED.excluded[name] for name in ("makes", "lease_until")},
    ),
    "live_workers.leave": delete(LIVE_WORKERS).where(
        LIVE_WORKERS.c.owner == given(LIVE_WORKERS, "owner")
    ),
    "live_workers.forget": delete(LIVE_WORKERS).where(LIVE_WORKERS.c.lease_until < _NOW),
    "live_workers.alive": select(LIVE_WORKERS.c.owner, LIVE_WORKERS.c.makes).where(
        LIVE_WORKERS.c.lease_until >= _NOW
    ),
    "live_workers.held": select(JOBS.c.kind, JOBS.c.needs).where(IS_OPEN, _HELD).distinct(),
    "live_workers.adopt": updated(JOBS)
    .where(
        IS_OPEN,
        ~_HELD,
        JOBS.c.kind == given(JOBS, "kind"),
        JOBS.c.needs == given(JOBS, "former", "needs"),
    )
    .values(needs=given(JOBS, "needs")),
    "live_workers.waiting": select(
        JOBS.c.kind,
        JOBS.c.needs,
        func.count().label("waiting"),
        func.min(JOBS.c.created_at).label("oldest"),
    )
    .where(IS_OPEN, ~_HELD)
    .group_by(JOBS.c.kind, JOBS.c.needs),
}
