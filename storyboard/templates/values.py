"""The plain values that expressions work on, and how each becomes text. Knows no syntax."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TypeAlias, TypeVar

from storyboard.source.numerals import spell
from storyboard.templates import limits
from storyboard.templates.faults import FaultKind, ValueRefused

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"
"""What YAML and JSON hold. Lists and mappings are shared and never changed in place."""


_Number = TypeVar("_Number", bound="int | float | Fraction")


def describe(value: Value | Fraction) -> str:
    """Return the value's kind in the words of messages."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float() | Fraction():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "a mapping"


def to_text(value: Value) -> str:
    """Return the value as it stands in a text; raises `ValueRefused`.

    Numbers as their author wrote them, else in the shortest form that reads back equal; booleans as
    YAML writes them. Null, lists and mappings have no one form, so they are refused.
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return spell(checked(value))
        case None:
            raise ValueRefused("null has no text", "give it a value, or use {{ … or 'text' }}")
        case list():
            raise ValueRefused("a list has no text", "join its items: {{ …|join(', ') }}")
        case dict():
            raise ValueRefused("a mapping has no text", "name one of its fields: {{ ….field }}")


def to_number(value: Value, what: str) -> int | float:
    """Return a number that `what` may reckon with; raises `ValueRefused`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = "turn it into one: |int or |float" if isinstance(value, str) else None
        raise ValueRefused(f"{what} needs a number, and this is {describe(value)}", hint)
    return checked(value)


def to_string(value: Value, what: str) -> str:
    """Return a text that `what` may work on: a text itself or a number; raises `ValueRefused`."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return to_text(value)
    raise ValueRefused(f"{what} needs a text, and this is {describe(value)}")


def to_items(value: Value, what: str) -> list[Value]:
    """Return a list that `what` may walk; raises `ValueRefused`."""
    if isinstance(value, list):
        return value
    raise ValueRefused(f"{what} needs a list, and this is {describe(value)}")


def checked(number: _Number) -> _Number:
    """Return the number unless it is too large, infinite or no number; raises `ValueRefused`."""
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueRefused("a number is infinite or undefined", None, FaultKind.LIMIT)
    if not -limits.NUMBER <= number <= limits.NUMBER:
        raise ValueRefused("a number is larger than 10^15", None, FaultKind.LIMIT)
    return number


def fitting(length: int) -> None:
    """Refuse a text that would be too long, before it is made; raises `ValueRefused`."""
    if length > limits.TEXT:
        raise ValueRefused(
            f"the text would be longer than {limits.TEXT:,} characters", None, FaultKind.LIMIT
        )


def fitting_items(length: int) -> None:
    """Refuse a list that would be too long, before it is made; raises `ValueRefused`."""
    if length > limits.ITEMS:
        raise ValueRefused(
            f"the list would have more than {limits.ITEMS:,} items", None, FaultKind.LIMIT
        )


def count_nodes(value: Value, most: int = limits.NODES) -> int:
    """Return how many values a value holds, itself included.

    Shared parts count each time they are reached, since whoever walks the value meets them so.
    Raises `ValueRefused` beyond `most` or when nested too deeply.
    """
    count, depth, level = 0, 0, [value]
    while level:
        count += len(level)
        depth += 1
        below: list[Value] = []
        for current in level:
            if isinstance(current, list):
                below.extend(current)
            elif isinstance(current, dict):
                below.extend(current.values())
            if count + len(below) > most:
                message = f"the value holds more than {most:,} values"
                raise ValueRefused(message, None, FaultKind.LIMIT)
        if depth > limits.DEPTH:
            message = f"the value is nested deeper than {limits.DEPTH} levels"
            raise ValueRefused(message, None, FaultKind.LIMIT)
        level = below
    return count
