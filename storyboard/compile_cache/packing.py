"""Frozen dataclasses as lists of JSON and back, by the types of their fields. Knows no class.

What a type may hold: texts, numbers and None; tuples, frozen sets, enums and dataclasses of these.
The result of `unpacker` is equal to what was packed. It trusts what it is given: a list of another
shape raises `TypeError`, `ValueError` or `LookupError`, or makes an odd value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

Turn = Callable[[Any], Any]

_PLAIN: Final = (str, int, float, bool, NoneType, Any)


def _same(value: Any) -> Any:
    return value


@cache
def packer(kind: Any) -> Turn:
    """Return what makes a value of JSON of a value of this type."""
    return _turn(kind, packer, _packed_fields, lambda _: lambda value: value.value, list, list)


@cache
def unpacker(kind: Any) -> Turn:
    """Return what makes a value of this type of a value of JSON."""
    return _turn(kind, unpacker, _unpacked_fields, _same, tuple, frozenset)


def _turn(
    kind: Any,
    inner: Callable[[Any], Turn],
    of_class: Callable[[type], Turn],
    of_enum: Callable[[Any], Turn],
    row: Callable[[Any], Any],
    collection: Callable[[Any], Any],
) -> Turn:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _optional([inner(part) for part in parts if part is not NoneType])
    if origin is tuple and parts[1:] == (...,):
        return _each(inner(parts[0]), row)
    if origin is tuple:
        turns = tuple(map(inner, parts))
        return lambda value: row([turn(v) for turn, v in zip(turns, value, strict=True)])
    if origin is frozenset:
        return _each(inner(parts[0]), collection)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return of_enum(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return of_class(kind)
    if kind in _PLAIN:
        return _same
    raise TypeError(f"{kind} cannot be packed")


def _optional(turns: list[Turn]) -> Turn:
    (turn,) = turns
    return _same if turn is _same else lambda value: None if value is None else turn(value)


def _each(turn: Turn, row: Callable[[Any], Any]) -> Turn:
    return row if turn is _same else lambda value: row([turn(each) for each in value])


def _packed_fields(kind: type) -> Turn:
    turns = _fields(kind, packer)
    return lambda value: [turn(getattr(value, name)) for name, turn in turns]


def _unpacked_fields(kind: type) -> Turn:
    turns = tuple(turn for _, turn in _fields(kind, unpacker))
    if all(turn is _same for turn in turns):
        return lambda value: kind(*value)
    return lambda value: kind(*[turn(v) for turn, v in zip(turns, value, strict=True)])


def _fields(kind: type, turn: Callable[[Any], Turn]) -> tuple[tuple[str, Turn], ...]:
    """Return the fields that make two of a kind equal, each with what turns it."""
    hints = get_type_hints(kind)
    return tuple((each.name, turn(hints[each.name])) for each in fields(kind) if each.compare)
