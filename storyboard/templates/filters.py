"""The filters of templates, by name. Each takes plain values, is total, and says what it costs.

A filter gets a `Call` (locale, and a purse of steps to spend) and the value before the bar; it
raises `ValueRefused` for what does not suit it, and makes nothing larger than `limits` allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from storyboard.source.numerals import exact
from storyboard.templates import formats, limits
from storyboard.templates import syntax as tree
from storyboard.templates.exactness import Exact, bounded, settled, to_exact
from storyboard.templates.faults import FaultKind, TemplateFault, ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import (
    Value,
    checked,
    describe,
    fitting,
    to_items,
    to_number,
    to_string,
    to_text,
)


def default(call: Call, value: Value, fallback: Value = "", boolean: Value = False) -> Value:
    """Return the value, or the fallback where it is false and `boolean` says so."""
    return fallback if boolean and not value else value


def upper(call: Call, value: Value) -> Value:
    """Return the text in upper case."""
    return to_string(value, "'upper'").upper()


def lower(call: Call, value: Value) -> Value:
    """Return the text in lower case."""
    return to_string(value, "'lower'").lower()


def title(call: Call, value: Value) -> Value:
    """Return the text with each word's first letter in upper case."""
    words = to_string(value, "'title'").split(" ")
    return " ".join(word[:1].upper() + word[1:].lower() for word in words)


def capitalize(call: Call, value: Value) -> Value:
    """Return the text with its first letter in upper case, the rest in lower."""
    return to_string(value, "'capitalize'").capitalize()


def trim(call: Call, value: Value) -> Value:
    """Return the text without white space at its ends."""
    return to_string(value, "'trim'").strip()


def replace(call: Call, value: Value, old: Value, new: Value) -> Value:
    """Return the text with every `old` replaced by `new`."""
    text, gone = to_string(value, "'replace'"), to_string(old, "'replace'")
    come = to_string(new, "'replace'")
    fitting(len(text) + text.count(gone) * (len(come) - len(gone)))
    return text.replace(gone, come)


def join(call: Call, value: Value, separator: Value = "", attribute: Value = None) -> Value:
    """Return the items' texts with the separator between them."""
    items = to_items(_mapped(call, value, attribute, "'join'"), "'join'")
    call.spend(len(items))
    between = to_string(separator, "'join'")
    texts = [to_text(item) for item in items]
    fitting(sum(map(len, texts)) + len(between) * max(len(texts) - 1, 0))
    return between.join(texts)


def round_(call: Call, value: Value, precision: Value = 0, method: Value = "common") -> Value:
    """Return the number rounded to `precision` decimals, halves away from zero.

    `method` may be `ceil` or `floor`.
    """
    number = to_number(value, "'round'")
    digits = to_number(precision, "'round'")
    if not isinstance(digits, int) or not 0 <= digits <= limits.DECIMALS:
        raise ValueRefused(f"'round' takes 0 to {limits.DECIMALS} decimals")
    modes = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
    if not isinstance(method, str) or method not in modes:
        raise ValueRefused("'round' knows the methods common, ceil and floor")
    rounded = Decimal(exact(number)).quantize(Decimal(1).scaleb(-digits), modes[method])
    return settled(bounded(Fraction(rounded)))


def int_(call: Call, value: Value, default: Value = None) -> Value:
    """Return the whole number that a number or text holds, without its decimals."""
    number = _parsed(value, default, "'int'")
    return checked(int(number)) if isinstance(number, int | float) else number


def float_(call: Call, value: Value, default: Value = None) -> Value:
    """Return the number that a number or text holds, as a decimal one."""
    number = _parsed(value, default, "'float'")
    return float(number) if isinstance(number, int | float) else number


def abs_(call: Call, value: Value) -> Value:
    """Return the number without its sign."""
    return abs(to_number(value, "'abs'"))


def length(call: Call, value: Value) -> Value:
    """Return how many characters, items or keys there are."""
    if isinstance(value, str | list | dict):
        return len(value)
    raise ValueRefused(f"'length' needs a text, list or mapping, and this is {describe(value)}")


def first(call: Call, value: Value) -> Value:
    """Return the first item."""
    return _end(value, 0, "'first'")


def last(call: Call, value: Value) -> Value:
    """Return the last item."""
    return _end(value, -1, "'last'")


