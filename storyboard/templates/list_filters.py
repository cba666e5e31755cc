"""Filters that walk a list or a mapping: its ends, its order, its total, its texts joined."""

from __future__ import annotations

from typing import Final

from storyboard.templates.exactness import Exact, bounded, settled, to_exact
from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.items import fields_of, in_order, order_of
from storyboard.templates.values import (
    Value,
    describe,
    fitting,
    fitting_items,
    to_items,
    to_string,
    to_text,
)


def join(call: Call, value: Value, separator: Value = "", attribute: Value = None) -> Value:
    """Return the items' texts with the separator between them.

    {{ team|join(', ') }} → Ann, Bo, Cy
    {{ plans|join(' or ', attribute='name') }} → Basic or Pro or Team
    """
    items = fields_of(call, value, attribute, "'join'")
    call.spend(len(items))
    between = to_string(separator, "'join'")
    texts = [to_text(item) for item in items]
    fitting(sum(map(len, texts)) + len(between) * max(len(texts) - 1, 0))
    return between.join(texts)


def length(call: Call, value: Value) -> Value:
    """Return how many characters, items or keys there are.

    {{ team|length }} → 3
    """
    if isinstance(value, str | list | dict):
        return len(value)
    raise ValueRefused(f"'length' needs a text, list or mapping, and this is {describe(value)}")


def count(call: Call, value: Value) -> Value:
    """Return the same as `length`.

    {{ team|count }} → 3
    """
    return length(call, value)


def first(call: Call, value: Value) -> Value:
    """Return the first item of a list, or the first character of a text.

    {{ team|first }} → Ann
    """
    return _end(value, 0, "'first'")


def last(call: Call, value: Value) -> Value:
    """Return the last item of a list, or the last character of a text.

    {{ team|last }} → Cy
    """
    return _end(value, -1, "'last'")


def list_(call: Call, value: Value) -> Value:
    """Return a list: of a text's characters, of a mapping's keys; a list is one already.

    {{ 'abc'|list }} → ["a", "b", "c"]
    {{ plans[0]|list }} → ["name", "seats"]
    """
    if isinstance(value, list):
        return value
    if isinstance(value, str | dict):
        fitting_items(len(value))
        call.spend(len(value))
        return list(value)
    raise ValueRefused(f"'list' needs a text, list or mapping, and this is {describe(value)}")


def reverse(call: Call, value: Value) -> Value:
    """Return the list or text from its end to its start.

    {{ team|reverse }} → ["Cy", "Bo", "Ann"]
    """
    if isinstance(value, str):
        return value[::-1]
    items = to_items(value, "'reverse'")
    call.spend(len(items))
    return items[::-1]


def sort(
    call: Call,
    value: Value,
    reverse: Value = False,
    case_sensitive: Value = False,
    attribute: Value = None,
) -> Value:
    """Return the items in order: numbers by size, texts by letter, mappings by a field.

    {{ [10, 9, 100]|sort }} → [9, 10, 100]
    {{ plans|sort(attribute='seats', reverse=true)|map(attribute='name')|join(', ') }} → Team, Pro, Basic
    """  # noqa: E501 - an example is one line
    items = to_items(value, "'sort'")
    call.spend(2 * len(items))
    keys = fields_of(call, items, attribute, "'sort'")
    order = in_order(order_of(keys, bool(case_sensitive), "'sort'"), reverse=bool(reverse))
    return [items[index] for index in order]


def unique(
    call: Call, value: Value, case_sensitive: Value = True, attribute: Value = None
) -> Value:
    """Return the items without repeats, in their order; texts, numbers and booleans only.

    {{ ['a', 'b', 'a']|unique }} → ["a", "b"]
    """
    items = to_items(value, "'unique'")
    call.spend(len(items))
    kept: dict[tuple[bool, Value], Value] = {}
    for item, key in zip(items, fields_of(call, items, attribute, "'unique'"), strict=True):
        if isinstance(key, list | dict):
            raise ValueRefused(f"'unique' needs plain items, and one is {describe(key)}")
        if isinstance(key, str) and not case_sensitive:
            key = key.lower()
        kept.setdefault((isinstance(key, bool), key), item)
    return list(kept.values())


