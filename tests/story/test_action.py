"""What others run of this repository: the action's steps as scripts, the hooks, the image."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from storyboard.cli import storyboard
from tests.support.forge_server import forge_server

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
IMAGE = (ROOT / "Dockerfile").read_text()


def steps(command: str) -> list[dict[str, Any]]:
    """Return the steps of a command that run something, but for the installation."""
    return [
        step for step in ACTION["runs"]["steps"]
        if "run" in step and f"'{command}'" in step.get("if", "")
    ]  # fmt: skip


def run_step(step: dict[str, Any], place: Path, variables: dict[str, str]) -> int:
    """Run a step as a runner does, with the real command line; returns its exit code."""
    known = {
        "inputs.directory": "videos",
        "inputs.environment": "local",
        "inputs.token": variables["GITHUB_TOKEN"],
    }
    given = {
        name: re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda m: known[m[1]], value)
        for name, value in step.get("env", {}).items()
    }
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(bash, cwd=place, env={**variables, **given}, check=False).returncode


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """A project in a folder of a repository, and what a runner sets."""
    videos = tmp_path / "videos"
    (videos / "storyboards").mkdir(parents=True)
    (videos / "storyboard.yaml").write_text("locales: [en]\n")
    (videos / "storyboards" / "tour.yaml").write_text(
        "name: Tour\nscenes:\n  - Welcome to the tour of our house.\n"
    )
    tools = tmp_path / "tools"
    tools.mkdir()
    program = tools / "storyboard"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom storyboard.entry import main\nsys.exit(main())\n"
    )
    program.chmod(0o755)
    return {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }


@pytest.mark.slow
def test_its_plan_ends_in_one_comment(tmp_path: Path, runner: dict[str, str]) -> None:
    with forge_server("github") as forge:
        variables = {**runner, **forge.variables}
        for _ in range(2):
            assert [run_step(step, tmp_path, variables) for step in steps("plan")] == [0, 0, 0]
        (note,) = forge.notes
        assert note.body.startswith("<!-- storyboard plan: local -->\n")
        assert "1 to create" in note.body or "+ create" in note.body
        assert "+ create" in (tmp_path / "summary.md").read_text()


@pytest.mark.slow
def test_a_mistake_fails_the_check_and_writes_no_comment(
    tmp_path: Path, runner: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    storyboard = tmp_path / "videos" / "storyboards" / "tour.yaml"
    storyboard.write_text("nmae: Tour\nscenes: [Hello to you all]\n")
    with forge_server("github") as forge:
        variables = {**runner, **forge.variables}
        check, plan, comment = steps("plan")
        assert run_step(check, tmp_path, variables) == 3
        assert "file=videos/storyboards/tour.yaml,line=1," in capfd.readouterr().out
        assert run_step(plan, tmp_path, variables) == 3
        assert run_step(comment, tmp_path, variables) == 0
        assert not forge.notes


def test_no_step_puts_an_input_into_a_script() -> None:
    """An input may be what a stranger wrote: it comes by a variable, never by the script's text."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "uses" not in step or re.search(r"@[0-9a-f]{40}$", step["uses"]), step["uses"]


def test_its_steps_use_options_that_there_are() -> None:
    told = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    calls = re.findall(r'storyboard (?:-C "\$DIRECTORY" )?(.+?)(?: >|$)', "\n".join(told), re.M)
    assert len(calls) == 4
    hooks = [hook["entry"].removeprefix("storyboard ") for hook in HOOKS]
    for call in (*calls, *hooks):
        words = [word.strip('"') for word in call.split()]
        names = [word for word in words if not word.startswith(("-", "$"))]
        options = {word for word in words if word.startswith("-")}
        depth = 2 if names[0] in ("ci", "locale") else 1
        told = CliRunner().invoke(storyboard, [*names[:depth], "--help"]).output
        assert all(option in told for option in options), call


@pytest.mark.slow
def test_the_hooks_run_in_a_repository(tmp_path: Path, runner: dict[str, str]) -> None:
    for hook in HOOKS:
        done = subprocess.run(
            hook["entry"].split(), cwd=tmp_path / "videos", env=runner, check=False
        )
        assert done.returncode == 0, hook["id"]


def test_the_image_is_small_and_runs_as_nobody_special() -> None:
    lines = [line for line in IMAGE.splitlines() if line and not line.startswith("#")]
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert all(re.search(r":3\.\d+-slim-\w+$", base) for base in bases)
    assert "USER 1000" in lines
    assert lines.index("USER 1000") < lines.index('ENTRYPOINT ["storyboard"]')
    assert not re.search(r"curl|wget|ADD |sudo|--privileged", IMAGE)
    for copied in re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.M):
        assert (ROOT / copied).exists(), copied
