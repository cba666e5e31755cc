"""Rules for two days or months with a dash between, by their names: 30 Jan. – 2 Feb., May–June.

Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.calendar import word_of_case
from storyboard.narration.calendar_names import (
    DAY_NUMBER,
    MONTHS,
    OTHER_MONTHS,
    SHORT_DAYS,
    SHORT_MONTHS,
    is_weeks,
)
from storyboard.narration.date_ranges import say_in_case, until_day
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.rule import Rule, any_of, last_dot, rule, word_before

_DASH: Final = r"\s?[-–—~]\s?"
_NUMBER: Final = f"(?:{DAY_NUMBER})"
_YEAR: Final = r"(?:,?\s(?:19|20)[0-9]{2}(?![\w]|[.,][0-9]))?"
_YEAR_OF: Final = {
    "es": r"(?:\s(?:del?\s)?(?:19|20)[0-9]{2}(?![\w]|[.,][0-9]))?",
    "pt": r"(?:\s(?:de\s)?(?:19|20)[0-9]{2}(?![\w]|[.,][0-9]))?",
}
_OF: Final = {"es": r"(?:de\s)?", "pt": r"(?:de\s)?"}
_PUT: Final = {"es": "de ", "pt": "de "}
_ENDS: Final = r"(?![^\W_])"


def day_range_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for ranges of days; `again` reads each of the two."""
    tag = grammar.tag
    if tag not in MONTHS:
        return
    names = (*MONTHS[tag], *OTHER_MONTHS.get(tag, ()))
    short = any_of(each for name in SHORT_MONTHS[tag] for each in (name, name.capitalize()))
    month = rf"(?:(?:{any_of(names)}){_ENDS}|(?:{short})(?:\.|{_ENDS}))"
    days = any_of(
        each for pair in SHORT_DAYS[tag].items() for name in pair for each in (name, name.title())
    )
    weekday = rf"(?:(?:{days})\.?,?\s)?"
    of, year = _OF.get(tag, ""), _YEAR_OF.get(tag, _YEAR)
    mark = r"(?:st|nd|rd|th|er|º|°|ᵉʳ)?" if tag != "de" else r"\."
    day = rf"{_NUMBER}{mark}\s?{of}{month}"
    yield rule(
        rf"(?<![\w.,/:$€£-])(?P<first>{day}{year}){_DASH}(?P<last>{weekday}{day}{year})",
        lambda found: _say_range(grammar, found, again),
    )
    yield rule(
        rf"(?<![\w.-])(?P<first>{month}){_DASH}(?P<last>{month}{year})(?!-)",
        lambda found: _say_months(grammar, found, again),
        rf"(?<![\w.-]){month}{_DASH}(?={month})",
    )
    if tag == "en":
        yield from _month_first(grammar, again, month, weekday)
    elif tag != "de":
        # It has the article of a last day, which no other range has: trois au cinq mars.
        yield rule(
            rf"(?<![\w.,/:$€£-])(?P<number>{_NUMBER})(?P<mark>{mark})[-–—](?P<last>{day})",
            lambda found: _say_days_of_month(grammar, found, again),
        )


def _month_first(
    grammar: Grammar, again: Callable[[str], str], month: str, weekday: str
) -> Iterator[Rule]:
    """Yield the rule for "Jan. 30 – Feb. 2", as it is written in America."""
    day = rf"{month}\s{_NUMBER}(?:st|nd|rd|th)?(?![\w:%$]|[.,/][0-9])"
    yield rule(
        rf"(?<![\w.-])(?P<first>{day}{_YEAR}){_DASH}(?P<last>{weekday}{day}{_YEAR})",
        lambda found: _say_range(grammar, found, again),
        rf"(?<![\w.-]){month}(?=\s[0-9]{{1,2}}(?:st|nd|rd|th)?{_YEAR}{_DASH}[A-Z])",
    )


def _say_range(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str:
    word = word_of_case(found) if grammar.tag == "de" else ""
    first, last = (
        say_in_case(word, found[name], again).removesuffix(".") for name in ("first", "last")
    )
    return f"{first} {until_day(grammar, last)}{last}{_end(found)}"


def _say_days_of_month(
    grammar: Grammar, found: re.Match[str], again: Callable[[str], str]
) -> str | None:
    """Say "1er-5 mars": the first of a month is counted as one."""
    if is_weeks(grammar.tag, found["last"].lstrip("0123456789 "), word_before(found)):
        return None
    number = int(found["number"])
    is_first = number == 1 and (found["mark"] or grammar.tag in ("fr", "it"))
    first = grammar.ordinal(1, Form.PLAIN) if is_first else grammar.cardinal(number, "")
    last = again(found["last"]).removesuffix(".")
    return f"{first} {until_day(grammar, last)}{last}{_end(found)}"


def _say_months(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str:
    """Say "Jan.–Mar. 2025" with both names in full."""
    short = SHORT_MONTHS[grammar.tag]
    names = [found[name].removesuffix(".") for name in ("first", "last")]
    first, last = (short.get(each) or short.get(each.lower()) or again(each) for each in names)
    return f"{first} {grammar.to} {last}{_end(found)}"


def _end(found: re.Match[str]) -> str:
    """Return the dot of a short month where it ends the sentence too."""
    is_inside = found.string.startswith((")", "]"), found.end())
    return last_dot(found) if found[0].endswith(".") and not is_inside else ""
