"""Rules for dates in digits, in any language. Knows no text and no month by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from storyboard.narration.calendar import DATED, word_of_case
from storyboard.narration.calendar_names import DAY_NUMBER, MONTH_NUMBER
from storyboard.narration.date_ranges import date_range_rules, say_in_case
from storyboard.narration.labels import LABELS
from storyboard.narration.regions import babel_locale
from storyboard.narration.rule import Rule, last_dot, rule, word_before
from storyboard.spoken_tags import language_of

if TYPE_CHECKING:
    from babel import Locale

_UNDECIDED: Final = frozenset(("ja", "zh", "yue", "ko", "hu"))
"""Languages that write the year first: where it is last, nothing tells the day."""

_OTHER_YEARS: Final = frozenset(("th", "fa"))
"""Languages whose years are counted from another one."""

_PIVOT: Final = 70
"""Years of two digits from which on they are those of the last century."""

_DAYS: Final = MappingProxyType(
    {
        "ja": ("{}月{}日", "まで|迄|から|より|以降|以前|締|〆|付|開[催始]|発売|公開|実施|現在"),
        "zh": ("{}月{}日", "前|之前|以前|起|开始|截止|至|到|以后|之后|当天"),
        "ko": ("{}월 {}일", "까지|부터|이전|이후|마감"),
    }
)
"""A day in its month, and what follows one that is no fraction."""

_WEEKDAYS: Final = r"(?:[月火水木金土日월화수목금토일][)）]|[周週星])"

_YEAR_SIGN: Final = re.compile(r"\s[гр]\.$")
"""What Cyrillic dates end in, and nobody says."""

_MONTHS: Final = 12
_MARK: Final = re.compile("[./-]")
_VERSIONS: Final = frozenset(("version", "release", "build", "v"))
"""Words behind which 1.2.2024 is no day."""

_DAY_FIRST: Final = r"(?<![\w./-])([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?![\w/-])"
_SHORT_YEAR: Final = _DAY_FIRST.replace("{4}", "{2}(?![.,:][0-9])")
_YEAR_FIRST: Final = r"(?<![\w./-])([0-9]{4})([/-])([0-9]{1,2})\2([0-9]{1,2})"
_TIME: Final = (
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"(?![\w/-])"
)
"""What computers write behind a date."""


def date_rules(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for dates in digits, in any language; `again` reads what they are long."""

    def year_first(found: re.Match[str]) -> str | None:
        said = _in_case(language, found, (int(found[1]), int(found[3]), int(found[4])), again)
        return f"{said}, {again(found['time'])}" if said and found["time"] else said

    def month_alone(found: re.Match[str]) -> str | None:
        return _long(language, int(found[2]), int(found[1]), 1, again, "MMMM y")

    yield from date_range_rules(language, again)
    yield rule(_YEAR_FIRST + _TIME, year_first)
    if language_of(language) == "ko":
        yield from _with_dots(language, again)
    if language_of(language) in _DAYS:
        yield from _days_of_months(language_of(language), again)
    yield rule(r"(?<![\w./-])(0?[1-9]|1[0-2])/((?:19|20)[0-9]{2})(?![\w/-])", month_alone)
    yield from _years_last(language, again)


def _years_last(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for dates that end with their year, in the order of CLDR's short form."""

    def day_first(found: re.Match[str]) -> str | None:
        return _say_day_first(language, found, again)

    def month_first(found: re.Match[str]) -> str | None:
        return _long(language, _year(found[4]), int(found[1]), int(found[3]), again)

    def say(found: re.Match[str]) -> str | None:
        order, _ = _short_form(language)
        if language_of(language) == "en":
            if found[2] != "/":
                is_version = word_before(found).lower() in _VERSIONS
                return None if is_version else day_first(found) or month_first(found)
            orders = (day_first, month_first) if order == "dMy" else (month_first, day_first)
            return orders[0](found) or orders[1](found)
        if order == "Mdy":
            return month_first(found) or day_first(found)
        if order == "dMy" or language_of(language) not in _UNDECIDED:
            return day_first(found)
        # Where 4/5 may be either, only what can be no month tells the day.
        if int(found[1]) > _MONTHS:
            return day_first(found)
        return month_first(found) if int(found[3]) > _MONTHS else None

    def say_short(found: re.Match[str]) -> str | None:
        order, mark = _short_form(language)
        label = word_before(found).lower()
        if found[2] != mark or label in _VERSIONS or label in LABELS or order == "yMd":
            return None
        if mark == "." and len(found[1] + found[3]) < len("0101") and label not in DATED:
            return None  # a chapter, as often
        return say(found)

    yield rule(_DAY_FIRST, say)
    if language_of(language) not in _OTHER_YEARS:
        yield rule(_SHORT_YEAR, say_short)


def _with_dots(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for dates as Koreans write them: 2026. 3. 31."""

    def say(found: re.Match[str]) -> str | None:
        if len(found[1]) == len("26") and not found[4]:
            return None
        said = _long(language, _year(found[1]), int(found[2]), int(found[3]), again)
        return said and said + (last_dot(found) if found[4] else "")

    yield rule(
        rf"(?<![\w.,/-])([0-9]{{4}}|[0-9]{{2}})\.\s?({MONTH_NUMBER})\.\s?({DAY_NUMBER})"
        r"(\.?)(?![0-9]|\.[0-9])",
        say,
    )


def _say_day_first(language: str, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    return _in_case(language, found, (_year(found[4]), int(found[3]), int(found[1])), again)


def _in_case(
    language: str, found: re.Match[str], day: tuple[int, int, int], again: Callable[[str], str]
) -> str | None:
    """Return a date with its month's name, in German in the form that stands behind its word."""
    if language_of(language) != "de":
        return _long(language, *day, again)
    word = word_of_case(found)  # am einunddreißigsten, der einunddreißigste
    return _long(language, *day, lambda date: say_in_case(word, date, again))


def _days_of_months(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for 12/25 where what stands behind it tells that it is a day."""
    day, behind = _DAYS[language]
    pattern = rf"(?<![\w./-])({MONTH_NUMBER})/({DAY_NUMBER})(?![0-9/])"
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


def _year(written: str) -> int:
    """Return a year; one of two digits is near ours."""
    year = int(written)
    return year if len(written) > len("26") else year + (1900 if year >= _PIVOT else 2000)


@cache
def _short_form(language: str) -> tuple[str, str]:
    """Return the order of day, month and year in CLDR's short dates, and the mark between them.

    A region that writes the year first in English or French is read as its language is.
    """
    base = language_of(language)
    for tag in (language, base):
        pattern = _locale(tag).date_formats["short"].pattern
        order = "".join(sorted("dMy", key=pattern.index))
        marks = _MARK.findall(pattern)
        if order != "yMd" or base == tag:
            break
    return order, marks[0] if marks else "/"


def _locale(language: str) -> Locale:
    from babel import Locale

    return babel_locale(language) or Locale("en")
