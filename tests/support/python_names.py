"""What the code of a module names, wherever it was imported from and under whatever name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "storyboard"
ESCAPES = ("\\u", "\\U", "\\x", "\\N")
"""What a character may be written as; see `modules_with`."""


def modules_with(*words: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield the modules in whose text one of these words stands, parsed: that takes a second for
    all."""
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in words):
            yield path, ast.parse(text)


@lru_cache(maxsize=4)
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return all nodes of a module; whoever asks several things of it walks through it once."""
    return tuple(ast.walk(tree))


@lru_cache(maxsize=4)
def imported(tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for: `from os import remove as r` → `os.remove`."""
    found: dict[str, str] = {}
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                head = alias.name.partition(".")[0]
                found[alias.asname or head] = alias.name if alias.asname else head
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def full_name(node: ast.AST, known: dict[str, str]) -> str:
    """Return the dotted name of an expression, empty for one that is none."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        above = full_name(node.value, known)
        return f"{above}.{node.attr}" if above else ""
    return ""


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of whatever is named, called or not."""
    known = imported(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := full_name(node, known)):
            yield node.lineno, name


def asked_by_text(tree: ast.AST) -> Iterator[str]:
    """Yield the name of each attribute that is asked for by a text: `getattr(a, "b")`."""
    known = imported(tree)
    asking = ("getattr", "operator.methodcaller", "operator.attrgetter")
    for node in nodes(tree):
        if isinstance(node, ast.Call) and full_name(node.func, known) in asking:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value.rpartition(".")[2]
