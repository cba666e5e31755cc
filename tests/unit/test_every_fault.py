"""Each expression of a text tells its own fault, so that one run shows all there is to mend."""

from __future__ import annotations

import json

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles


def told(narration: str, **vars: str) -> list[tuple[str, str]]:
    board = {"name": "Tour", "vars": vars, "scenes": [narration]}
    files = MemoryFiles({"tour.storyboard.yaml": json.dumps(board)})
    found = compile_project(files).report.diagnostics
    assert all(each.span is not None for each in found)
    assert len({each.span for each in found}) == len(found)
    return [(each.code, each.message) for each in found if each.code != "unused-variable"]


def unknown(*names: str) -> list[tuple[str, str]]:
    return [("undefined-name", f"there is no variable '{name}'") for name in names]


@pytest.mark.parametrize(
    ("narration", "expected"),
    [
        ("Hello {{ one }} and {{ two }} and {{ three }}.", unknown("one", "two", "three")),
        ("Hello {{ one }} and {{ one }} again.", unknown("one")),
        ("${{ one }} and ${{ two }}", unknown("one", "two")),
        ("{{ one|upper }}: {{ known.field }}", [
            *unknown("one"), ("template-value", "a text has no field 'field'")]),
        ("{{ known + }} and {{ two }}", [
            ("template-syntax", "the expression ends too early"), *unknown("two")]),
        ("{{ one }} and {{ known = 2 }}", [
            *unknown("one"), ("template-syntax", "unexpected '='")]),
        ("{{ one }} and {{ known }}", unknown("one")),
    ],
)  # fmt: skip
def test_a_text(narration: str, expected: list[tuple[str, str]]) -> None:
    assert told(narration, known="x") == expected


def test_a_variable() -> None:
    found = told(
        "Hello {{ a }}, {{ b }} and {{ c }}.", a="{{ one }} {{ two }}", b="{{ a }} {{ c }}"
    )
    assert found == unknown("one", "two", "c") + unknown("c")


def test_a_name_without_value_hides_only_its_own_expression() -> None:
    assert told("{{ a }} and {{ two }}", a="{{ one }}") == unknown("one", "two")
