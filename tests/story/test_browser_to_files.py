"""A video that was made in the browser goes into files: they check, and plan no change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.cli import run
from storyboard.export.single import write_single
from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from storyboard.wire import MAX_SCENES
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie

MINT = {"type": "color", "color": "#CEEEDB"}


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    opened = open_test_studio(tmp_path / "w", storyboard=write_single, public_url=url)
    with opened, served(opened, listener):
        yield opened


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"layoutType": "full-screen", "narration": {"text": text}, **more}


def built(user: Caller, name: str, scenes: list[dict[str, Any]]) -> str:
    """Make a video by the calls of the builder: a draft with an empty scene, then what differs."""
    jane = user("avatar/upsert", templateId="jane", background=MINT)["id"]
    blank = [{"layoutType": "full-screen"}]
    made = str(user("video/add", name="Untitled video", avatarId=jane, scenes=blank)["id"])
    user("video/update", id=made, name=name)
    for count in range(1, len(scenes) + 1):
        assert user("video/get", id=made)["scenes"] == (scenes[: count - 1] or blank)
        saved = user("video/update", id=made, scenes=scenes[:count])
        assert saved["status"] == "draft", saved
    return made


@pytest.mark.slow
def test_what_was_made_in_the_browser_is_exported_and_plans_no_change(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    user = caller(studio, "local")
    clip = studio.add_media(write_movie(tmp_path / "Metrics.mp4", 20))["id"]
    adam = user("avatar/upsert", templateId="adam", background=MINT)["id"]
    shown = {"layoutType": "broll", "broll": {"entryId": clip, "startTime": 1.2}}
    scenes = [
        said("Hello, and welcome to the tour: it takes a minute."),
        said("These are the numbers of last quarter, week by week.") | shown,
        {
            "layoutType": "full-screen",
            "narration": {"text": "I am Adam,\nand this is “my” part. {{ 7 }}", "avatarId": adam},
        },
        # The clip is kept, though the scene is full screen again.
        said("Thank you for watching, and goodbye.", broll=shown["broll"]),
    ]
    film = built(user, "Tour: week 1", scenes)
    user("video/generate", id=film)
    user.wait(film, "ready")
    many = [said(f"This is scene {n}, one of a great many.") for n in range(MAX_SCENES)]
    draft = built(user, "Everything at once", many)

    for name, value in studio.variables("local").items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    asked = ("export", film, draft, "-e", "kaltura", "-o", "files")
    assert run(asked) == 0, capsys.readouterr()
    monkeypatch.chdir(tmp_path / "files")
    assert run(("check",)) == 0, capsys.readouterr()
    assert run(("plan", "-e", "kaltura", "--no-generate", "--detailed-exitcode")) == 0, (
        capsys.readouterr()
    )
    capsys.readouterr()
    plan_of_film = ("plan", "tour-week-1", "-e", "kaltura", "--detailed-exitcode")
    assert run(plan_of_film) == 0, capsys.readouterr()

    user("video/update", id=film, scenes=scenes[:2])
    assert run(plan_of_film) == 2, "an edit in the browser is seen"
