"""Every folder of `tests/cases/plan` plans to its `expected.txt`, `.json` and `.md`.

`files` is the project; `applied` the one that was applied, `studio` what somebody made of it in the
browser since; `options.json` has fields of `PlanOptions`. Write the expected files anew with
`UPDATE_CASES=1`, and read them as their reader would.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from storyboard.compiler import compile_project
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.source.files import ProjectFiles
from storyboard.source.schema import schema_text
from storyboard.video import Video
from storyboard.views.plan_json import render_plan_json
from storyboard.views.plan_markdown import render_plan_markdown
from storyboard.views.plan_text import render_plan_text
from tests.support.plans import applied, current, remote

CASES = Path(__file__).parents[1] / "cases" / "plan"
UPDATE = "UPDATE_CASES" in os.environ


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_case(case: Path) -> None:
    plan = plan_case(case)
    check(case / "expected.txt", render_plan_text(plan))
    check(case / "expected.json", render_plan_json(plan))
    check(case / "expected.md", render_plan_markdown(plan, environment="production"))
    jsonschema.validate(json.loads(render_plan_json(plan)), json.loads(schema_text("plan")))


def plan_case(case: Path) -> Plan:
    wanted, before = compiled(case / "files"), compiled(case / "applied")
    held = compiled(case / "studio") or before
    avatars = dict.fromkeys(a for video in (*wanted, *before, *held) for a in video.avatars)
    ids = {avatar: f"av{number}" for number, avatar in enumerate(avatars, 1)}
    found = [remote(video, id=f"v{number}", ids=ids) for number, video in enumerate(held, 1)]
    path = case / "options.json"
    options: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return make_plan(
        wanted, applied(*before, ids=ids), current(*found, ids=ids), PlanOptions(**options)
    )


def compiled(folder: Path) -> tuple[Video, ...]:
    if not folder.exists():
        return ()
    alone = (
        None if (folder / "storyboard.yaml").exists() else sorted(p.name for p in folder.iterdir())
    )
    compilation = compile_project(ProjectFiles(folder), paths=alone)
    assert not compilation.report.has_errors, compilation.report.diagnostics
    assert compilation.videos
    return compilation.videos


def check(path: Path, actual: str) -> None:
    if UPDATE:
        path.write_text(actual, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == actual
