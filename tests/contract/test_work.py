"""What the console tells of the queue: of all processes that share a studio, to who may look."""

from __future__ import annotations

import os
import platform
import threading
from pathlib import Path
from typing import Any

import pytest

from storyboard import __version__
from storyboard.studio.jobs import presence
from storyboard.studio.jobs.place_watch import MachineFault, never_lost
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.file_store import FilesAway
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio
from tests.support.databases import rows_of_run
from tests.support.passing_time import eventually


def test_lanes_and_processes_are_told_as_they_are(tmp_path: Path) -> None:
    gate = threading.Event()
    with open_test_studio(tmp_path, TinyFilmMaker(gate), workers=1) as studio:
        user = caller(studio)

        def told() -> Any:
            return user.control("GET", "work")

        eventually(lambda: told()["processes"])
        [idle] = told()["processes"]
        assert (idle["role"], idle["version"]) == ("server", __version__)
        assert (idle["makes"], idle["jobs"]) == (["generate", "compose"], [])
        assert [lane["idle"] for lane in told()["lanes"]] == [1, 1]
        made, waits = user.video(name="made"), user.video(name="waits")
        for video in (made, waits):
            user("video/generate", id=video)
        eventually(lambda: told()["processes"][0]["jobs"] and told()["lanes"][0]["workers"])
        films, compositions = told()["lanes"]
        assert (films["kind"], films["waiting"], films["inWork"]) == ("generate", 1, 1)
        assert films["oldest"].endswith("Z")
        assert (films["workers"], films["idle"]) == (1, 0)
        told_of_none = {"waiting": 0, "inWork": 0, "oldest": None, "withoutWorker": []}
        assert compositions == {"kind": "compose", "workers": 1, "idle": 1} | told_of_none
        (process,) = told()["processes"]
        assert (process["pid"], process["isHere"]) == (str(os.getpid()), True)
        assert process["host"] == platform.node()
        assert [job["videoId"] for job in process["jobs"]] == [made]
        assert told()["isDraining"] is False
        gate.set()
        user.wait(waits, "ready")
        eventually(lambda: told()["lanes"][0]["inWork"] == 0)


def test_an_idle_worker_is_not_no_worker(tmp_path: Path) -> None:
    """Both have nothing in hand: one waits for films, and the other is not there."""
    with open_test_studio(tmp_path, workers=0) as studio:
        user = caller(studio)

        def told() -> Any:
            return user.control("GET", "work")

        eventually(lambda: told()["lanes"][1]["workers"] == 1)
        films = told()["lanes"][0]
        assert (films["workers"], films["idle"]) == (0, 0)
        [server] = told()["processes"]
        assert server["makes"] == ["compose"]
        with open_worker(tmp_path, films=1, film_maker=TinyFilmMaker(), database=rows_of_run()):
            eventually(lambda: told()["lanes"][0]["workers"] == 1)
            assert told()["lanes"][0]["idle"] == 1


@pytest.mark.parametrize("why", ["files", "disk"])
def test_who_cannot_keep_a_film_is_not_idle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr(presence, "_PAUSE", 0.02)
    with open_test_studio(tmp_path, TinyFilmMaker(), workers=1) as studio:
        user, place = caller(studio), studio.workspace.place

        def told() -> tuple[str | None, list[int]]:
            work = user.control("GET", "work")
            [process] = work["processes"] or [{"standsBack": ""}]
            return process["standsBack"], [lane["idle"] for lane in work["lanes"]]

        def away() -> str | None:
            raise FilesAway("the store does not answer")

        eventually(lambda: told() == (None, [1, 1]))
        if why == "files":
            monkeypatch.setattr(place, "_look", away)
            place.look()
            eventually(lambda: told() == ("files", [0, 1]))
        else:
            place.stand_back(MachineFault("disk", "no space left"))
            eventually(lambda: told() == ("disk", [0, 0]))
        monkeypatch.setattr(place, "_look", never_lost)
        place.look()
        eventually(lambda: told() == (None, [1, 1]))


def test_a_process_of_an_earlier_version_is_named_by_a_part_of_its_machine(tmp_path: Path) -> None:
    with open_test_studio(tmp_path, workers=0) as studio:
        user = caller(studio)
        live_workers.say(
            studio.workspace.store, "0123456789ab.17.1.0", [Makes(queue.FILM, ""), Makes("x", "y")]
        )
        eventually(lambda: len(user.control("GET", "work")["processes"]) == 2)
        first = user.control("GET", "work")["processes"][0]
        assert first == {
            "host": "012345",
            "pid": "17",
            "isHere": False,
            "role": None,
            "version": None,
            "standsBack": None,
            "makes": ["generate"],
            "jobs": [],
        }
