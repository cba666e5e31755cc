"""Only the plan that was looked at is carried out, and a pipeline says what it takes for bad."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.office import Office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving

FILES = {
    "storyboard.yaml": 'storyboards: ["*.yaml"]\n',
    "tour.yaml": "name: Tour\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
}


def test_a_plan_is_applied_by_its_digest(tmp_path: Path) -> None:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, FILES), studio, url)
        looked_at = json.loads(office.run("plan", "--json").out)["digest"]
        office.project.write("tour.yaml", FILES["tour.yaml"].replace("Hello", "Good day"))
        late = office.run("apply", "--yes", "--expect-digest", looked_at)
        assert (late.code, len(studio.videos)) == (6, 0)
        assert "its id was" in late.err
        assert "now it would: create tour, generate tour\n" in late.err
        now = json.loads(office.run("plan", "--format", "json").out)["digest"]
        short = now.removeprefix("sha256:")[:12]
        assert short in office.run("plan", "--format", "markdown").out
        assert office.run("apply", "--yes", "--expect-digest", short).code == 0
        assert len(studio.videos) == 1
        again = office.run("apply", "--yes", "--expect-digest", short)
        assert again.code == 6
        assert "now it would change nothing" in again.err


def test_a_saved_plan_says_which_actions_differ(tmp_path: Path) -> None:
    """By the digest alone it was only known that it is another plan."""
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, FILES), studio, url)
        looked_at = office.run("plan", "-o", "tour.plan", "--json").json()["digest"]
        expecting = ("apply", "tour.plan", "--yes", "--expect-digest")
        wrong = office.run(*expecting, "0" * 12, "--json")
        assert (wrong.code, wrong.error["code"]) == (6, "plan-unexpected")
        assert "the saved plan is not the expected one" in wrong.error["message"]
        office.project.write("other.yaml", FILES["tour.yaml"].replace("Tour", "Other"))
        late = office.run(*expecting, looked_at, "--json")
        assert (late.code, late.error["code"], studio.videos) == (6, "plan-stale", {})
        assert late.error["message"] == (
            "the saved plan is stale: the files or variables changed; "
            "now also: create other, generate other"
        )


@pytest.mark.parametrize("digest", ["", "abc", "sha256:", "z" * 64, "sha512:" + "a" * 64])
def test_what_is_no_digest_is_refused(tmp_path: Path, digest: str) -> None:
    ran = Project.of(tmp_path, FILES).run("apply", "--yes", "--expect-digest", digest)
    assert ran.code == 64
    assert "is not the digest of a plan" in ran.err


@pytest.mark.slow
def test_what_a_plan_fails_on(tmp_path: Path) -> None:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, FILES), studio, url)
        assert office.run("plan", "--fail-on", "delete,drift").code == 0
        assert office.run("plan", "--fail-on", "delete, create").code == 5
        assert office.run("plan", "--fail-on", "drift", "--fail-on", "generate").code == 5
        assert office.run("plan", "--fail-on", "created").code == 64
        assert office.run("apply", "--yes").code == 0
        (video,) = studio.videos.values()
        video["name"] = "Tour (copy)"
        assert office.run("plan", "--fail-on", "drift").code == 5
        assert office.run("plan", "--fail-on", "create,generate,delete").code == 0
