"""Gathers what the product says from its source: messages and hints, by the calls."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.python_names import modules_with, nodes

ROOT = Path(__file__).parents[2]

GAP = "{}"
"""What stands for a value in an f-string."""

_MESSAGE_AT = {
    "error": 1,
    "warning": 1,
    "diagnose": 1,
    "Refusal": 1,
    "Diagnostic": 2,
    "Finding": 2,
    "Note": 0,
    "ValueRefused": 0,
    "TemplateFault": 0,
    "MediaRefused": 0,
    "Hold": 1,
}
"""Calls that make a message, with its place among their arguments; the guards' has it there too."""

_HINT_AT = {
    "error": 3,
    "warning": 3,
    "diagnose": 3,
    "Diagnostic": 4,
    "Finding": 3,
    "ValueRefused": 1,
    "TemplateFault": 1,
}
_NAMES = {"message": "message", "hint": "hint"}


@dataclass(frozen=True)
class Said:
    """One text of the product: `role` is message or hint; values of f-strings are gaps."""

    role: str
    text: str
    place: str


@dataclass(frozen=True)
class Told:
    """What the source says: messages and hints, and every text that may be printed.

    `printed` are all texts that have a space, but docstrings.
    """

    said: tuple[Said, ...]
    printed: tuple[Said, ...]


@cache
def read_source() -> Told:
    """Return what the package says, in the order of its files; read once, which takes seconds."""
    said, printed = list[Said](), list[Said]()
    for path, tree in modules_with():
        every, place = nodes(tree), path.relative_to(ROOT)
        said += (Said(role, text, f"{place}:{n}") for role, text, n in _said_in(tree, every))
        printed += (Said("text", text, f"{place}:{n}") for text, n in _printed_in(every))
    return Told(tuple(dict.fromkeys((*said, *_said_in_schemas()))), tuple(printed))


def _said_in_schemas() -> Iterator[Said]:
    """Yield what schemas say of values: `[code] message; hint` in a comment."""
    for path in sorted((ROOT / "schemas").glob("*.json")):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r'"\$comment": ("(?:[^"\\]|\\.)*")', text):
            said = re.sub(r"^\[[^\]]*\] ?", "", json.loads(found[1]))
            message, _, hint = said.partition("; ")
            place = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}"
            for role, part in (("message", message), ("hint", hint)):
                if part:
                    yield Said(role, part, place)


def _said_in(tree: ast.Module, nodes: Sequence[ast.AST]) -> Iterator[tuple[str, str, int]]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else (node.target,))
        if isinstance(target, ast.Name)
    }
    for node in nodes:
        if isinstance(node, ast.Call):
            yield from _of_call(_with(constants, node))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            role = _NAMES.get(node.targets[0].id.lower().lstrip("_"))
            if role:
                yield from _texts(role, node.value)


def _with(constants: dict[str, ast.expr], call: ast.Call) -> ast.Call:
    """Return a call with the texts of the module's constants in the place of their names."""
    return ast.Call(
        call.func,
        [constants.get(arg.id, arg) if isinstance(arg, ast.Name) else arg for arg in call.args],
        [
            ast.keyword(each.arg, constants.get(each.value.id, each.value))
            if isinstance(each.value, ast.Name)
            else each
            for each in call.keywords
        ],
    )


def _of_call(call: ast.Call) -> Iterator[tuple[str, str, int]]:
    name = _called(call)
    place = _MESSAGE_AT.get(name, 0 if name.endswith("Error") else None)
    if name == "ApiError":
        place = 1
    if place is not None and len(call.args) > place:
        yield from _texts("message", call.args[place])
    place = _HINT_AT.get(name)
    if place is not None and len(call.args) > place:
        yield from _texts("hint", call.args[place])
    for keyword in call.keywords:
        if keyword.arg in _NAMES:
            yield from _texts(_NAMES[keyword.arg], keyword.value)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _texts(role: str, node: ast.expr) -> Iterator[tuple[str, str, int]]:
    """Yield each text that an expression may give: both branches of a condition, joined parts."""
    if isinstance(node, ast.IfExp):
        yield from _texts(role, node.body)
        yield from _texts(role, node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(role, value)
    else:
        text = _text(node)
        if text is not None and text.strip() not in ("", GAP):
            yield role, text, node.lineno


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (_text(node.left) or GAP) + (_text(node.right) or GAP)
    return None


def _printed_in(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield the texts that have a space, but docstrings, and the lines that they begin in."""
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    unsaid = docstrings | parts
    for node in nodes:
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in unsaid:
            text = _text(node)
            if text is not None and " " in text.strip():
                yield text, node.lineno