def min_(call: Call, value: Value, case_sensitive: Value = False, attribute: Value = None) -> Value:
    """Return the smallest number, the first text by letter, or the item whose field is smallest.

    {{ [3, 1, 2]|min }} → 1
    {{ (plans|min(attribute='seats')).name }} → Basic
    """
    return _extreme(call, value, case_sensitive, attribute, "'min'", 0)


def max_(call: Call, value: Value, case_sensitive: Value = False, attribute: Value = None) -> Value:
    """Return the largest number, the last text by letter, or the item whose field is largest.

    {{ [3, 1, 2]|max }} → 3
    """
    return _extreme(call, value, case_sensitive, attribute, "'max'", -1)


def sum_(call: Call, value: Value, attribute: Value = None, start: Value = 0) -> Value:
    """Return the items' total, and `start` added to it.

    {{ [0.1, 0.2]|sum }} → 0.3
    {{ plans|sum(attribute='seats') }} → 61
    """
    items = fields_of(call, value, attribute, "'sum'")
    call.spend(len(items))
    total: Exact = to_exact(start, "'sum'")
    for item in items:
        total = bounded(total + to_exact(item, "'sum'"))
    return settled(total)


def items(call: Call, value: Value) -> Value:
    """Return a mapping's keys and values, as a list of pairs.

    {{ {'b': 2, 'a': 1}|items }} → [["b", 2], ["a", 1]]
    """
    if not isinstance(value, dict):
        raise ValueRefused(f"'items' needs a mapping, and this is {describe(value)}")
    fitting_items(len(value))
    call.spend(len(value))
    return [[key, part] for key, part in value.items()]


def dictsort(
    call: Call,
    value: Value,
    case_sensitive: Value = False,
    by: Value = "key",
    reverse: Value = False,
) -> Value:
    """Return a mapping's keys and values as a list of pairs, in the order of `by`: key or value.

    {{ {'b': 2, 'a': 1}|dictsort }} → [["a", 1], ["b", 2]]
    {{ {'b': 2, 'a': 1}|dictsort(by='value', reverse=true) }} → [["b", 2], ["a", 1]]
    """
    if not isinstance(value, dict):
        raise ValueRefused(f"'dictsort' needs a mapping, and this is {describe(value)}")
    if by not in ("key", "value"):
        raise ValueRefused("'dictsort' sorts by 'key' or by 'value'")
    fitting_items(len(value))
    call.spend(2 * len(value))
    pairs: list[Value] = [[key, part] for key, part in value.items()]
    keys: list[Value] = list(value if by == "key" else value.values())
    order = in_order(order_of(keys, bool(case_sensitive), "'dictsort'"), reverse=bool(reverse))
    return [pairs[index] for index in order]


def _extreme(
    call: Call, value: Value, case_sensitive: Value, attribute: Value, what: str, end: int
) -> Value:
    found = to_items(value, what)
    if not found:
        raise ValueRefused(f"{what} of nothing: the list is empty")
    call.spend(len(found))
    keys = order_of(fields_of(call, found, attribute, what), bool(case_sensitive), what)
    chosen = (min if end == 0 else max)(range(len(found)), key=keys.__getitem__)
    return found[chosen]


def _end(value: Value, index: int, what: str) -> Value:
    if not isinstance(value, str | list):
        raise ValueRefused(f"{what} needs a list or a text, and this is {describe(value)}")
    if not value:
        raise ValueRefused(f"{what} of nothing: the {describe(value)[2:]} is empty")
    return value[index]


_VALUE: Final = ("value",)
LIST_FILTERS: Final = (
    Filter(join, speaks=("value", "separator")),
    Filter(length),
    Filter(count),
    Filter(first, speaks=_VALUE),
    Filter(last, speaks=_VALUE),
    Filter(list_, speaks=_VALUE),
    Filter(reverse, speaks=_VALUE),
    Filter(sort, speaks=_VALUE),
    Filter(unique, speaks=_VALUE),
    Filter(min_, speaks=_VALUE),
    Filter(max_, speaks=_VALUE),
    Filter(sum_),
    Filter(items, speaks=_VALUE),
    Filter(dictsort, speaks=_VALUE),
)
