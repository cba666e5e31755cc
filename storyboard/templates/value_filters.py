"""Filters of numbers, and of any value: what it is where it is missing, as a text, as JSON."""

from __future__ import annotations

import json
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from storyboard.source.numerals import exact
from storyboard.source.scalars import read_decimal
from storyboard.templates import limits
from storyboard.templates.exactness import bounded, settled
from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import Value, checked, count_nodes, fitting, to_number, to_text


def default(call: Call, value: Value, fallback: Value = "", boolean: Value = False) -> Value:
    """Return the value, or `fallback` where the variable or field is not there.

    With `boolean` the fallback also stands for null, false, 0 and what is empty.

    {{ nickname|default('friend') }} → friend
    {{ ''|default('friend', true) }} → friend
    """
    return fallback if boolean and not value else value


def string(call: Call, value: Value) -> Value:
    """Return a text, number or boolean as a text.

    {{ version|string|length }} → 4
    """
    return to_text(value)


def tojson(call: Call, value: Value) -> Value:
    """Return the value as JSON, keys in the order they are written.

    {{ {'a': [1, true, none]}|tojson }} → {"a": [1, true, null]}
    """
    call.spend(count_nodes(value))
    fitting(_size(value))
    text = json.dumps(value, ensure_ascii=False)
    fitting(len(text))
    return text


def round_(call: Call, value: Value, precision: Value = 0, method: Value = "common") -> Value:
    """Return the number rounded to `precision` decimals, halves away from zero.

    `method` may be `ceil` or `floor`.

    {{ 2.5|round }} → 3
    {{ 2.345|round(2) }} → 2.35
    {{ 2.1|round(method='ceil') }} → 3
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
    """Return the whole number that a number or text holds, without its decimals.

    A text that holds none gives `default`.

    {{ '12'|int + 1 }} → 13
    {{ 3.9|int }} → 3
    {{ 'many'|int(0) }} → 0
    """
    number = _parsed(value, default, "'int'")
    return checked(int(number)) if isinstance(number, int | float) else number


def float_(call: Call, value: Value, default: Value = None) -> Value:
    """Return the number that a number or text holds, decimals included.

    A text that holds none gives `default`.

    {{ '9.90'|float * 2 }} → 19.8
    """
    number = _parsed(value, default, "'float'")
    return float(number) if isinstance(number, int | float) else number


def abs_(call: Call, value: Value) -> Value:
    """Return the number without its sign.

    {{ (-5)|abs }} → 5
    """
    return abs(to_number(value, "'abs'"))


def _size(value: Value) -> int:
    """Return about how long a value is in JSON, so that none is written that is too long."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(key) + _size(part) for key, part in value.items())
    if isinstance(value, list):
        return sum(map(_size, value))
    if isinstance(value, float):
        checked(value)
    return 1


def _parsed(value: Value, fallback: Value, what: str) -> Value:
    if not isinstance(value, str):
        return to_number(value, what)
    text = value.strip()
    number = read_decimal(text)
    if number is not None:
        return checked(number)
    if fallback is None:
        raise ValueRefused(f"'{text[:40]}' is not a number", f"give a default: |{what[1:-1]}(0)")
    return fallback


VALUE_FILTERS: Final = (
    Filter(default, speaks=("value", "fallback")),
    Filter(string, speaks=("value",)),
    Filter(tojson, speaks=("value",)),
    Filter(round_),
    Filter(int_, speaks=("default",)),
    Filter(float_, speaks=("default",)),
    Filter(abs_),
)
