"""Workers of one studio in PostgreSQL on their bad days: killed, frozen, told to end, cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

import psycopg
import pytest

from storyboard.studio.records import entries, queue
from storyboard.studio.records.opening import schema_of
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio
from tests.crash.filming_process import POINTS
from tests.crash.test_compose_studio_killed import asked_to_compose
from tests.crash.worker_process import COMPOSING, STOPS
from tests.support.passing_time import eventually
from tests.support.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.scale
PATIENCE = 120.0
LONG = 600.0
"""Seconds of a lease that no machine is too slow for: it does not lapse in a test."""

SHORT = 5.0
ROOT = str(Path(__file__).parents[2])

until = partial(eventually, seconds=PATIENCE)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


def begun_worker(
    workspace: Path,
    url: str,
    point: str,
    tally: Path,
    gate: Path,
    lease: float,
    *,
    prefix: Sequence[str] = (),
    log: IO[str] | None = None,
    env: Mapping[str, str] = os.environ,
) -> subprocess.Popen[str]:
    """Start a worker, as `worker_process` takes these words, after those of a `prefix`."""
    program = ("tests.crash.worker_process", workspace, url, point)
    words = [*prefix, sys.executable, "-m", *program, tally, gate, str(lease)]
    told = {**env, "PYTHONPATH": ROOT}
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, env=told)


def assert_told(program: subprocess.Popen[str], line: str) -> None:
    """Wait until it says a line."""
    assert program.stdout is not None
    assert program.stdout.readline() == f"{line}\n"


def assert_works(worker: subprocess.Popen[str]) -> None:
    """Wait until it works."""
    assert_told(worker, "works")


def assert_jumps(worker: subprocess.Popen[str], number: signal.Signals = signal.SIGUSR1) -> None:
    """Have its clock jump ahead by an hour, which is longer than any lease, or back."""
    worker.send_signal(number)
    assert_told(worker, "jumped")


def rendered(tally: Path) -> dict[int, set[int]]:
    """Return which processes began to render scenes that wait at the gate, and which."""
    found: dict[int, set[int]] = {}
    with suppress(FileNotFoundError):
        for line in tally.read_text().splitlines():
            scene, process = map(int, line.split())
            found.setdefault(process, set()).add(scene)
    return found


class Rig:
    """A studio that renders nothing itself, and the workers that a test starts for it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.workspace, self.url = folder / "w", url
        self.tally, self.gate = folder / "tally", folder / "gate"
        self.user: Caller = caller(open_test_studio(self.workspace, workers=0, database=url))
        self.workers: list[subprocess.Popen[str]] = []

    def worker(self, point: str = "gated", lease: float = LONG) -> subprocess.Popen[str]:
        """Start a worker whose leases are that long, and wait until it works."""
        started = begun_worker(self.workspace, self.url, point, self.tally, self.gate, lease)
        self.workers.append(started)
        assert_works(started)
        return started

    def film(self, scenes: int = 1) -> str:
        """Have a video filmed, and return its id."""
        each = [{"narration": {"text": f"Here is number {n} of them."}} for n in range(scenes - 1)]
        video = self.user.video(HELLO, *each)
        assert self.user("video/generate", id=video)["status"] == "generating"
        return video

    def composition(self) -> str:
        """Have a video composed, and return its id."""
        return asked_to_compose(self.user, self.workspace.parent)

    def begun(self) -> list[int]:
        """Return the processes that began a film or a composition, one for each."""
        with suppress(FileNotFoundError):
            return [int(line) for line in self.tally.read_text().split()]
        return []

    def job(self, video: str) -> queue.JobState:
        with self.user.studio.workspace.store.read() as tx:
            found = queue.last_of(tx, video)
        assert found is not None
        return found

    def assert_one_film(self, *videos: str) -> None:
        """Each video has one film, each film its file, and there is nothing else."""
        made = {self.user.wait(video, "ready", PATIENCE)["entryId"] for video in videos}
        workspace = self.user.studio.workspace
        with workspace.store.read() as tx:
            kept = {each.id: each.blob for each in entries.find_all(tx)}
        assert kept.keys() == made
        files = {p.relative_to(workspace.data / "blobs") for p in workspace.data.glob("blobs/*/*")}
        assert {str(path) for path in files} == {*kept.values()}

    def assert_one_composition(self, video: str) -> None:
        """The video has its scenes, of one job, and there is no file but that of the talk."""
        assert self.user.wait(video, "composed", PATIENCE)["scenes"]
        workspace = self.user.studio.workspace
        with workspace.store.read() as tx:
            assert len(tx.rows("jobs.rows")) == 1
            kept = {each.blob for each in entries.find_all(tx)}
        files = {p.relative_to(workspace.data / "blobs") for p in workspace.data.glob("blobs/*/*")}
        assert ({str(path) for path in files}, len(kept)) == (kept, 1)
        assert [p for p in (workspace.path / "tmp").rglob("*") if p.is_file()] == []

    def close(self) -> None:
        for each in self.workers:
            if each.poll() is None:
                each.kill()
            each.wait()
            assert each.stdout is not None
            each.stdout.close()
        self.user.studio.close()


