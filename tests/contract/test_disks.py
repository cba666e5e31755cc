"""Each disk is left some room by what goes there: rows, and files that are elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.jobs.prometheus import PrometheusMeasures
from tests.contract.studio_rig import caller, open_test_studio, write_movie
from tests.contract.test_metrics import TOKEN, counts


@pytest.mark.parametrize(("full", "disk"), [("shared", "files"), ("w", "workspace")])
def test_the_disk_that_is_full_is_the_one_that_is_told(
    tmp_path: Path, full: str, disk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of the workspace was asked, while the files came on another."""
    usage, measures = shutil.disk_usage, PrometheusMeasures(TOKEN)

    def used(folder: Path) -> Any:
        is_full = Path(folder).is_relative_to(tmp_path / full)
        return usage(folder)._replace(free=7) if is_full else usage(folder)

    place = (tmp_path / "shared").as_uri()
    with open_test_studio(tmp_path / "w", files=place, measures=measures) as studio:
        user, movie = caller(studio), write_movie(tmp_path / "clip.mp4", 1).read_bytes()
        avatar = user.avatar()
        monkeypatch.setattr(shutil, "disk_usage", used)
        rows = user("video/add", name="x", avatarId=avatar, scenes=[])
        file = user.control("POST", "media", content=movie)
        free = counts(studio, "storyboard_free_bytes")
        monkeypatch.undo()
    assert (len(free), [name for (name,), room in free.items() if room == 7]) == (2, [disk])
    taken, refused = (rows, file) if disk == "files" else (file, rows)
    assert "id" in taken
    advice = "give the disk of the studio's files more room" if disk == "files" else "--workspace"
    assert (refused["code"], advice in refused["message"]) == ("QUOTA_EXCEEDED", True)
