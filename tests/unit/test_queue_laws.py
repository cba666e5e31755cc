"""What every queue promises, whichever database keeps it: one holder, fences, turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import pytest

from storyboard.studio.records import queue, videos
from storyboard.studio.records.clock import AdjustableClock
from storyboard.studio.records.queue import LEASE_SECONDS
from storyboard.studio.records.session import Principal
from storyboard.studio.records.shared_control import SharedControl
from storyboard.studio.records.store import Store
from storyboard.studio.records.table_queue import TableQueue, database_clock
from tests.support.databases import DATABASES, opened, run_sql

ELSEWHERE = "0123456789ab.17.1.0"
PATIENCE = 60.0


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as until_end:
        yield opened(request.param, tmp_path, until_end)


def at(store: Store, now: float) -> queue.Queue:
    """Return the queue as it is at a time."""
    return TableQueue(store, lambda _: now)


def put(store: Store, *ids: str) -> None:
    with store.write() as tx:
        for number, video in enumerate(ids):
            queue.enqueue(tx, queue.FILM, video, f"1_{video}", float(number))


def claim(store: Store, owner: str, now: float, kind: str = queue.FILM) -> queue.Job | None:
    return at(store, now).claim(owner, kind)


def a_video(store: Store, user: str, seconds: float = 0.0, now: float = 1.0) -> str:
    """Queue a user's film and return its video."""
    with store.write() as tx:
        made = videos.add(tx, Principal(1, user), name="", avatar_id=None, scenes=[], now=now).id
        queue.enqueue(tx, queue.FILM, made, f"1_{made}", now, seconds=seconds)
    return made


def test_jobs_come_in_order_and_once(store: Store) -> None:
    put(store, "a", "b")
    first, second = claim(store, "x", 1), claim(store, "y", 1)
    assert first is not None
    assert second is not None
    assert (first.video_id, second.video_id) == ("a", "b")
    assert claim(store, "z", 1) is None


def test_no_job_is_taken_that_was_queued_after_a_hold(store: Store) -> None:
    """A worker had looked just before: whoever was told that jobs are held saw it begin."""
    control = SharedControl(store, AdjustableClock(time.time))
    with control.changing() as tx:
        control.change(tx, is_held=True)
    put(store, "a")
    assert claim(store, "x", 1) is None
    with control.changing() as tx:
        control.change(tx, is_held=False)
    assert claim(store, "x", 1) is not None


def test_users_take_turns(store: Store) -> None:
    """A user who queued thousands of films kept all others waiting until the last of them."""
    whose = {a_video(store, user): user for user in "aaaaaabbc"}
    turns, taken = queue.Turns(), list[str]()
    for _ in whose:
        job = at(store, 1).claim("x", queue.FILM, turns)
        assert job is not None
        taken.append(whose[job.video_id])
        with store.write() as tx:
            assert queue.finish(tx, job, "ready", 1)
    assert "".join(taken) == "abcabaaaa"


def test_workers_who_know_nothing_of_each_other_are_shared_out(store: Store) -> None:
    """Each fresh worker, alone in its process, took the oldest job: all were one user's."""
    whose = {a_video(store, user): user for user in "aaaabbc"}
    jobs = [claim(store, f"{ELSEWHERE}{number}", 1) for number in range(5)]
    assert "".join(whose[job.video_id] for job in jobs if job) == "abcab"


def test_short_films_pass_long_ones_and_none_waits_for_ever(store: Store) -> None:
    long = a_video(store, "a", seconds=600, now=0)
    short = a_video(store, "a", seconds=20, now=1)
    late = a_video(store, "a", seconds=20, now=700)
    taken = [claim(store, "x", 800) for _ in range(3)]
    assert [job.video_id for job in taken if job] == [short, long, late]


def test_a_late_heartbeat_keeps_what_was_seen_to_be_silent(store: Store) -> None:
    """Between a look and a claim a holder may come back: it is not made another's then."""
    put(store, "a")
    job = claim(store, ELSEWHERE, 0)
    assert job is not None
    seen = LEASE_SECONDS + 1
    late = at(store, seen)
    with store.read() as tx:
        [row] = tx.rows("jobs.silent", kind=queue.FILM, needs="", now=seen, machine="here.")
    assert late.beat(job)
    with store.write_beside() as tx:
        was = {"attempt": row["attempt"], "held_until": row["lease_until"]}
        assert tx.row("jobs.find_silent", seq=row["seq"], **was) is None
    assert late.claim("y", queue.FILM) is None


