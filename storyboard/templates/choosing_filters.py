"""Filters that put a question or another filter to each item: select, reject, map, groupby."""

from __future__ import annotations

from typing import Final

from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.items import (
    MISSING,
    Absent,
    field_of,
    in_order,
    no_field,
    order_of,
    path_of,
)
from storyboard.templates.predicates import DEFINED, UNDEFINED
from storyboard.templates.values import Value, to_items, to_string


def map_(
    call: Call,
    value: Value,
    name: Value = None,
    *arguments: Value,
    attribute: Value = None,
    default: Value = None,
    **named: Value,
) -> Value:
    """Return one field of each item, or what a filter makes of each item.

    The first argument is a field's name where the items are mappings, else a filter's.
    `default` stands for a field that is missing.

    {{ plans|map(attribute='name')|join(', ') }} → Basic, Pro, Team
    {{ plans|map('name')|join(', ') }} → Basic, Pro, Team
    {{ team|map('upper')|join(', ') }} → ANN, BO, CY
    {{ plans|map(attribute='badge', default='none')|first }} → none
    """
    items = to_items(value, "'map'")
    call.spend(len(items))
    if attribute is None and name is None:
        raise ValueRefused("'map' needs a field or a filter", "write map(attribute='name')")
    if attribute is not None or not (arguments or named):
        path = path_of(name if attribute is None else attribute, "'map'")
        fields = [field_of(item, path) for item in items]
        if default is not None:
            fields = [default if field is MISSING else field for field in fields]
        if attribute is not None or all(isinstance(item, dict) for item in items):
            return _whole(fields, path)
    filter_name = to_string(name, "'map'")
    return [call.apply(filter_name, item, *arguments, **named) for item in items]


def select(call: Call, value: Value, test: Value = None, *arguments: Value) -> Value:
    """Return the items that a test is true of; without one, the items that are true themselves.

    {{ [1, 2, 3]|select('odd') }} → [1, 3]
    {{ [1, 2, 3]|select('gt', 1) }} → [2, 3]
    {{ ['a', '', 'b']|select }} → ["a", "b"]
    """
    items = to_items(value, "'select'")
    return [item for item in items if _holds(call, item, test, arguments)]


def reject(call: Call, value: Value, test: Value = None, *arguments: Value) -> Value:
    """Return the items that a test is not true of.

    {{ team|reject('in', ['Bo']) }} → ["Ann", "Cy"]
    """
    items = to_items(value, "'reject'")
    return [item for item in items if not _holds(call, item, test, arguments)]


def selectattr(
    call: Call, value: Value, attribute: Value, test: Value = None, *arguments: Value
) -> Value:
    """Return the items whose field a test is true of; without one, whose field is there and true.

    {{ plans|selectattr('seats', 'ge', 10)|map(attribute='name')|join(', ') }} → Pro, Team
    """
    path = path_of(attribute, "'selectattr'")
    items = to_items(value, "'selectattr'")
    return [item for item in items if _has(call, item, path, test, arguments)]


def rejectattr(
    call: Call, value: Value, attribute: Value, test: Value = None, *arguments: Value
) -> Value:
    """Return the items whose field a test is not true of; without one, whose field is not true.

    {{ plans|rejectattr('hidden')|map(attribute='name')|join(', ') }} → Basic, Pro, Team
    """
    path = path_of(attribute, "'rejectattr'")
    items = to_items(value, "'rejectattr'")
    return [item for item in items if not _has(call, item, path, test, arguments)]


def groupby(
    call: Call,
    value: Value,
    attribute: Value,
    default: Value = None,
    case_sensitive: Value = False,
) -> Value:
    """Return the items in groups by a field: mappings of `grouper`, its value, and `list`.

    `default` stands for a field that is missing.

    {{ [{'n': 1, 'k': 'b'}, {'n': 2, 'k': 'a'}]|groupby('k')|map(attribute='grouper') }} → ["a", "b"]
    """  # noqa: E501 - an example is one line
    items = to_items(value, "'groupby'")
    call.spend(2 * len(items))
    path = path_of(attribute, "'groupby'")
    found = [field_of(item, path) for item in items]
    fields = _whole([default if f is MISSING and default is not None else f for f in found], path)
    keys = order_of(fields, bool(case_sensitive), "'groupby'")
    groups: dict[object, tuple[Value, list[Value]]] = {}
    for index in in_order(keys):
        groups.setdefault(keys[index], (fields[index], []))[1].append(items[index])
    return [{"grouper": field, "list": members} for field, members in groups.values()]


def _whole(fields: list[Value | Absent], path: list[str]) -> list[Value]:
    whole: list[Value] = []
    for index, field in enumerate(fields):
        if field is MISSING:
            raise no_field(f"item {index}", path)
        whole.append(field)
    return whole


def _holds(call: Call, item: Value, test: Value, arguments: tuple[Value, ...]) -> bool:
    call.spend(1)
    return bool(item) if test is None else call.ask(to_string(test, "a test"), item, *arguments)


def _has(
    call: Call, item: Value, path: list[str], test: Value, arguments: tuple[Value, ...]
) -> bool:
    field = field_of(item, path)
    if field is not MISSING:
        return _holds(call, field, test, arguments)
    call.spend(1)
    if test is None or test in (DEFINED, UNDEFINED):
        return test == UNDEFINED
    hint = "drop such items first: |selectattr('…', 'defined')"
    raise no_field("an item", path, hint)


CHOOSING_FILTERS: Final = (
    Filter(map_, speaks=("value", "default")),
    Filter(select, speaks=("value",)),
    Filter(reject, speaks=("value",)),
    Filter(selectattr, speaks=("value",)),
    Filter(rejectattr, speaks=("value",)),
    Filter(groupby, speaks=("value", "default")),
)
