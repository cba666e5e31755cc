"""The job queue, in the same file as the objects: leases, attempts, fences. Renders nothing.

A job's completion is fenced: it counts only while owner and attempt are still those of the claim.
Each kind of job is a lane of its own: what takes a second does not wait for what takes minutes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.studio.records.owner import is_surely_dead
from storyboard.studio.records.store import Store

LEASE_SECONDS: Final = 10.0
HEARTBEAT_SECONDS: Final = 1.0
MAX_ATTEMPTS: Final = 2

FILM: Final = "generate"
COMPOSITION: Final = "compose"
"""The kinds of jobs."""

_FENCE = "seq=? AND owner=? AND attempt=? AND state='leased'"


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job; `attempt` counts from 1, `entry_id` is what its film will be called."""

    seq: int
    kind: str
    video_id: str
    entry_id: str
    attempt: int
    owner: str


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


def enqueue(tx: sqlite3.Connection, kind: str, video_id: str, entry_id: str, now: float) -> None:
    """Add a job inside the transaction that changes the video's status."""
    tx.execute(
        "INSERT INTO jobs (kind, video_id, entry_id, state, created_at)"
        " VALUES (?, ?, ?, 'queued', ?)",
        (kind, video_id, entry_id, now),
    )


def cancel(tx: sqlite3.Connection, video_id: str, now: float) -> None:
    """End a video's open job; its worker notices at the next heartbeat."""
    tx.execute(
        "UPDATE jobs SET state='cancelled', owner=NULL, ended_at=?"
        " WHERE video_id=? AND state IN ('queued', 'leased')",
        (now, video_id),
    )


def claim(store: Store, owner: str, now: float, kind: str) -> Job | None:
    """Take the kind's oldest free job: one that waits, or whose holder is dead or silent too
    long."""
    with store.read() as tx:
        if not _claimable(tx, now, kind):
            return None
    with store.write() as tx:
        rows = _claimable(tx, now, kind)
        if not rows:
            return None
        row = rows[0]
        tx.execute(
            "UPDATE jobs SET state='leased', owner=?, lease_until=?, attempt=attempt+1,"
            " stage=NULL, done=0, total=0, scenes='[]', started_at=coalesce(started_at, ?)"
            " WHERE seq=?",
            (owner, now + LEASE_SECONDS, now, row["seq"]),
        )
        attempt = int(row["attempt"]) + 1
        return Job(row["seq"], row["kind"], row["video_id"], row["entry_id"], attempt, owner)


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
    told = (stage, done, total, json.dumps(scenes))
    with store.write() as tx:
        cursor = tx.execute(
            f"UPDATE jobs SET lease_until=?, stage=?, done=?, total=?, scenes=? WHERE {_FENCE}",
            (now + LEASE_SECONDS, *told, job.seq, job.owner, job.attempt),
        )
        return cursor.rowcount == 1


def release(store: Store, job: Job) -> None:
    """Give a job back unfinished, as if this attempt had not been."""
    with store.write() as tx:
        tx.execute(
            "UPDATE jobs SET state='queued', owner=NULL, lease_until=NULL, attempt=attempt-1"
            f" WHERE {_FENCE}",
            (job.seq, job.owner, job.attempt),
        )


def finish(tx: sqlite3.Connection, job: Job, outcome: str, now: float) -> bool:
    """End a job inside the transaction that stores its effect; `False` where it is lost."""
    cursor = tx.execute(
        f"UPDATE jobs SET state='ended', outcome=?, ended_at=?, owner=NULL WHERE {_FENCE}",
        (outcome, now, job.seq, job.owner, job.attempt),
    )
    return cursor.rowcount == 1


def states(tx: sqlite3.Connection, *, open_only: bool) -> list[JobState]:
    """Return what is known of jobs, oldest first: the open ones, or each video's last."""
    where = (
        "state IN ('queued', 'leased')"
        if open_only
        else "seq IN (SELECT max(seq) FROM jobs GROUP BY video_id)"
    )
    rows = tx.execute(f"SELECT * FROM jobs WHERE {where} ORDER BY seq")
    return [_state(row) for row in rows]


def last_of(tx: sqlite3.Connection, video_id: str) -> JobState | None:
    """Return a video's latest job."""
    row = tx.execute(
        "SELECT * FROM jobs WHERE video_id=? ORDER BY seq DESC LIMIT 1", (video_id,)
    ).fetchone()
    return None if row is None else _state(row)


def _claimable(tx: sqlite3.Connection, now: float, kind: str) -> list[sqlite3.Row]:
    where = "state IN ('queued', 'leased') AND kind=?"
    rows = tx.execute(f"SELECT * FROM jobs WHERE {where} ORDER BY seq", (kind,))
    return [row for row in rows if _is_free(row, now)]


def _is_free(row: sqlite3.Row, now: float) -> bool:
    if row["state"] == "queued":
        return True
    return row["lease_until"] < now or is_surely_dead(row["owner"])


def _state(row: sqlite3.Row) -> JobState:
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