@pytest.mark.parametrize("store", DATABASES[1:], indirect=True)
def test_a_job_of_another_process_rings_for_its_kind(store: Store) -> None:
    """Twenty films had the threads for compositions ask the database some sixty times."""
    rung: SimpleQueue[str] = SimpleQueue()
    with at(store, 0).listening(rung.put):
        assert not rung.get(timeout=PATIENCE), "what was queued before is looked for, of any kind"
        put(store, "a")
        assert rung.get(timeout=PATIENCE) == queue.FILM
        job = claim(store, "x", 0)
        assert job is not None
        at(store, 0).release(job)
        assert rung.get(timeout=PATIENCE) == queue.FILM


def test_a_job_rings_once_wherever_it_was_added(store: Store, tmp_path: Path) -> None:
    """A server woke its own threads, and then the database woke them again."""
    is_shared = store.is_shared
    rung: SimpleQueue[str] = SimpleQueue()
    with ExitStack() as until_end, at(store, 0).listening(rung.put):
        assert not is_shared or not rung.get(timeout=PATIENCE)
        put(store, "a")
        if is_shared:  # it tells the database later than the first one
            other = opened("postgres", tmp_path, until_end)
            with other.write() as tx:
                queue.enqueue(tx, queue.COMPOSITION, "b", "1_b", 1.0)
        told = [rung.get(timeout=PATIENCE) for _ in range(1 + is_shared)]
        assert told == [queue.FILM, queue.COMPOSITION][: 1 + is_shared]
    put(store, "c")
    assert rung.empty()


def test_what_was_not_committed_rings_for_nobody(store: Store) -> None:
    def fail() -> None:
        with store.write() as tx:
            queue.enqueue(tx, queue.FILM, "a", "1_a", 1.0)
            raise ZeroDivisionError

    rung: SimpleQueue[str] = SimpleQueue()
    with at(store, 0).listening(rung.put):
        assert not store.is_shared or not rung.get(timeout=PATIENCE)
        with pytest.raises(ZeroDivisionError):
            fail()
        assert rung.empty()


@pytest.mark.parametrize("store", DATABASES[1:], indirect=True)
def test_claims_and_heartbeats_wait_for_no_other(store: Store) -> None:
    """A thousand workers would stand in one line."""
    put(store, "a", "b", "c")
    first = claim(store, "x", 0)
    assert first is not None
    with store.write_beside() as tx:
        given = {"kind": queue.FILM, "needs": "", "partner_id": 0, "user_id": ""}
        locked = tx.row("jobs.first_of_user", **given)
        assert locked is not None
        assert locked["video_id"] == "b"
        other = claim(store, "y", 0)
        assert other is not None
        assert other.video_id == "c"
    with store.write():
        assert at(store, 1).beat(first)


def test_a_worker_leaves_to_others_what_it_cannot_make(store: Store) -> None:
    """A composition that another composer was to write was written by the worker's own."""
    with store.write() as tx:
        for number, needs in enumerate(("another", "", None)):
            way = queue.Way(needs=needs)
            queue.enqueue(tx, queue.COMPOSITION, f"v{number}", "", float(number), way=way)
    taken = [at(store, 1).claim("x", queue.COMPOSITION) for _ in range(3)]
    assert [job.video_id for job in taken if job] == ["v1", "v2"]
    able = at(store, 1).claim(ELSEWHERE, queue.COMPOSITION, needs="another")
    assert able is not None
    late = at(store, LEASE_SECONDS + 2)
    again = [late.claim("z", queue.COMPOSITION, needs="a third") for _ in range(2)]
    assert [job and job.video_id for job in again] == ["v2", None]
    last = late.claim("z", queue.COMPOSITION, needs="another")
    assert last is not None
    assert (last.video_id, last.attempt) == ("v0", 2)


def test_a_server_of_the_version_before_adds_jobs_beside(store: Store) -> None:
    """While servers are upgraded one after the other, its rows tell nothing of how to make them."""
    columns = "seq, kind, video_id, entry_id, state, created_at, due"
    with store.write() as tx:
        values = (1, queue.FILM, "v", "1_v", "queued", 1.0, 1.0)
        run_sql(tx, f"INSERT INTO jobs ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", *values)
    job = at(store, 1).claim("x", queue.FILM, needs="whatever")
    assert job is not None
    assert (job.video_id, job.rules, job.trace) == ("v", "", "")


def test_the_database_tells_the_time(store: Store) -> None:
    """The clocks of two machines differ: a lease would lapse at once, or never."""
    put(store, "a")
    assert TableQueue(store).claim(ELSEWHERE, queue.FILM) is not None
    with store.read() as tx:
        now = database_clock(tx)
        [row] = tx.rows("jobs.rows")
    assert 0 < row["lease_until"] - now <= LEASE_SECONDS
    assert abs(now - time.time()) < PATIENCE


