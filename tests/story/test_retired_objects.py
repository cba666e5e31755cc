"""A replaced object that cannot be deleted yet is told of, and tried again by the next apply."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.office import applied_office
from tests.support.tiny_studio import Fault, TinyStudio

TOUR = "name: Tour\nscenes:\n  - {id: hi, narration: Hello and welcome to our {what}.}\n"


@pytest.mark.slow
def test_what_cannot_be_retired_is_told_and_tried_again(tmp_path: Path) -> None:
    files = {
        "storyboard.yaml": 'storyboards: ["*.yaml"]\n',
        "tour.yaml": TOUR.replace("{what}", "office"),
    }
    studio = TinyStudio(ready_edits="refused", film_polls=1)
    with applied_office(tmp_path, files, studio) as office:
        [old] = studio.videos
        office.project.write("tour.yaml", TOUR.replace("{what}", "house"))
        studio.faults.append(Fault("video/delete", "before:VIDEO_IS_PROCESSING", 50))
        refused = office.run("apply", "--yes")
        assert refused.code != 0
        assert "VIDEO_IS_PROCESSING" in refused.out + refused.err
        assert old in studio.videos
        assert f"video {old} is still to be deleted" in office.run("state", "show", "tour").out
        assert ("tour", "delete") in office.actions()
        studio.faults.clear()
        again = office.run("apply", "--yes")
        assert again.code == 0, again.out + again.err
        assert old not in studio.videos
        assert office.actions() == []
