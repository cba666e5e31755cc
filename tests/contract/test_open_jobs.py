"""How many films and compositions a user may have waiting or in work, as the operator says."""

from __future__ import annotations

import threading
from pathlib import Path

from storyboard.studio.records.quota import Quota
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio
from tests.contract.test_compose import GUIDE, with_talk


def test_a_user_has_so_many_jobs_open_and_another_has_them_too(tmp_path: Path) -> None:
    gate = threading.Event()
    quota = Quota(open_jobs=2)
    with open_test_studio(tmp_path / "w", TinyFilmMaker(gate), quota=quota) as studio:
        anna, dana = with_talk(caller(studio, "anna"), tmp_path), caller(studio, "dana")
        first, second, third = (anna.video(name=name) for name in "abc")
        for video in (first, second):
            assert anna("video/generate", id=video)["status"] == "generating"
        for refused in (anna("video/generate", id=third), anna("video/compose", id=third, **GUIDE)):
            assert refused["code"] == "QUOTA_EXCEEDED"
            assert refused["message"].startswith("2 films and compositions of this user wait")
        assert anna("video/get", id=third)["status"] == "draft"
        assert dana("video/generate", id=dana.video())["status"] == "generating"
        gate.set()
        for video in (first, second):
            anna.wait(video, "ready")
        assert anna("video/generate", id=third)["status"] == "generating"
        anna.wait(third, "ready")