def test_each_kind_has_a_lane_of_its_own(store: Store) -> None:
    put(store, "a", "b")
    with store.write() as tx:
        queue.enqueue(tx, queue.COMPOSITION, "c", "", 2)
    composition = claim(store, ELSEWHERE, 3, queue.COMPOSITION)
    assert composition is not None
    assert (composition.kind, composition.video_id) == (queue.COMPOSITION, "c")
    assert claim(store, "y", 3, queue.COMPOSITION) is None
    film = claim(store, "y", 3)
    assert film is not None
    assert film.video_id == "a"
    again = claim(store, "z", 4 + LEASE_SECONDS, queue.COMPOSITION)
    assert again is not None
    assert (again.video_id, again.attempt) == ("c", 2)
    with store.write() as tx:
        assert not queue.finish(tx, composition, "composed", 20)
        assert queue.finish(tx, again, "composed", 20)


def test_a_lease_runs_out_and_the_late_one_stores_nothing(store: Store) -> None:
    put(store, "a")
    late = claim(store, ELSEWHERE, 0)
    assert late is not None
    assert claim(store, "y", LEASE_SECONDS - 0.1) is None
    fresh = claim(store, "y", LEASE_SECONDS + 0.1)
    assert fresh is not None
    assert (fresh.seq, fresh.attempt, fresh.entry_id) == (late.seq, 2, late.entry_id)
    assert not at(store, 11).beat(late)
    with store.write() as tx:
        assert not queue.finish(tx, late, "ready", 11)
        assert queue.finish(tx, fresh, "ready", 11)
        assert not queue.finish(tx, fresh, "ready", 11)


def test_a_heartbeat_keeps_the_lease(store: Store) -> None:
    put(store, "a")
    job = claim(store, ELSEWHERE, 0)
    assert job is not None
    assert at(store, 9).beat(job, "frames", 3, 4, [(1, 2), (2, 2)])
    assert claim(store, "y", LEASE_SECONDS + 1) is None
    with store.read() as tx:
        state = queue.states(tx, open_only=True)[0]
    assert (state.stage, state.done, state.total) == ("frames", 3, 4)
    assert state.scenes == ((1, 2), (2, 2))


def test_releasing_takes_the_attempt_back(store: Store) -> None:
    put(store, "a")
    for _ in range(5):
        job = claim(store, "x", 0)
        assert job is not None
        assert job.attempt == 1
        at(store, 0).release(job)


def test_a_cancelled_job_is_nobodys(store: Store) -> None:
    put(store, "a")
    job = claim(store, "x", 0)
    assert job is not None
    with store.write() as tx:
        queue.cancel(tx, "a", 1)
        assert not queue.finish(tx, job, "ready", 1)
    assert claim(store, "y", 100) is None


def test_many_threads_share_no_job(store: Store) -> None:
    put(store, *(f"v{number}" for number in range(40)))
    taken: list[str] = []

    def work(name: str) -> None:
        while (job := claim(store, name, 1)) is not None:
            taken.append(job.video_id)
            with store.write() as tx:
                assert queue.finish(tx, job, "ready", 1)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(f"v{number}" for number in range(40))


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write() as tx:
            queue.enqueue(tx, queue.FILM, "a", "1_a", 0)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert claim(store, "x", 0) is None


def test_what_ended_long_ago_is_forgotten(store: Store) -> None:
    """It stayed for as long as its video, each of hundreds of films of one."""
    put(store, "old", "new", "cancelled", "held", "waits")
    for end in (5.0, 9.0):
        job = claim(store, "x", 1)
        assert job is not None
        with store.write() as tx:
            assert queue.finish(tx, job, "ready", end)
    assert claim(store, "x", 1) is not None
    with store.write() as tx:
        queue.cancel(tx, "cancelled", 5.0)
        put_again = {"kind": queue.FILM, "video_id": "old", "entry_id": "1_again"}
        queue.enqueue(tx, now=6.0, **put_again)
    assert claim(store, "x", 1) is not None
    with store.write() as tx:
        assert not queue.has_ended(tx, 5.0)
        assert queue.has_ended(tx, 8.0)
        queue.forget_ended(tx, 8.0)
        assert not queue.has_ended(tx, 8.0)
        states = {job.video_id: job.state for job in queue.states(tx, open_only=False)}
    assert states == {"new": "ended", "held": "leased", "waits": "queued", "old": "queued"}
