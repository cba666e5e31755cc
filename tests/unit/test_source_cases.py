"""Folders of `tests/cases/read`: a file, and what a person and a program are told about it.

`UPDATE_GOLDEN=1` writes what is expected anew; a file `schema` names another than `storyboard`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from storyboard.source.diagnostic import Report
from storyboard.source.reader import read_document
from storyboard.source.schema import accepts, check_schema
from storyboard.source.text import shown_text
from storyboard.views.report_json import render_report_json
from storyboard.views.report_text import render_report_text

CASES = Path(__file__).parents[1] / "cases" / "read"


def report(case: Path) -> Report:
    content = (case / "input.yaml").read_bytes()
    document, findings = read_document("input.yaml", content)
    if document is not None:
        named = case / "schema"
        schema = named.read_text().strip() if named.exists() else "storyboard"
        findings += check_schema(document, schema)
    return Report.of(findings, {"input.yaml": shown_text(content)})


def expect(path: Path, got: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(got, encoding="utf-8")
    assert got == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_report(case: Path) -> None:
    found = report(case)
    expect(case / "expected.txt", render_report_text(found, limit=None))
    as_json = render_report_json(found)
    expect(case / "expected.json", as_json)
    assert accepts("diagnostics", json.loads(as_json))
