"""`kill -9` of a studio in every phase of a real render, alone and beside a second studio."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from storyboard.studio.media.opening import probe_media
from storyboard.studio.records import videos
from storyboard.wire import VideoStatus
from tests.contract.studio_rig import HELLO
from tests.crash.filming_process import POINTS
from tests.crash.test_studio_kill import Process

NEVER = "never"
PATIENCE = 120
"""Seconds: a film of these takes three. What its process does then is in its stderr."""

SECOND = {"narration": {"text": "Here are the numbers of the last quarter, week by week."}}
FEW = ("frames, in the middle", "joining, joined", "recording, in the transaction", "apart")

Start = Callable[[str], Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Process] = []

    def begin(point: str) -> Process:
        program = ("tests.crash.filming_process", str(tmp_path / "workspace"), point)
        started.append(Process(tmp_path, program))
        return started[-1]

    yield begin
    for process in started:
        process.close()


def killed_while_filming(process: Process) -> str:
    """Have a video filmed; a film that fails, or that never ends, is told with its reason."""
    video_id = process.video(HELLO, SECOND)
    assert process("video/generate", id=video_id)["status"] == "generating"
    with suppress(subprocess.TimeoutExpired):
        assert process.child.wait(PATIENCE) == -signal.SIGKILL
        return video_id
    raise AssertionError(process.control("GET", f"videos/{video_id}"))


def assert_one_whole_film(process: Process, video_id: str, base: Path) -> int:
    """There is one film, it is the video's, and it plays; return the attempts it took."""
    entry_id = process.wait(video_id, "ready", seconds=PATIENCE)["entryId"]
    (medium,) = process.control("GET", "media")["objects"]
    assert medium["id"] == entry_id
    (blob,) = [path for path in base.glob("workspace/data-*/blobs/*/*") if path.is_file()]
    facts = probe_media(blob)
    assert (facts.width, facts.height, facts.has_audio) == (320, 180, True)
    assert facts.seconds == pytest.approx(medium["seconds"], abs=0.1)
    assert facts.seconds > 5
    job = process.control("GET", f"videos/{video_id}")["job"]
    assert (job["state"], job["outcome"]) == ("ended", "ready")
    leftovers = [p for p in (base / "workspace" / "tmp").rglob("*") if p.is_file()]
    assert leftovers == []
    return int(job["attempt"])


@pytest.mark.slow
@pytest.mark.parametrize("point", [*POINTS, "apart"])
def test_the_next_studio_finishes_what_was_begun(tmp_path: Path, start: Start, point: str) -> None:
    video_id = killed_while_filming(start(point))
    attempts = assert_one_whole_film(start(NEVER), video_id, tmp_path)
    assert attempts == (1 if point == "recorded" else 2)
    [path] = tmp_path.glob("workspace/data-*/studio.sqlite3")
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM jobs").fetchone() == (1,)
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize("point", FEW)
def test_a_second_studio_on_the_workspace_takes_over(
    tmp_path: Path, start: Start, point: str
) -> None:
    first, second = start(point), start(NEVER)
    # A hold would be both servers': one that is frozen takes up nothing either, and lives.
    second.child.send_signal(signal.SIGSTOP)
    video_id = killed_while_filming(first)
    with first.studio.workspace.store.read() as tx:
        video = videos.find(tx, video_id)
    assert video is not None
    assert video.status is VideoStatus.GENERATING
    second.child.send_signal(signal.SIGCONT)
    assert second.wait(video_id, "ready", seconds=PATIENCE)["entryId"]
    (medium,) = second.control("GET", "media")["objects"]
    assert medium["seconds"] > 5


@pytest.mark.slow
@pytest.mark.parametrize("point", ["frames, in the middle", "apart"])
def test_both_studios_are_killed_and_a_third_finishes(
    tmp_path: Path, start: Start, point: str
) -> None:
    first, second = start(point), start(point)
    asked = [first.video(HELLO, SECOND), second.video(SECOND, HELLO)]
    for video_id in asked:
        first("video/generate", id=video_id)
    for process in (first, second):
        assert process.child.wait(PATIENCE) == -signal.SIGKILL
    third = start(NEVER)
    entries = {third.wait(video_id, "ready", seconds=PATIENCE)["entryId"] for video_id in asked}
    assert {medium["id"] for medium in third.control("GET", "media")["objects"]} == entries
    assert len(entries) == 2
