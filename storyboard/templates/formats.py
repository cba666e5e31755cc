"""Filters that write numbers and lists as a locale's readers expect, by `cldr`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from storyboard.nearest import did_you_mean
from storyboard.source.numerals import exact
from storyboard.templates.cldr import (
    PLURAL_CATEGORIES,
    WIDTHS,
    decimals_of,
    language_of,
    locale_of,
    shortened,
    unit_pattern,
    units,
    with_decimals,
    without_marks,
)
from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import Value, fitting, to_items, to_number, to_string, to_text

NUMBER_SIGN: Final = "#"
"""What stands for the number in a form of a plural, as in ICU's messages."""

_LONE_SIGN: Final = re.compile(r"(?<![A-Za-z0-9#])#(?![A-Za-z0-9#])")
"""A sign of its own: `C#` and `#1` are said as they are. Chinese writes its words beside it."""

UNITS: Final = (
    *("second", "minute", "hour", "day", "week", "month", "year", "meter", "kilometer", "mile"),
    *("gram", "kilogram", "liter", "kilobyte", "megabyte", "gigabyte", "celsius", "percent"),
)
"""The units that hints name; CLDR has more."""
_STYLES: Final[Mapping[str, Literal["standard", "or"]]] = MappingProxyType(
    {"and": "standard", "or": "or"}
)


def number(call: Call, value: Value, digits: Value = None) -> Value:
    """Return the number with the locale's separators, and all decimals that there are.

    `digits` rounds to so many, halves up. A fraction that does not end is cut to three.

    {{ 1234.5|number }} → 1,234.5
    {{ 1234.5|number }} in de → 1.234,5
    {{ 1234.5|number(digits=2) }} → 1,234.50
    {{ (1 / 3)|number }} → 0.333
    """
    from babel.numbers import format_decimal

    locale = locale_of(call)
    shown, count = decimals_of(value, digits, "'number'")
    pattern = with_decimals(locale.decimal_formats[None].pattern, count)
    return without_marks(format_decimal(shown, pattern, locale))


def currency(call: Call, value: Value, code: Value, digits: Value = None) -> Value:
    """Return an amount of money in the currency of a code of ISO 4217.

    Decimals are as many as the currency has, or as there are; `digits` rounds to so many.

    {{ price|currency('EUR') }} → €9.90
    {{ price|currency('EUR') }} in de → 9,90 €
    {{ (price * 0.19)|currency('EUR') }} → €1.881
    {{ (price * 0.19)|currency('EUR', digits=2) }} → €1.88
    """
    from babel.numbers import format_currency, get_currency_precision, list_currencies

    locale = locale_of(call)
    if not isinstance(code, str) or code not in list_currencies():
        hint = did_you_mean(str(code), list_currencies()) if code else None
        raise ValueRefused(f"'{shortened(code)}' is not a currency of ISO 4217", hint)
    usual = get_currency_precision(code)
    shown, count = decimals_of(value, digits, "'currency'", least=usual, cut=usual)
    pattern = with_decimals(locale.currency_formats["standard"].pattern, count)
    return without_marks(format_currency(shown, code, pattern, locale, currency_digits=False))


def percent(call: Call, value: Value, digits: Value = None) -> Value:
    """Return a share as percent, with all decimals that there are; `digits` rounds to so many.

    {{ 0.125|percent }} → 12.5%
    {{ 0.125|percent }} in de → 12,5 %
    {{ 0.125|percent(digits=0) }} → 13%
    """
    from babel.numbers import format_percent

    locale = locale_of(call)
    shown, count = decimals_of(value, digits, "'percent'", shift=2)
    pattern = with_decimals(locale.percent_formats[None].pattern, count)
    return without_marks(format_percent(shown.scaleb(-2), pattern, locale))


def unit(call: Call, value: Value, name: Value, length: Value = "long") -> Value:
    """Return a quantity with its unit, in the plural that the number asks for.

    `name` is a unit of CLDR, such as day, hour, meter or gigabyte; `length` is long, short or
    narrow.

    {{ 1|unit('day') }} → 1 day
    {{ 3|unit('day') }} → 3 days
    {{ 3|unit('day') }} in pl → 3 dni
    {{ 5|unit('kilometer', 'short') }} → 5 km
    """
    from babel.numbers import format_decimal

    if length not in WIDTHS:
        raise ValueRefused(f"'{shortened(length)}' is not a length", "use short, long or narrow")
    text = to_string(name, "'unit'")
    known = units()
    key = text if text in known.values() else known.get(text)
    if key is None:
        hint = did_you_mean(text, UNITS) or "use a unit of CLDR, such as " + ", ".join(UNITS)
        raise ValueRefused(f"'{shortened(text)}' is not a unit", hint)
    locale = locale_of(call)
    shown, count = decimals_of(value, None, "'unit'")
    category = locale.plural_form(shown)
    quantity = format_decimal(
        shown, with_decimals(locale.decimal_formats[None].pattern, count), locale
    )
    return without_marks(unit_pattern(locale, key, str(length), category).format(quantity))


def plural(call: Call, value: Value, *, other: Value, **forms: Value) -> Value:
    """Return the form that the language uses with the number: zero, one, two, few, many or other.

    A lone `#` in a form is the number, as `number` writes it: some languages leave it out.

    {{ seats|plural(one='seat', other='seats') }} → seats
    {{ seats|plural(one='# seat', other='# seats') }} → 3 seats
    {{ seats ~ ' ' ~ seats|plural(one='plik', few='pliki', many='plików', other='pliku') }} in pl → 3 pliki
    """  # noqa: E501 - an example is one line
    for name in forms:
        if name not in PLURAL_CATEGORIES:
            hint = "use one of: " + ", ".join(PLURAL_CATEGORIES)
            raise ValueRefused(f"'{name}' is not a plural form", hint)
    category = language_of(call).plural_form(exact(to_number(value, "'plural'")))
    form = to_string(forms.get(category, other), "'plural'")
    return _LONE_SIGN.sub(str(number(call, value)), form) if has_number(form) else form


def has_number(form: str) -> bool:
    """Return whether a form of a plural has the number in it."""
    return _LONE_SIGN.search(form) is not None


def list_format(call: Call, value: Value, style: Value = "and") -> Value:
    """Return the items as a sentence lists them; `style` may be 'or'.

    {{ team|list_format }} → Ann, Bo, and Cy
    {{ team|list_format }} in fr → Ann, Bo et Cy
    {{ team|list_format('or') }} → Ann, Bo, or Cy
    """
    from babel.lists import format_list

    joined = _STYLES.get(style) if isinstance(style, str) else None
    if joined is None:
        raise ValueRefused(f"'{shortened(style)}' is not a style of lists", "use and, or 'or'")
    items = to_items(value, "'list_format'")
    call.spend(len(items))
    texts = [to_text(item) for item in items]
    fitting(sum(map(len, texts)) + 10 * len(texts))
    return without_marks(format_list(texts, style=joined, locale=locale_of(call)))


FORMATS: Final = (
    Filter(number),
    Filter(currency),
    Filter(percent),
    Filter(unit),
    Filter(plural, speaks=PLURAL_CATEGORIES),
    Filter(list_format, speaks=("value",)),
)
