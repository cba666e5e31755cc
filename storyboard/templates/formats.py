"""Filters that write values as a locale's readers expect, by CLDR through Babel.

Babel is imported when the first of them runs. A video without a locale is written as English.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
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
_WIDTHS: Final = ("long", "short", "narrow")
_STYLES: Final[Mapping[str, Literal["standard", "or"]]] = MappingProxyType(
    {"and": "standard", "or": "or"}
)
UNITS: Final = (
    *("second", "minute", "hour", "day", "week", "month", "year", "meter", "kilometer", "mile"),
    *("gram", "kilogram", "liter", "kilobyte", "megabyte", "gigabyte", "celsius", "percent"),
)
PLURAL_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
"""What CLDR calls the classes of numbers that languages have forms for."""
_CUT: Final = 3
"""Decimals of a number that does not end, as CLDR writes numbers."""
_ENDLESS: Final = 14
"""Digits beyond which nobody wrote the number: a float has up to 17 of them for 1 / 3."""
_DECIMALS = re.compile(r"0(?:\.[0#]+)?(?![0#.,])")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].{0,40})?", re.ASCII)
_TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}[T ])?(\d{2}:\d{2}(?::\d{2})?)", re.ASCII)
_MARKS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


_T = TypeVar("_T", datetime.date, datetime.time)


def number(call: Call, value: Value, digits: Value = None) -> Value:
    """Return the number in the locale's digits and separators: 1,234.5; `digits` fixes decimals."""
    from babel.numbers import format_decimal

    locale = _locale(call)
    shown, count = _decimals_of(value, digits, "'number'")
    pattern = _with_decimals(locale.decimal_formats[None].pattern, count)
    return _spoken(format_decimal(shown, pattern, locale))


def currency(call: Call, value: Value, code: Value, digits: Value = None) -> Value:
    """Return an amount of money; `code` as in ISO 4217. `digits` fixes the decimals."""
    from babel.numbers import format_currency, get_currency_precision, list_currencies

    locale = _locale(call)
    if not isinstance(code, str) or code not in list_currencies():
        hint = did_you_mean(str(code).upper(), list_currencies()) if code else None
        raise ValueRefused(f"'{_short(code)}' is not a currency of ISO 4217", hint)
    usual = get_currency_precision(code)
    shown, count = _decimals_of(value, digits, "'currency'", least=usual, cut=usual)
    pattern = _with_decimals(locale.currency_formats["standard"].pattern, count)
    return _spoken(format_currency(shown, code, pattern, locale, currency_digits=False))


def percent(call: Call, value: Value, digits: Value = None) -> Value:
    """Return a share as percent: 0.25 is 25%."""
    from babel.numbers import format_percent

    locale = _locale(call)
    shown, count = _decimals_of(value, digits, "'percent'", shift=2)
    pattern = _with_decimals(locale.percent_formats[None].pattern, count)
    return _spoken(format_percent(shown.scaleb(-2), pattern, locale))


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
    from babel.numbers import format_decimal

    if length not in _WIDTHS:
        raise ValueRefused(f"'{_short(length)}' is not a length", "use short, long or narrow")
    text = to_string(name, "'unit'")
    known = _units()
    key = text if text in known.values() else known.get(text)
    if key is None:
        hint = did_you_mean(text, UNITS) or "units as in CLDR, such as " + ", ".join(UNITS)
        raise ValueRefused(f"'{_short(text)}' is not a unit", hint)
    locale = _locale(call)
    shown, count = _decimals_of(value, None, "'unit'")
    category = locale.plural_form(shown)
    quantity = format_decimal(
        shown, _with_decimals(locale.decimal_formats[None].pattern, count), locale
    )
    return _spoken(_unit_pattern(locale, key, str(length), category).format(quantity))


def plural(call: Call, value: Value, *, other: Value, **forms: Value) -> Value:
    """Return the form that the locale uses with the number: one, few, many, … or other."""
    for name in forms:
        if name not in PLURAL_CATEGORIES:
            hint = "forms are " + ", ".join(PLURAL_CATEGORIES)
            raise ValueRefused(f"'{name}' is not a plural form", hint)
    language = _babel_locale(call.language or call.locale or _DEFAULT)
    category = language.plural_form(exact(to_number(value, "'plural'")))
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


def _decimals_of(
    value: Value, digits: Value, what: str, *, shift: int = 0, least: int = 0, cut: int = _CUT
) -> tuple[Decimal, int]:
    """Return the number to show, moved by `shift` places, and how many decimals to show of it.

    That is all that there are, `least` or more; a fraction that does not end is cut to `cut`.
    Halves are rounded up, as people do, and zero has no sign.
    """
    written = Decimal(exact(to_number(value, what))).scaleb(shift)
    there = -int(written.as_tuple().exponent)
    if digits is not None:
        count = _checked_decimals(digits)
    elif there > cut and len(written.as_tuple().digits) > _ENDLESS:
        count = cut
    elif there > limits.DECIMALS:
        there = -int(round(written, limits.DECIMALS).normalize().as_tuple().exponent)
        count = max(least, there)
    else:
        count = max(least, there)
    shown = written.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP)
    return (shown if shown else abs(shown)), count


def _with_decimals(pattern: str, count: int) -> str:
    """Return a pattern of CLDR's with so many decimals; its grouping and signs stay."""
    return _DECIMALS.sub("0." + "0" * count if count else "0", pattern)


def _checked_decimals(digits: Value) -> int:
    count = to_number(digits, "'digits'")
    if not isinstance(count, int) or not 0 <= count <= limits.DECIMALS:
        raise ValueRefused(f"'digits' takes 0 to {limits.DECIMALS} decimals")
    return count


@lru_cache(maxsize=1)
def _units() -> Mapping[str, str]:
    """Return CLDR's name of each unit by the one that people use: `day` is `duration-day`."""
    from babel import Locale

    patterns = Locale(_DEFAULT)._data["unit_patterns"]
    return {key.partition("-")[2]: key for key in patterns}


def _unit_pattern(locale: Locale, key: str, length: str, category: str) -> str:
    """Return how a locale writes so many of a unit: `{0} days`.

    What a length leaves out is as in the next shorter one (UTS 35, lateral inheritance): Italian
    has no long form of days of its own, since it is the short one. Babel does not look there.
    """
    lengths = _data_of(locale, key)
    for width in _WIDTHS[_WIDTHS.index(length) :]:
        forms = lengths.get(width) or {}
        found = forms.get(category) or forms.get("other")
        if found:
            return str(found)
    raise ValueRefused(f"'{_short(key)}' has no words in '{locale}'", "write it out")


def _data_of(locale: Locale, key: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = locale._data["unit_patterns"].get(key) or {}
    return found


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
