"""The hybrid way at the command line: composed, pulled into the file, edited, filmed."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from storyboard.language.yaml_writing import escaped
from storyboard.wire import MAX_NARRATION
from tests.contract.studio_rig import write_movie
from tests.story.test_compose_apply import TALK
from tests.support.project import ROOT, Project
from tests.support.wire_server import Answer, wire_server

STORYBOARD = """\
# The town hall, for those who were not there.
name: Town hall
entries:
  talk: {entryId: 1_talk0001, media: media/talk.mp4}   # stands in at home

compose:   # written by the studio
  formatType: session-highlights
  duration: 25
  entryIds: [talk]
  userBrief: the product roadmap   # what matters
# nobody deletes this
protect: true
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.of(tmp_path, {"hall.yaml": STORYBOARD, "media/talk.vtt": TALK})
    write_movie(tmp_path / "media" / "talk.mp4", 90)
    return made


@pytest.mark.slow
def test_compose_pull_edit_apply(project: Project) -> None:
    early = project.run("pull", "hall.yaml")
    assert early.code == 6, early.err
    assert "no scenes to pull yet" in early.err
    first = project.run("apply", "hall.yaml", "--yes", "--no-generate")
    assert first.code == 0, first.err
    assert "compose" in first.out
    assert (project.path / "hall.yaml").read_text() == STORYBOARD

    pulled = project.run("pull", "hall.yaml")
    assert pulled.code == 0, pulled.err
    assert pulled.out == "wrote hall.yaml: 2 scenes of 'hall'\n"
    text = (project.path / "hall.yaml").read_text()
    begin, end = text.index("scenes:"), text.index("# nobody deletes this")
    assert text[:begin] + text[end:] == STORYBOARD.replace("compose:", "composed:")
    assert "broll: talk@" in text
    plan = project.run("plan", "hall.yaml", "--no-generate", "--detailed-exitcode")
    assert plan.code == 0, plan.out + plan.err
    again = project.run("pull", "hall.yaml")
    assert (again.code, again.out) == (0, ""), again.err
    assert (project.path / "hall.yaml").read_text() == text

    project.edit("hall.yaml", "roadmap brings", "plan brings")
    edited = project.run("apply", "hall.yaml", "--yes", "--no-generate")
    assert edited.code == 0, edited.err
    assert "update" in edited.out
    assert "compose " not in edited.out


@pytest.mark.slow
def test_what_is_not_composed_keeps_nothing_else_back(project: Project) -> None:
    late = STORYBOARD.replace("Town hall", "Late hall")
    (project.path / "late.storyboard.yaml").write_text(late)
    (project.path / "hall.storyboard.yaml").write_text(STORYBOARD)
    assert project.run("apply", "hall", "--yes", "--no-generate").code == 0
    pulled = project.run("pull")
    assert pulled.code == 6, pulled.err
    assert pulled.out == "wrote hall.storyboard.yaml: 2 scenes of 'hall'\n"
    assert "error: 'late' has no scenes to pull yet" in pulled.err
    assert (project.path / "late.storyboard.yaml").read_text() == late


@pytest.mark.slow
def test_the_sample_is_composed_of_its_notes(tmp_path: Path) -> None:
    sample = ROOT / "samples" / "explainer"
    names = ("cooling.storyboard.yaml", "notes/cooling.md")
    project = Project.of(tmp_path, {name: (sample / name).read_text("utf-8") for name in names})
    assert "warning" not in project.run("check").err
    applied = project.run("apply", "--yes", "--no-generate")
    assert applied.code == 0, applied.err
    assert project.run("pull").out == "wrote cooling.storyboard.yaml: 4 scenes of 'cooling'\n"
    assert "warning" not in project.run("check").err
    plan = project.run("plan", "--no-generate", "--detailed-exitcode")
    assert plan.code == 0, plan.out


LONG = f"These words{' ' * 4965}are said with {{{{ x }}}}"
"""As long as a narration may be; what looks like an expression gets longer in a file."""


@pytest.mark.slow
def test_scenes_that_no_file_may_have_are_not_written(project: Project) -> None:
    """`pull` wrote files that `check` refused."""
    assert len(LONG) <= MAX_NARRATION < len(escaped(LONG))
    (project.path / "fine.storyboard.yaml").write_text(STORYBOARD)
    hall = STORYBOARD.replace("duration: 25", "duration: 5")
    (project.path / "hall.storyboard.yaml").write_text(hall)
    assert project.run("apply", "fine", "--yes", "--no-generate").code == 0
    answer = Answer({"scenes": [{"narration": {"text": LONG}}]})
    with wire_server(answer) as composer:
        where = {"STORYBOARD_COMPOSER_URL": f"{composer.url}/compose"}
        applied = project.run("apply", "hall", "--yes", "--no-generate", **where)
    assert applied.code == 0, applied.err
    pulled = project.run("pull")
    assert pulled.code == 1, pulled.err
    assert pulled.out == "wrote fine.storyboard.yaml: 2 scenes of 'fine'\n"
    assert "the scenes of 'hall' cannot be written into 'hall.storyboard.yaml'" in pulled.err
    assert (project.path / "hall.storyboard.yaml").read_text() == hall
    assert project.run("check").code == 0


