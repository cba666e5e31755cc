"""Commands that have nothing to do, or nothing to tell of: they say so, and what to run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.office import TOUR, Office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of which nothing was applied."""
    studio = TinyStudio()
    project = Project.of(tmp_path, {"storyboards/tour.yaml": TOUR.format(name="Tour")})
    with serving(studio) as url:
        yield Office(project, studio, url)


def test_written_is_false_where_nothing_is(office: Office) -> None:
    """`pull --json` said true, and listed no files."""
    office.project.write("storyboard.yaml", "locales: [en, de]\n")
    assert office.project.run("locale", "sync", "--json").json()["written"] is True
    for ran in (
        office.project.run("locale", "sync", "--json"),
        office.project.run("fmt", "--ids", "--json"),
        office.run("pull", "--json"),
        office.run("state", "adopt", "--json"),
    ):
        assert ran.code == 0, ran.err
        assert ran.json()["written"] is False


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("outputs",), 0),
        (("outputs", "--history"), 0),
        (("wait",), 0),
        (("destroy", "nope*", "--yes"), 64),
        (("outputs", "nope"), 64),
        (("state", "show", "nope@de"), 64),
        (("state", "rm", "nope*", "--yes"), 64),
    ],
)
def test_before_any_apply_it_is_said_what_to_run(
    office: Office, command: tuple[str, ...], code: int
) -> None:
    ran = office.run(*command)
    assert (ran.code, ran.out) == (code, "")
    assert "nothing was applied yet: storyboard apply -e kaltura\n" in ran.err


@pytest.mark.parametrize(
    "command",
    [("check",), ("plan",), ("apply", "--yes"), ("status",), ("pull",)],
)
def test_a_folder_that_is_no_project_is_told(
    office: Office, command: tuple[str, ...], tmp_path: Path
) -> None:
    """`status` was green in the wrong folder, and `pull` up to date."""
    (tmp_path / "storyboards" / "tour.yaml").unlink()
    ran = office.run(*command)
    assert (ran.code, ran.out) == (3, "")
    assert "there is no 'storyboard.yaml' and no storyboard in" in ran.err
    assert "start one: `storyboard init`" in ran.err
