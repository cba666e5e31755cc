"""SIGTERM: no new work is taken, what was begun may end, and nothing is lost where it does not."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storyboard.studio.records import queue
from tests.contract.studio_rig import open_test_studio
from tests.crash.test_studio_kill import Process, films
from tests.support.passing_time import eventually

AN_HOUR = 3600.0

pytestmark = pytest.mark.slow


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[float], Process]]:
    started: list[Process] = []

    def begin(drain: float) -> Process:
        started.append(Process(tmp_path, drain=drain))
        return started[-1]

    yield begin
    for process in started:
        process.close()


def begun(process: Process, base: Path) -> str:
    """Have a film begun, and return its video."""
    video = process.video()
    process("video/generate", id=video)
    eventually(lambda: films(base) == 1)
    return video


def told_to_end(process: Process) -> None:
    process.child.send_signal(signal.SIGTERM)
    eventually(lambda: process.send("GET", "/readyz").status_code == 503)


def jobs(base: Path) -> list[tuple[str, str, int]]:
    studio = open_test_studio(base / "workspace")
    try:
        with studio.workspace.store.read() as tx:
            found = queue.states(tx, open_only=False)
    finally:
        studio.close()
    return [(job.video_id, job.outcome or job.state, job.attempt) for job in found]


def test_a_film_in_work_ends_and_no_other_begins(
    tmp_path: Path, start: Callable[[float], Process]
) -> None:
    process = start(AN_HOUR)
    video, other = begun(process, tmp_path), process.video(name="Another")
    told_to_end(process)
    refused = process.raw("video/generate", {"id": other})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert process("video/get", id=video)["status"] == "generating"
    (tmp_path / "gate").touch()
    assert process.child.wait(60) == 0
    assert jobs(tmp_path) == [(video, "ready", 1)]


def test_a_film_that_takes_longer_is_given_back(
    tmp_path: Path, start: Callable[[float], Process]
) -> None:
    process = start(0.5)
    video = begun(process, tmp_path)
    assert process.kill(signal.SIGTERM) == 0
    assert jobs(tmp_path) == [(video, "queued", 0)]


def test_a_second_signal_ends_at_once(tmp_path: Path, start: Callable[[float], Process]) -> None:
    process = start(AN_HOUR)
    video = begun(process, tmp_path)
    told_to_end(process)
    assert process.kill(signal.SIGTERM) == 0
    assert jobs(tmp_path) == [(video, "queued", 0)]
