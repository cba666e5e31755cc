"""Filters that write values as a locale's readers expect, by CLDR through Babel.

Babel is imported when the first of them runs. A video without a locale is written as English.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from storyboard.source.numerals import exact
from storyboard.templates import limits
from storyboard.templates.faults import ValueRefused, did_you_mean
from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import (
    Value,
    describe,
    fitting,
    to_items,
    to_number,
    to_string,
    to_text,
)

if TYPE_CHECKING:
    from babel import Locale

_DEFAULT: Final = "en"
_LENGTHS: Final = ("short", "medium", "long", "full")
_WIDTHS: Final[Mapping[str, Literal["short", "long", "narrow"]]] = MappingProxyType(
    {"short": "short", "long": "long", "narrow": "narrow"}
)
_STYLES: Final[Mapping[str, Literal["standard", "or"]]] = MappingProxyType(
    {"and": "standard", "or": "or"}
)
_UNITS: Final = (
    *("second", "minute", "hour", "day", "week", "month", "year", "meter", "kilometer", "mile"),
    *("gram", "kilogram", "liter", "kilobyte", "megabyte", "gigabyte", "celsius", "percent"),
)
PLURAL_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
"""What CLDR calls the classes of numbers that languages have forms for."""
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].{0,40})?", re.ASCII)
_TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}[T ])?(\d{2}:\d{2}(?::\d{2})?)", re.ASCII)
_MARKS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


_T = TypeVar("_T", datetime.date, datetime.time)


def number(call: Call, value: Value, digits: Value = None) -> Value:
    """Return the number in the locale's digits and separators: 1,234.5; `digits` fixes decimals."""
    from babel.numbers import format_decimal

    locale = _locale(call)
    pattern = None if digits is None else "#,##0" + _decimals(digits)
    return _spoken(format_decimal(_exact(value, "'number'"), format=pattern, locale=locale))


def currency(call: Call, value: Value, code: Value, digits: Value = None) -> Value:
    """Return an amount of money; `code` as in ISO 4217. `digits` fixes the decimals."""
    from babel.numbers import format_currency, list_currencies

    locale = _locale(call)
    if not isinstance(code, str) or code not in list_currencies():
        hint = did_you_mean(str(code).upper(), list_currencies()) if code else None
        raise ValueRefused(f"'{_short(code)}' is not a currency of ISO 4217", hint)
    amount = _exact(value, "'currency'")
    if digits is None:
        return _spoken(format_currency(amount, code, locale=locale))
    pattern = locale.currency_formats["standard"].pattern
    fixed = re.sub(r"0(\.0+)?", "0" + _decimals(digits), pattern)
    return _spoken(format_currency(amount, code, fixed, locale=locale, currency_digits=False))


def percent(call: Call, value: Value, digits: Value = 0) -> Value:
    """Return a share as percent: 0.25 is 25%."""
    from babel.numbers import format_percent

    locale = _locale(call)
    pattern = locale.percent_formats[None].pattern
    fixed = re.sub(r"0(?!.*0)", "0" + _decimals(digits), pattern)
    return _spoken(format_percent(_exact(value, "'percent'"), fixed, locale=locale))


def date(call: Call, value: Value, format: Value = "medium") -> Value:
    """Return an ISO 8601 date (YYYY-MM-DD) in words; `format` a length, or a CLDR skeleton."""
    from babel.dates import format_date, format_skeleton

    locale = _locale(call)
    day = _read_date(value)
    if format in _LENGTHS:
        return _spoken(format_date(day, str(format), locale=locale))
    if isinstance(format, str) and format in locale.datetime_skeletons:
        return _spoken(format_skeleton(str(format), day, locale=locale))
    hint = "use short, medium, long, full, or a CLDR skeleton such as yMMMM"
    raise ValueRefused(f"'{_short(format)}' is not a format of dates", hint)


def time(call: Call, value: Value, format: Value = "short") -> Value:
    """Return an ISO 8601 time (HH:MM or HH:MM:SS) as read on a clock; `format` short or medium."""
    from babel.dates import format_time

    locale = _locale(call)
    if format not in ("short", "medium"):
        raise ValueRefused(f"'{_short(format)}' is not a format of times", "use short or medium")
    return _spoken(format_time(_read_time(value), str(format), locale=locale))


