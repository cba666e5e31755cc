"""Folders of a project that are links: what is behind them is read, or said to be unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from tests.support.project import Project

BOARD = "name: Board {0}\nlocales: [en]\nscenes:\n  - Welcome to chapter {0} of our tour.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    boards = {f"storyboards/{n}.yaml": BOARD.format(n) for n in ("one", "two")}
    team = {"storyboards/team/three.yaml": BOARD.format("three")}
    return Project.of(tmp_path / "project", {**boards, **team})


@pytest.mark.parametrize("folder", ["storyboards/team", "storyboards"])
def test_a_folder_that_becomes_a_link_inside_keeps_its_videos(
    folder: str, project: Project
) -> None:
    applied = project.run("apply", "-e", "local", "--yes")
    assert applied.code == ExitCode.OK
    (project.path / folder).rename(project.path / "moved")
    (project.path / folder).symlink_to(project.path / "moved")
    assert "3 videos ready" in project.run("check").err
    again = project.run("apply", "-e", "local", "--yes", "--prune")
    assert again.code == ExitCode.OK
    assert "delete" not in again.out + again.err
    assert len(list((project.path / "films").glob("*.mp4"))) == 3


@pytest.mark.parametrize("target", ["../elsewhere", "gone"])
@pytest.mark.parametrize("folder", ["storyboards/team", "storyboards"])
def test_nothing_is_pruned_that_is_behind_a_folder_not_read(
    folder: str, target: str, project: Project
) -> None:
    assert project.run("apply", "-e", "local", "--yes").code == ExitCode.OK
    (project.path / folder).rename(project.path.parent / "elsewhere")
    (project.path / folder).symlink_to(project.path / target)
    checked = project.run("check")
    assert checked.code == ExitCode.FILES_HAVE_ERRORS
    assert f"{folder}:1:1" in checked.err + checked.out
    pruned = project.run("apply", "-e", "local", "--yes", "--prune")
    assert pruned.code == ExitCode.FILES_HAVE_ERRORS
    assert len(list((project.path / "films").glob("*.mp4"))) == 3
