"""Rules for dates in digits, in any language. Knows no text and no month by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from storyboard.narration.calendar import word_of_case
from storyboard.narration.rule import Rule, rule, word_before
from storyboard.spoken_tags import language_of, speaking_tags

if TYPE_CHECKING:
    from babel import Locale

_MONTH_FIRST: Final = frozenset(("en", "ja", "zh", "yue", "ko", "hu"))
"""Languages that do not write the day first, or where it cannot be told."""

_DAYS: Final = MappingProxyType(
    {
        "ja": ("{}月{}日", "まで|迄|から|より|以降|以前|締|〆|開[催始]|発売|公開|実施|現在"),
        "zh": ("{}月{}日", "前|之前|以前|起|开始|截止|至|到|以后|之后|当天"),
        "ko": ("{}월 {}일", "까지|부터|이전|이후|마감"),
    }
)
"""A day in its month, and what follows one that is no fraction."""

_WEEKDAYS: Final = r"(?:[月火水木金土日월화수목금토일][)）]|[周週星])"

_YEAR_SIGN: Final = re.compile(r"\s[гр]\.$")
"""What Cyrillic dates end in, and nobody says."""

_MONTHS: Final = 12
_VERSIONS: Final = frozenset(("version", "release", "build", "v"))
"""Words behind which 1.2.2024 is no day."""

_DAY_FIRST: Final = r"(?<![\w./-])([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?![\w/-])"
_YEAR_FIRST: Final = r"(?<![\w./-])([0-9]{4})([/-])([0-9]{1,2})\2([0-9]{1,2})"
_TIME: Final = (
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"(?![\w/-])"
)
"""What computers write behind a date."""


def date_rules(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for dates in digits, in any language; `again` reads what they are long."""

    def year_first(found: re.Match[str]) -> str | None:
        said = _long(language, int(found[1]), int(found[3]), int(found[4]), again)
        return f"{said}, {again(found['time'])}" if said and found["time"] else said

    def month_alone(found: re.Match[str]) -> str | None:
        return _long(language, int(found[2]), int(found[1]), 1, again, "MMMM y")

    yield rule(_YEAR_FIRST + _TIME, year_first)
    if language_of(language) in _DAYS:
        yield from _days_of_months(language_of(language), again)
    yield rule(r"(?<![\w./-])(0?[1-9]|1[0-2])/((?:19|20)[0-9]{2})(?![\w/-])", month_alone)
    yield from _years_last(language, again)


def _years_last(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for dates that end with their year."""

    def day_first(found: re.Match[str]) -> str | None:
        return _say_day_first(language, found, again)

    def month_first(found: re.Match[str]) -> str | None:
        return _long(language, int(found[4]), int(found[1]), int(found[3]), again)

    def dotted(found: re.Match[str]) -> str | None:
        is_version = word_before(found).lower() in _VERSIONS
        return None if is_version else day_first(found) or month_first(found)

    def undecided(found: re.Match[str]) -> str | None:
        # Where 4/5 may be either, only what can be no month tells the day.
        if int(found[1]) > _MONTHS:
            return day_first(found)
        return month_first(found) if int(found[3]) > _MONTHS else None

    is_british = next(speaking_tags(language)).lower() == "en-gb"
    if language_of(language) not in _MONTH_FIRST or is_british:
        yield rule(_DAY_FIRST, day_first)
    elif language_of(language) == "en":
        slashed = _DAY_FIRST.replace("[./-]", "/")
        yield rule(slashed, lambda found: month_first(found) or day_first(found))
        yield rule(_DAY_FIRST, dotted)
    else:
        yield rule(_DAY_FIRST, undecided)


def _say_day_first(language: str, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    year, month, day = (int(found[group]) for group in (4, 3, 1))
    if language_of(language) != "de":
        return _long(language, year, month, day, again)
    word = word_of_case(found)  # am einunddreißigsten, der einunddreißigste
    said = _long(language, year, month, day, lambda date: again(f"{word} {date}"))
    return said and said.removeprefix(word).lstrip()


def _days_of_months(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for 12/25 where what stands behind it tells that it is a day."""
    day, behind = _DAYS[language]
    pattern = r"(?<![\w./-])(1[0-2]|0?[1-9])/(3[01]|[12][0-9]|0?[1-9])(?![0-9/])"
    yield rule(
        rf"{pattern}(?=\s?(?:{behind}|[(（]?{_WEEKDAYS}|[~～〜]\s?[0-9]{{1,2}}/))"
        rf"|(?<=[0-9][~～〜]){pattern}",
        lambda f: again(day.format(int(f[1] or f[3]), int(f[2] or f[4]))),
    )


def _long(
    language: str,
    year: int,
    month: int,
    day: int,
    again: Callable[[str], str],
    form: str = "long",
) -> str | None:
    """Return a date with its month's name; None where there is no such day."""
    from babel.dates import format_date

    try:
        return again(
            _YEAR_SIGN.sub("", format_date(date(year, month, day), form, _locale(language)))
        )
    except ValueError:
        return None


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except UnknownLocaleError:
        return Locale("en")
