"""Folders of a project that are links: what is behind them is read, or said to be unread."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from tests.support.project import Project

BOARD = "name: Board {0}\nlocales: [en]\nscenes:\n  - Welcome to chapter {0} of our tour.\n"

APPLY = ("apply", "-e", "local", "--yes", "--no-generate")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    boards = {f"storyboards/{n}.yaml": BOARD.format(n) for n in ("one", "two")}
    team = {"storyboards/team/three.yaml": BOARD.format("three")}
    return Project.of(tmp_path / "project", {**boards, **team})


def recorded(project: Project) -> int:
    state = project.path / ".storyboard" / "state" / "local.json"
    return len(json.loads(state.read_text())["videos"])


@pytest.mark.parametrize("folder", ["storyboards/team", "storyboards"])
def test_a_folder_that_becomes_a_link_inside_keeps_its_videos(
    folder: str, project: Project
) -> None:
    assert project.run(*APPLY).code == ExitCode.OK
    (project.path / folder).rename(project.path / "moved")
    (project.path / folder).symlink_to(project.path / "moved")
    assert "3 videos ready" in project.run("check").err
    again = project.run(*APPLY, "--prune")
    assert again.code == ExitCode.OK
    assert "delete" not in again.out + again.err
    assert recorded(project) == 3


@pytest.mark.parametrize("target", ["../elsewhere", "gone"])
@pytest.mark.parametrize("folder", ["storyboards/team", "storyboards"])
def test_nothing_is_pruned_that_is_behind_a_folder_not_read(
    folder: str, target: str, project: Project
) -> None:
    assert project.run(*APPLY).code == ExitCode.OK
    (project.path / folder).rename(project.path.parent / "elsewhere")
    (project.path / folder).symlink_to(project.path / target)
    checked = project.run("check")
    assert checked.code == ExitCode.FILES_HAVE_ERRORS
    assert f"{folder}:1:1" in checked.err + checked.out
    pruned = project.run(*APPLY, "--prune")
    assert pruned.code == ExitCode.FILES_HAVE_ERRORS
    assert recorded(project) == 3


def linked_out(project: Project, folder: str) -> Path:
    """Have a folder of ours lie on another disk."""
    away = project.path.parent / "disk"
    away.mkdir()
    (project.path / folder).symlink_to(away)
    return away


@pytest.mark.slow
def test_films_on_another_disk_stop_only_what_writes_there(project: Project) -> None:
    away = linked_out(project, "films")
    for command in ("check", "plan", "doctor", "status", "outputs"):
        assert project.run(command, *(("-e", "local") if command != "check" else ())).code == 0
    refused = project.run("apply", "-e", "local", "--yes")
    assert refused.code == ExitCode.FILES_HAVE_ERRORS
    assert "'films' leads out of the project through a link" in refused.err
    assert "make it a folder, set `download:`, or pass `--download DIR`" in refused.err
    assert not list(away.iterdir())
    there = ("--download", str(away))
    assert project.run("apply", "one", "-e", "local", "--yes", *there).code == ExitCode.OK
    assert {film.name for film in away.iterdir()} == {
        f"one@en{suffix}" for suffix in (".mp4", ".srt", ".vtt")
    }


def test_our_own_folder_as_a_link_out_stops_only_what_needs_it(project: Project) -> None:
    away = linked_out(project, ".storyboard")
    assert project.run("check").code == ExitCode.OK
    for command in (("plan",), ("apply", "--yes"), ("outputs",)):
        refused = project.run(*command, "-e", "local")
        assert refused.code not in (ExitCode.OK, ExitCode.USAGE)
        assert "through a link" in refused.err
        assert "folder" in refused.err.partition("through a link")[2]
        assert "copy it" not in refused.err
    assert not list(away.iterdir())