def unit(call: Call, value: Value, name: Value, length: Value = "long") -> Value:
    """Return a quantity with its unit: 5 kilometers; `length` short, long or narrow."""
    from babel.units import UnknownUnitError, format_unit

    width = _WIDTHS.get(length) if isinstance(length, str) else None
    if width is None:
        raise ValueRefused(f"'{_short(length)}' is not a length", "use short, long or narrow")
    text = to_string(name, "'unit'")
    exact = _exact(value, "'unit'")
    try:
        return _spoken(format_unit(exact, text, length=width, locale=_locale(call)))
    except UnknownUnitError:
        hint = did_you_mean(text, _UNITS) or "units as in CLDR, such as " + ", ".join(_UNITS)
        raise ValueRefused(f"'{_short(text)}' is not a unit", hint) from None


def plural(call: Call, value: Value, *, other: Value, **forms: Value) -> Value:
    """Return the form that the locale uses with the number: one, few, many, … or other."""
    for name in forms:
        if name not in PLURAL_CATEGORIES:
            hint = "forms are " + ", ".join(PLURAL_CATEGORIES)
            raise ValueRefused(f"'{name}' is not a plural form", hint)
    language = _babel_locale(call.language or call.locale or _DEFAULT)
    category = language.plural_form(_exact(value, "'plural'"))
    return to_string(forms.get(category, other), "'plural'")


def list_format(call: Call, value: Value, style: Value = "and") -> Value:
    """Return the items as a sentence lists them: A, B, and C; `style` may be `or`."""
    from babel.lists import format_list

    joined = _STYLES.get(style) if isinstance(style, str) else None
    if joined is None:
        raise ValueRefused(f"'{_short(style)}' is not a style of lists", "use and, or 'or'")
    items = to_items(value, "'list_format'")
    call.spend(len(items))
    texts = [to_text(item) for item in items]
    fitting(sum(map(len, texts)) + 10 * len(texts))
    return _spoken(format_list(texts, style=joined, locale=_locale(call)))


EVERY: Final = (
    Filter(number),
    Filter(currency),
    Filter(percent),
    Filter(date),
    Filter(time),
    Filter(unit),
    Filter(plural, speaks=PLURAL_CATEGORIES),
    Filter(list_format, speaks=("value",)),
)


def _locale(call: Call) -> Locale:
    return _babel_locale(call.locale or _DEFAULT)


@lru_cache(maxsize=256)
def _babel_locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    from storyboard.locales import fallback_chain, is_pseudo

    chain = (tag.partition("-")[0],) if is_pseudo(tag) else fallback_chain(tag)
    for candidate in chain:
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    hint = "write the text in the catalogue instead"
    raise ValueRefused(f"CLDR has no formats for the locale '{_short(tag)}'", hint)


def _exact(value: Value, what: str) -> Decimal | int:
    """Return the number with the decimals that it is written with."""
    return exact(to_number(value, what))


def _decimals(digits: Value) -> str:
    count = to_number(digits, "'digits'")
    if not isinstance(count, int) or not 0 <= count <= limits.DECIMALS:
        raise ValueRefused(f"'digits' takes 0 to {limits.DECIMALS} decimals")
    return "." + "0" * count if count else ""


def _read_date(value: Value) -> datetime.date:
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    return _read(value, found, datetime.date.fromisoformat, "a date", "write 2026-03-31")


def _read_time(value: Value) -> datetime.time:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    return _read(value, found, datetime.time.fromisoformat, "a time", "write 14:30, in quotes")


def _read(
    value: Value, found: re.Match[str] | None, parse: Callable[[str], _T], what: str, hint: str
) -> _T:
    try:
        if found is not None:
            return parse(found.group(1))
    except ValueError:
        pass
    shown = f"'{_short(value)}'" if isinstance(value, str) else describe(value)
    raise ValueRefused(f"{shown} is not {what} in ISO 8601", hint)


def _spoken(text: str) -> str:
    """Return the text without direction marks, which a voice would stumble over."""
    return text.translate(_MARKS)


def _short(value: Value) -> str:
    return to_text(value)[:40] if isinstance(value, str | int | float) else describe(value)
