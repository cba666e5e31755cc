"""A project's copies of the schemas, from version to version."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.source.schema import schema_text
from tests.support.project import Project

COPY = ".storyboard/schemas/storyboard.schema.json"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    assert project.run("init").code == 0
    return project


def contents(project: Project) -> dict[str, str]:
    files = [path for path in project.path.rglob("*") if path.is_file()]
    return {str(path.relative_to(project.path)): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize("command", [["schema", "--update"], ["init"]])
def test_an_old_copy_is_refreshed_and_nothing_else(project: Project, command: list[str]) -> None:
    project.edit("storyboards/welcome.yaml", "Hello, and welcome", "Good day, and welcome")
    before = contents(project)
    project.write(COPY, "{}\n")
    ran = project.run(*command)
    assert (ran.code, ran.out) == (0, f"wrote {COPY}\n")
    assert contents(project) == before
    assert "wrote" not in project.run(*command).out


@pytest.mark.slow
def test_doctor_says_so(project: Project) -> None:
    assert "ok       schemas" in told(project)
    project.write(COPY, "{}\n")
    assert "warning  schemas" in told(project)
    assert "1 copy is of another version in '.storyboard/schemas'" in told(project)
    assert "storyboard schema --update" in told(project)


def test_line_ends_of_git_are_no_other_version(project: Project) -> None:
    crlf = schema_text("storyboard").replace("\n", "\r\n").encode()
    (project.path / COPY).write_bytes(crlf)
    assert "wrote" not in project.run("schema", "--update").out
    assert (project.path / COPY).read_bytes() == crlf


def test_no_link_is_written_through(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "file"
    outside.write_text("mine")
    (project.path / COPY).unlink()
    (project.path / COPY).symlink_to(outside)
    ran = project.run("schema", "--update")
    assert ran.code != 0
    assert "leads out of the project" in ran.err
    assert outside.read_text() == "mine"


def test_a_name_and_an_update_exclude_each_other(project: Project) -> None:
    assert project.run("schema", "storyboard", "--update").code == 64


def test_an_unknown_name_gets_the_nearest_one(project: Project) -> None:
    ran = project.run("schema", "plans")
    assert (ran.code, ran.out) == (64, "")
    assert ran.err == "error: there is no schema 'plans'\nhint: did you mean 'plan'?\n"


def told(project: Project) -> str:
    return project.run("doctor").out