def composed(project: Project, *texts: str) -> None:
    """Have the studio's composer write these scenes for `hall`, and nothing else there."""
    project.edit("hall.yaml", "duration: 25", "duration: 9")
    answer = Answer({"scenes": [{"narration": {"text": text}} for text in texts]})
    with wire_server(answer) as composer:
        where = {"STORYBOARD_COMPOSER_URL": f"{composer.url}/compose"}
        applied = project.run("apply", "hall.yaml", "--yes", "--no-generate", **where)
    assert applied.code == 0, applied.err


@pytest.mark.slow
def test_scenes_too_short_to_film_are_joined_and_the_file_is_right(project: Project) -> None:
    long = "And so we come to the roadmap of this year."
    composed(project, "Hi.", long, "Yes.", "Then it all came to its end for today.")
    pulled = project.run("pull", "hall.yaml")
    assert pulled.code == 0, pulled.err
    assert pulled.out == (
        "wrote hall.yaml: 2 scenes of 'hall', scene 1 joined to scene 2: too short alone, "
        "scene 3 joined to scene 2: too short alone\n"
    )
    text = (project.path / "hall.yaml").read_text()
    assert f"Hi. {long} Yes." in text
    checked = project.run("check", "hall.yaml")
    assert checked.code == 0, checked.out
    plan = project.run("plan", "hall.yaml", "--no-generate")
    assert plan.code == 0, plan.err


@pytest.mark.slow
def test_what_check_would_refuse_for_another_reason_is_not_written(project: Project) -> None:
    composed(project, "Hi.")
    pulled = project.run("pull", "hall.yaml")
    assert pulled.code == 1, pulled.err
    assert "cannot be written into 'hall.yaml': 'Hi.' is about" in pulled.err
    assert (project.path / "hall.yaml").read_text() == STORYBOARD.replace("25", "9")


@pytest.mark.slow
@pytest.mark.parametrize(("size", "code"), [(MAX_NARRATION, 0), (MAX_NARRATION + 1, 9)])
def test_a_composer_may_write_what_a_file_may_hold(project: Project, size: int, code: int) -> None:
    end = "that take up no time at all."
    text = "Words" + " " * (size - len(end) - 5) + end
    project.edit("hall.yaml", "duration: 25", "duration: 5")
    answer = Answer({"scenes": [{"narration": {"text": text}}]})
    with wire_server(answer) as composer:
        where = {"STORYBOARD_COMPOSER_URL": f"{composer.url}/compose"}
        applied = project.run("apply", "hall.yaml", "--yes", "--no-generate", **where)
    assert applied.code == code, applied.err
    if code == 0:
        assert project.run("pull", "hall.yaml").code == 0
        assert project.run("check", "hall.yaml").code == 0
    else:
        assert "5,000 characters (composer-nonsense)" in applied.out + applied.err


@pytest.mark.slow
def test_a_brief_that_matches_nothing_is_told_by_apply(project: Project) -> None:
    project.edit("hall.yaml", "the product roadmap", "albatrosses")
    applied = project.run("apply", "hall.yaml", "--yes", "--no-generate")
    assert applied.code == 0, applied.err
    assert "hall: no source has a word of the brief" in applied.err


@pytest.mark.slow
def test_a_composer_of_another_length_is_told_with_what_to_do(project: Project) -> None:
    answer = Answer({"scenes": [{"narration": {"text": "Far too little is said here."}}]})
    with wire_server(answer) as composer:
        where = {"STORYBOARD_COMPOSER_URL": f"{composer.url}/compose"}
        applied = project.run("apply", "hall.yaml", "--yes", "--no-generate", **where)
    assert applied.code == 9, applied.err
    told = " ".join((applied.out + applied.err).split())
    assert "not 25 s (composer-length)" in told
    assert "about as many `words` as it is told" in told


@pytest.mark.slow
def test_the_film_of_a_composed_storyboard(project: Project) -> None:
    made = project.run("apply", "hall.yaml", "--yes")
    assert made.code == 0, made.err
    with av.open(str(project.path / "films" / "hall.mp4")) as film:
        assert abs(film.duration / av.time_base - 25) <= 6
    assert project.run("pull", "hall.yaml").code == 0
    plan = project.run("plan", "hall.yaml", "--detailed-exitcode")
    assert plan.code == 0, plan.out + plan.err
