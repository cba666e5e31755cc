"""An entry that the local studio does not have is told by `check` as by `plan`, which asks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.studio.local import open_studio
from storyboard.studio.records import entries
from storyboard.studio.records.schema import DATABASE
from tests.contract.studio_rig import write_movie
from tests.story.test_compose_apply import TALK
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
    until = " until composed" if board == COMPOSED else ""
    assert f"held{until}: a" in told.out
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


HALL = """\
name: Hall
locales: [en]
entries:
  talk: {entryId: 1_talk0001, media: talk.mp4}
compose: {formatType: session-highlights, duration: 25, entryIds: [talk], userBrief: roadmap}
"""
BARE = HALL.replace(", media: talk.mp4", "")


@pytest.fixture
def hall(tmp_path: Path) -> Project:
    """A video that is composed in the local studio, its film not made yet."""
    project = Project.of(
        tmp_path, {"storyboard.yaml": LOCAL, "hall.storyboard.yaml": HALL, "talk.vtt": TALK}
    )
    write_movie(tmp_path / "talk.mp4", 90)
    made = project.run("apply", "--yes", "--no-generate")
    assert made.code == 0, made.out + made.err
    return project


def lose(project: Project, *, media: str) -> None:
    """Take the source away: its file, or the file's name and what the studio has of it."""
    if media == "file":
        (project.path / "talk.mp4").unlink()
    else:
        project.write("hall.storyboard.yaml", BARE)
        studio = open_studio(project.path / ".storyboard" / "studio")
        with studio.workspace.store.write() as tx:
            entries.delete(tx, "1_talk0001")
        studio.close()


@pytest.mark.parametrize("media", ["file", "entry"])
def test_what_is_composed_needs_no_source(hall: Project, media: str) -> None:
    """But for another composition, and for a film that shows it: both are held."""
    lose(hall, media=media)
    reason = "'talk.mp4' cannot be read" if media == "file" else "has no entry '1_talk0001'"
    told = hall.run("check")
    assert "held until composed: hall" in told.out, told.out
    filmed = hall.run("plan", "--fail-on", "hold")
    assert (filmed.code, reason in filmed.out) == (5, True), filmed.out + filmed.err
    options = ("--no-generate", "--fail-on", "hold")
    hall.edit("hall.storyboard.yaml", "userBrief: roadmap", "userBrief: the office in Lisbon")
    anew = hall.run("plan", *options)
    assert (anew.code, reason in anew.out) == (5, True), anew.out + anew.err
    hall.edit("hall.storyboard.yaml", "the office in Lisbon", "roadmap")
    hall.edit("hall.storyboard.yaml", "name: Hall", "name: The hall")
    renamed = hall.run("apply", "--yes", *options)
    assert renamed.code == 0, renamed.out + renamed.err
    assert "rename" in renamed.out
    planned = hall.run("plan", *options, "--detailed-exitcode")
    assert planned.code == 0, planned.out + planned.err
    pulled = hall.run("pull")
    assert (pulled.code, "2 scenes of 'hall@en'" in pulled.out) == (0, True), pulled.err
