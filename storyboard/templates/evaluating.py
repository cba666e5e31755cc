"""Works an expression's tree out over plain values. Runs no code of the author's, and always ends.

A tree has no loops and at most `limits.EXPRESSION_NODES` nodes; whatever walks a list or text is
paid for from one purse a scalar.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from storyboard.templates import limits
from storyboard.templates import syntax as tree
from storyboard.templates.exactness import settled, to_exact
from storyboard.templates.faults import FaultKind, TemplateFault, ValueRefused, did_you_mean
from storyboard.templates.filters import FILTERS
from storyboard.templates.operators import compare, operate
from storyboard.templates.predicates import DEFINED, TESTS, UNDEFINED
from storyboard.templates.values import Value, describe, fitting, to_number, to_text


class UndefinedName(TemplateFault):
    """A variable, field or item is not there."""

    def __init__(self, message: str, hint: str | None, offset: int) -> None:
        super().__init__(message, hint, offset, None, FaultKind.UNDEFINED)


class Rendering:
    """What one rendering of one scalar knows and has left to spend."""

    __slots__ = ("_left", "language", "locale", "scope")

    def __init__(
        self, scope: Mapping[str, Value], locale: str | None, language: str | None = None
    ) -> None:
        self.scope = scope
        self.locale = locale
        self.language = language or locale
        self._left = limits.WORK

    def spend(self, steps: int) -> None:
        """Count work done; raises `ValueRefused` when the scalar's purse is empty."""
        self._left -= steps
        if self._left < 0:
            message = f"rendering takes more than {limits.WORK:,} steps"
            raise ValueRefused(message, "move parts of it into `vars`", FaultKind.LIMIT)


def evaluate(node: tree.Node, rendering: Rendering) -> Value:
    """Return the value; raises `TemplateFault` with the offset into the expression."""
    try:
        rendering.spend(1)
        return _evaluate(node, rendering)
    except ValueRefused as refusal:
        raise refusal.at(node.offset) from None


def _evaluate(node: tree.Node, rendering: Rendering) -> Value:
    match node:
        case tree.Name():
            return _lookup(node, rendering.scope)
        case tree.Field():
            return _field(node, evaluate(node.of, rendering))
        case tree.Const():
            return node.value
        case tree.Filter():
            return _filter(node, rendering)
        case tree.Item():
            return _item(node, evaluate(node.of, rendering), evaluate(node.key, rendering))
        case tree.Slice():
            return _slice(node, rendering)
        case tree.Sequence():
            return [evaluate(item, rendering) for item in node.items]
        case tree.Mapping():
            return {
                _key(evaluate(key, rendering)): evaluate(value, rendering)
                for key, value in node.items
            }
        case tree.Negative() | tree.Arithmetic():
            result = _reckon(node, rendering)
            return settled(result) if isinstance(result, Fraction) else result
        case tree.Not():
            return not evaluate(node.of, rendering)
        case tree.Logic():
            left = evaluate(node.left, rendering)
            return evaluate(node.right, rendering) if bool(left) is node.both else left
        case tree.Concat():
            texts = [to_text(evaluate(part, rendering)) for part in node.parts]
            fitting(sum(map(len, texts)))
            return "".join(texts)
        case tree.Compare():
            return _compare(node, rendering)
        case tree.Choice():
            chosen = node.then if evaluate(node.test, rendering) else node.other
            return evaluate(chosen, rendering)
        case tree.Test():
            return _test(node, rendering)
        case _:
            assert_never(node)


def _reckon(node: tree.Negative | tree.Arithmetic, rendering: Rendering) -> Value | Fraction:
    """Return what a sum comes to, exactly; it is rounded once, when all of it is reckoned."""
    if isinstance(node, tree.Negative):
        return -to_exact(_operand(node.of, rendering), "'-'")
    left = _operand(node.left, rendering)
    return operate(node.operator, left, _operand(node.right, rendering))


def _operand(node: tree.Node, rendering: Rendering) -> Value | Fraction:
    if not isinstance(node, tree.Negative | tree.Arithmetic):
        return evaluate(node, rendering)
    try:
        rendering.spend(1)
        return _reckon(node, rendering)
    except ValueRefused as refusal:
        raise refusal.at(node.offset) from None


