"""Every threat that the page on security names has a test, and that test is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "security.md"
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[list[str]]:
    _, _, table = PAGE.read_text(encoding="utf-8").partition("## Threats")
    heads = ("| threat |", "|---|")
    lines = [line for line in table.splitlines() if line.startswith("|")]
    shown = [line for line in lines if not line.startswith(heads)]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in shown]


def test_each_threat_has_an_answer_and_a_test() -> None:
    assert len(rows()) > 30
    for row in rows():
        assert len(row) == 3, row
        threat, answer, tests = row
        assert threat
        assert answer
        assert TEST.search(tests), row


def test_each_test_is_there() -> None:
    for _, _, tests in rows():
        for path, name in TEST.findall(tests):
            text = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"def {name}\(", text), f"{path}::{name}"
