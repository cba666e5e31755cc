"""Turns Jinja's tree into ours; what has no translation is not a part of the language.

The only module that names Jinja's nodes. It walks the tree and runs nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from jinja2 import nodes

from storyboard.source.numerals import read_float, read_integer
from storyboard.templates import limits
from storyboard.templates import syntax as tree
from storyboard.templates.elsewhere import CALLS_ELSEWHERE, FILTERS_ELSEWHERE
from storyboard.templates.faults import FaultKind, TemplateFault, ValueRefused
from storyboard.templates.filters import FILTERS, check_arguments, filter_named
from storyboard.templates.predicates import check_count, test_named

_RESERVED: Final = frozenset(("and", "else", "if", "in", "is", "not", "or"))
_OPERATORS: Final[Mapping[type[nodes.BinExpr], tree.Operator]] = MappingProxyType(
    {
        nodes.Add: tree.Operator.ADD,
        nodes.Sub: tree.Operator.SUBTRACT,
        nodes.Mul: tree.Operator.MULTIPLY,
        nodes.Div: tree.Operator.DIVIDE,
        nodes.FloorDiv: tree.Operator.FLOOR_DIVIDE,
        nodes.Mod: tree.Operator.REMAINDER,
    }
)
_COMPARISONS: Final[Mapping[str, tree.Comparison]] = MappingProxyType(
    {
        "eq": tree.Comparison.EQUAL,
        "ne": tree.Comparison.UNEQUAL,
        "lt": tree.Comparison.LESS,
        "lteq": tree.Comparison.LESS_EQUAL,
        "gt": tree.Comparison.GREATER,
        "gteq": tree.Comparison.GREATER_EQUAL,
        "in": tree.Comparison.IN,
        "notin": tree.Comparison.NOT_IN,
    }
)
_Step: TypeAlias = Callable[[nodes.Node], tree.Node]


def translate(root: nodes.Node, numerals: Mapping[int, str]) -> tree.Node:
    """Return our tree for Jinja's, whose line numbers are offsets; raises `TemplateFault`.

    `numerals` are the numbers as written, by offset: Jinja's tree has their values only.
    """
    count = 0

    def step(node: nodes.Node) -> tree.Node:
        nonlocal count
        count += 1
        if count > limits.EXPRESSION_NODES:
            message = f"the expression has more than {limits.EXPRESSION_NODES} parts"
            hint = "move parts of it into `vars`"
            raise TemplateFault(message, hint, node.lineno, kind=FaultKind.LIMIT)
        return _numeral(node, numerals) or _translate(node, step)

    return step(root)


def _translate(node: nodes.Node, step: _Step) -> tree.Node:
    at = node.lineno
    match node:
        case nodes.Const():
            return tree.Const(at, node.value)
        case nodes.Name():
            return _name(at, node.name)
        case nodes.Getattr():
            _public(node.attr, at + 1)
            return tree.Field(at, step(node.node), node.attr)
        case nodes.Getitem():
            return _item(node, step)
        case nodes.List() | nodes.Tuple():
            return tree.Sequence(at, tuple(step(item) for item in node.items))
        case nodes.Dict():
            pairs = ((step(pair.key), step(pair.value)) for pair in node.items)
            return tree.Mapping(at, tuple(pairs))
        case nodes.Neg():
            return tree.Negative(at, step(node.node))
        case nodes.Pos():
            return step(node.node)
        case nodes.Not():
            return tree.Not(at, step(node.node))
        case nodes.And() | nodes.Or():
            left = step(node.left)
            return tree.Logic(_start(left), isinstance(node, nodes.And), left, step(node.right))
        case nodes.Concat():
            parts = tuple(step(part) for part in node.nodes)
            return tree.Concat(_start(parts[0]), parts)
        case nodes.Compare():
            first = step(node.expr)
            rest = ((_COMPARISONS[part.op], step(part.expr)) for part in node.ops)
            return tree.Compare(_start(first), first, tuple(rest))
        case nodes.CondExpr():
            return _choice(node, step)
        case nodes.Filter():
            return _filter(node, step)
        case nodes.Test():
            return _test(node, step)
        case nodes.BinExpr() if type(node) in _OPERATORS:
            left = step(node.left)
            return tree.Arithmetic(_start(left), _OPERATORS[type(node)], left, step(node.right))
        case _:
            raise _refused(*_about_refused(node), at)


def _about_refused(node: nodes.Node) -> tuple[str, str | None]:
    """Return what is said of what Jinja knows and templates do not have, and the hint."""
    if isinstance(node, nodes.Call):
        return _about_call(node)
    sign = "**" if isinstance(node, nodes.Pow) else type(node).__name__.lower()
    return f"'{sign}' is not a part of templates", None


def _start(node: tree.Node) -> int:
    """Return where an operand starts, which Jinja forgets."""
    offset = node.offset
    while below := tree.children(node):
        node = below[0]
        offset = min(offset, node.offset)
    return offset


def _numeral(node: nodes.Node, numerals: Mapping[int, str]) -> tree.Const | None:
    """Return a number as written, its sign included; None for any other node."""
    at, sign = node.lineno, ""
    if isinstance(node, nodes.Neg):
        node, sign = node.node, "-"
    if not isinstance(node, nodes.Const) or node.lineno not in numerals:
        return None
    if not abs(node.value) <= limits.NUMBER:
        raise TemplateFault("a number is larger than 10^15", None, at, kind=FaultKind.LIMIT)
    written = (sign if node.value else "") + numerals[node.lineno].replace("_", "")
    read = read_float if isinstance(node.value, float) else read_integer
    return tree.Const(at, read(written))


def _name(at: int, name: str) -> tree.Name:
    if name in _RESERVED:
        raise TemplateFault(f"unexpected '{name}'", None, at)
    _public(name, at)
    return tree.Name(at, name)


def _item(node: nodes.Getitem, step: _Step) -> tree.Node:
    at = node.lineno
    if isinstance(node.arg, nodes.Slice):
        if node.arg.step is not None:
            raise _refused("a slice has a start and a stop, and no step", None, at)
        of = step(node.node)
        bounds = (node.arg.start, node.arg.stop)
        start, stop = (None if bound is None else step(bound) for bound in bounds)
        return tree.Slice(at, of, start, stop)
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        _public(node.arg.value, node.arg.lineno)
    return tree.Item(at, step(node.node), step(node.arg))


def _choice(node: nodes.CondExpr, step: _Step) -> tree.Choice:
    if node.expr2 is None:
        hint = "write … if … else …; for nothing, else ''"
        raise TemplateFault("an 'if' without an 'else'", hint, node.lineno)
    return tree.Choice(node.lineno, step(node.test), step(node.expr1), step(node.expr2))


def _filter(node: nodes.Filter, step: _Step) -> tree.Filter:
    at = node.lineno
    try:
        found = filter_named(node.name)
        if node.dyn_args is not None or node.dyn_kwargs is not None or node.node is None:
            raise _refused("'*' and '**' arguments are not a part of templates", None, at)
        check_arguments(found, node.args, ((str(pair.key), pair) for pair in node.kwargs))
    except ValueRefused as refusal:
        raise refusal.at(at) from None
    return tree.Filter(
        at,
        node.name,
        step(node.node),
        tuple(step(argument) for argument in node.args),
        tuple((str(keyword.key), step(keyword.value)) for keyword in node.kwargs),
    )


def _test(node: nodes.Test, step: _Step) -> tree.Test:
    try:
        test_named(node.name)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            message = f"'is {node.name}' takes no named arguments"
            raise ValueRefused(message, None, FaultKind.REFUSED)
        check_count(node.name, len(node.args))
    except ValueRefused as refusal:
        raise refusal.at(node.lineno) from None
    arguments = tuple(step(argument) for argument in node.args)
    return tree.Test(node.lineno, node.name, step(node.node), arguments)


def _public(name: str, at: int) -> None:
    if name.startswith("__"):
        raise _refused(f"'{name}' is out of reach: templates see plain values only", None, at)


def _about_call(node: nodes.Call) -> tuple[str, str]:
    called = node.node
    name = called.attr if isinstance(called, nodes.Getattr) else getattr(called, "name", "")
    what = f"'{name}()'" if name else "this"
    elsewhere = {**FILTERS_ELSEWHERE, **CALLS_ELSEWHERE}
    hint = elsewhere.get(name, "use a variable or a filter: …|filter")
    if name in FILTERS:
        hint = f"use the filter: …|{name}"
    return f"{what} is a call, and templates make none", hint


def _refused(message: str, hint: str | None, at: int) -> TemplateFault:
    return TemplateFault(message, hint, at, kind=FaultKind.REFUSED)
