"""Arithmetic and comparison of plain values, with the refusals that keep them small."""

from __future__ import annotations

from fractions import Fraction

from storyboard.templates.exactness import Exact, bounded, to_exact
from storyboard.templates.faults import ValueRefused
from storyboard.templates.syntax import Comparison, Operator
from storyboard.templates.values import (
    Value,
    describe,
    fitting,
    fitting_items,
    to_number,
)


def operate(
    operator: Operator, left: Value | Fraction, right: Value | Fraction
) -> Value | Fraction:
    """Return the result, numbers exactly; `+` joins texts and lists too. Raises `ValueRefused`."""
    sign = f"'{operator.value}'"
    if operator is Operator.ADD:
        if isinstance(left, str) and isinstance(right, str):
            fitting(len(left) + len(right))
            return left + right
        if isinstance(left, list) and isinstance(right, list):
            fitting_items(len(left) + len(right))
            return left + right
        if isinstance(left, str) or isinstance(right, str):
            kinds = f"{describe(left)} and {describe(right)}"
            raise ValueRefused(f"'+' cannot add {kinds}", "to join as texts, use '~'")
    a, b = to_exact(left, sign), to_exact(right, sign)
    try:
        return bounded(_reckon(operator, a, b))
    except ZeroDivisionError:
        raise ValueRefused(f"{sign} divides by zero") from None


def _reckon(operator: Operator, left: Exact, right: Exact) -> Exact:
    match operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return Fraction(left) / right
        case Operator.FLOOR_DIVIDE:
            return left // right
        case Operator.REMAINDER:
            return left % right


def compare(comparison: Comparison, left: Value, right: Value) -> bool:
    """Return the answer; order needs two numbers or two texts. Raises `ValueRefused`."""
    match comparison:
        case Comparison.EQUAL:
            return left == right
        case Comparison.UNEQUAL:
            return left != right
        case Comparison.IN:
            return _contains(right, left)
        case Comparison.NOT_IN:
            return not _contains(right, left)
        case _:
            return _ordered(comparison, left, right)


def _contains(whole: Value, part: Value) -> bool:
    if isinstance(whole, list):
        return part in whole
    if isinstance(whole, str | dict) and isinstance(part, str):
        return part in whole
    raise ValueRefused(f"'in' cannot look for {describe(part)} in {describe(whole)}")


def _ordered(comparison: Comparison, left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return _is_ordered(comparison, (left > right) - (left < right))
    sign = f"'{comparison.value}'"
    a, b = to_number(left, sign), to_number(right, sign)
    return _is_ordered(comparison, (a > b) - (a < b))


def _is_ordered(comparison: Comparison, order: int) -> bool:
    match comparison:
        case Comparison.LESS:
            return order < 0
        case Comparison.LESS_EQUAL:
            return order <= 0
        case Comparison.GREATER:
            return order > 0
        case _:
            return order >= 0
