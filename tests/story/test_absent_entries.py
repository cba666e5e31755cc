"""An entry that the local studio does not have is told by `check` as by `plan`, which asks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.studio.local import open_studio
from storyboard.studio.records.schema import DATABASE
from tests.contract.studio_rig import write_movie
from tests.support.project import Project

SAID = "Here we see the numbers of this quarter."
CLIP = f"name: Clip\nlocales: [en]\nscenes:\n  - {{narration: {SAID}, broll: 1_nope}}\n"
WALL = (
    "name: Wall\nlocales: [en]\navatar: {templateId: jane, background: "
    f"{{type: entry, entryId: 1_nope}}}}\nscenes:\n  - {{narration: {SAID}}}\n"
)
COMPOSED = (
    "name: Composed\nlocales: [en]\ncompose:\n  formatType: session-highlights\n  duration: 30\n"
    "  entryIds: [1_nope]\n"
)
LOCAL = "storyboards: ['*.yaml']\nenvironments: {near: {studio: local}, far: {region: nvp1}}\n"
KEYS = {"KALTURA_PARTNER_ID": "1", "KALTURA_KS": "x", "KALTURA_REGION": "nvp1"}


@pytest.mark.parametrize(
    ("board", "environment"),
    [(CLIP, "local"), (WALL, "near"), (COMPOSED, "local")],
    ids=["clip", "background", "source"],
)
def test_check_and_plan_hold_the_same_videos(tmp_path: Path, board: str, environment: str) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": LOCAL, "a.yaml": board})
    told = project.run("check", "-e", environment, "--fail-on", "hold")
    assert told.code == 5
    assert told.out.count("warning[media-missing]") == 1
    assert "the local studio has no entry '1_nope'" in told.out
    assert "held: a" in told.out
    assert "0 videos ready to plan, 1 held" in told.err
    assert not (tmp_path / ".storyboard" / "studio").exists(), "check makes no studio"
    planned = project.run("plan", "-e", environment, "--fail-on", "hold")
    assert planned.code == 5
    assert planned.out.count("has no entry '1_nope'") == 1
    assert "more reason" not in planned.out
    assert project.run("check", "-e", environment, "--fail-on", "hold").code == 5
    write_movie(tmp_path / "clip.mp4", 8)
    added = project.run("studio", "media", "add", "--entry-id", "1_nope", "clip.mp4")
    assert added.code == 0, added.err
    for command in ("check", "plan"):
        assert project.run(command, "-e", environment, "--fail-on", "hold").code == 0


def test_a_source_of_a_composition_is_told_where_it_is_named(tmp_path: Path) -> None:
    """`apply -e local` alone told it, as a call that the studio refused."""
    project = Project.of(tmp_path, {"storyboard.yaml": LOCAL, "a.yaml": COMPOSED})
    told = project.run("check")
    assert "a.yaml:6:14: warning[media-missing]" in told.out
    assert "hint: give it `media`, or: storyboard studio media add --entry-id 1_nope" in told.out


def test_a_studio_elsewhere_is_not_asked(tmp_path: Path) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": LOCAL, "a.yaml": CLIP})
    told = project.run("check", "-e", "far", "--fail-on", "hold", **KEYS)
    assert (told.code, "media-missing" in told.out) == (0, False)


def test_a_studio_whose_data_cannot_be_read_is_no_reason_to_hold(tmp_path: Path) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": LOCAL, "a.yaml": CLIP})
    (tmp_path / ".storyboard").mkdir()
    studio = open_studio(tmp_path / ".storyboard" / "studio")
    studio.close()
    (studio.workspace.data / DATABASE).write_text("no database " * 100)
    told = project.run("check", "--fail-on", "hold")
    assert (told.code, "media-missing" in told.out) == (0, False)
