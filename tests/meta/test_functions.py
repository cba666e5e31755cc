"""Functions are short enough to be read in one look."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "storyboard"
MOST_LINES = 49
"""Of a function, from `def` to its end: what an editor shows at once. A docstring does not count:
one that explains each of many parameters makes nothing harder to follow."""


def long_functions(folder: Path) -> Iterator[str]:
    """Yield the functions that are longer, as `file.py:name (lines)`."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _height(node) - (_height(node.body[0]) if ast.get_docstring(node) else 0)
                if lines > MOST_LINES:
                    yield f"{path.relative_to(folder).as_posix()}:{node.name} ({lines})"


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_a_look() -> None:
    assert [*long_functions(PACKAGE)] == [], "give a part of it a name"


def test_a_longer_one_is_found(tmp_path: Path) -> None:
    body = "    pass\n" * MOST_LINES
    rest = f'    """Rest.\n\n    Long.\n    """\n{body[:-9]}'
    (tmp_path / "made.py").write_text(f"async def work():\n{body}\ndef rest():\n{rest}")
    assert [*long_functions(tmp_path)] == [f"made.py:work ({MOST_LINES + 1})"]
