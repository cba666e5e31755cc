"""Filters that write dates and times as a locale's readers expect, by `cldr`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Final, TypeVar

from storyboard.templates.cldr import locale_of, shortened, without_marks
from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import Value, describe

_LENGTHS: Final = ("short", "medium", "long", "full")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].{0,40})?", re.ASCII)
_TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}[T ])?(\d{2}:\d{2}(?::\d{2})?)", re.ASCII)
_T = TypeVar("_T", datetime.date, datetime.time)


def date(call: Call, value: Value, format: Value = "medium") -> Value:
    """Return a date of ISO 8601 (YYYY-MM-DD) in words.

    `format` is short, medium, long or full, or a skeleton of CLDR such as yMMMM.

    {{ released|date }} → Mar 31, 2026
    {{ released|date('long') }} in fr → 31 mars 2026
    {{ released|date('yMMMM') }} → March 2026
    """
    from babel.dates import format_date, format_skeleton

    locale = locale_of(call)
    day = _read_date(value)
    if format in _LENGTHS:
        return without_marks(format_date(day, str(format), locale=locale))
    if isinstance(format, str) and format in locale.datetime_skeletons:
        return without_marks(format_skeleton(str(format), day, locale=locale))
    hint = "use short, medium, long, full, or a CLDR skeleton such as yMMMM"
    raise ValueRefused(f"'{shortened(format)}' is not a format of dates", hint)


def time(call: Call, value: Value, format: Value = "short") -> Value:
    """Return a time of ISO 8601 (HH:MM or HH:MM:SS) as a clock shows it.

    `format` is short, or medium for seconds too.

    {{ '14:30'|time }} → 2:30 PM
    {{ '14:30'|time }} in de → 14:30
    """
    from babel.dates import format_time

    locale = locale_of(call)
    if format not in ("short", "medium"):
        raise ValueRefused(f"'{shortened(format)}' is not a format of times", "use short or medium")
    return without_marks(format_time(_read_time(value), str(format), locale=locale))


DATE_FORMATS: Final = (Filter(date), Filter(time))


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
    shown = f"'{shortened(value)}'" if isinstance(value, str) else describe(value)
    raise ValueRefused(f"{shown} is not {what} in ISO 8601", hint)
