"""Every folder of `tests/cases/compile` compiles to its `expected.json` and `expected.txt`.

`expected.json` has the resolved videos, with their holds and stand-ins; `expected.txt` what the
author is told. `options.json`, where there is one, has arguments of `compile_project`. Write the
expected files anew with `UPDATE_CASES=1`, and read them as their reader would.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from storyboard.compiler import Compilation
from storyboard.language.clip import Clip, Unusable
from storyboard.source.files import ProjectFiles
from storyboard.views.long_form import long_form
from storyboard.views.report_text import render_report_text
from tests.support.compiling import compile_with

CASES = Path(__file__).parents[1] / "cases" / "compile"
UPDATE = "UPDATE_CASES" in os.environ


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_case(case: Path) -> None:
    compilation = compile_case(case)
    check(case / "expected.json", json.dumps(outcome(compilation), indent=2, ensure_ascii=False))
    check(case / "expected.txt", render_report_text(compilation.report, limit=None))


def compile_case(case: Path) -> Compilation:
    options = case / "options.json"
    arguments: dict[str, Any] = json.loads(options.read_text()) if options.exists() else {}
    if "media" in arguments:
        facts = {p: (Unusable if "code" in f else Clip)(**f) for p, f in arguments["media"].items()}
        arguments["media"] = lambda stand_in, use: facts.get(stand_in.path)
    for name in {"voices", "unclear"} & set(arguments):
        arguments[name] = frozenset(arguments[name]).__contains__
    return compile_with(ProjectFiles(case), **arguments)


def outcome(compilation: Compilation) -> dict[str, Any]:
    return {
        str(video.address): long_form(video)
        | ({"held": [hold.reason for hold in video.holds]} if video.holds else {})
        | ({"standIns": {s.entry_id: s.path for s in video.stand_ins}} if video.stand_ins else {})
        for video in compilation.videos
    }


def check(path: Path, actual: str) -> None:
    actual = actual.rstrip("\n") + "\n"
    if UPDATE:
        path.write_text(actual, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == actual
