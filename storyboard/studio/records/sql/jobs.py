"""The statements on the queue of jobs, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    Case,
    ClauseElement,
    ColumnElement,
    Integer,
    Text,
    bindparam,
    case,
    delete,
    func,
    null,
    select,
)
from sqlalchemy import literal_column as word
from sqlalchemy import update as updated

from storyboard.studio.records.sql.tables import IS_LEASED, IS_OPEN, JOBS, VIDEOS, is_open
from storyboard.studio.records.sql.words import (
    EMPTY,
    ONE,
    ZERO,
    added_below,
    begins,
    clock,
    columns_of,
    given,
    instr,
    is_owners,
)

_QUEUED: Final = JOBS.c.state == word("'queued'")
_OF_VIDEO: Final = JOBS.c.video_id == given(JOBS, "video_id")
_OLDEST: Final = JOBS.c.seq + ZERO
"""An order that no index has: to have it for nothing, SQLite would walk through all ended jobs."""

_OF_KIND: Final = JOBS.c.kind == given(JOBS, "kind")
_FITS: Final = JOBS.c.needs.is_(None) | (JOBS.c.needs == given(JOBS, "needs"))
"""Whether who has what the question tells can make it."""

_ENDED_BEFORE: Final = ~IS_OPEN & (JOBS.c.ended_at < given(JOBS, "before", "ended_at"))


def _has_seq() -> ColumnElement[bool]:
    return JOBS.c.seq == given(JOBS, "seq")


def _fenced() -> Any:
    """Return a change that only the holder of this very attempt may make."""
    return updated(JOBS).where(
        _has_seq(),
        JOBS.c.owner == given(JOBS, "owner"),
        JOBS.c.attempt == given(JOBS, "attempt"),
        IS_LEASED,
    )


def _of_its_video(name: str, otherwise: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column of the job's video."""
    of_it = select(VIDEOS.c[name]).where(VIDEOS.c.id == given(JOBS, "video_id"))
    return func.coalesce(of_it.scalar_subquery(), otherwise)


def _if(condition: ColumnElement[bool], value: ColumnElement[Any]) -> Case[Any]:
    return case((condition, value))


def _adding() -> Mapping[str, ClauseElement]:
    whose = {
        "partner_id": _of_its_video("partner_id", ZERO),
        "user_id": _of_its_video("user_id", EMPTY),
    }
    others = JOBS.alias("others")
    theirs = (others.c[name] == value for name, value in whose.items())
    names = ("kind", "video_id", "entry_id", "created_at", "name", "due", "trace", "rules", "needs")
    of_user = select(func.count()).select_from(others).where(is_open(others), *theirs)
    return {"jobs.add": added_below(of_user, JOBS, *names, state=word("'queued'"), **whose)}


def _finding() -> Mapping[str, ClauseElement]:
    of_user = (JOBS.c.partner_id, JOBS.c.user_id)
    now = given(JOBS, "now", "started_at")
    held_until = JOBS.c.lease_until == given(JOBS, "held_until", "lease_until")
    return {
        "jobs.clock": select(clock().label("now")),
        "jobs.find_queued": select(ONE.label("found"))
        .where(IS_OPEN, _QUEUED, _OF_KIND, _FITS)
        .limit(ONE)
        .offset(ZERO),
        "jobs.silent": select(JOBS.c.seq, JOBS.c.owner, JOBS.c.attempt, JOBS.c.lease_until)
        .where(
            IS_OPEN,
            IS_LEASED,
            _OF_KIND,
            _FITS,
            # The holders that run where the asker does may be known to be dead before that.
            (JOBS.c.lease_until < now) | begins(JOBS.c.owner, "machine"),
        )
        .order_by(_OLDEST),
        "jobs.find_silent": select(*columns_of(JOBS))
        .where(_has_seq(), IS_LEASED, JOBS.c.attempt == given(JOBS, "attempt"), held_until)
        .with_for_update(skip_locked=True),
        "jobs.users": select(
            *of_user,
            func.count(_if(IS_LEASED, ONE)).label("in_work"),
            func.min(_if(_QUEUED & _FITS, JOBS.c.due)).label("due"),
        )
        .where(IS_OPEN, _OF_KIND)
        .group_by(*of_user)
        .having(func.count(_if(_QUEUED & _FITS, ONE)) > ZERO),
        "jobs.first_of_user": select(*columns_of(JOBS))
        .where(IS_OPEN, _QUEUED, _OF_KIND, _FITS, is_owners(JOBS))
        .order_by(JOBS.c.due, _OLDEST)
        .limit(ONE)
        .offset(ZERO)
        .with_for_update(skip_locked=True),
    }


