"""The template for GitLab: its form, and its jobs run as scripts in clones of a repository."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.ci_scripts import (
    GITLAB,
    ROOT,
    check_options,
    commands_in,
    run_script,
    runner_with_tools,
)
from tests.support.git_project import GitProject
from tests.support.pipeline import Pipeline, pipeline
from tests.support.state_places import git

TEXT = (ROOT / "ci" / "gitlab.yml").read_text()
SPEC, BODY = TEXT.split("\n---\n")
INPUTS: dict[str, Any] = yaml.safe_load(SPEC)["spec"]["inputs"]
TOUR = "name: {name}\nscenes:\n  - id: hi\n    narration: Welcome to the tour of our house.\n"
PROJECT = """\
storyboards: ["*.yaml"]
environments:
  production: {studio: kaltura, userId: maker, identity: name}
"""
JOB_KEYS = {
    "extends", "stage", "rules", "script", "artifacts", "image", "interruptible", "variables",
    "before_script", "retry", "resource_group", "environment",
}  # fmt: skip


def template(**inputs: str) -> dict[str, Any]:
    """Return the jobs as GitLab makes them of the inputs: by their text."""
    values = {name: str(told.get("default", "")).lower() if told.get("type") == "boolean"
              else str(told.get("default", "")) for name, told in INPUTS.items()}  # fmt: skip
    values |= inputs
    text = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda m: values[m[1]], BODY)
    jobs: dict[str, Any] = yaml.safe_load(text)
    return jobs


@dataclass
class Runner:
    """Runs a job of the template in a clone."""

    jobs: dict[str, Any]
    variables: dict[str, str]

    def run(self, name: str, place: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a job's script, its installation left out."""
        job = self.jobs[f"storyboard {name} production"]
        base = self.jobs[job["extends"]]
        given = {key: str(value) for key, value in base["variables"].items()}
        script = "\n".join(job["script"])
        return run_script(GITLAB, script, place, self.variables | given | variables)


@pytest.fixture
def repository(tmp_path: Path) -> GitProject:
    files = {"videos/storyboard.yaml": PROJECT, "videos/old.yaml": TOUR.format(name="Old")}
    return GitProject.begun(tmp_path, files)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Pipeline]:
    with pipeline(tmp_path, "gitlab") as made:
        yield made


@pytest.fixture
def runner(tmp_path: Path, served: Pipeline) -> Runner:
    (tmp_path / "home").mkdir()
    variables = runner_with_tools(tmp_path / "home") | served.clones.variables
    return Runner(template(environment="production", directory="videos", films="true"), variables)


def branch_clone(repository: GitProject, branch: str) -> Path:
    """Return a clone as GitLab's runner makes it: the branch alone, with its history."""
    place = repository.merged_clone("main").path
    git(place, "checkout", "--quiet", "--detach", f"origin/{branch}")
    return place


@pytest.mark.slow
def test_it_plans_the_merged_files_and_applies_them(
    repository: GitProject, served: Pipeline, runner: Runner
) -> None:
    """Main moved since the branch began: its video is in the plan, and in the apply."""
    repository.push("new", {"videos/new.yaml": TOUR.format(name="New")})
    repository.push("other", {"videos/other.yaml": TOUR.format(name="Other")})
    repository.merge("other")
    place = branch_clone(repository, "new")
    told = runner.run("check", place)
    assert told.returncode == 0, told.stdout
    assert "<testsuite" in (place / "check.xml").read_text()
    planned = runner.run(
        "plan", place, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", **served.forge.variables
    )
    assert planned.returncode == 0, planned.stdout
    assert "3 to create" in served.comment()
    sha = repository.merge("new")
    served.forge.merge(sha)
    place = repository.clone("main").path
    applied = runner.run("apply", place, **served.forge.variables_on(sha))
    assert applied.returncode == 0, applied.stdout
    assert "✅ Applied to `production`" in (place / "result.md").read_text()
    assert {path.name for path in (place / "films").glob("*.mp4")} == {
        "old.mp4",
        "new.mp4",
        "other.mp4",
    }


@pytest.mark.slow
def test_the_state_in_git_is_pushed_with_the_token_of_the_project(
    repository: GitProject, served: Pipeline, runner: Runner
) -> None:
    """The clone of a runner may be read only; another token may push."""
    project = PROJECT.replace("identity: name", "state: {git: {ref: refs/storyboard/videos}}")
    repository.push("new", {"videos/storyboard.yaml": project})
    planned = runner.run(
        "plan", branch_clone(repository, "new"), CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main",
        **served.forge.variables,
    )  # fmt: skip
    assert planned.returncode == 0, planned.stdout
    sha = repository.merge("new")
    served.forge.merge(sha)
    place = repository.clone("main").path
    address = "https://storyboard:secret@gitlab.example/group/videos.git"
    pushing = {
        "PUSH_TOKEN": "secret", "CI_SERVER_HOST": "gitlab.example",
        "CI_PROJECT_PATH": "group/videos", "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.url}.insteadOf", "GIT_CONFIG_VALUE_0": address,
    }  # fmt: skip
    git(place, "remote", "set-url", "origin", "/nowhere")
    applied = runner.run("apply", place, **served.forge.variables_on(sha), **pushing)
    assert applied.returncode == 0, applied.stdout
    assert "refs/storyboard/videos" in repository.refs()


