"""`kill -9` of a studio in the middle of a render: nothing is lost, nothing is made twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from storyboard.local_studio.opening import places_of
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.support.passing_time import eventually

ROOT = Path(__file__).parents[2]

LONG = 3600.0
"""Seconds of a lease: who takes up work before has seen that its worker is dead."""


class Process(Caller):
    """A studio in a process of its own, and a user of it."""

    def __init__(
        self, base: Path, program: tuple[str, ...] = (), lease: float = LONG, drain: float = 0
    ) -> None:
        files = (str(base / name) for name in ("workspace", "gate", "tally"))
        gated = [*files, str(lease), str(drain)]
        self.child = subprocess.Popen(
            [sys.executable, "-m", *(program or ("tests.crash.studio_process", *gated))],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.child.stdout is not None
        url = self.child.stdout.readline().strip()
        assert url, "the studio did not start"
        studio = open_test_studio(base / "workspace", public_url=url, **places_of(os.environ))
        super().__init__(studio, caller(studio).ks)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return httpx.request(method, self.base + path, timeout=30, trust_env=False, **options)

    def kill(self, number: int = signal.SIGKILL) -> int:
        self.child.send_signal(number)
        code = self.child.wait(60)
        self.close()
        return code

    def close(self) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        if self.child.stdout is not None:
            self.child.stdout.close()
        self.studio.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Process]]:
    started: list[Process] = []

    def begin() -> Process:
        started.append(Process(tmp_path))
        return started[-1]

    yield begin
    for process in started:
        process.close()


def films(base: Path) -> int:
    tally = base / "tally"
    return len(tally.read_text().splitlines()) if tally.exists() else 0


@pytest.mark.slow
def test_a_killed_render_is_taken_up_at_once(tmp_path: Path, start: Callable[[], Process]) -> None:
    first = start()
    video_id = first.video()
    first("video/generate", id=video_id)
    eventually(lambda: films(tmp_path) == 1)
    first.kill()
    (tmp_path / "gate").touch()
    second = start()
    eventually(lambda: films(tmp_path) == 2)
    entry_id = second.wait(video_id, "ready")["entryId"]
    media = second.control("GET", "media")["objects"]
    assert [entry["id"] for entry in media] == [entry_id]
    assert second.control("GET", f"videos/{video_id}")["job"]["attempt"] == 2
    assert not [d for d in (tmp_path / "workspace" / "tmp").iterdir() if any(d.iterdir())]


@pytest.mark.slow
def test_a_render_that_kills_twice_ends_in_an_error(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    process = start()
    video_id = process.video()
    process("video/generate", id=video_id)
    for attempt in (1, 2):
        eventually(lambda wanted=attempt: films(tmp_path) == wanted)
        process.kill()
        process = start()
    process.wait(video_id, "generate-error")
    reason = process.control("GET", f"videos/{video_id}")["reason"]
    assert reason.startswith("renderer-died")
    assert films(tmp_path) == 2


@pytest.mark.slow
def test_another_process_takes_the_work_of_a_killed_one(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    first, second = start(), start()
    videos = [first.video(name=f"video {number}") for number in range(3)]
    for video_id in videos:
        first("video/generate", id=video_id)
    eventually(lambda: films(tmp_path) >= 2)
    first.kill()
    (tmp_path / "gate").touch()
    entries = {second.wait(video_id, "ready")["entryId"] for video_id in videos}
    assert len(entries) == 3
    assert {entry["id"] for entry in second.control("GET", "media")["objects"]} == entries


@pytest.mark.slow
def test_two_processes_share_one_workspace_and_no_film(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    (tmp_path / "gate").touch()
    first, second = start(), start()
    videos = [(first, second)[n % 2].video(name=f"video {n}") for n in range(6)]
    for number, video_id in enumerate(videos):
        (second, first)[number % 2]("video/generate", id=video_id)
    entries = {first.wait(video_id, "ready")["entryId"] for video_id in videos}
    assert len(entries) == 6
    assert films(tmp_path) == 6


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_end_gives_the_work_back(
    tmp_path: Path, start: Callable[[], Process], number: int
) -> None:
    first = start()
    video_id = first.video()
    first("video/generate", id=video_id)
    eventually(lambda: films(tmp_path) == 1)
    assert first.kill(number) == 0
    (tmp_path / "gate").touch()
    second = start()
    second.wait(video_id, "ready")
    assert second.control("GET", f"videos/{video_id}")["job"]["attempt"] == 1


@pytest.mark.slow
def test_a_kill_between_any_two_requests_keeps_what_was_answered(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    process = start()
    ids = []
    for number in range(3):
        ids.append(process.video(name=f"video {number}"))
        process.kill()
        process = start()
    listed = process("video/list", filter={"orderBy": "createdAt"})
    assert [video["id"] for video in listed["objects"]] == ids
    [path] = tmp_path.glob("workspace/data-*/studio.sqlite3")
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
