"""What filters of lists share: a field of each item, and the order of values. Has no filter."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from storyboard.templates.faults import FaultKind, ValueRefused
from storyboard.templates.filter import Call
from storyboard.templates.values import Value, to_items, to_number
from storyboard.whole_numbers import whole_number

Keys: TypeAlias = "list[str] | list[int | float]"
"""What sorts a list: texts alone, or numbers alone."""


class Absent(Enum):
    """What stands for a field that is not there."""

    MISSING = "missing"


MISSING: Final = Absent.MISSING


def fields_of(call: Call, value: Value, attribute: Value, what: str) -> list[Value]:
    """Return the named field of each item, or the items where none is named.

    `a.b` is a field of a field, `a.0` its first item. Raises `ValueRefused`.
    """
    items = to_items(value, what)
    if attribute is None:
        return items
    path = path_of(attribute, what)
    call.spend(len(items) * len(path))
    found: list[Value] = []
    for index, item in enumerate(items):
        field = field_of(item, path)
        if field is MISSING:
            raise no_field(f"item {index}", path)
        found.append(field)
    return found


def path_of(attribute: Value, what: str) -> list[str]:
    """Return the steps that a field's name is made of; raises `ValueRefused`."""
    if isinstance(attribute, int) and not isinstance(attribute, bool):
        return [str(attribute)]
    if not isinstance(attribute, str) or "__" in attribute:
        raise ValueRefused(f"{what} needs a field's name as `attribute`")
    return attribute.split(".")


def field_of(item: Value, path: list[str]) -> Value | Absent:
    """Return what stands at the end of a path, or `MISSING`."""
    found: Value = item
    for step in path:
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list) and (at := whole_number(step)) is not None and at < len(found):
            found = found[at]
        else:
            return MISSING
    return found


def no_field(whose: str, path: list[str], hint: str | None = None) -> ValueRefused:
    """Return the refusal of an item that has no such field."""
    message = f"{whose} has no field '{'.'.join(path)[:40]}'"
    return ValueRefused(message, hint, FaultKind.UNDEFINED)


def order_of(values: list[Value], case_sensitive: bool, what: str) -> Keys:
    """Return what sorts the values: all texts, or all numbers; raises `ValueRefused`."""
    if all(isinstance(value, bool) for value in values):
        return [1.0 if value else 0.0 for value in values]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) == len(values):
        return texts if case_sensitive else [text.lower() for text in texts]
    numbers = [to_number(value, what) for value in values if not isinstance(value, str)]
    if texts:
        raise ValueRefused(f"{what} cannot order numbers and texts together")
    return numbers


def in_order(keys: Keys, *, reverse: bool = False) -> list[int]:
    """Return the places of the keys from the smallest to the largest; equal ones stay in order."""
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)
