"""The cache stays as small as the operator says, whatever fills it: films and compositions."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records.quota import Quota
from tests.contract.studio_rig import caller, open_test_studio
from tests.contract.test_compose import GUIDE, with_talk
from tests.support.passing_time import eventually

OLD_SECONDS = 7200.0


def cached(studio: Studio, name: str, size: int, age: float) -> Path:
    path = studio.workspace.cache / "speech" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x" * size)
    used = time.time() - age
    os.utime(path, (used, used))
    return path


@pytest.mark.parametrize("action", ["video/generate", "video/compose"])
def test_what_was_used_longest_ago_goes_after_each_job(tmp_path: Path, action: str) -> None:
    with open_test_studio(tmp_path / "w", quota=Quota(cache=1500)) as studio:
        user = with_talk(caller(studio), tmp_path)
        oldest = cached(studio, "a", 1000, 2 * OLD_SECONDS)
        old, young = cached(studio, "b", 1000, OLD_SECONDS), cached(studio, "c", 400, 60)
        video = user.video()
        user(action, id=video, **(GUIDE if "compose" in action else {}))
        user.wait(video, "ready" if action == "video/generate" else "composed")
        eventually(lambda: not oldest.exists())
        assert old.exists()
        assert young.exists()
