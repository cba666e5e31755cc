"""What a contributor meets: hooks that refuse what CI would, a page that is true."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from storyboard.kaltura.retry import POLICIES
from storyboard.studio.api.avatar_api import HANDLERS
from storyboard.studio.api.requests import REQUESTS
from storyboard.wire import Action
from tests.support.shares import is_of_share

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with our hooks and tools, and none of our files."""
    for folder in (".githooks", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    for hook in (ROOT / ".githooks").iterdir():
        shutil.copy2(hook, tmp_path / ".githooks")
    types = tmp_path / ".venv/bin/mypy"
    types.write_text("#!/bin/sh\n")
    types.chmod(0o755)
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
    assert ruff is not None, "run first: make install"
    (tmp_path / ".venv/bin/ruff").symlink_to(ruff)
    for command in (
        ["init", "--quiet"],
        ["config", "core.hooksPath", ".githooks"],
        ["config", "user.email", "a@example.com"],
        ["config", "user.name", "A"],
    ):
        git(tmp_path, *command).check_returncode()
    return tmp_path


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=kept, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("plan: show renamed videos", ""),
        ("Merge branch 'plan'", ""),
        ("Show renamed videos", "area: verb object"),
        ("plan: show renamed videos.", "area: verb object"),
        ("plan: " + "x" * 67, "73 characters"),
    ],
)
def test_a_subject_has_its_form(clone: Path, subject: str, told: str) -> None:
    ran = git(clone, "commit", "--allow-empty", "--quiet", "-m", subject)
    assert told in ran.stderr
    assert (ran.returncode == 0) is (told == ""), ran.stderr


def test_a_file_is_linted_before_it_is_committed(clone: Path) -> None:
    path = clone / "a file.py"
    path.write_text("import os\n")
    git(clone, "add", path.name)
    refused = git(clone, "commit", "-m", "area: add a file")
    assert refused.returncode != 0
    assert "F401" in refused.stdout + refused.stderr
    path.write_text("x  =  1\n")
    git(clone, "add", path.name)
    assert git(clone, "commit", "-m", "area: add a file").returncode != 0
    path.write_text("x = 1\n")
    git(clone, "add", path.name)
    taken = git(clone, "commit", "-m", "area: add a file")
    assert taken.returncode == 0, taken.stderr


def test_the_forge_runs_what_everybody_runs() -> None:
    """One script checks everything: a workflow has no steps of its own that could differ."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    steps = workflow["jobs"]["check"]["steps"]
    assert steps[-1]["run"] == ".ci/run"
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_ci_checks_lint_types_tests_wheel_page_and_demo() -> None:
    script = (ROOT / ".ci/run").read_text()
    for target in (
        "check",
        "test",
        "fuzz",
        "test-slow",
        "test-wheel",
        "test-browser",
        "test-scale",
        "demo",
    ):
        assert re.search(rf"^make {target}\b", script, re.MULTILINE), target


@pytest.mark.parametrize("shares", [1, 2, 3, 7])
def test_each_test_is_of_one_share_and_no_share_is_empty(shares: int) -> None:
    """What a slow machine leaves out at one change, it runs at another."""
    names = [f"tests/unit/test_locales.py::test_names[{number}]" for number in range(300)]
    parts = [
        {name for name in names if is_of_share(name, share, shares)}
        for share in range(1, shares + 1)
    ]
    assert sorted(name for part in parts for name in part) == sorted(names)
    assert min(len(part) for part in parts) > len(names) / shares / 2


@pytest.mark.parametrize("share", ["0/2", "3/2"])
def test_a_share_that_is_none_is_no_run_without_tests(share: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "--share", share, __file__]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.returncode not in {0, 5}


def test_what_the_page_names_is_there() -> None:
    """A file that moved, or a table that has another name, sends a newcomer nowhere."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:storyboard|tests|docs|\.ci)/[\w./]+|\w+\.(?:md|txt))`", page)
    assert len(paths) > 15
    for path in paths:
        named = path.replace("NAME.py", "unspeakable.py").replace("NAME/", "smallest/")
        assert (ROOT / named).exists(), path
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^\| `make ([\w-]+)`|^make ([\w-]+)", page, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("storyboard.codes.checks", "CODES"),
        ("storyboard.templates.text_filters", "TEXT_FILTERS"),
        ("storyboard.studio.voice.languages", "SPOKEN"),
        ("storyboard.speech_rates", "RATES"),
        ("storyboard.studio.voice.casting", "CAST"),
        ("storyboard.wire", "TEMPLATE_IDS"),
        ("storyboard.studio.api.avatar_api", "HANDLERS"),
        ("storyboard.studio.api.requests", "REQUESTS"),
        ("storyboard.studio.api.replies", "REPLIES"),
        ("storyboard.studio.behavior.conditions", "OPERATIONS"),
        ("storyboard.kaltura.retry", "POLICIES"),
    ],
)
def test_the_tables_of_the_page_are_there(module: str, name: str) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert f"`{name}`" in page
    assert hasattr(importlib.import_module(module), name)


def test_every_action_is_in_every_table() -> None:
    for table in (HANDLERS, REQUESTS, POLICIES):
        assert set(Action) - set(table) == set(), "see CONTRIBUTING.md, 'Add an action of the API'"


def test_each_release_of_the_changelog_has_each_kind_once() -> None:
    """Two branches that both add a heading merge without a conflict."""
    kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    _, *releases = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.M)
    assert releases[0].startswith("Unreleased\n")
    for release in releases:
        found = re.findall(r"^### (.+)$", release, re.M)
        assert found == [kind for kind in kinds if kind in found], release.partition("\n")[0]
        assert "\n\n- " not in release
