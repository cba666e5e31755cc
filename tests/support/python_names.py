"""What the code of a module names, wherever it was imported from and under whatever name."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "storyboard"
ESCAPES = ("\\u", "\\U", "\\x", "\\N")
"""What a character may be written as; see `modules_with`."""


def modules_with(*words: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield the modules in whose text one of these words stands, or all without a word, parsed.

    To parse all takes more than a second: each is parsed once for all tests that ask for it.
    """
    for path, text in sources().items():
        if not words or any(word in text for word in words):
            yield path, parsed(path)
    gc.freeze()  # half a million nodes that stay: the collector would look at them again and again


@cache
def sources() -> Mapping[Path, str]:
    """Return the text of each module of the package."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def parsed(path: Path) -> ast.Module:
    """Return the tree of a module of the package, which nobody may change."""
    return ast.parse(sources()[path])


def dotted(path: Path) -> str:
    """Return the name of a module of the package below it; that of a package is its folder's."""
    relative = path.relative_to(PACKAGE).with_suffix("")
    return ".".join(part for part in relative.parts if part != "__init__")


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return all nodes of a module; whoever asks several things of it walks through it once."""
    return tuple(ast.walk(tree))


@cache
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
