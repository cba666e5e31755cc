"""Jobs that ended go after a while, and what came of them stays."""

from __future__ import annotations

import time
from pathlib import Path

from storyboard.studio.jobs.ended_jobs import KEPT_SECONDS, PAUSE, EndedJobs
from storyboard.studio.records import queue
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio
from tests.support.passing_time import Clock, eventually


def film(user: Caller) -> str:
    video = user.video(HELLO)
    user("video/generate", id=video)
    user.wait(video, "ready")
    return video


def test_how_a_film_went_is_told_for_a_month(tmp_path: Path) -> None:
    def early() -> float:
        return time.time() - KEPT_SECONDS - 3_600

    with open_test_studio(tmp_path / "w", clock=early) as studio:
        user = caller(studio)
        old = film(user)
        assert user.control("GET", f"videos/{old}")["job"]["outcome"] == "ready"
    with open_test_studio(tmp_path / "w") as studio:
        user = caller(studio)
        eventually(lambda: user.control("GET", f"videos/{old}")["job"] is None)
        told = user.control("GET", f"videos/{old}")
        assert (told["status"], bool(told["entryId"])) == ("ready", True)
        new = film(user)
        user.control("POST", "clock", json={"advance": 2 * KEPT_SECONDS})
        EndedJobs(studio.workspace).look()  # a clock that is set forgets nothing
        assert user.control("GET", f"videos/{new}")["job"]["outcome"] == "ready"


def test_a_server_looks_once_an_hour(tmp_path: Path) -> None:
    """All rows are looked through."""
    clock = Clock()
    with open_test_studio(tmp_path / "w", workers=0) as studio:
        user, ended = caller(studio), EndedJobs(studio.workspace, clock)
        ended.look()
        video = user.video(HELLO)
        user("video/generate", id=video)
        with studio.workspace.store.write() as tx:
            queue.cancel(tx, video, 1.0)
        clock.seconds += PAUSE - 1
        ended.look()
        assert user.control("GET", f"videos/{video}")["job"]["state"] == "cancelled"
        clock.seconds += 1
        ended.look()
        assert user.control("GET", f"videos/{video}")["job"] is None
