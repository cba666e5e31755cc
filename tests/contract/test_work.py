"""What the console tells of the queue: of all processes that share a studio, to who may look."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from storyboard.studio.records.owner import this_machine
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio
from tests.support.passing_time import eventually


def test_lanes_and_processes_are_told_as_they_are(tmp_path: Path) -> None:
    gate = threading.Event()
    with open_test_studio(tmp_path, TinyFilmMaker(gate), workers=1) as studio:
        user = caller(studio)

        def told() -> Any:
            return user.control("GET", "work")

        assert told()["processes"] == []
        made, waits = user.video(name="made"), user.video(name="waits")
        for video in (made, waits):
            user("video/generate", id=video)
        eventually(lambda: told()["processes"] and told()["lanes"][0]["workers"])
        films, compositions = told()["lanes"]
        assert (films["kind"], films["waiting"], films["inWork"]) == ("generate", 1, 1)
        assert films["oldest"].endswith("Z")
        told_of_none = {"waiting": 0, "inWork": 0, "oldest": None, "withoutWorker": []}
        assert compositions == {"kind": "compose", "workers": 1} | told_of_none
        (process,) = told()["processes"]
        assert (process["pid"], process["isHere"]) == (str(os.getpid()), True)
        assert this_machine().startswith(process["machine"])
        assert [job["videoId"] for job in process["jobs"]] == [made]
        assert told()["isDraining"] is False
        gate.set()
        user.wait(waits, "ready")
        eventually(lambda: told()["lanes"][0]["inWork"] == 0)