@pytest.fixture
def rig(tmp_path: Path, server: PostgresServer) -> Iterator[Rig]:
    made = Rig(tmp_path, server.url)
    yield made
    made.close()


def test_a_frozen_worker_that_comes_back_publishes_nothing(rig: Rig) -> None:
    """It slept as its machine did: another made the film by then, and the sleeper makes it too.

    Its clock was an hour ahead, and its lease ended no later for that.
    """
    frozen = rig.worker(lease=SHORT)
    video = rig.film()
    until(lambda: rig.begun() == [frozen.pid])
    assert_jumps(frozen)
    frozen.send_signal(signal.SIGSTOP)
    other = rig.worker()
    until(lambda: rig.begun() == [frozen.pid, other.pid])
    rig.gate.touch()
    film = rig.user.wait(video, "ready", PATIENCE)["entryId"]
    other.terminate()
    assert other.wait(PATIENCE) == 0
    frozen.send_signal(signal.SIGCONT)
    second = rig.film()  # which the sleeper takes up once it is done with the first
    rig.assert_one_film(video, second)
    assert rig.user("video/get", id=video)["entryId"] == film
    assert rig.job(video).attempt == 2


def test_a_film_stays_with_its_maker_whatever_a_clock_or_a_bell_says(
    rig: Rig, server: PostgresServer
) -> None:
    """A lease is of the database's time, and who is told twice of a film finds it taken."""
    holder, other = rig.worker(), rig.worker()
    first = rig.film()
    until(lambda: len(rig.begun()) == 1)
    for each in (holder, other):
        assert_jumps(each)
    schema = schema_of(rig.user.studio.workspace.identity)
    with psycopg.connect(server.url, autocommit=True) as anyone:
        for _ in range(20):
            anyone.execute("SELECT pg_notify(%s, '')", (schema,))
    second = rig.film()  # the idle one looks for films whose holders are silent, and then at this
    until(lambda: len(rig.begun()) == 2)
    assert {*rig.begun()} == {holder.pid, other.pid}
    rig.gate.touch()
    rig.assert_one_film(first, second)
    assert (rig.job(first).attempt, rig.job(second).attempt) == (1, 1)


def test_a_film_whose_only_worker_was_killed_is_told_to_lack_one(rig: Rig) -> None:
    """Nobody would take it up, and nothing said so."""
    rig.user.studio.start()

    def lacking() -> bool:
        [job] = rig.user.control("GET", "progress")["objects"]
        return bool(job["lacksWorker"])

    only = rig.worker(lease=SHORT)
    rig.film()
    until(rig.begun)
    assert not lacking()
    only.kill()
    until(lacking)
    rig.worker()
    until(lambda: len(rig.begun()) == 2)
    assert not lacking()


