"""Every code that reading can give is in the table, and the table has no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from storyboard.source.codes import CODES
from storyboard.source.schema import CODE_OF_KEYWORD

SOURCE = Path(__file__).parents[2] / "storyboard" / "source"


def emitted() -> Iterator[str]:
    for path in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, first = getattr(node.func, "id", ""), node.args[0]
            if name in ("error", "warning", "Diagnostic") and isinstance(first, ast.Constant):
                yield first.value


def test_the_table_is_complete() -> None:
    assert {*emitted(), *CODE_OF_KEYWORD.values(), "bad-shape"} == CODES.keys()


def test_explanations_are_one_line() -> None:
    assert all(text and "\n" not in text and not text.endswith(".") for text in CODES.values())
