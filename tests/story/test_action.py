"""What others run of this repository: the action's steps as scripts, the hooks, the image."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.support.action_runner import ACTION, runner_of
from tests.support.ci_scripts import (
    GITHUB,
    check_options,
    commands_in,
    run_script,
    runner_with_tools,
)
from tests.support.git_project import GitProject
from tests.support.pipeline import Pipeline

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
IMAGE = (ROOT / "Dockerfile").read_text()


TOUR = "name: Tour\nscenes:\n  - id: hi\n    narration: Welcome to the tour of our {place}.\n"
PROJECT = """\
storyboards: ["*.yaml"]
environments:
  production: {studio: kaltura, userId: maker, identity: name}
"""


@pytest.fixture
def repository(tmp_path: Path) -> GitProject:
    files = {"videos/storyboard.yaml": PROJECT, "videos/old.yaml": TOUR.format(place="cellar")}
    return GitProject.begun(tmp_path, files)


@pytest.mark.slow
def test_it_plans_in_one_comment_and_applies_the_merge(
    tmp_path: Path, repository: GitProject, jobs: Pipeline
) -> None:
    repository.push("new", {"videos/tour.yaml": TOUR.format(place="house").replace("Tour", "New")})
    for count in range(2):
        clone = repository.merged_clone("new")
        runner = runner_of(
            jobs, clone.path, tmp_path / f"plan-{count}", event="pull_request",
            **jobs.forge.variables,
        )  # fmt: skip
        assert runner.run("plan") == [0, 0, 0]
    assert "2 to create" in jobs.comment()
    assert "2 to create" in runner.summary
    sha = repository.merge("new")
    jobs.forge.merge(sha)
    runner = runner_of(
        jobs, repository.clone("main").path, tmp_path / "apply", event="push",
        **jobs.forge.variables_on(sha),
    )  # fmt: skip
    assert runner.run("apply", films="films") == [0]
    assert "✅ Applied to `production`" in runner.summary
    films = {path.name for path in (tmp_path / "apply" / "films").glob("*.mp4")}
    assert films == {"old.mp4", "tour.mp4"}


@pytest.mark.slow
def test_its_apply_ends_with_the_code_of_the_command_and_tells_the_plan(
    tmp_path: Path, repository: GitProject, jobs: Pipeline
) -> None:
    tour = TOUR.format(place="house").replace("Tour", "New")
    sha = repository.push("main", {"videos/tour.yaml": tour})
    jobs.forge.merge(sha)
    runner = runner_of(
        jobs, repository.clone("main").path, tmp_path / "apply", event="push",
        **jobs.forge.variables_on(sha),
    )  # fmt: skip
    assert runner.run("apply", options="--max-generate 5 --no-generate") == [6]
    assert "**Not applied**" in runner.summary
    assert "film" not in jobs.comment().partition("</details>")[0]
    assert not jobs.studio.videos


@pytest.mark.slow
def test_a_mistake_fails_the_check_and_takes_the_older_plan_away(
    tmp_path: Path, repository: GitProject, jobs: Pipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs.forge.add(jobs.forge.me, "<!-- storyboard plan: production -->\n\nAn older plan.\n")
    repository.push("new", {"videos/tour.yaml": "nmae: Tour\nscenes: [Hello to you all]\n"})
    runner = runner_of(
        jobs, repository.merged_clone("new").path, tmp_path / "job", event="pull_request",
        **jobs.forge.variables,
    )  # fmt: skip
    assert runner.run("plan") == [3, 0]
    assert "file=videos/tour.yaml,line=1," in capsys.readouterr().out
    assert "### No plan for `production`" in jobs.comment()


@pytest.mark.slow
def test_a_fork_gets_a_plan_of_what_changed_without_an_account(
    tmp_path: Path, repository: GitProject, jobs: Pipeline
) -> None:
    """No secret, no token: what differs from the base is all that is shown."""
    tour = TOUR.format(place="house").replace("Tour", "New")
    repository.push("new", {"videos/tour.yaml": tour, "json.py": "raise SystemExit('run')\n"})
    clone = repository.merged_clone("new")
    runner = runner_of(jobs, clone.path, tmp_path / "job", event="pull_request")
    for name in jobs.clones.variables:
        del runner.variables[name]
    assert runner.run("offline", films="drafts") == [0, 0, 0]
    assert "**1 to create, 1 unchanged**" in runner.summary
    assert "<code>tour</code> + create" in runner.summary
    assert [path.name for path in (tmp_path / "job" / "films").glob("*.mp4")] == ["tour.mp4"]
    assert not jobs.forge.asked


def test_no_step_puts_an_input_into_a_script() -> None:
    """An input may be what a stranger wrote: it comes by a variable, never by the script's text."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert step.keys() <= {"name", "if", "shell", "env", "run", "uses", "with"}
        assert ("run" in step) == (step.get("shell") == "bash")
        assert "uses" not in step or re.search(r"@[0-9a-f]{40}$", step["uses"]), step["uses"]


def test_no_python_of_a_step_runs_a_module_of_the_repository() -> None:
    """A step begins in the clone, and Python looks there first for `-m` and `-c`."""
    told = "\n".join(step.get("run", "") for step in ACTION["runs"]["steps"])
    calls = re.findall(r"python3?\S* (\S+)", told)
    assert len(calls) == 2
    assert set(calls) == {"-I"}


def test_its_inputs_are_those_that_it_uses() -> None:
    told = (ROOT / "action.yml").read_text()
    assert set(re.findall(r"inputs\.(\w+)", told)) == ACTION["inputs"].keys()
    assert all(it.keys() <= {"description", "required", "default"} and it["description"]
               for it in ACTION["inputs"].values())  # fmt: skip


def test_its_steps_use_options_that_there_are() -> None:
    told = "\n".join(step["run"] for step in ACTION["runs"]["steps"] if "run" in step)
    calls = commands_in(told)
    assert len(calls) == 8
    for call in (*calls, *(hook["entry"] for hook in HOOKS)):
        check_options(call)


@pytest.mark.slow
def test_the_hooks_run_in_a_repository(tmp_path: Path, repository: GitProject) -> None:
    runner = runner_with_tools(tmp_path)
    for hook in HOOKS:
        done = run_script(GITHUB, hook["entry"], repository.person / "videos", runner)
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
