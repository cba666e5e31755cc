"""The job queue, in the same database as the objects: leases, attempts, fences. Renders nothing.

A job's completion is fenced: it counts only while owner and attempt are still those of the claim.
Each kind of job is a lane of its own: what takes a second does not wait for what takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from storyboard.studio.records.quota import ROOMY, Quota
from storyboard.studio.records.store import Row, Transaction

LEASE_SECONDS: Final = 10.0
HEARTBEAT_SECONDS: Final = 1.0
MAX_ATTEMPTS: Final = 2
MAX_UNKEPT: Final = 20
"""How often the database or the place of files may refuse what came of a job: more than minutes of
locked tables, and less than a day of one error that comes each time. A choice;
docs/how-to/workers.md tells it."""

FILM: Final = "generate"
COMPOSITION: Final = "compose"
KINDS: Final = (FILM, COMPOSITION)
"""The kinds of jobs."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `attempt` counts from 1, `entry_id` is what its film will be called.

    `name` is what the video was called when a composition of it was asked for. `trace` is of which
    trace it is part, as a request says so, and `rules` are how a film is made, as JSON: empty where
    nothing is told. `former` is who had it until then, without a sign of life. `unkept` is how
    often the database or the place of files did not take what came of it.
    """

    seq: int
    kind: str
    video_id: str
    entry_id: str
    attempt: int
    owner: str
    name: str | None = None
    trace: str = ""
    rules: str = ""
    former: str = ""
    unkept: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """How a job is to be made, whoever makes it.

    `needs` names what its maker has to have: a worker that has another one leaves it to others.
    """

    trace: str = ""
    rules: str | None = None
    needs: str | None = None


ANY_WAY: Final = Way()
"""As each worker is used to: what servers of earlier versions asked for."""


@dataclass(frozen=True, slots=True)
class JobState:
    """What the queue knows of a job; times in unix seconds."""

    video_id: str
    entry_id: str
    kind: str
    state: str
    attempt: int
    stage: str | None
    done: int
    total: int
    scenes: tuple[tuple[int, int], ...]
    created_at: float
    started_at: float | None
    ended_at: float | None
    outcome: str | None
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """How many jobs of a kind wait and are worked on; `oldest` is since when the oldest waits."""

    kind: str
    waiting: int
    in_work: int
    oldest: float | None


@dataclass(frozen=True, slots=True)
class Held:
    """A job that `owner` works on, since `started_at`, in its nth `attempt`."""

    kind: str
    video_id: str
    owner: str
    started_at: float
    attempt: int


class Queue(Protocol):
    """What workers do with the queue; what changes with a video are the functions below.

    A job is one worker's at a time, whoever else has it in hand still: a claim is another attempt,
    unless the one before was released, and only its owner's words about that attempt count. None is
    lost with its worker.
    """

    @property
    def look_seconds(self) -> float:
        """Return after which time an idle worker looks by itself, though nothing rang."""

    def listening(self, ring: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call `ring` with the kind of each job that was added, as long as the block runs.

        Without a kind it may be any.
        """

    def claim(
        self, owner: str, kind: str, turns: Turns | None = None, needs: str = ""
    ) -> Job | None:
        """Take a free job of a kind; one whose holder is dead or silent too long comes first.

        Those that need something else than the worker has are left to others.
        """

    def beat(
        self,
        job: Job,
        stage: str | None = None,
        done: int = 0,
        total: int = 0,
        scenes: Sequence[tuple[int, int]] = (),
    ) -> bool:
        """Prolong the lease and note the progress; `False` once the job is another's or cancelled.

        `scenes` are frames done and frames in all, of each scene.
        """

    def release(self, job: Job) -> bool:
        """Give a job back unfinished, as if this attempt had not been; `unkept` is kept.

        `False` once the job is another's or cancelled.
        """


def fence(job: Job) -> dict[str, Any]:
    """Return what a statement names so that it counts for the holder of this attempt alone."""
    return {"seq": job.seq, "owner": job.owner, "attempt": job.attempt}


