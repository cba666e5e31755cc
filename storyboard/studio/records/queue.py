"""The job queue, in the same file as the objects: leases, attempts, fences. Renders nothing.

A job's completion is fenced: it counts only while owner and attempt are still those of the claim.
Each kind of job is a lane of its own: what takes a second does not wait for what takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.records.owner import is_surely_dead
from storyboard.studio.records.store import Row, Store, Transaction

LEASE_SECONDS: Final = 10.0
HEARTBEAT_SECONDS: Final = 1.0
MAX_ATTEMPTS: Final = 2

FILM: Final = "generate"
COMPOSITION: Final = "compose"
"""The kinds of jobs."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `attempt` counts from 1, `entry_id` is what its film will be called.

    `name` is what the video was called when a composition of it was asked for.
    """

    seq: int
    kind: str
    video_id: str
    entry_id: str
    attempt: int
    owner: str
    name: str | None = None


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


def enqueue(
    tx: Transaction,
    kind: str,
    video_id: str,
    entry_id: str,
    now: float,
    *,
    name: str | None = None,
) -> None:
    """Add a job inside the transaction that changes the video's status.

    `name` is what the video is called then, where the job may find it another name.
    """
    values = {"kind": kind, "video_id": video_id, "entry_id": entry_id}
    tx.run("jobs.add", created_at=now, name=name, **values)


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


def claim(
    store: Store, owner: str, now: float, kind: str, turns: Turns | None = None
) -> Job | None:
    """Take a free job of a kind: of the user whose turn it is, the oldest.

    One whose holder is dead or silent too long comes first.
    """
    turns = turns or Turns()
    with store.read() as tx:
        if not (is_waiting(tx, kind) or _lapsed(tx, now, kind)):
            return None
    with store.write() as tx:
        whose, seq = _next(tx, now, kind, turns)
        if seq is None:
            return None
        turns.note(whose)
        row = tx.row("jobs.find", seq=seq)
        assert row is not None
        tx.run("jobs.lease", seq=seq, owner=owner, lease_until=now + LEASE_SECONDS, now=now)
        attempt = int(row["attempt"]) + 1
        return Job(
            row["seq"],
            row["kind"],
            row["video_id"],
            row["entry_id"],
            attempt,
            owner,
            row["name"],
        )


def beat(
    store: Store,
    job: Job,
    now: float,
    stage: str | None = None,
    done: int = 0,
    total: int = 0,
    scenes: Sequence[tuple[int, int]] = (),
) -> bool:
    """Prolong the lease and note the progress; `False` once the job is another's or cancelled.

    `scenes` are frames done and frames in all, of each scene.
    """
    told = {"stage": stage, "done": done, "total": total, "scenes": json.dumps(scenes)}
    with store.write() as tx:
        return tx.run("jobs.beat", lease_until=now + LEASE_SECONDS, **told, **_fence(job)) == 1


def release(store: Store, job: Job) -> None:
    """Give a job back unfinished, as if this attempt had not been."""
    with store.write() as tx:
        tx.run("jobs.release", **_fence(job))


def finish(tx: Transaction, job: Job, outcome: str, now: float) -> bool:
    """End a job inside the transaction that stores its effect; `False` where it is lost."""
    return tx.run("jobs.finish", outcome=outcome, ended_at=now, **_fence(job)) == 1


def states(tx: Transaction, *, open_only: bool) -> list[JobState]:
    """Return what is known of jobs, oldest first: the open ones, or each video's last."""
    rows = tx.rows("jobs.open" if open_only else "jobs.last_of_each_video")
    return [_state(row) for row in rows]


def last_of(tx: Transaction, video_id: str) -> JobState | None:
    """Return a video's latest job."""
    row = tx.row("jobs.last_of_video", video_id=video_id)
    return None if row is None else _state(row)


def is_waiting(tx: Transaction, kind: str) -> bool:
    """Return whether a job of a kind waits to be taken up."""
    return tx.row("jobs.find_queued", kind=kind) is not None


def works_on(tx: Transaction, entry_id: str) -> bool:
    """Return whether a job that is held is of a video that names this entry; an empty id is any."""
    return tx.row("jobs.find_in_work", part=entry_id) is not None


def _next(
    tx: Transaction, now: float, kind: str, turns: Turns
) -> tuple[tuple[Any, ...], int | None]:
    """Return whose turn it is, and which job."""
    lapsed = _lapsed(tx, now, kind)
    if lapsed:
        return (kind,), lapsed[0]
    rows = tx.rows("jobs.first_of_each_user", kind=kind)
    waiting = [((kind, row["partner_id"], row["user_id"]), int(row["seq"])) for row in rows]
    return min(waiting, key=lambda each: (turns.rank(each[0]), each[1]), default=((kind,), None))


def _lapsed(tx: Transaction, now: float, kind: str) -> list[int]:
    """Return jobs whose holder is dead or silent too long, the oldest first."""
    rows = tx.rows("jobs.leased", kind=kind)
    return [row["seq"] for row in rows if row["lease_until"] < now or is_surely_dead(row["owner"])]


def _fence(job: Job) -> dict[str, Any]:
    return {"seq": job.seq, "owner": job.owner, "attempt": job.attempt}


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
        scenes=tuple((done, total) for done, total in json.loads(row["scenes"])),
        created_at=row["created_at"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        outcome=row["outcome"],
    )
