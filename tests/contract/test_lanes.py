"""The threads that work off jobs outlive whatever happens in one, and none outlives its studio."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.jobs.runners import COMPOSERS
from storyboard.studio.local import Studio
from storyboard.studio.records import queue
from storyboard.studio.records.table_queue import TableQueue
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio


def test_a_lane_outlives_a_bug(
    studio: Studio, user: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the only one for films dies, all films wait until the studio is started again."""
    claim, broken = TableQueue.claim, set[str]()

    def broken_once(self: Any, owner: str, *rest: Any) -> queue.Job | None:
        if owner in broken:
            return claim(self, owner, *rest)
        broken.add(owner)
        raise ZeroDivisionError("a bug of the queue")

    monkeypatch.setattr(TableQueue, "claim", broken_once)
    video_id = user.video()
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    assert broken
    assert "a bug of the queue" in caplog.text


def test_a_heartbeat_outlives_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it dies, the lease lapses, and the film is made again beside the first."""
    beat, beats, gate = TableQueue.beat, list[str](), threading.Event()

    def broken_once(self: Any, job: queue.Job, *rest: Any) -> bool:
        beats.append(job.video_id)
        if len(beats) == 1:
            raise ZeroDivisionError("a bug of the queue")
        gate.set()
        return beat(self, job, *rest)

    monkeypatch.setattr(TableQueue, "beat", broken_once)
    monkeypatch.setattr(queue, "HEARTBEAT_SECONDS", 0.01)
    with open_test_studio(tmp_path, TinyFilmMaker(gate)) as studio:
        user = caller(studio)
        video_id = user.video()
        user("video/generate", id=video_id)
        user.wait(video_id, "ready")


def test_a_film_wakes_no_thread_for_compositions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty films at once had each of them ask the database eighty times, and all calls wait."""
    claim, looked = TableQueue.claim, list[str]()

    def noted(self: Any, owner: str, kind: str, *rest: Any) -> queue.Job | None:
        looked.append(kind)
        return claim(self, owner, kind, *rest)

    monkeypatch.setattr(TableQueue, "claim", noted)
    monkeypatch.setattr(TableQueue, "look_seconds", 600.0)
    with open_test_studio(tmp_path) as studio:
        user = caller(studio)
        for _ in range(5):
            video_id = user.video()
            user("video/generate", id=video_id)
            user.wait(video_id, "ready")
    assert looked.count(queue.FILM) > 5
    # At the start, and once more where they begin to listen to other processes.
    assert looked.count(queue.COMPOSITION) <= 2 * COMPOSERS


def test_no_thread_outlives_its_studio(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with open_test_studio(tmp_path) as studio:
        user = caller(studio)
        video_id = user.video()
        user("video/generate", id=video_id)
        user.raw("video/previewAudio", {"narration": {"text": "Hello."}, "videoId": video_id})
        user.wait(video_id, "ready")
        assert set(threading.enumerate()) - before
    assert not set(threading.enumerate()) - before