def test_a_worker_that_is_told_to_end_gives_its_film_back(rig: Rig) -> None:
    first = rig.worker()
    video = rig.film()
    until(lambda: rig.begun() == [first.pid])
    first.terminate()
    assert first.wait(PATIENCE) == 0
    assert (rig.job(video).state, rig.job(video).attempt) == ("queued", 0)
    rig.gate.touch()
    rig.worker()
    rig.assert_one_film(video)
    assert rig.job(video).attempt == 1


def test_the_film_goes_on_while_servers_end_and_the_database_restarts(
    rig: Rig, server: PostgresServer
) -> None:
    rig.worker()
    video = rig.film()
    until(rig.begun)
    rig.user.studio.close()
    server.crash()
    server.start()
    rig.gate.touch()
    rig.user = caller(open_test_studio(rig.workspace, workers=0, database=rig.url))
    rig.assert_one_film(video)
    assert len(rig.begun()) == 1


def test_a_worker_hears_of_a_job_at_once_and_of_its_end(rig: Rig) -> None:
    """A video that is deleted stops its film, on whatever machine that is made."""
    rig.worker()
    video = rig.film()
    until(rig.begun)
    rig.user("video/delete", id=video)
    second = rig.film()
    until(lambda: len(rig.begun()) == 2)  # the gate is closed: the first one did not end by it
    rig.gate.touch()
    rig.assert_one_film(second)


@pytest.mark.parametrize("end", ["made", "killed"])
def test_scenes_of_one_film_are_made_on_two_machines(rig: Rig, end: str) -> None:
    """What a helper has taken is made by it alone, or, where it dies, by the film's holder."""
    holder = rig.worker("apart")
    video = rig.film(scenes=9)
    until(lambda: holder.pid in rendered(rig.tally))
    helper = rig.worker("apart", SHORT if end == "killed" else LONG)
    until(lambda: helper.pid in rendered(rig.tally))
    [scene] = rendered(rig.tally)[helper.pid]
    assert scene == 8
    until(lambda: [p for p in rig.workspace.rglob("*.elsewhere") if "8" in p.read_text()])
    if end == "killed":
        helper.kill()
    rig.gate.touch()
    rig.assert_one_film(video)
    assert (scene in rendered(rig.tally)[holder.pid]) == (end == "killed")
    assert rig.job(video).attempt == 1


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_worker_is_made_up_for(rig: Rig, point: str) -> None:
    killed = rig.worker(point)
    video = rig.film()
    assert killed.wait(PATIENCE) == -signal.SIGKILL
    rig.worker("never")
    rig.assert_one_film(video)
    assert rig.job(video).attempt == (1 if point == "recorded" else 2)


@pytest.mark.parametrize("point", COMPOSING)
def test_a_worker_killed_in_a_composition_is_made_up_for(rig: Rig, point: str) -> None:
    killed = rig.worker(point)
    video = rig.composition()
    assert killed.wait(PATIENCE) == -signal.SIGKILL
    rig.worker("never")
    rig.assert_one_composition(video)
    assert rig.job(video).attempt == (1 if point == "stored" else 2)


@pytest.mark.parametrize("point", [*POINTS, *COMPOSING])
def test_a_job_goes_on_though_the_database_is_killed(
    rig: Rig, server: PostgresServer, point: str
) -> None:
    """Its worker is at the same points as one that is killed, and stores what it made later."""
    worker = rig.worker(f"{STOPS}{point}")
    video = rig.composition() if point in COMPOSING else rig.film()
    assert_told(worker, "there")
    server.kill()
    rig.gate.touch()
    server.start()
    if point in COMPOSING:
        rig.assert_one_composition(video)
    else:
        rig.assert_one_film(video)
    assert rig.job(video).attempt == 1
