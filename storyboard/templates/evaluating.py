"""Works an expression's tree out over plain values. Runs no code of the author's, and always ends.

A tree has no loops and at most `limits.EXPRESSION_NODES` nodes; whatever walks a list or text is
paid for from one purse a scalar.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, assert_never

from storyboard.nearest import did_you_mean
from storyboard.templates import limits
from storyboard.templates import syntax as tree
from storyboard.templates.elsewhere import NAMES_ELSEWHERE
from storyboard.templates.exactness import settled, to_exact
from storyboard.templates.faults import FaultKind, TemplateFault, ValueRefused
from storyboard.templates.filters import FILTERS, check_arguments, filter_named
from storyboard.templates.operators import compare, operate
from storyboard.templates.predicates import DEFINED, UNDEFINED, check_count, test_named
from storyboard.templates.values import Value, describe, fitting, to_number, to_text
from storyboard.templates.work import purse

_TOO_MUCH: Final = (
    f"rendering the texts of one video takes more than {limits.WORK_OF_A_VIDEO:,} steps"
)
_SHORTEN: Final = "work a list out once, in `vars`, and let expressions walk shorter ones"
_LISTED: Final = 8
"""Names in a hint."""
_LETTERS: Final = 64
"""Letters of a text that count as one step, where a filter makes one for each item of a list."""


class UndefinedName(TemplateFault):
    """A variable, field or item is not there."""

    def __init__(self, message: str, hint: str | None, offset: int) -> None:
        super().__init__(message, hint, offset, None, FaultKind.UNDEFINED)


class Rendering:
    """What one rendering of one scalar knows and has left to spend."""

    __slots__ = ("_left", "_shared", "language", "locale", "scope")

    def __init__(
        self, scope: Mapping[str, Value], locale: str | None, language: str | None = None
    ) -> None:
        self.scope = scope
        self.locale = locale
        self.language = language or locale
        self._left = limits.WORK
        self._shared = purse()

    def spend(self, steps: int) -> None:
        """Count work done; raises `ValueRefused` when a purse, its own or the video's, is empty."""
        self._left -= steps
        if self._left < 0:
            message = f"rendering takes more than {limits.WORK:,} steps"
            raise ValueRefused(message, "move parts of it into `vars`", FaultKind.LIMIT)
        if self._shared is not None:
            self._shared.left -= steps
            if self._shared.left < 0:
                raise ValueRefused(_TOO_MUCH, _SHORTEN, FaultKind.LIMIT_OF_A_VIDEO)

    def apply(self, name: str, value: Value, *arguments: Value, **keywords: Value) -> Value:
        """Return what a filter makes of a value; raises `ValueRefused`."""
        found = filter_named(name)
        check_arguments(found, arguments, keywords.items())
        made = found.run(self, value, *arguments, **keywords)
        self.spend(1 + (len(made) // _LETTERS if isinstance(made, str | list) else 0))
        return made

    def ask(self, name: str, value: Value, *arguments: Value) -> bool:
        """Return a test's answer; raises `ValueRefused`."""
        check_count(name, len(arguments))
        self.spend(1 + sum(map(_cost, arguments)))
        return test_named(name)(value, *arguments)


def _cost(value: Value) -> int:
    """Return the steps that looking through a value may take."""
    match value:
        case list() | dict():
            nested = any(isinstance(part, list | dict) for part in value)
            return limits.WORK // 100 if nested or isinstance(value, dict) else 1 + len(value)
        case str():
            return len(value) // _LETTERS
        case _:
            return 0


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
        hint = NAMES_ELSEWHERE.get(node.name) or did_you_mean(node.name, scope)
        hint = hint or "define it in `vars`" + _listed("known", scope)
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
    hint = did_you_mean(key, found) or _listed("its fields", found).removeprefix("; ") or None
    return f"{whose} has no field '{key[:40]}'", hint


def _listed(what: str, names: Mapping[str, Value]) -> str:
    """Return the names that there are, for a hint; nothing for none."""
    shown = ", ".join(name[:40] for name in list(names)[:_LISTED])
    more = ", …" if len(names) > _LISTED else ""
    return f"; {what}: {shown}{more}" if names else ""


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
        value = evaluate(node.of, rendering)
    except UndefinedName:
        if node.name not in (DEFINED, UNDEFINED) or not _is_path(node.of):
            raise
        return node.name == UNDEFINED
    return rendering.ask(
        node.name, value, *(evaluate(argument, rendering) for argument in node.arguments)
    )


def _is_path(node: tree.Node) -> bool:
    """Tell whether a node only names something, so that its absence can be asked about."""
    while isinstance(node, tree.Field | tree.Item):
        node = node.of
    return isinstance(node, tree.Name)