def sort(call: Call, value: Value, reverse: Value = False, attribute: Value = None) -> Value:
    """Return the items in order: numbers by size, texts by code point, mappings by a field."""
    items = to_items(value, "'sort'")
    call.spend(2 * len(items))
    keys = to_items(_mapped(call, items, attribute, "'sort'"), "'sort'")
    numbers = [to_number(key, "'sort'") for key in keys if not isinstance(key, str)]
    if numbers and len(numbers) < len(keys):
        raise ValueRefused("'sort' cannot order numbers and texts together")
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=bool(reverse))  # type: ignore[arg-type]
    return [items[index] for index in order]


def unique(call: Call, value: Value) -> Value:
    """Return the items without repeats, in their order; texts, numbers and booleans only."""
    items = to_items(value, "'unique'")
    call.spend(len(items))
    kept: dict[tuple[bool, Value], Value] = {}
    for item in items:
        if isinstance(item, list | dict):
            raise ValueRefused(f"'unique' needs plain items, and one is {describe(item)}")
        kept.setdefault((isinstance(item, bool), item), item)
    return list(kept.values())


def map_(call: Call, value: Value, attribute: Value) -> Value:
    """Return one field of each item."""
    return _mapped(call, value, attribute, "'map'")


def sum_(call: Call, value: Value, attribute: Value = None) -> Value:
    """Return the items' total."""
    items = to_items(_mapped(call, value, attribute, "'sum'"), "'sum'")
    call.spend(len(items))
    total: Exact = 0
    for item in items:
        total = bounded(total + to_exact(item, "'sum'"))
    return settled(total)


_TEXT: Final = ("value",)
_EVERY: Final = (
    Filter(default, speaks=("value", "fallback")),
    Filter(upper, speaks=_TEXT),
    Filter(lower, speaks=_TEXT),
    Filter(title, speaks=_TEXT),
    Filter(capitalize, speaks=_TEXT),
    Filter(trim, speaks=_TEXT),
    Filter(replace, speaks=("value", "new")),
    Filter(join, speaks=("value", "separator")),
    Filter(round_),
    Filter(int_, speaks=("default",)),
    Filter(float_, speaks=("default",)),
    Filter(abs_),
    Filter(length),
    Filter(first, speaks=_TEXT),
    Filter(last, speaks=_TEXT),
    Filter(sort, speaks=_TEXT),
    Filter(unique, speaks=_TEXT),
    Filter(map_, speaks=_TEXT),
    Filter(sum_),
    *formats.EVERY,
)
FILTERS: Final[Mapping[str, Filter]] = MappingProxyType({each.name: each for each in _EVERY})
"""Every filter that a template may name."""


def check_call(call: tree.Filter) -> None:
    """Refuse arguments that the filter does not take; raises `TemplateFault`."""
    signature = FILTERS[call.name].signature
    repeated = len(call.keywords) - len({name for name, _ in call.keywords})
    try:
        if repeated:
            raise TypeError("an argument is given twice")
        signature.bind(*call.arguments, **dict(call.keywords))
    except TypeError as failure:
        taken = ", ".join(str(part) for part in signature.parameters.values())
        taken = taken.replace(": 'Value'", "").replace(" = ", "=")
        raise TemplateFault(
            f"'{call.name}' does not take these arguments: {failure}",
            f"write {call.name}({taken})" if taken else f"write {call.name}, without arguments",
            call.offset,
        ) from None


def _mapped(call: Call, value: Value, attribute: Value, what: str) -> Value:
    if attribute is None:
        return value
    items = to_items(value, what)
    call.spend(len(items))
    if not isinstance(attribute, str) or attribute.startswith("__"):
        raise ValueRefused(f"{what} needs a field's name as `attribute`")
    found: list[Value] = []
    for index, item in enumerate(items):
        if not isinstance(item, dict) or attribute not in item:
            message = f"item {index} has no field '{attribute}'"
            raise ValueRefused(message, None, FaultKind.UNDEFINED)
        found.append(item[attribute])
    return found


def _parsed(value: Value, fallback: Value, what: str) -> Value:
    if not isinstance(value, str):
        return to_number(value, what)
    text = value.strip()
    try:
        plain = len(text) <= 40 and text.isascii() and "_" not in text
        if plain and text.lstrip("+-").isdigit():
            return checked(int(text))
        if plain:
            return checked(float(text))
    except ValueError:
        pass
    if fallback is None:
        raise ValueRefused(f"'{text[:40]}' is not a number", "give a default: |int(default=0)")
    return fallback


def _end(value: Value, index: int, what: str) -> Value:
    if not isinstance(value, str | list):
        raise ValueRefused(f"{what} needs a list or a text, and this is {describe(value)}")
    if not value:
        raise ValueRefused(f"{what} of nothing: the {describe(value)[2:]} is empty")
    return value[index]
