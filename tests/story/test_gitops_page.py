"""The pipelines of docs/how-to/gitops.md: who gets which secret and right, what their jobs do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from tests.support.action_runner import ActionRunner, runner_of
from tests.support.ci_scripts import ROOT
from tests.support.git_project import GitProject
from tests.support.pages import blocks_of
from tests.support.pipeline import Pipeline, pipeline

PAGE = (ROOT / "docs" / "how-to" / "gitops.md").read_text()
FILES = {block.path: block.text for block in blocks_of(PAGE) if block.path}
WORKFLOWS = {name: yaml.safe_load(text) for name, text in FILES.items() if "workflows" in name}
WORKFLOW = WORKFLOWS[".github/workflows/videos.yml"]
JOBS: dict[str, Any] = WORKFLOW["jobs"]
ALL_JOBS = [job for workflow in WORKFLOWS.values() for job in workflow["jobs"].values()]
OURS, THEIRS = "o/r", "stranger/r"


def triggers(workflow: dict[Any, Any]) -> dict[str, Any]:
    """Return what starts a workflow: YAML 1.1 reads `on` as true."""
    found: dict[str, Any] = workflow[True]
    return found


def started(event: str, head: str | None = None, workflow: dict[Any, Any] = WORKFLOW) -> set[str]:
    """Return the jobs that an event starts; `head` is the repository of a pull request's branch."""
    known = {
        "github.event_name": event,
        "github.event.pull_request.head.repo.full_name": head,
        "github.repository": OURS,
    }

    def holds(condition: str) -> bool:
        names = sorted(known, key=len, reverse=True)
        text = re.sub("|".join(map(re.escape, names)), lambda m: repr(known[m[0]]), condition)
        return bool(eval(text.replace("&&", "and")))

    return {name for name, job in workflow["jobs"].items() if holds(job["if"])}


def test_each_event_starts_the_jobs_that_the_page_tells_of() -> None:
    assert started("pull_request", OURS) == {"check", "plan"}
    assert started("pull_request", THEIRS) == {"check"}
    assert started("merge_group") == {"check"}
    assert started("push") == {"apply"}
    assert triggers(WORKFLOW).keys() == {"pull_request", "merge_group", "push"}
    assert triggers(WORKFLOW)["push"] == {"branches": ["main"]}


def test_production_is_planned_and_applied_on_its_branch_only() -> None:
    workflow = WORKFLOWS[".github/workflows/production.yml"]
    here = {"branches": ["production"]}
    assert triggers(workflow) == {"pull_request": here, "push": here}
    assert started("pull_request", OURS, workflow) == {"plan"}
    assert started("pull_request", THEIRS, workflow) == set()
    assert started("push", None, workflow) == {"apply"}
    ours = WORKFLOW["jobs"]
    assert workflow["jobs"] == {name: ours[name] for name in ("plan", "apply")}


def test_a_job_that_a_fork_can_start_has_no_secret_and_no_right_to_write() -> None:
    for name in started("pull_request", THEIRS):
        assert "secrets." not in str(JOBS[name])
        assert JOBS[name]["permissions"] == {"contents": "read"}
    for workflow in WORKFLOWS.values():
        assert workflow["permissions"] == {}
        assert "pull_request_target" not in triggers(workflow)


def test_jobs_have_the_least_rights_and_pinned_actions() -> None:
    for name in ("plan", "apply"):
        assert JOBS[name]["permissions"] == {"contents": "read", "pull-requests": "write"}
    for job in ALL_JOBS:
        for step in job["steps"]:
            assert re.search("@[0-9a-f]{40}$", step["uses"])
    apply = JOBS["apply"]["concurrency"]
    assert (apply["cancel-in-progress"], apply["queue"]) == (False, "max")
    plan = JOBS["plan"]["concurrency"]
    assert plan["cancel-in-progress"] is True, "an older push would write its plan last"
    assert "pull_request.number" in plan["group"]
    assert plan["group"] != apply["group"]


def test_its_inputs_are_those_of_the_action_and_of_the_template() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    for job in ALL_JOBS:
        assert inputs_of(job).keys() <= action.keys()
    spec = (ROOT / "ci" / "gitlab.yml").read_text().partition("\n---\n")[0]
    for block in [block for block in blocks_of(PAGE) if "include:" in block.text]:
        for include in yaml.safe_load(block.text)["include"]:
            assert include["inputs"].keys() <= yaml.safe_load(spec)["spec"]["inputs"].keys()
            assert include["remote"].endswith("/ci/gitlab.yml")


def inputs_of(job: dict[str, Any]) -> dict[str, str]:
    (step,) = [step for step in job["steps"] if "/storyboard@" in step["uses"]]
    return {name: str(value) for name, value in step["with"].items()}


def test_each_way_to_keep_the_memory_is_a_project_that_is_accepted() -> None:
    found = [block.text for block in blocks_of(PAGE) if "environments:" in block.text]
    assert len(found) == 4
    for text in found:
        welcome = "storyboards/welcome.yaml"
        files = {"storyboard.yaml": text, welcome: FILES[welcome]}
        compilation = compile_project(MemoryFiles(files))
        assert compilation.report.diagnostics == ()
        assert "production" in compilation.project.environments


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Pipeline]:
    with pipeline(tmp_path, "github") as made:
        yield made


def run_job(name: str, runner: ActionRunner) -> list[int]:
    """Run a job of the page, in the root of its clone."""
    given = inputs_of(JOBS[name])
    return runner.run(given.pop("command"), **{"directory": ".", **given})


@pytest.mark.slow
def test_its_workflow_brings_the_first_pull_request_to_a_film(
    tmp_path: Path, served: Pipeline
) -> None:
    project = {name: FILES[name] for name in ("storyboard.yaml", ".github/workflows/videos.yml")}
    repository = GitProject.begun(tmp_path, project)
    welcome = "storyboards/welcome.yaml"
    repository.push("welcome", {welcome: FILES[welcome]})
    for name, codes in (("check", [0, 0]), ("plan", [0, 0, 0])):
        runner = runner_of(
            served, repository.merged_clone("welcome").path, tmp_path / name,
            event="pull_request", **served.forge.variables,
        )  # fmt: skip
        assert run_job(name, runner) == codes
        assert "**1 to create" in runner.summary
    assert "<code>welcome</code> + create, 1 scene" in served.comment()
    sha = repository.merge("welcome")
    served.forge.merge(sha)
    runner = runner_of(
        served, repository.clone("main").path, tmp_path / "apply", event="push",
        **served.forge.variables_on(sha),
    )  # fmt: skip
    assert run_job("apply", runner) == [0]
    assert "✅ Applied to `production`" in served.comment("apply")
    assert [path.name for path in (tmp_path / "apply" / "films").iterdir()] == ["welcome.mp4"]
