"""What of a module breaks a law of the code, as far as its words tell; the tests name the laws."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.support.python_names import asked_by_text, full_name, imported, names, nodes

_STARTERS = ("os.exec", "os.spawn", "os.posix_spawn", "os.fork")
_CATCHERS = {"Exception", "BaseException", "builtins.Exception", "builtins.BaseException"}
_PARSERS = ("urllib.parse.urlsplit", "urllib.parse.urlparse")
_OF_HOSTS = {"netloc", "hostname", "port", "username", "password"}


def below(name: str, packages: Iterable[str]) -> bool:
    """Tell whether a module is one of these, or in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def names_of(tree: ast.AST, wanted: set[str], fields: set[str]) -> set[str]:
    """Return which of these methods are named, called or not.

    `fields` are what values have too: such a word counts where it is called, written as a text or
    follows a client.
    """
    known = imported(tree)
    called = {id(node.func) for node in nodes(tree) if isinstance(node, ast.Call)}
    found = set(asked_by_text(tree)) & wanted
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in wanted:
            owner = full_name(node.value, known)
            if node.attr not in fields or id(node) in called or owner.endswith("client"):
                found.add(node.attr)
    return found


def starts_or_asks(tree: ast.AST, asked: Iterable[str]) -> set[str]:
    """Return which of these functions are named, and what of `os` starts another process."""
    told = {name for _, name in names(tree)}
    return {name for name in told if name in asked or name.startswith(_STARTERS)}


def suppressed(tree: ast.AST) -> list[int]:
    """Return the lines where `contextlib.suppress` is given whatever may come."""
    known = imported(tree)
    return [
        node.lineno
        for node in nodes(tree)
        if isinstance(node, ast.Call)
        and full_name(node.func, known) == "contextlib.suppress"
        and any(full_name(given, known) in _CATCHERS for given in node.args)
    ]


def hosts_read(tree: ast.AST) -> Iterator[int]:
    """Yield the lines where the host, the port or the login of a split URL is read."""
    known = imported(tree)

    def is_split(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and full_name(node.func, known) in _PARSERS

    kept = set()
    for node in nodes(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets if is_split(node.value) else ():
                if isinstance(target, ast.Name):
                    kept.add(target.id)
                else:
                    yield node.lineno
    for node in nodes(tree):
        if isinstance(node, ast.Attribute | ast.Subscript):
            value = node.value
            split = is_split(value) or (isinstance(value, ast.Name) and value.id in kept)
            if isinstance(node, ast.Attribute):
                split = (split or node.attr in ("netloc", "hostname")) and node.attr in _OF_HOSTS
            if split:
                yield node.lineno
