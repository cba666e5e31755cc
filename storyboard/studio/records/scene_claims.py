"""Scenes of films in work that other machines make: who took which, until when. Renders nothing.

A film stays its holder's, who joins it. A scene that was taken and came not in time is made by the
holder: so nothing is lost with a helper, and nothing of a helper is believed but its files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.records import queue
from storyboard.studio.records.clock import DatabaseClock, database_clock
from storyboard.studio.records.owner import is_surely_dead, of_this_machine
from storyboard.studio.records.queue import Job
from storyboard.studio.records.store import Store, Transaction

LEFT_TO_HOLDER: Final = 2
"""Scenes that nobody takes: the holder may begin those before it hears of it. A choice."""


@dataclass(frozen=True, slots=True)
class SceneClaim:
    """A scene that one helper makes for one attempt at a film."""

    job_seq: int
    attempt: int
    video_id: str
    scene: int
    owner: str
    rules: str = ""


class SceneClaims:
    """Which scenes are made where, in the table `scene_claims`."""

    def __init__(self, store: Store, clock: DatabaseClock = database_clock) -> None:
        self._store, self._clock = store, clock

    def take(self, owner: str, needs: str = "") -> SceneClaim | None:
        """Take the last scene of a film that another machine has not begun to make.

        Films that need something else than the helper has are left to others.
        """
        with self._store.read() as tx:
            found = _free(tx, owner, needs)
        if found is None:
            return None
        with self._store.write_beside() as tx:
            until = self._clock(tx) + queue.LEASE_SECONDS
            taken_now = tx.run("scene_claims.take", lease_until=until, **_key(found))
            return found if taken_now == 1 else None

    def beat(self, claim: SceneClaim) -> bool:
        """Prolong the lease; `False` once the film is over, or another attempt has begun."""
        with self._store.write_loosely() as tx:
            until = self._clock(tx) + queue.LEASE_SECONDS
            return tx.run("scene_claims.beat", lease_until=until, **_key(claim)) == 1

    def give_up(self, claim: SceneClaim) -> None:
        """Leave the scene to the holder of the film, at once."""
        with self._store.write_loosely() as tx:
            tx.run("scene_claims.beat", lease_until=0.0, **_key(claim))

    def made(self, claim: SceneClaim) -> None:
        """Say that the scene is in the cache; forget those of films that are over."""
        with self._store.write_beside() as tx:
            tx.run("scene_claims.made", **_key(claim))
            tx.run("scene_claims.forget")

    def elsewhere(self, job: Job) -> frozenset[int]:
        """Return which scenes of a film others are making now."""
        with self._store.read() as tx:
            now = self._clock(tx)
            rows = tx.rows("scene_claims.of_attempt", job_seq=job.seq, attempt=job.attempt)
            return frozenset(
                row["scene"]
                for row in rows
                if not row["is_made"] and row["lease_until"] > now
                if not is_surely_dead(row["owner"])
            )


def _free(tx: Transaction, owner: str, needs: str) -> SceneClaim | None:
    """Return the claim to make, without a question for each film: most looks find nothing."""
    films = tx.rows("scene_claims.films", kind=queue.FILM, machine=of_this_machine())
    rows = tx.rows("scene_claims.rows") if films else ()
    taken = {(row["job_seq"], row["attempt"], row["scene"]) for row in rows}
    for film in films:
        if film["needs"] not in {None, needs}:
            continue
        seq, attempt = film["seq"], film["attempt"]
        rest = _not_begun(queue.scenes_of(film["scenes"]))
        free = [scene for scene in rest if (seq, attempt, scene) not in taken]
        if len(free) > LEFT_TO_HOLDER:
            rules = film["rules"] or ""
            return SceneClaim(seq, attempt, film["video_id"], free[-1], owner, rules)
    return None


def _not_begun(scenes: Sequence[Sequence[int]]) -> list[int]:
    """Return the scenes of which no frame is encoded yet, in their order."""
    return [index for index, (done, total) in enumerate(scenes) if total and not done]


def _key(claim: SceneClaim) -> Mapping[str, Any]:
    return {
        "job_seq": claim.job_seq,
        "attempt": claim.attempt,
        "scene": claim.scene,
        "owner": claim.owner,
    }
