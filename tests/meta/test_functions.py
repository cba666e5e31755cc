"""Functions are short enough to be read in one look."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support.python_names import dotted, modules_with, nodes

MOST_LINES = 49
"""Of a function, from `def` to its end: what an editor shows at once. A docstring does not count:
one that explains each of many parameters makes nothing harder to follow."""


def long_functions(tree: ast.Module) -> Iterator[str]:
    """Yield the functions that are longer, as `name (lines)`."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = _height(node) - (_height(node.body[0]) if ast.get_docstring(node) else 0)
            if lines > MOST_LINES:
                yield f"{node.name} ({lines})"


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_a_look() -> None:
    found = {dotted(path): [*long_functions(tree)] for path, tree in modules_with()}
    assert {name: long for name, long in found.items() if long} == {}, "give a part of it a name"


def test_a_longer_one_is_found() -> None:
    body = "    pass\n" * MOST_LINES
    rest = f'    """Rest.\n\n    Long.\n    """\n{body[:-9]}'
    tree = ast.parse(f"async def work():\n{body}\ndef rest():\n{rest}")
    assert [*long_functions(tree)] == [f"work ({MOST_LINES + 1})"]
