"""Scenes of another machine's film: taken from its end, once, and no longer than it is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from storyboard.studio.records import queue
from storyboard.studio.records.owner import this_process
from storyboard.studio.records.queue import LEASE_SECONDS, Job
from storyboard.studio.records.scene_claims import SceneClaims
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store
from storyboard.studio.records.table_queue import TableQueue
from tests.support.databases import DATABASES, opened

ELSEWHERE = "0123456789ab.17.1.0"
HELPER = "123456789abc.17.1.0"


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as until_end:
        yield opened(request.param, tmp_path, until_end)


def film(
    store: Store, owner: str = ELSEWHERE, scenes: int = 5, video: str = "v", needs: str = ""
) -> Job:
    """Have a machine begin a film: of its first scene there are frames."""
    with store.write() as tx:
        way = queue.Way(needs=needs) if needs else queue.ANY_WAY
        queue.enqueue(tx, queue.FILM, video, "1_v", 0.0, way=way)
    rows = TableQueue(store, lambda _: 0.0)
    job = rows.claim(owner, queue.FILM, needs=needs)
    assert job is not None
    assert rows.beat(job, "frames", 1, 10 * scenes, [(1, 10), *([(0, 10)] * (scenes - 1))])
    return job


def at(store: Store, now: float = 1.0) -> SceneClaims:
    return SceneClaims(store, lambda _: now)


def test_scenes_are_taken_from_the_end_and_the_next_are_left(store: Store) -> None:
    job = film(store)
    taken = [at(store).take(HELPER) for _ in range(4)]
    assert [each.scene for each in taken if each] == [4, 3]
    assert at(store).elsewhere(job) == {3, 4}


def test_none_is_taken_of_a_film_of_the_same_machine(store: Store) -> None:
    """Its threads have all of its cores already."""
    film(store, owner=this_process("x"))
    assert at(store).take(HELPER) is None


def test_a_scene_is_left_by_who_has_other_voices(store: Store) -> None:
    film(store, needs="5eed")
    assert at(store).take(HELPER) is None
    assert at(store).take(HELPER, "another") is None
    taken = at(store).take(HELPER, "5eed")
    assert taken is not None
    assert taken.scene == 4


def test_what_is_made_given_up_or_late_is_the_holders(store: Store) -> None:
    job = film(store, scenes=6)
    made, left, late = (at(store).take(HELPER) for _ in range(3))
    assert made
    assert left
    assert late
    at(store).made(made)
    at(store).give_up(left)
    assert at(store).elsewhere(job) == {late.scene}
    assert at(store, 1 + LEASE_SECONDS).elsewhere(job) == frozenset()
    assert at(store).take(HELPER) is None, "none is taken twice"
    assert at(store, 5.0).beat(late)
    assert at(store, 1 + LEASE_SECONDS).elsewhere(job) == {late.scene}


def test_a_film_that_is_over_wants_no_scene(store: Store) -> None:
    job = film(store)
    claim = at(store).take(HELPER)
    assert claim is not None
    with store.write() as tx:
        assert queue.finish(tx, job, "ready", 2.0)
    assert not at(store).beat(claim)
    assert at(store).take(HELPER) is None
    other = film(store, scenes=9, video="w")
    next_claim = at(store).take(HELPER)
    assert next_claim is not None
    at(store).made(next_claim)
    with store.read() as tx:
        assert {row["job_seq"] for row in tx.rows("scene_claims.rows")} == {other.seq}


def test_a_look_asks_no_more_of_many_films_than_of_one(tmp_path: Path) -> None:
    """Idle workers look every few seconds, and a database may be far away."""
    asked: list[str] = []
    with closing(SqliteStore(tmp_path / "rows.db")) as store:
        with store.read() as tx:
            tx.connection.set_trace_callback(asked.append)
        counts = []
        for number in range(4):
            film(store, scenes=2, video=f"v{number}")
            asked.clear()
            assert at(store).take(HELPER) is None
            counts.append(len(asked))
    assert counts[0] > 0
    assert set(counts) == {counts[0]}
