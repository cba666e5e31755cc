"""The queue's promises: one holder at a time, fences, attempts, dead owners."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import StudioError
from storyboard.studio.records import queue
from storyboard.studio.records.owner import is_surely_dead, this_process
from storyboard.studio.records.queue import LEASE_SECONDS
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.sql import sqlite_texts
from storyboard.studio.records.sqlite_file import SqliteStore

ELSEWHERE = "0123456789ab.17.1.0"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "studio.sqlite3")
    yield opened
    opened.close()


def put(store: SqliteStore, *videos: str) -> None:
    with store.write() as tx:
        for number, video in enumerate(videos):
            queue.enqueue(tx, queue.FILM, video, f"1_{video}", float(number))


def claim(store: SqliteStore, owner: str, now: float, kind: str = queue.FILM) -> queue.Job | None:
    return queue.claim(store, owner, now, kind)


def test_jobs_come_in_order_and_once(store: SqliteStore) -> None:
    put(store, "a", "b")
    first, second = claim(store, "x", 1), claim(store, "y", 1)
    assert first is not None
    assert second is not None
    assert (first.video_id, second.video_id) == ("a", "b")
    assert claim(store, "z", 1) is None


def test_users_take_turns(store: SqliteStore) -> None:
    """A user who queued thousands of films kept all others waiting until the last of them."""
    owners = {"a": "abcdef", "b": "xy", "c": "z"}
    with store.write() as tx:
        for user, ids in owners.items():
            for number, video in enumerate(ids):
                tx.connection.execute(
                    "INSERT INTO videos (id, partner_id, user_id, name, scenes, status,"
                    " created_at, updated_at) VALUES (?, 1, ?, '', '[]', 'generating', 0, 0)",
                    (video, user),
                )
                queue.enqueue(tx, queue.FILM, video, f"1_{video}", float(number))
    turns = queue.Turns()
    taken = [queue.claim(store, "x", 1, queue.FILM, turns) for _ in range(10)]
    assert [job.video_id for job in taken if job] == [*"axzbycdef"]


@pytest.mark.parametrize("name", ["find_queued", "leased", "open", "first_of_each_user"])
def test_the_queue_looks_through_no_ended_job(store: SqliteStore, name: str) -> None:
    with store.read() as tx:
        query = f"EXPLAIN QUERY PLAN {sqlite_texts()[f'jobs.{name}']}"
        plan = " ".join(str(tuple(row)) for row in tx.connection.execute(query, {"kind": "x"}))
        assert "one_open_job_a_video" in plan


def test_a_transaction_that_cannot_end_blocks_no_other(store: SqliteStore) -> None:
    """Its connection was lent again, with the lock of the file: all others waited for it."""

    def break_off() -> None:
        with store.write() as tx:
            tx.connection.execute(
                "PRAGMA defer_foreign_keys=ON"
            )  # so that it is the end that is refused
            tx.connection.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
            tx.connection.execute("CREATE TABLE children (parent INTEGER REFERENCES parents (id))")
            tx.connection.execute("INSERT INTO children VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError):
        break_off()
    put(store, "a")
    assert claim(store, "x", 1) is not None


def test_each_kind_has_a_lane_of_its_own(store: SqliteStore) -> None:
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


def test_a_lease_runs_out_and_the_late_one_stores_nothing(store: SqliteStore) -> None:
    put(store, "a")
    late = claim(store, ELSEWHERE, 0)
    assert late is not None
    assert claim(store, "y", LEASE_SECONDS - 0.1) is None
    fresh = claim(store, "y", LEASE_SECONDS + 0.1)
    assert fresh is not None
    assert (fresh.seq, fresh.attempt, fresh.entry_id) == (late.seq, 2, late.entry_id)
    assert not queue.beat(store, late, 11)
    with store.write() as tx:
        assert not queue.finish(tx, late, "ready", 11)
        assert queue.finish(tx, fresh, "ready", 11)
        assert not queue.finish(tx, fresh, "ready", 11)


def test_a_heartbeat_keeps_the_lease(store: SqliteStore) -> None:
    put(store, "a")
    job = claim(store, ELSEWHERE, 0)
    assert job is not None
    assert queue.beat(store, job, 9, "frames", 3, 4, [(1, 2), (2, 2)])
    assert claim(store, "y", LEASE_SECONDS + 1) is None
    with store.read() as tx:
        state = queue.states(tx, open_only=True)[0]
    assert (state.stage, state.done, state.total) == ("frames", 3, 4)
    assert state.scenes == ((1, 2), (2, 2))


def test_releasing_takes_the_attempt_back(store: SqliteStore) -> None:
    put(store, "a")
    for _ in range(5):
        job = claim(store, "x", 0)
        assert job is not None
        assert job.attempt == 1
        queue.release(store, job)


def test_a_cancelled_job_is_nobodys(store: SqliteStore) -> None:
    put(store, "a")
    job = claim(store, "x", 0)
    assert job is not None
    with store.write() as tx:
        queue.cancel(tx, "a", 1)
        assert not queue.finish(tx, job, "ready", 1)
    assert claim(store, "y", 100) is None


def test_a_dead_owner_is_known(store: SqliteStore) -> None:
    code = "from storyboard.studio.records.owner import this_process; print(this_process('0'))"
    root = str(Path(__file__).parents[2])
    child = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    dead = child.stdout.strip()
    assert is_surely_dead(dead)
    assert not is_surely_dead(this_process("0"))
    assert not is_surely_dead(ELSEWHERE)
    assert not is_surely_dead("")
    machine, pid, start, part = this_process("0").split(".")
    assert is_surely_dead(f"{machine}.{pid}.{int(start) - 1}.{part}")
    put(store, "a")
    assert claim(store, dead, 0) is not None
    assert claim(store, "y", 0.1) is not None


def test_many_threads_share_no_job(store: SqliteStore) -> None:
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


def test_a_failed_transaction_leaves_nothing(store: SqliteStore) -> None:
    def fail() -> None:
        with store.write() as tx:
            queue.enqueue(tx, queue.FILM, "a", "1_a", 0)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert claim(store, "x", 0) is None


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "studio.sqlite3"
    store = SqliteStore(path)
    with store.read() as tx:
        tx.connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    store.close()
    with pytest.raises(StudioError, match="newer version"):
        SqliteStore(path)


def test_a_file_that_is_no_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "studio.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    opened = list[sqlite3.Connection]()
    connect = sqlite3.connect

    def connecting(*arguments: Any, **settings: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **settings))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connecting)
    with pytest.raises(StudioError, match="cannot be opened"):
        SqliteStore(path)
    assert opened
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_an_older_file_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "studio.sqlite3"
    with sqlite3.connect(path) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("INSERT INTO jobs (kind, video_id, entry_id, state, created_at)"
                    " VALUES ('generate', 'a', '1_a', 'queued', 0)")  # fmt: skip
        old.execute("PRAGMA user_version=1")
    old.close()
    store = SqliteStore(path)
    job = claim(store, "x", 0)
    assert job is not None
    assert job.video_id == "a"
    with store.read() as tx:
        assert tx.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    store.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_workspace_becomes_what_a_new_one_is(tmp_path: Path, version: int) -> None:
    old = sqlite3.connect(tmp_path / "old.sqlite3")
    for script in MIGRATIONS[:version]:
        old.executescript(script)
    old.execute(f"PRAGMA user_version={version}")
    old.close()

    def tables(name: str) -> set[str]:
        opened = SqliteStore(tmp_path / name)
        with opened.read() as rows:
            found = {row[0] for row in rows.connection.execute("SELECT name FROM sqlite_master")}
        opened.close()
        return found

    assert tables("old.sqlite3") == tables("new.sqlite3")


def test_a_released_script_is_never_edited() -> None:
    """Workspaces have run these: what they lack comes as another script."""
    written = "".join(MIGRATIONS[:2]).encode()
    assert hashlib.sha256(written).hexdigest()[:16] == "afb56ea755293d34"
