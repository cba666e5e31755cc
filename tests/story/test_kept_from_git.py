"""A project without a `.gitignore`: `git add -A` takes neither the studio's secret nor films."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from tests.support.project import Project

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

BOARD = "name: Tour\nlocales: [en]\nscenes: [Welcome to the tour of our new search engine.]\n"
ENVIRONMENTS = """\
environments:
  draft: {studio: local}
  kept: {studio: local, state: state/kept.json, download: published}
"""


def git(folder: Path, *words: str) -> str:
    given = ("git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words)
    return subprocess.run(given, cwd=folder, check=True, capture_output=True, text=True).stdout


def committed(project: Project) -> set[str]:
    git(project.path, "init", "-q")
    git(project.path, "add", "-A")
    git(project.path, "commit", "-qm", "all")
    return set(git(project.path, "ls-files").split())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    texts = {"tour.storyboard.yaml": BOARD, "storyboard.yaml": ENVIRONMENTS}
    return Project.of(tmp_path / "project", texts)


def test_what_is_of_this_machine_is_not_committed(project: Project) -> None:
    for name in ("local", "draft"):
        ran = project.run("apply", "-e", name, "--yes", "--allow-twins")
        assert ran.code == ExitCode.OK, ran.err
    assert list((project.path / "films").glob("*.mp4"))
    assert committed(project) == {"storyboard.yaml", "tour.storyboard.yaml"}


def test_what_the_file_names_can_be_committed(project: Project) -> None:
    assert project.run("apply", "-e", "kept", "--yes").code == ExitCode.OK
    assert {"state/kept.json", "published/tour@en.mp4"} <= committed(project)


def test_what_lies_beside_a_state_that_is_committed_is_not(project: Project) -> None:
    """A new project's own `.gitignore` knows what runs leave beside a state that a file names."""
    assert project.run("init").code == ExitCode.OK
    (project.path / "storyboards" / "welcome.yaml").unlink()
    assert project.run("apply", "-e", "kept", "--yes", "--no-generate").code == ExitCode.OK
    for left in ("journal", "spool", "damaged", "journal.damaged"):
        (project.path / "state" / f"kept.json.{left}").write_text("{}")
    beside = {path.name for path in (project.path / "state").iterdir()}
    assert {"kept.json.lock", "kept.json.backup"} <= beside
    names = {name for name in committed(project) if name.startswith("state/")}
    assert names == {"state/kept.json"}


def test_a_kaltura_state_beside_a_private_one_can_be_committed(project: Project) -> None:
    assert project.run("apply", "-e", "local", "--yes", "--no-generate").code == ExitCode.OK
    (project.path / ".storyboard" / "state" / "kaltura.json").write_text("{}")
    assert ".storyboard/state/kaltura.json" in committed(project)


def test_a_gitignore_that_is_there_stays(project: Project) -> None:
    ignored = project.path / ".storyboard" / "state" / ".gitignore"
    ignored.parent.mkdir(parents=True)
    ignored.write_text("!*\n")
    (project.path / "films").mkdir()
    assert project.run("apply", "-e", "local", "--yes").code == ExitCode.OK
    assert ignored.read_text() == "!*\n"
    assert {".storyboard/state/local.json", "films/tour@en.mp4"} <= committed(project)


def test_the_hint_for_a_secret_that_came_by_git_helps(project: Project) -> None:
    assert project.run("plan", "-e", "local").code == ExitCode.OK
    workspace = project.path / ".storyboard" / "studio"
    (workspace / ".gitignore").unlink()
    assert ".storyboard/studio/identity.json" in committed(project)
    (workspace / "identity.json").chmod(0o644)
    refused = project.run("plan", "-e", "local")
    assert refused.code != ExitCode.OK
    for command in re.findall(r"(?:rm -r|git rm -r --cached) [^;\s]+", refused.err):
        subprocess.run(command, shell=True, cwd=project.path, check=True, capture_output=True)
    assert project.run("plan", "-e", "local").code == ExitCode.OK
    assert ".storyboard/studio/identity.json" not in committed(project)