@pytest.mark.slow
def test_a_plan_that_cannot_be_made_fails_the_job_and_is_said(
    repository: GitProject, served: Pipeline, runner: Runner
) -> None:
    repository.push("new", {"videos/new.yaml": "nmae: New\nscenes: [Hello to you]\n"})
    place = branch_clone(repository, "new")
    assert runner.run("check", place).returncode == 3
    assert "nmae" in (place / "check.xml").read_text()
    planned = runner.run(
        "plan", place, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", **served.forge.variables
    )
    assert planned.returncode == 3
    assert "### No plan for `production`" in served.comment()


@pytest.mark.slow
def test_a_fork_gets_its_check_and_a_plan_without_an_account(
    repository: GitProject, served: Pipeline, runner: Runner
) -> None:
    for name in served.clones.variables:
        del runner.variables[name]
    base = git(repository.person, "rev-parse", "HEAD")
    repository.push("new", {"videos/new.yaml": TOUR.format(name="New")})
    place = branch_clone(repository, "new")
    assert runner.run("check", place).returncode == 0
    planned = runner.run("offline", place, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert planned.returncode == 0, planned.stdout
    assert "**1 to create, 1 unchanged**" in (place / "plan.md").read_text()
    assert not served.forge.asked


def test_each_input_is_declared_and_used() -> None:
    assert set(re.findall(r"inputs\.(\w+)", BODY)) == INPUTS.keys()
    assert all(told.keys() <= {"description", "default", "type"} for told in INPUTS.values())
    assert "default" not in INPUTS["environment"]


def test_no_script_has_an_input_in_its_text() -> None:
    """An input with a quotation mark would be a part of the script: variables carry them."""
    jobs = yaml.safe_load(BODY)
    for name, job in jobs.items():
        for line in (*job.get("script", ()), *job.get("before_script", ())):
            assert "$[[" not in line, name


TOOL = """\
#!/bin/sh
printf '%s\\n' "$@" >> "$HOME/asked"
echo written
"""


@pytest.mark.parametrize("name", ["check", "offline", "plan", "apply"])
def test_no_job_writes_through_a_link_of_the_repository(name: str, tmp_path: Path) -> None:
    """A redirection follows a link, out of the clone too; a pattern takes names of files."""
    home, place = tmp_path / "home", tmp_path / "clone"
    home.mkdir()
    place.mkdir()
    tools = runner_with_tools(home)
    (home / "tools" / "storyboard").write_text(TOOL)
    git = home / "tools" / "git"
    git.write_text("#!/bin/sh\n")
    git.chmod(0o755)
    mine = tmp_path / "mine"
    mine.mkdir()
    for written in (*re.findall(r"> (\w+\.\w+)", BODY), "films"):
        (mine / written).write_text("mine")
        (place / written).unlink(missing_ok=True)
        (place / written).symlink_to(mine / written)
    (place / "--direct").touch()
    jobs = template(environment="production", options="tour-* *", films="true")
    done = Runner(jobs, tools).run(name, place, CI_MERGE_REQUEST_DIFF_BASE_SHA="base")
    assert done.returncode == 0, done.stdout
    assert {path.read_text() for path in mine.iterdir()} == {"mine"}
    assert "--direct" not in (home / "asked").read_text().split()
    assert not (place / "films").is_symlink() or name != "apply"


def test_its_jobs_have_known_keys_and_commands_that_there_are() -> None:
    jobs = template(environment="production")
    assert len(jobs) == 5
    for name, job in jobs.items():
        assert job.keys() <= JOB_KEYS, name
        assert all(isinstance(value, str) for value in job.get("variables", {}).values())
        assert name.startswith(".") or {"extends", "stage", "rules", "script"} <= job.keys()
        for call in commands_in("\n".join(job.get("script", ()))):
            check_options(call)
        expose = job.get("artifacts", {}).get("expose_as", "a")
        assert re.fullmatch(r"\w[-\w ]{0,99}", expose), "what GitLab takes as a title"


def test_two_environments_are_included_side_by_side() -> None:
    one, other = template(environment="production"), template(environment="staging")
    assert not one.keys() & other.keys()
    apply = other["storyboard apply staging"]
    assert (apply["resource_group"], apply["environment"]) == (
        "storyboard-staging",
        {"name": "staging"},
    )
    assert apply["interruptible"] is False
    assert apply["retry"] == 0, "a second run is a person's yes to a plan that changed"


def started(jobs: dict[str, Any], **variables: str) -> set[str]:
    """Return the jobs that a pipeline with these variables has."""

    def holds(rule: str) -> bool:
        text = re.sub(r"\$(\w+)", lambda m: repr(variables.get(m[1])), rule)
        return bool(eval(text.replace("&&", "and")))

    return {
        name.split()[1] for name, job in jobs.items()
        if not name.startswith(".") and any(holds(rule["if"]) for rule in job["rules"])
    }  # fmt: skip


def test_each_pipeline_has_the_jobs_that_it_may_have() -> None:
    """A fork is told from the project; and a branch of its own promotes to an environment."""
    jobs = template(environment="production", branch="live")
    request = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_PROJECT_ID": "1"}
    for branch, source, wanted in (
        ("live", "1", {"check", "plan"}),
        ("live", "2", {"check", "offline"}),
        ("main", "1", set()),
    ):
        pipeline = {
            **request,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": branch,
            "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": source,
        }
        assert started(jobs, **pipeline) == wanted
    assert started(jobs, CI_PIPELINE_SOURCE="push", CI_COMMIT_BRANCH="live") == {"apply"}
    assert started(jobs, CI_PIPELINE_SOURCE="push", CI_COMMIT_BRANCH="main") == set()
    assert started(jobs, CI_PIPELINE_SOURCE="schedule", CI_COMMIT_BRANCH="live") == set()