def _lookup(node: tree.Name, scope: Mapping[str, Value]) -> Value:
    try:
        return scope[node.name]
    except KeyError:
        hint = did_you_mean(node.name, scope) or "define it in `vars`"
        raise UndefinedName(f"there is no variable '{node.name}'", hint, node.offset) from None


def _field(node: tree.Field, of: Value) -> Value:
    if isinstance(of, dict):
        if node.key in of:
            return of[node.key]
        raise UndefinedName(*_no_field(node.of, node.key, of), node.offset)
    hint = f"use the filter: …|{node.key}" if node.key in FILTERS else None
    raise ValueRefused(f"{describe(of)} has no field '{node.key}'", hint)


def _item(node: tree.Item, of: Value, key: Value) -> Value:
    if isinstance(of, dict):
        if not isinstance(key, str):
            raise ValueRefused(f"a mapping's key is a text, and this is {describe(key)}")
        if key in of:
            return of[key]
        raise UndefinedName(*_no_field(node.of, key, of), node.offset)
    if not isinstance(of, list | str):
        raise ValueRefused(f"{describe(of)} has no items")
    if isinstance(key, bool) or not isinstance(key, int):
        raise ValueRefused(f"{describe(of)} is indexed by a number, and this is {describe(key)}")
    if not -len(of) <= key < len(of):
        message = f"there is no item {to_text(key)} in {describe(of)} of {len(of)}"
        raise UndefinedName(message, "the first is 0", node.offset)
    return of[key]


def _no_field(of: tree.Node, key: str, found: dict[str, Value]) -> tuple[str, str | None]:
    owner = {tree.Name: "name", tree.Field: "key"}.get(type(of))
    whose = f"'{getattr(of, owner)}'" if owner else "the mapping"
    return f"{whose} has no field '{key[:40]}'", did_you_mean(key, found)


def _slice(node: tree.Slice, rendering: Rendering) -> Value:
    of = evaluate(node.of, rendering)
    if not isinstance(of, list | str):
        raise ValueRefused(f"{describe(of)} cannot be sliced")
    bounds: list[int | None] = []
    for bound in (node.start, node.stop):
        value = None if bound is None else to_number(evaluate(bound, rendering), "a slice")
        if isinstance(value, float):
            raise ValueRefused("a slice needs whole numbers")
        bounds.append(value)
    rendering.spend(len(of) if isinstance(of, list) else 1)
    return of[slice(*bounds)]


def _key(value: Value) -> str:
    if isinstance(value, str):
        return value
    raise ValueRefused(f"a mapping's key is a text, and this is {describe(value)}")


def _filter(node: tree.Filter, rendering: Rendering) -> Value:
    value: Value
    try:
        value = evaluate(node.of, rendering)
    except UndefinedName:
        if node.name != "default" or not _is_path(node.of):
            raise
        if not node.arguments:
            fallback = (operand for name, operand in node.keywords if name == "fallback")
            return next((evaluate(operand, rendering) for operand in fallback), "")
        return evaluate(node.arguments[0], rendering)
    arguments = [evaluate(argument, rendering) for argument in node.arguments]
    keywords = {name: evaluate(operand, rendering) for name, operand in node.keywords}
    return FILTERS[node.name].run(rendering, value, *arguments, **keywords)


def _compare(node: tree.Compare, rendering: Rendering) -> bool:
    left = evaluate(node.first, rendering)
    for comparison, operand in node.rest:
        right = evaluate(operand, rendering)
        if isinstance(left, list | dict) or isinstance(right, list | dict):
            rendering.spend(limits.WORK // 100)
        if not compare(comparison, left, right):
            return False
        left = right
    return True


def _test(node: tree.Test, rendering: Rendering) -> bool:
    try:
        return TESTS[node.name](evaluate(node.of, rendering))
    except UndefinedName:
        if node.name not in (DEFINED, UNDEFINED) or not _is_path(node.of):
            raise
        return node.name == UNDEFINED


def _is_path(node: tree.Node) -> bool:
    """Tell whether a node only names something, so that its absence can be asked about."""
    while isinstance(node, tree.Field | tree.Item):
        node = node.of
    return isinstance(node, tree.Name)
