"""The job queue, in the same file as the objects: leases, attempts, fences. Renders nothing.

A job's completion is fenced: it counts only while owner and attempt are still those of the claim.
Each kind of job is a lane of its own: what takes a second does not wait for what takes minutes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.records.owner import is_surely_dead
from storyboard.studio.records.store import Store

LEASE_SECONDS: Final = 10.0
HEARTBEAT_SECONDS: Final = 1.0
MAX_ATTEMPTS: Final = 2

FILM: Final = "generate"
COMPOSITION: Final = "compose"
"""The kinds of jobs."""

_OPEN: Final = "jobs.state IN ('queued', 'leased')"
"""Word by word what the index of open jobs is of: ended ones are not looked through."""

_FENCE = "seq=? AND owner=? AND attempt=? AND state='leased'"


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
    tx: sqlite3.Connection,
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
    tx.execute(
        "INSERT INTO jobs (kind, video_id, entry_id, state, created_at, name)"
        " VALUES (?, ?, ?, 'queued', ?, ?)",
        (kind, video_id, entry_id, now, name),
    )


def cancel(tx: sqlite3.Connection, video_id: str, now: float) -> None:
    """End a video's open job; its worker notices at the next heartbeat."""
    tx.execute(
        "UPDATE jobs SET state='cancelled', owner=NULL, ended_at=?"
        " WHERE video_id=? AND state IN ('queued', 'leased')",
        (now, video_id),
    )


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


def forget(tx: sqlite3.Connection, video_id: str) -> None:
    """Remove all jobs of a video that is gone: who works at one notices at the next heartbeat."""
    tx.execute("DELETE FROM jobs WHERE video_id=?", (video_id,))


def claim(
    store: Store, owner: str, now: float, kind: str, turns: Turns | None = None
) -> Job | None:
    """Take a free job of a kind: of the user whose turn it is, the oldest.

    One whose holder is dead or silent too long comes first.
    """
    turns = turns or Turns()
    with store.read() as tx:
        if not (_is_queued(tx, kind) or _lapsed(tx, now, kind)):
            return None
    with store.write() as tx:
        whose, seq = _next(tx, now, kind, turns)
        if seq is None:
            return None
        turns.note(whose)
        row = tx.execute("SELECT * FROM jobs WHERE seq=?", (seq,)).fetchone()
        tx.execute(
            "UPDATE jobs SET state='leased', owner=?, lease_until=?, attempt=attempt+1,"
            " stage=NULL, done=0, total=0, scenes='[]', started_at=coalesce(started_at, ?)"
            " WHERE seq=?",
            (owner, now + LEASE_SECONDS, now, row["seq"]),
        )
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
    where = _OPEN if open_only else "seq IN (SELECT max(seq) FROM jobs GROUP BY video_id)"
    rows = tx.execute(f"SELECT * FROM jobs WHERE {where} ORDER BY seq")
    return [_state(row) for row in rows]


def last_of(tx: sqlite3.Connection, video_id: str) -> JobState | None:
    """Return a video's latest job."""
    row = tx.execute(
        "SELECT * FROM jobs WHERE video_id=? ORDER BY seq DESC LIMIT 1", (video_id,)
    ).fetchone()
    return None if row is None else _state(row)


def works_on(tx: sqlite3.Connection, entry_id: str) -> bool:
    """Return whether a job that is held is of a video that names this entry; an empty id is any."""
    row = tx.execute(
        f"SELECT 1 FROM jobs JOIN videos ON videos.id=jobs.video_id WHERE {_OPEN}"
        " AND jobs.state='leased'"
        " AND instr(videos.scenes || coalesce(compose_params, ''), ?) LIMIT 1",
        (entry_id,),
    ).fetchone()
    return row is not None


def _next(
    tx: sqlite3.Connection, now: float, kind: str, turns: Turns
) -> tuple[tuple[Any, ...], int | None]:
    """Return whose turn it is, and which job."""
    lapsed = _lapsed(tx, now, kind)
    if lapsed:
        return (kind,), lapsed[0]
    rows = tx.execute(
        "SELECT videos.partner_id, videos.user_id, min(jobs.seq)"
        " FROM jobs LEFT JOIN videos ON videos.id=jobs.video_id"
        f" WHERE {_OPEN} AND jobs.state='queued' AND kind=? GROUP BY 1, 2",
        (kind,),
    )
    waiting = [((kind, row[0], row[1]), int(row[2])) for row in rows]
    return min(waiting, key=lambda each: (turns.rank(each[0]), each[1]), default=((kind,), None))


def _is_queued(tx: sqlite3.Connection, kind: str) -> bool:
    query = f"SELECT 1 FROM jobs WHERE {_OPEN} AND jobs.state='queued' AND kind=? LIMIT 1"
    return tx.execute(query, (kind,)).fetchone() is not None


def _lapsed(tx: sqlite3.Connection, now: float, kind: str) -> list[int]:
    """Return jobs whose holder is dead or silent too long, the oldest first."""
    rows = tx.execute(
        f"SELECT seq, owner, lease_until FROM jobs WHERE {_OPEN} AND jobs.state='leased'"
        " AND kind=? ORDER BY seq",
        (kind,),
    )
    return [row["seq"] for row in rows if row["lease_until"] < now or is_surely_dead(row["owner"])]


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
