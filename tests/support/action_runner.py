"""Runs the steps of `action.yml` as a runner does: those whose conditions hold, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support.ci_scripts import GITHUB, ROOT, run_script, runner_with_tools
from tests.support.pipeline import Pipeline

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


@dataclass
class ActionRunner:
    """A clone of a repository whose project lies in `videos`, and what a runner sets."""

    place: Path
    variables: dict[str, str]

    def run(self, command: str, **given: str) -> list[int]:
        """Run the steps of a command, each after the other as a runner does; their exit codes.

        After a failure, only steps that always run are run.
        """
        inputs = {name: str(it.get("default", "")) for name, it in ACTION["inputs"].items()}
        inputs |= {"directory": "videos", "environment": "production", "command": command}
        inputs |= {"token": self.variables.get("GITHUB_TOKEN", ""), **given}
        codes: list[int] = []
        for step in ACTION["runs"]["steps"][1:]:
            wanted = is_wanted(step["if"], inputs, failed=any(codes))
            if wanted and "run" in step:
                codes.append(self._step(step, inputs))
        return codes

    def _step(self, step: dict[str, Any], inputs: dict[str, str]) -> int:
        given = {
            name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda m: inputs[m[1]], value)
            for name, value in step.get("env", {}).items()
        }
        done = run_script(GITHUB, step["run"], self.place, self.variables | given)
        print(done.stdout)
        return done.returncode

    @property
    def summary(self) -> str:
        return Path(self.variables["GITHUB_STEP_SUMMARY"]).read_text()


def is_wanted(condition: str, inputs: dict[str, str], *, failed: bool) -> bool:
    """Work out the `if` of a step, of what these files use of the language."""
    known = re.sub(r"inputs\.(\w+)", lambda m: repr(inputs[m[1]]), condition)
    always = known.replace("always()", "True").replace("&&", " and ").replace("||", " or ")
    return ("always()" in condition or not failed) and bool(eval(always))


def runner_of(
    jobs: Pipeline, place: Path, folder: Path, *, event: str, **variables: str
) -> ActionRunner:
    """Return the runner of a job about a clone, with a folder of its own."""
    folder.mkdir()
    known = runner_with_tools(folder) | jobs.clones.variables
    known |= {"RUNNER_TEMP": str(folder), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return ActionRunner(place, known | {"GITHUB_EVENT_NAME": event} | variables)
