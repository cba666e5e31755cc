"""What whoever runs the studio asks it without a session: whether it lives, and takes work."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from starlette.requests import Request

from storyboard.studio.api.authentication import stranger_at, visit_of
from storyboard.studio.api.probes import Probes
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.jobs.place_watch import PlaceWatch
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.local import Studio
from storyboard.studio.records.file_store import FilesAway
from storyboard.studio.records.store import StoreError, Transaction
from tests.contract.studio_rig import Caller
from tests.support.passing_time import Clock

SECRET_PLACE = "postgresql://studio.internal/videos"


class BrokenStore:
    """Test only: a database that fails, or that answers once it is let."""

    def __init__(self) -> None:
        self.reads = 0
        self.is_broken = True
        self.says: Callable[[int], str] = lambda reads: ""
        self.gate = threading.Event()
        self.gate.set()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        self.reads += 1
        self.gate.wait(60)
        if self.is_broken:
            told = f"the studio's data in '{SECRET_PLACE}' cannot be read{self.says(self.reads)}"
            raise StoreError(told)
        yield AnyRows()


class AnyRows:
    """Test only: finds nothing."""

    def row(self, statement: str, /, **values: Any) -> None:
        return None


def ask(probes: Probes) -> tuple[int, bytes]:
    request = Request({"type": "http", "path": "/readyz", "query_string": b"", "headers": []})
    answer = asyncio.run(probes.ready(request))
    return answer.status_code, bytes(answer.body)


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads()
    yield made
    made.close()


def probes_of(workspace: Workspace, store: BrokenStore, threads: Threads, **options: Any) -> Probes:
    return Probes(replace(workspace, store=store), threads, **options)  # type: ignore[arg-type]


def test_anybody_may_ask_and_is_told_one_word(studio: Studio) -> None:
    stranger = Caller(studio, "")
    for path, word in (("/healthz", "ok"), ("/readyz", "ready")):
        answer = stranger.send("GET", path)
        assert (answer.status_code, answer.json()) == (200, {"status": word})
        assert answer.headers["cache-control"] == "no-store"


def test_who_only_makes_films_is_not_ready_while_its_place_is_away(
    studio: Studio, threads: Threads
) -> None:
    """Servers stay: a balancer would send nobody any more, though all but films is there."""

    def fails() -> str | None:
        raise FilesAway("no answer")

    place = PlaceWatch(fails)
    place.look()
    workspace = replace(studio.workspace, place=place)
    assert ask(Probes(workspace, threads)) == (200, b'{"status":"ready"}')
    code, told = ask(Probes(workspace, threads, makes_films=True))
    assert (code, b'"files"' in told, b"no answer" in told) == (503, True, False)


def test_without_its_data_it_lives_and_is_not_ready(studio: Studio) -> None:
    data = studio.workspace.data
    data.rename(data.with_name("elsewhere"))
    try:
        answer = Caller(studio, "").send("GET", "/readyz")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert answer.json()["status"] == "not ready"
        assert answer.json()["reasons"][0] == "files"  # SQLite's file was in it, too
        assert Caller(studio, "").send("GET", "/healthz").status_code == 200
    finally:
        data.with_name("elsewhere").rename(data)


def test_a_broken_database_is_told_by_its_kind_and_logged_once(
    studio: Studio, threads: Threads, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    store, clock = BrokenStore(), Clock()
    probes = probes_of(studio.workspace, store, threads, clock=clock)
    for _ in range(3):
        status, told = ask(probes)
        assert (status, told) == (503, b'{"status":"not ready","reasons":["database"]}')
        clock.seconds += 2
    assert [record.message for record in caplog.records] == [
        f"not ready: the studio's data in '{SECRET_PLACE}' cannot be read"
    ]
    store.is_broken = False
    assert ask(probes) == (200, b'{"status":"ready"}')
    assert caplog.records[-1].message == "ready again"


def test_who_asks_often_fills_no_log_by_what_fails_in_many_words(
    studio: Studio, threads: Threads, caplog: pytest.LogCaptureFixture
) -> None:
    store, clock = BrokenStore(), Clock()
    store.says = lambda reads: f" by connection {reads}"
    probes = probes_of(studio.workspace, store, threads, clock=clock)
    for _ in range(5):
        ask(probes)
        clock.seconds += 2
    assert store.reads == 5
    assert len([each for each in caplog.records if "not ready" in each.message]) == 1


def test_many_who_ask_within_a_second_look_once(studio: Studio, threads: Threads) -> None:
    store, clock = BrokenStore(), Clock()
    probes = probes_of(studio.workspace, store, threads, clock=clock)
    for _ in range(20):
        ask(probes)
    assert store.reads == 1
    clock.seconds += 1.1
    ask(probes)
    assert store.reads == 2


def test_a_database_that_hangs_is_not_waited_for(studio: Studio, threads: Threads) -> None:
    store = BrokenStore()
    store.gate.clear()
    probes = probes_of(studio.workspace, store, threads, patience=0.05)
    try:
        status, told = ask(probes)
        assert (status, told) == (503, b'{"status":"not ready","reasons":["database"]}')
    finally:
        store.gate.set()


def test_no_crowd_of_strangers_makes_a_studio_look_not_ready(studio: Studio) -> None:
    """A proxy asks from the address of all who come through it, and would take the server out."""
    threads, gate = Threads(), threading.Event()
    probes = Probes(studio.workspace, threads, patience=30.0)
    asked = Request({"type": "http", "path": "/readyz", "query_string": b"", "headers": []})

    async def crowded() -> int:
        stranger = stranger_at(visit_of(asked))
        waiting = [asyncio.create_task(threads.call(stranger, gate.wait)) for _ in range(50)]
        await asyncio.sleep(0.05)
        told = await asyncio.wait_for(probes.ready(asked), 30)
        assert not any(each.done() for each in waiting)
        gate.set()
        await asyncio.gather(*waiting)
        return told.status_code

    try:
        assert asyncio.run(crowded()) == 200
    finally:
        gate.set()
        threads.close()