def _leasing() -> Mapping[str, ClauseElement]:
    until, now = given(JOBS, "lease_until"), given(JOBS, "now", "started_at")
    return {
        "jobs.lease": updated(JOBS)
        .where(_has_seq())
        .values(
            state=word("'leased'"),
            owner=given(JOBS, "owner"),
            lease_until=until,
            attempt=JOBS.c.attempt + ONE,
            stage=null(),
            done=ZERO,
            total=ZERO,
            scenes=word("'[]'"),
            started_at=func.coalesce(JOBS.c.started_at, now),
        ),
    }


def _held() -> Mapping[str, ClauseElement]:
    told = ("lease_until", "stage", "done", "total", "scenes")
    return {
        "jobs.beat": _fenced().values({name: given(JOBS, name) for name in told}),
        "jobs.release": _fenced().values(
            state=word("'queued'"),
            owner=null(),
            lease_until=null(),
            attempt=JOBS.c.attempt - ONE,
            unkept=given(JOBS, "unkept"),
        ),
        "jobs.finish": _fenced().values(
            state=word("'ended'"),
            outcome=given(JOBS, "outcome"),
            ended_at=given(JOBS, "ended_at"),
            owner=null(),
        ),
        "jobs.cancel": updated(JOBS)
        .where(_OF_VIDEO, IS_OPEN)
        .values(state=word("'cancelled'"), owner=null(), ended_at=given(JOBS, "ended_at")),
        "jobs.delete_of_video": delete(JOBS).where(_OF_VIDEO),
        "jobs.forget_ended": delete(JOBS).where(_ENDED_BEFORE),
    }


def _looks() -> Mapping[str, ClauseElement]:
    all_of, each = select(*columns_of(JOBS)), JOBS.alias("each")
    last = select(func.max(each.c.seq)).group_by(each.c.video_id)
    texts = VIDEOS.c.scenes + func.coalesce(VIDEOS.c.compose_params, EMPTY)
    return {
        "jobs.open": all_of.where(IS_OPEN).order_by(_OLDEST),
        "jobs.last_of_each_video": all_of.where(JOBS.c.seq.in_(last)).order_by(JOBS.c.seq),
        "jobs.last_of_video": all_of.where(_OF_VIDEO)
        .order_by(JOBS.c.seq.desc())
        .limit(ONE)
        .offset(ZERO),
        "jobs.lanes": select(
            JOBS.c.kind,
            func.count(_if(_QUEUED, ONE)).label("waiting"),
            func.count(_if(IS_LEASED, ONE)).label("in_work"),
            func.min(_if(_QUEUED, JOBS.c.created_at)).label("oldest"),
        )
        .where(IS_OPEN)
        .group_by(JOBS.c.kind),
        "jobs.find_ended": select(ONE.label("found")).where(_ENDED_BEFORE).limit(ONE).offset(ZERO),
        "jobs.in_work": all_of.where(IS_OPEN, IS_LEASED)
        .order_by(_OLDEST)
        .limit(bindparam("most", type_=Integer()))
        .offset(ZERO),
        "jobs.find_in_work": select(ONE.label("found"))
        .select_from(JOBS.join(VIDEOS, VIDEOS.c.id == JOBS.c.video_id))
        .where(IS_OPEN, IS_LEASED, instr(texts, bindparam("part", type_=Text())) > ZERO)
        .limit(ONE)
        .offset(ZERO),
    }


STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    **_adding(),
    **_finding(),
    **_leasing(),
    **_held(),
    **_looks(),
}
