"""A person edits a ready video: its scenes are written back, its film is kept: all is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.behavior.contract import Contract
from storyboard.studio.execution import served
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.support.office import TWO_TOURS
from tests.support.passing_time import eventually
from tests.support.project import Project, Ran

KEPT = "'hello' keeps its film {entry}, which is as the files say; the studio {shows} the video"
AGAIN = "storyboard apply -e kaltura --regenerate hello"


@dataclass
class Desk:
    """A person with a project of two tours, and the studio that it is applied to."""

    project: Project
    user: Caller
    variables: dict[str, str]
    films: TinyFilmMaker

    def run(self, *arguments: str) -> Ran:
        return self.project.run(*arguments, "-e", "kaltura", **self.variables)

    def entry(self) -> str:
        return str(self.outputs()["entryId"])

    def outputs(self) -> Any:
        return self.run("outputs", "--json").json()["hello"]

    def video(self) -> Any:
        return self.user("video/get", id=self.outputs()["videoId"])

    def edit(self, text: str = "These are words of somebody in the browser.") -> None:
        scenes = [{"layoutType": "full-screen", "narration": {"text": text}}]
        edited = self.user("video/update", id=self.outputs()["videoId"], scenes=scenes)
        assert "code" not in edited


@contextmanager
def opened(folder: Path, **contract: str) -> Iterator[Desk]:
    listener, films = bind("127.0.0.1", 0), TinyFilmMaker()
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(folder / "w", films, public_url=url, contract=Contract(contract))
    with studio, served(studio, listener):
        variables = dict(studio.variables("maker"))
        desk = Desk(Project.of(folder / "p", TWO_TOURS), caller(studio, "maker"), variables, films)
        assert desk.run("apply", "--yes").code == 0
        yield desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as it:
        yield it


@pytest.mark.slow
def test_the_film_is_kept_and_told_of_until_it_is_made_again(desk: Desk) -> None:
    entry = desk.entry()
    desk.edit()
    before = desk.run("plan")
    assert before.code == 0, before.err
    # This studio makes a draft of a ready video with the first edit, whoever makes it.
    assert KEPT.format(entry=entry, shows="shows") in before.out
    applied = desk.run("apply", "--yes")
    assert applied.code == 0, applied.err
    assert row(applied.out, "hello")[1:4] == ["film", "kept", entry]
    assert row(applied.out, "goodbye")[1] == "ready"
    assert (desk.video()["status"], desk.video()["entryId"]) == ("draft", None)
    for _ in range(2):
        told_everywhere(desk, entry)
        assert desk.run("apply", "--yes").code == 0
    assert len(desk.films.made) == 2

    again = desk.run(*AGAIN.split()[1:], "--yes")
    assert again.code == 0, again.err
    assert len(desk.films.made) == 3
    assert desk.entry() != entry
    assert (desk.video()["status"], desk.video()["entryId"]) == ("ready", desk.entry())
    plan = desk.run("plan", "--detailed-exitcode")
    assert (plan.code, "keeps its film" in plan.out) == (0, False)
    assert desk.outputs()["status"] == "ready"
    assert desk.run("apply", "--yes").code == 0
    assert len(desk.films.made) == 3


def told_everywhere(desk: Desk, entry: str) -> None:
    plan = desk.run("plan", "--detailed-exitcode")
    assert plan.code == 0, plan.out
    told = KEPT.format(entry=entry, shows="shows")
    assert told in plan.out
    assert AGAIN in plan.out
    assert told in desk.run("plan", "--format", "markdown").out
    [remark] = desk.run("plan", "--json").json()["remarks"]
    assert told in remark
    status = desk.run("status", "--detailed-exitcode")
    assert status.code == 0, status.out
    assert "film kept" in row(status.out, "hello", as_text=True)
    assert desk.run("status", "--json").json()["videos"]["hello"]["film"] == "kept"
    assert desk.run("outputs").out.splitlines()[1].split("\t")[:3] == ["hello", "film kept", entry]
    assert (desk.outputs()["status"], desk.outputs()["entryId"]) == ("film kept", entry)


def row(text: str, address: str, *, as_text: bool = False) -> Any:
    [line] = [line for line in text.splitlines() if line.split()[:1] == [address]]
    return line if as_text else line.split()


@pytest.mark.slow
def test_a_film_that_somebody_makes_does_not_take_the_place_of_ours(desk: Desk) -> None:
    """It has not the settings of the environment, and is published and saved by nobody's wish."""
    entry = desk.entry()
    desk.edit()
    assert desk.run("apply", "--yes").code == 0
    assert "code" not in desk.user("video/generate", id=desk.outputs()["videoId"])
    eventually(lambda: desk.video()["status"] == "ready")
    other = desk.video()["entryId"]
    assert other != entry
    told = f"which is as the files say; the studio shows another film, made in the studio: {other}."
    for _ in range(2):
        plan = desk.run("plan", "--detailed-exitcode")
        assert (plan.code, told in plan.out, AGAIN in plan.out) == (0, True, True), plan.out
        status = desk.run("status", "--detailed-exitcode")
        assert status.code == 0
        assert f"another film, made in the studio: {other}" in status.out
        applied = desk.run("apply", "--yes")
        assert applied.code == 0, applied.err
        assert told in applied.out + applied.err
        assert (desk.outputs()["status"], desk.entry()) == ("film kept", entry)
    assert desk.run(*AGAIN.split()[1:], "--yes").code == 0
    assert desk.entry() not in (entry, other)
    assert desk.outputs()["status"] == "ready"
    assert "another film" not in desk.run("plan").out


