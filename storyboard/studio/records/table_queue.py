"""Works the queue's table on any store: whose turn it is, leases, heartbeats. Renders nothing.

An engine that has a table of its own was measured against the same laws: see the page on the local
studio. Here a claim is one attempt of one owner, and whatever either does later names both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from storyboard.studio.records import queue
from storyboard.studio.records.clock import DatabaseClock, database_clock
from storyboard.studio.records.owner import is_surely_dead, of_this_machine
from storyboard.studio.records.queue import Job, Turns, fence, is_waiting
from storyboard.studio.records.shared_control import conditions
from storyboard.studio.records.store import Row, Store, Transaction


class TableQueue:
    """The queue in the table `jobs`, as `Queue`."""

    def __init__(self, store: Store, clock: DatabaseClock = database_clock) -> None:
        self._store = store
        self._clock = clock

    @property
    def look_seconds(self) -> float:
        """Return after which time an idle worker looks by itself, though nothing rang."""
        return self._store.look_seconds

    def listening(self, ring: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call `ring` with the kind of each job that was added, as long as the block runs.

        Without a kind it may be any.
        """
        return self._store.listening(ring)

    def claim(
        self, owner: str, kind: str, turns: Turns | None = None, needs: str = ""
    ) -> Job | None:
        """Take a free job of a kind; one whose holder is dead or silent too long comes first.

        Those that need something else than the worker has are left to others. Then the turn is that
        of the user with the fewest jobs in work, and of those who has waited longest: of his jobs,
        the one that is due first. Where jobs are held, none is taken.
        """
        turns = turns or Turns()
        with self._store.read() as tx:
            # Most looks find nothing, and who only looks keeps no other from writing.
            if not (is_waiting(tx, kind, needs) or self._silent(tx, kind, needs)):
                return None
        with self._store.write_beside() as tx:
            # Here, where nothing changes it: who was told so queues the next job.
            if conditions(tx).is_held:
                return None
            row = self._taken_over(tx, kind, needs) or self._next(tx, kind, turns, needs)
            if row is None:
                return None
            now = self._clock(tx)
            until = now + queue.LEASE_SECONDS
            tx.run("jobs.lease", seq=row["seq"], owner=owner, lease_until=until, now=now)
            return _claimed(row, owner)

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
        told = {"stage": stage, "done": done, "total": total, "scenes": json.dumps(scenes)}
        with self._store.write_loosely() as tx:
            until = self._clock(tx) + queue.LEASE_SECONDS
            return tx.run("jobs.beat", lease_until=until, **told, **fence(job)) == 1

    def release(self, job: Job) -> bool:
        """Give a job back unfinished, as if this attempt had not been; `unkept` is kept.

        `False` once the job is another's or cancelled.
        """
        with self._store.write_beside() as tx:
            is_back = tx.run("jobs.release", unkept=job.unkept, **fence(job)) == 1
            if is_back:
                tx.ring(job.kind)
            return is_back

    def _silent(self, tx: Transaction, kind: str, needs: str) -> list[Row]:
        """Return jobs whose holder is dead or silent too long, the oldest first."""
        now = self._clock(tx)
        given = {"kind": kind, "needs": needs, "now": now, "machine": of_this_machine()}
        rows = tx.rows("jobs.silent", **given)
        return [row for row in rows if row["lease_until"] < now or is_surely_dead(row["owner"])]

    def _taken_over(self, tx: Transaction, kind: str, needs: str) -> Row | None:
        """Return a job of a silent holder, locked as it was seen: a late heartbeat keeps it."""
        for row in self._silent(tx, kind, needs):
            seen = {"attempt": row["attempt"], "held_until": row["lease_until"]}
            found = tx.row("jobs.find_silent", seq=row["seq"], **seen)
            if found is not None:
                return found
        return None

    def _next(self, tx: Transaction, kind: str, turns: Turns, needs: str) -> Row | None:
        """Return the first job of whose turn it is, which no other claim has locked."""
        users = {
            (kind, row["partner_id"], row["user_id"]): row
            for row in tx.rows("jobs.users", kind=kind, needs=needs)
        }

        def turn(whose: tuple[str, int, str]) -> tuple[int, int, float]:
            return users[whose]["in_work"], turns.rank(whose), users[whose]["due"]

        for whose in sorted(users, key=turn):
            _, partner_id, user_id = whose
            whom = {"partner_id": partner_id, "user_id": user_id}
            row = tx.row("jobs.first_of_user", kind=kind, needs=needs, **whom)
            if row is not None:
                turns.note(whose)
                return row
        return None


def _claimed(row: Row, owner: str) -> Job:
    return Job(
        seq=row["seq"],
        kind=row["kind"],
        video_id=row["video_id"],
        entry_id=row["entry_id"],
        attempt=int(row["attempt"]) + 1,
        owner=owner,
        name=row["name"],
        trace=row["trace"],
        rules=row["rules"] or "",
        former=row["owner"] or "",
        unkept=int(row["unkept"]),
    )
