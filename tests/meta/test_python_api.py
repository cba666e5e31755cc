"""The Python API: what its page promises is there, typed, and runs as it is printed."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import storyboard as sb
from storyboard import api
from storyboard.commands.pull_requests import Job
from storyboard.state.git_program import GitProgram
from storyboard.views.plan_json import render_plan_json
from tests.support.project import Project

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "python-api.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
STORYBOARD = "name: Hello\navatar: jane\nscenes: ['Hello and welcome to {{ product }}.']\n"

TYPES = """
from typing import assert_type

import storyboard
from storyboard import Request

assert_type(request, Request)
assert_type(compilation, storyboard.Compilation)
assert_type(plan, storyboard.Plan)
assert_type(applied, storyboard.Applied)
assert_type(plan.summary, dict[str, int])
assert_type(sb.read_state(request), sb.State | None)
for standing in asyncio.run(sb.fetch_standings(request, compilation)):
    assert_type(standing, sb.Standing)
for waited in asyncio.run(sb.wait_for_films(request, sb.Patience(timeout=1))):
    assert_type(waited.end, sb.End)
assert_type(storyboard.__version__, str)
"""
"""What the names of the example are to a type checker: not `Any`, above all."""

MISTAKES = """
import storyboard as sb

sb.plan_change  # no such name
sb.find_request(envirnment="local")
sb.open_local_studio("workspace")
sb.PlanOptions(prune="yes")
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.of(
        tmp_path, {"storyboards/hello.yaml": STORYBOARD, "storyboard.yaml": "vars: {product: Acme}"}
    )


def test_every_name_is_on_the_page_and_no_other() -> None:
    named = re.findall(r"^\| (`.*?`) \|", PAGE, re.MULTILINE)
    told = [name for cell in named for name in re.findall(r"`(\w+)", cell)]
    assert sorted(told) == sorted(api.__all__)


def test_every_name_is_there_and_documented() -> None:
    assert set(api.__all__) <= set(dir(sb))
    for name in api.__all__:
        assert inspect.getdoc(getattr(sb, name)), name
    with pytest.raises(AttributeError, match="plan_change"):
        _ = sb.plan_change  # type: ignore[attr-defined]


def test_a_star_import_brings_every_name() -> None:
    got: dict[str, object] = {}
    exec("from storyboard import *", got)
    assert set(api.__all__) <= set(got)
    assert sb.__all__ == api.__all__


def test_what_holds_the_environment_is_shown_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALTURA_ADMIN_SECRET", "0123456789abcdef0123456789abcdef")
    request = sb.find_request(environment="production")
    assert request.shell["KALTURA_ADMIN_SECRET"]
    for shown in (request, GitProgram(ROOT), Job(request.shell)):
        assert "KALTURA" not in repr(shown)
    assert "environment='production'" in repr(request)


def test_the_page_tells_every_argument() -> None:
    for name, told in re.findall(r"^\| `(\w+)\(([^)]*)\)` \|", PAGE, re.MULTILINE):
        arguments = [one for one in told.split(", ") if one != "*"]
        assert arguments == list(inspect.signature(getattr(sb, name)).parameters), name


def test_no_function_takes_settings_that_no_type_knows() -> None:
    for name in api.__all__:
        if inspect.isfunction(function := getattr(sb, name)):
            kinds = {p.kind for p in inspect.signature(function).parameters.values()}
            assert inspect.Parameter.VAR_KEYWORD not in kinds, name


def test_a_command_line_imports_no_api() -> None:
    asked = "import sys, storyboard.cli; print('storyboard.api' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "False\n", done.stderr


@pytest.mark.slow
def test_the_example_runs(project: Project) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-W", "error", "-c", EXAMPLE]
        return subprocess.run(
            command, cwd=project.path, env=environment, capture_output=True, text=True
        )

    first = run()
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[:2] == ["create hello", "generate hello"]
    assert "hello ready" in first.stdout
    assert json.loads((project.path / "plan.json").read_text())["summary"]["create"] == 1
    assert run().returncode == 0
    project.edit("storyboards/hello.yaml", "scenes", "scnes")
    wrong = run()
    assert wrong.returncode == sb.ExitCode.FILES_HAVE_ERRORS
    assert "error storyboards/hello.yaml:" in wrong.stderr


@pytest.mark.slow
def test_a_consumer_is_checked_strictly(tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(EXAMPLE + TYPES)
    (tmp_path / "mistaken.py").write_text(MISTAKES)

    def check(name: str) -> subprocess.CompletedProcess[str]:
        cache = ROOT / ".mypy_cache" / "consumer"
        return subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, name],
            cwd=tmp_path,
            env={**os.environ, "MYPYPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )

    good = check("consumer.py")
    assert good.returncode == 0, good.stdout
    bad = check("mistaken.py")
    lines = re.findall(r"^mistaken\.py:(\d+): error", bad.stdout, re.MULTILINE)
    assert lines == ["4", "5", "6", "7"], bad.stdout


def test_a_typo_plans_no_deletion(project: Project) -> None:
    """A file that cannot be read has no video, and that is not the author's wish to delete it."""
    request = sb.find_request(directory=project.path)
    prune = sb.PlanOptions(prune=True, generate=False)
    compilation = sb.compile_request(request)
    applied = asyncio.run(
        sb.apply_changes(request, compilation, approve=lambda plan: True, options=prune)
    )
    assert applied.outcome is not None
    assert applied.outcome.exit_code is sb.ExitCode.OK
    project.edit("storyboards/hello.yaml", "scenes", "scnes")
    broken = sb.compile_request(request)
    with pytest.raises(sb.ProjectError, match="have errors"):
        asyncio.run(sb.plan_changes(request, broken, prune))
    with pytest.raises(sb.ProjectError, match="have errors"):
        asyncio.run(sb.apply_changes(request, broken, approve=lambda plan: True, options=prune))
    with pytest.raises(sb.ProjectError, match="have errors"):
        asyncio.run(sb.fetch_standings(request, broken))
    state = sb.read_state(request)
    assert state is not None
    assert list(sb.outputs_to_dict(sb.read_outputs(request))) == ["hello"]


def test_a_plans_values_are_what_its_json_says(project: Project) -> None:
    request = sb.find_request(directory=project.path)
    plan = asyncio.run(sb.plan_changes(request, sb.compile_request(request)))
    told = sb.plan_to_dict(plan)
    assert json.loads(json.dumps(told)) == json.loads(render_plan_json(plan))
    assert [action["action"] for action in told["actions"]] == ["create", "generate"]