@pytest.mark.slow
def test_forward_publishes_a_film_that_the_studio_does_not_show(desk: Desk) -> None:
    first = desk.entry()
    assert desk.run(*AGAIN.split()[1:], "--yes").code == 0
    second = desk.entry()
    desk.edit()
    assert desk.run("apply", "--yes").code == 0
    assert desk.run("apply", "hello", "--rollback", "--yes").code == 0
    assert (desk.entry(), first != second) == (first, True)
    forward = desk.run("apply", "hello", "--forward", "--yes")
    assert forward.code == 0, forward.err
    assert (desk.entry(), len(desk.films.made)) == (second, 3)


@pytest.mark.slow
def test_where_the_studio_shows_the_film_after_the_edit_nothing_is_said(tmp_path: Path) -> None:
    with opened(tmp_path, ready_edit_status="ready") as desk:
        entry = desk.entry()
        desk.edit()
        assert KEPT.format(entry=entry, shows="may show") in desk.run("plan").out
        applied = desk.run("apply", "--yes")
        assert applied.code == 0, applied.err
        assert row(applied.out, "hello")[1] == "ready"
        assert "keeps its film" not in desk.run("plan").out
        assert desk.outputs()["status"] == "ready"


@pytest.mark.slow
def test_what_somebody_edits_back_is_told_too(desk: Desk) -> None:
    entry = desk.entry()
    desk.edit()
    desk.edit("Hello and welcome to the tour of our office.")
    assert desk.run("plan", "--detailed-exitcode").code == 0
    assert desk.run("apply", "--yes").code == 0
    told_everywhere(desk, entry)


@pytest.mark.slow
def test_a_ready_video_is_made_again_only_if_it_is_named(desk: Desk) -> None:
    before = desk.run("outputs", "--json").json()
    saved = desk.run("plan", "--regenerate", "hel*", "-o", "again.plan")
    assert saved.code == 0, saved.err
    assert "asked for with --regenerate" in saved.out
    refused = desk.run("apply", "again.plan", "--regenerate", "hello", "--yes")
    assert (refused.code, len(desk.films.made)) == (64, 2)
    assert desk.run("apply", "again.plan", "--yes").code == 0
    after = desk.run("outputs", "--json").json()
    assert before["goodbye"] == after["goodbye"]
    assert before["hello"]["entryId"] != after["hello"]["entryId"]
    assert desk.run("plan", "--detailed-exitcode").code == 0
    assert desk.run("apply", "again.plan", "--yes").code == 6
    assert len(desk.films.made) == 3


@pytest.mark.slow
def test_what_cannot_be_made_again_is_refused(desk: Desk) -> None:
    for given, code, told in (
        (("--regenerate", "other"), 64, "'other' names no video"),
        (("goodbye", "--regenerate", "hello"), 64, "'hello' names no video"),
        (("--regenerate", "hello", "--no-generate"), 64, "exclude each other"),
        (("--regenerate", "hello", "--rollback", "hello"), 64, "exclude each other"),
        (("--regenerate", "*", "--max-generate", "1"), 5, "2 films"),
    ):
        ran = desk.run("apply", *given, "--yes")
        assert (ran.code, told in ran.err) == (code, True), ran.err
    assert len(desk.films.made) == 2
    one, none = (desk.run("plan", *given, "--json") for given in (("--regenerate", "hello"), ()))
    assert one.json()["digest"] != none.json()["digest"]
