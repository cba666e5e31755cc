"""The queue's promises: one holder at a time, fences, attempts, dead owners."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import StudioError
from storyboard.studio.records import queue
from storyboard.studio.records.owner import is_surely_dead, this_process
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.sql import sqlite_texts
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.table_queue import TableQueue

ELSEWHERE = "0123456789ab.17.1.0"
GIVEN = {"kind": "x", "needs": "", "now": 1.0, "machine": "m", "partner_id": 1, "user_id": "ana"}


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
    return TableQueue(store, lambda _: now).claim(owner, kind)


@pytest.mark.parametrize(
    "name",
    [
        "jobs.find_queued",
        "jobs.silent",
        "jobs.open",
        "jobs.users",
        "jobs.first_of_user",
        "scene_claims.films",
    ],
)
def test_the_queue_looks_through_no_ended_job(store: SqliteStore, name: str) -> None:
    with store.read() as tx:
        query = f"EXPLAIN QUERY PLAN {sqlite_texts()[name]}"
        plan = " ".join(str(tuple(row)) for row in tx.connection.execute(query, GIVEN))
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
