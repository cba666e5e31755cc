"""The log of an SQLite file stays short, and no commit brings it in."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from storyboard.studio.records import sqlite_checkpoints, sqlite_file, videos
from storyboard.studio.records.session import Principal
from storyboard.studio.records.sqlite_file import SqliteStore
from tests.support.passing_time import eventually

ANA = Principal(1, "ana")
SCENES = [{"narration": {"text": "A text of some pages. " * 200}}]


def size(path: Path) -> int:
    return path.stat().st_size


def beginnings(log: Path) -> int:
    """Return how often a log was begun anew, as its head says."""
    with log.open("rb") as file:
        return int.from_bytes(file.read(16)[12:])


def test_the_log_stays_short_though_there_is_always_one_more_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was brought in by the commit that made it long, which waited for the disk."""
    monkeypatch.setattr(sqlite_checkpoints, "_LONG", 512)
    monkeypatch.setattr(sqlite_file, "PAGES", 1 << 30)  # no commit brings it in
    path = tmp_path / "studio.sqlite3"
    log = path.with_name(f"{path.name}-wal")
    made, over = list[str](), threading.Event()

    def write(store: SqliteStore) -> None:
        while not over.is_set():
            with store.write() as tx:
                made.append(
                    videos.add(tx, ANA, name="v", avatar_id=None, scenes=SCENES, now=1.0).id
                )

    with closing(SqliteStore(path)) as store:
        threads = [threading.Thread(target=write, args=(store,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            eventually(lambda: beginnings(log) >= 3, seconds=120)
        finally:
            over.set()
            for thread in threads:
                thread.join()
        with store.read() as tx:
            assert videos.latest(tx, 1_000_000)[0] == len(made)
    assert not log.exists()
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM videos").fetchone() == (len(made),)


def test_a_commit_leaves_the_log_as_it_is(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "studio.sqlite3")) as store:
        before = size(tmp_path / "studio.sqlite3")
        for _ in range(sqlite_checkpoints._COMMITS // 2):
            with store.write() as tx:
                videos.add(tx, ANA, name="v", avatar_id=None, scenes=SCENES, now=1.0)
        assert size(tmp_path / "studio.sqlite3") == before