def enqueue(
    tx: Transaction,
    kind: str,
    video_id: str,
    entry_id: str,
    now: float,
    *,
    name: str | None = None,
    seconds: float = 0.0,
    way: Way = ANY_WAY,
    quota: Quota = ROOMY,
) -> None:
    """Add a job inside the transaction that changes the video's status.

    Raises `Refusal` where too many of the user's have not ended.

    `name` is what the video is called then, where the job may find it another name. Where jobs wait
    it is put behind those that are shorter by as many `seconds` as they came later: a long film
    lets short ones pass, and waits no longer for them than it is itself. The `way` is how it is to
    be made.
    """
    values = {"kind": kind, "video_id": video_id, "entry_id": entry_id}
    told = {"trace": way.trace, "rules": way.rules, "needs": way.needs}
    when = {"created_at": now, "due": now + seconds}
    if not tx.run("jobs.add", name=name, most=quota.open_jobs, **when, **values, **told):
        raise quota.too_many_jobs()
    tx.ring(kind)


def cancel(tx: Transaction, video_id: str, now: float) -> None:
    """End a video's open job; its worker notices at the next heartbeat."""
    tx.run("jobs.cancel", video_id=video_id, ended_at=now)


class Turns:
    """Owns whose jobs one process took up last: the next is another user's, where one waits.

    A user who queued thousands of films kept all others waiting until the last of them.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[Any, ...], int] = {}
        self._taken = 0

    def note(self, whose: tuple[Any, ...]) -> None:
        """Put a user behind all others."""
        self._taken += 1
        self._last[whose] = self._taken

    def rank(self, whose: tuple[Any, ...]) -> int:
        """Return a number that is the smaller the longer a user has waited."""
        return self._last.get(whose, 0)


def forget(tx: Transaction, video_id: str) -> None:
    """Remove all jobs of a video that is gone: who works at one notices at the next heartbeat."""
    tx.run("jobs.delete_of_video", video_id=video_id)


def has_ended(tx: Transaction, before: float) -> bool:
    """Return whether a job ended before a time."""
    return tx.row("jobs.find_ended", before=before) is not None


def forget_ended(tx: Transaction, before: float) -> None:
    """Remove the jobs that ended before a time, whatever their videos are now."""
    tx.run("jobs.forget_ended", before=before)


def finish(tx: Transaction, job: Job, outcome: str, now: float) -> bool:
    """End a job inside the transaction that stores its effect; `False` where it is lost."""
    return tx.run("jobs.finish", outcome=outcome, ended_at=now, **fence(job)) == 1


def states(tx: Transaction, *, open_only: bool) -> list[JobState]:
    """Return what is known of jobs, oldest first: the open ones, or each video's last."""
    rows = tx.rows("jobs.open" if open_only else "jobs.last_of_each_video")
    return [_state(row) for row in rows]


def lanes(tx: Transaction) -> list[Lane]:
    """Return how many jobs of each kind wait and are worked on, by all processes."""
    found = {row["kind"]: row for row in tx.rows("jobs.lanes")}
    return [
        Lane(kind, int(row["waiting"]), int(row["in_work"]), row["oldest"])
        if (row := found.get(kind)) is not None
        else Lane(kind, 0, 0, None)
        for kind in KINDS
    ]


def in_work(tx: Transaction, most: int) -> list[Held]:
    """Return the jobs that are worked on, oldest first, at most so many."""
    return [
        Held(row["kind"], row["video_id"], row["owner"], row["started_at"], row["attempt"])
        for row in tx.rows("jobs.in_work", most=most)
    ]


def last_of(tx: Transaction, video_id: str) -> JobState | None:
    """Return a video's latest job."""
    row = tx.row("jobs.last_of_video", video_id=video_id)
    return None if row is None else _state(row)


def is_waiting(tx: Transaction, kind: str, needs: str) -> bool:
    """Return whether a job of a kind waits to be taken up by who has what it `needs`."""
    return tx.row("jobs.find_queued", kind=kind, needs=needs) is not None


def works_on(tx: Transaction, entry_id: str) -> bool:
    """Return whether a job that is held is of a video that names this entry; an empty id is any."""
    return tx.row("jobs.find_in_work", part=entry_id) is not None


def _state(row: Row) -> JobState:
    return JobState(
        video_id=row["video_id"],
        entry_id=row["entry_id"],
        kind=row["kind"],
        state=row["state"],
        attempt=row["attempt"],
        stage=row["stage"],
        done=row["done"],
        total=row["total"],
        scenes=scenes_of(row["scenes"]),
        created_at=row["created_at"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        outcome=row["outcome"],
        needs=row["needs"],
    )


def scenes_of(column: str) -> tuple[tuple[int, int], ...]:
    """Return how many frames of each scene are encoded, of how many, as a row of a job says."""
    return tuple((done, total) for done, total in json.loads(column))
