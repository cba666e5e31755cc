"""A runner without its state, or with an older one, makes nothing that the studio has already."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.office import Office, applied_office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio

FILES = {
    "storyboard.yaml": 'storyboards: ["*.yaml"]\n',
    "hello.yaml": "name: Hello\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
    "bye.yaml": "name: Goodbye\nscenes: [{id: bye, narration: Goodbye and come back to us.}]\n",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with applied_office(tmp_path, FILES, TinyStudio(film_polls=1)) as office:
        yield office


def lose_state(office: Office) -> None:
    """As `git clean` does, and a fresh runner is: no state, no backup."""
    shutil.rmtree(office.project.path / ".storyboard")


def test_a_fresh_runner_makes_no_twins(office: Office) -> None:
    """Each run made all videos and films again, and ended with 0."""
    lose_state(office)
    for command in (("plan",), ("apply", "--yes")):
        ran = office.run(*command)
        assert ran.code == 5
        assert "refused by twins" in ran.out
        assert not re.search(r"\(video v\d", ran.err), "the pairs stand above"
        assert "was the state lost?" in ran.out
        assert "`storyboard state rebuild -e kaltura`" in ran.out
        for video_id in office.studio.videos:
            assert ran.out.count(f"(video {video_id})") == 1, ran.out
        assert "state adopt" not in ran.out
    assert (len(office.studio.videos), len(office.studio.films)) == (2, 2)
    for command in ("pull", "repair", "restore"):
        assert "storyboard state rebuild" in office.run("state", command).err
    assert office.run("state", "rebuild").code == 0
    assert "no changes" in office.run("apply", "--yes").out
    assert (len(office.studio.videos), len(office.studio.films)) == (2, 2)


def test_another_users_session_is_refused_before_it_is_asked(office: Office) -> None:
    asked = list(office.studio.calls)
    assert office.run("plan", user="somebody").code == 4
    assert office.studio.calls == asked


def test_one_that_is_meant_is_made(office: Office) -> None:
    lose_state(office)
    assert office.run("apply", "--yes", "--allow-twins").code == 0
    assert len(office.studio.videos) == 4
    assert "no changes" in office.run("plan").out


def test_only_what_has_the_name_is_refused(office: Office) -> None:
    lose_state(office)
    office.project.write("hello.yaml", FILES["hello.yaml"].replace("name: Hello", "name: Hi"))
    ran = office.run("plan")
    assert (ran.code, "bye (video" in ran.out, "hello (video" in ran.out) == (5, True, False)
    assert office.run("apply", "--yes", "hello").code == 0
    assert len(office.studio.videos) == 3


def test_an_older_copy_of_the_state(office: Office) -> None:
    """The documented way back led to a second set of videos."""
    state = office.project.path / ".storyboard" / "state"
    older = {path: path.read_bytes() for path in state.glob("*.json")}
    office.project.write("third.yaml", FILES["hello.yaml"].replace("Hello", "Third"))
    assert office.run("apply", "--yes").code == 0
    for path, content in older.items():
        path.write_bytes(content)
    ran = office.run("apply", "--yes")
    assert (ran.code, len(office.studio.videos)) == (5, 3)
    assert office.run("state", "adopt").code == 0
    assert "no changes" in office.run("plan").out


def test_another_environments_video_is_no_twin(tmp_path: Path) -> None:
    """The hint led to one video of two environments, which overwrote each other's words."""
    files = FILES | {
        "storyboard.yaml": 'storyboards: ["*.yaml"]\nvars: {who: all}\n'
        "environments:\n  staging: {studio: local, vars: {who: us}}\n",
        "hello.yaml": "name: Hello\n"
        "scenes:\n  - {id: hi, narration: 'Hello and welcome, {{ who }}.'}\n",
    }
    project = Project.of(tmp_path, files)
    assert project.run("apply", "--yes", "--no-generate").code == 0
    assert project.run("apply", "-e", "staging", "--yes", "--no-generate").code == 0
    outputs = [project.run("outputs", "--json", *e).json() for e in ((), ("-e", "staging"))]
    ids = [video["videoId"] for output in outputs for video in output.values()]
    assert len(set(ids)) == 4
    assert "no changes" in project.run("plan", "--no-generate").out
    shutil.rmtree(tmp_path / ".storyboard" / "state" / "staging.json.backup")
    (tmp_path / ".storyboard" / "state" / "staging.json").unlink()
    ran = project.run("state", "adopt", "-e", "staging", "hello", outputs[0]["hello"]["videoId"])
    assert (ran.code, "belongs to environment 'local'" in ran.err) == (64, True)
    assert project.run("state", "adopt", "-e", "staging").code == 0
    assert "no changes" in project.run("plan", "-e", "staging", "--no-generate").out
