"""Checks a JSON body against a table of fields, and names every field that is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from storyboard.strict_json import is_storable

LARGEST: Final = 1e15
"""Every number is below this, on both sides of zero."""


class Kind(Enum):
    """The JSON types that the guide knows."""

    TEXT = "a string"
    NUMBER = "a number"
    INTEGER = "a whole number"
    BOOLEAN = "a boolean"
    OBJECT = "an object"
    LIST = "an array"


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `minimum` and `maximum` bound a number, a text's length or a list's.

    `by_type` of an object: which other fields each value of its field `type` needs, and no others;
    `usual_type` is the one where it is missing. `shapes`: the sets of fields of which it has one.
    """

    kind: Kind
    required: bool = False
    nullable: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: re.Pattern[str] | None = None
    shape: str = ""
    fields: Mapping[str, Field] | None = None
    items: Field | None = None
    by_type: Mapping[str, tuple[str, ...]] | None = None
    usual_type: str | None = None
    shapes: tuple[tuple[str, ...], ...] = ()


def faults(body: Any, fields: Mapping[str, Field], *, refuse_unknown: bool) -> list[str]:
    """Return every fault of a request's body as `field: what is wrong`."""
    if not isinstance(body, dict):
        return ["the body is no JSON object"]
    return list(_object(body, fields, "", refuse_unknown))


def _object(
    value: Mapping[str, Any], fields: Mapping[str, Field], path: str, strict: bool
) -> Iterator[str]:
    for name, field in fields.items():
        if name in value:
            yield from _value(value[name], field, f"{path}{name}", strict)
        elif field.required:
            yield f"{path}{name}: required"
    if strict:
        for name in value:
            if name not in fields:
                yield f"{path}{_shown(name)}: unknown field"


def _value(value: Any, field: Field, path: str, strict: bool) -> Iterator[str]:
    if value is None and field.nullable:
        return
    if not _is(value, field.kind):
        yield f"{path}: must be {field.kind.value}"
        return
    yield from _range(value, field, path)
    if field.choices and value not in field.choices:
        yield f"{path}: must be one of {', '.join(field.choices)}"
    if field.pattern is not None and not field.pattern.fullmatch(value):
        yield f"{path}: must be {field.shape}"
    if field.fields is not None:
        yield from _object(value, field.fields, f"{path}.", strict)
    if field.by_type is not None:
        yield from _by_type(value, field.by_type, value.get("type", field.usual_type), path)
    if field.shapes and value.keys() & (field.fields or {}).keys() not in map(set, field.shapes):
        ways = ", or ".join(" and ".join(shape) for shape in field.shapes)
        yield f"{path}: must have {ways}"
    if field.items is not None:
        for index, item in enumerate(value):
            yield from _value(item, field.items, f"{path}[{index}]", strict)


def _by_type(
    value: Mapping[str, Any], by_type: Mapping[str, tuple[str, ...]], kind: Any, path: str
) -> Iterator[str]:
    if kind not in tuple(by_type):
        return
    needed = by_type[kind]
    for name in dict.fromkeys(each for names in by_type.values() for each in names):
        if name in value and name not in needed:
            yield f"{path}.{name}: does not belong to type '{kind}'"
    for name in needed:
        if name not in value:
            yield f"{path}.{name}: required where type is '{kind}'"


def _is(value: Any, kind: Kind) -> bool:
    match kind:
        case Kind.TEXT:
            return isinstance(value, str) and is_storable(value)
        case Kind.NUMBER:
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return is_number and abs(value) < LARGEST and math.isfinite(value)
        case Kind.INTEGER:
            return _is(value, Kind.NUMBER) and float(value).is_integer()
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.OBJECT:
            return isinstance(value, dict)
        case Kind.LIST:
            return isinstance(value, list)


def _range(value: Any, field: Field, path: str) -> Iterator[str]:
    measured = isinstance(value, str | list)
    size = len(value) if measured else value
    unit = " characters" if isinstance(value, str) else " items" if measured else ""
    if field.minimum is not None and size < field.minimum:
        yield f"{path}: at least {field.minimum:g}{unit}"
    if field.maximum is not None and size > field.maximum:
        yield f"{path}: at most {field.maximum:g}{unit}"


def _shown(name: str) -> str:
    return name if len(name) <= 60 and name.isprintable() else repr(name[:60])
