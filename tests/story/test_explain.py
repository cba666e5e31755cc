"""A reader of a finding asks what its code means."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.codes import CODES
from storyboard.errors import FailureCode
from tests.support.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.of(tmp_path, {})


def test_a_code_is_explained_with_examples(project: Project) -> None:
    ran = project.run("explain", "narration-short")
    assert (ran.code, ran.err) == (0, "")
    code = CODES["narration-short"]
    assert ran.out.startswith(f"narration-short: {code.summary} (warning)\n")
    assert code.bad.strip() in ran.out
    assert code.good.strip() in ran.out
    assert project.run("explain", "yaml-tag").out.startswith(
        "yaml-tag: a file uses a tag (error, fixed)"
    )


def test_without_a_code_all_are_listed(project: Project) -> None:
    listed = project.run("explain").out
    assert all(f"  {name} " in listed for name in CODES)
    forms = project.run("explain", "--json").json()["codes"]
    assert [form["code"] for form in forms] == list(CODES)
    (form,) = project.run("explain", "when", "--json").json()["codes"]
    assert form["severity"] == "error"


def test_the_code_of_a_failure_is_explained(project: Project) -> None:
    assert "may be run again as it is: yes\n" in project.run("explain", "locked").out
    assert {code.value for code in FailureCode}.isdisjoint(CODES), "a name means one thing"
    forms = project.run("explain", "locked", "--json").json()
    assert (forms["codes"], forms["errors"][0]["exit"]) == ([], 7)
    assert "did you mean 'outcome-unknown'?" in project.run("explain", "outcome-unknwn").err


def test_a_mistyped_code_is_guessed(project: Project) -> None:
    ran = project.run("explain", "narration-shrt")
    assert ran.code == 64
    assert "there is no code 'narration-shrt'" in ran.err
    assert "did you mean 'narration-short'?" in ran.err


def test_check_points_to_it(project: Project) -> None:
    assert "storyboard explain CODE" in project.run("check", "--help").out
