"""The statements on scenes that other machines make, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ClauseElement, delete, select
from sqlalchemy import literal_column as word
from sqlalchemy import update as updated

from storyboard.studio.records.sql.tables import IS_LEASED, IS_OPEN, JOBS, SCENE_CLAIMS
from storyboard.studio.records.sql.words import ONE, added, begins, given

_OF_ATTEMPT: Final = (SCENE_CLAIMS.c.job_seq == given(SCENE_CLAIMS, "job_seq")) & (
    SCENE_CLAIMS.c.attempt == given(SCENE_CLAIMS, "attempt")
)


def _held() -> Any:
    """Return a change that only who took a scene may make, as long as its film is in work."""
    of_job = (JOBS.c.seq == SCENE_CLAIMS.c.job_seq) & (JOBS.c.attempt == SCENE_CLAIMS.c.attempt)
    return updated(SCENE_CLAIMS).where(
        _OF_ATTEMPT,
        SCENE_CLAIMS.c.scene == given(SCENE_CLAIMS, "scene"),
        SCENE_CLAIMS.c.owner == given(SCENE_CLAIMS, "owner"),
        select(ONE).where(of_job, IS_LEASED).exists(),
    )


STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    "scene_claims.films": select(
        JOBS.c.seq, JOBS.c.attempt, JOBS.c.video_id, JOBS.c.scenes, JOBS.c.rules, JOBS.c.needs
    )
    .where(
        IS_OPEN,
        IS_LEASED,
        JOBS.c.kind == given(JOBS, "kind"),
        JOBS.c.stage == word("'frames'"),
        ~begins(JOBS.c.owner, "machine"),
    )
    .order_by(JOBS.c.due),
    "scene_claims.take": added(
        SCENE_CLAIMS, "job_seq", "attempt", "scene", "owner", "lease_until"
    ).on_conflict_do_nothing(),
    "scene_claims.beat": _held().values(lease_until=given(SCENE_CLAIMS, "lease_until")),
    "scene_claims.made": _held().values(is_made=ONE),
    "scene_claims.of_attempt": select(
        SCENE_CLAIMS.c.scene,
        SCENE_CLAIMS.c.owner,
        SCENE_CLAIMS.c.lease_until,
        SCENE_CLAIMS.c.is_made,
    ).where(_OF_ATTEMPT),
    "scene_claims.forget": delete(SCENE_CLAIMS).where(
        ~SCENE_CLAIMS.c.job_seq.in_(select(JOBS.c.seq).where(IS_OPEN))
    ),
}
"""How a film's scenes are taken up by those who have no film of their own to make."""
