"""Rules for the short forms of months and weekdays beside a day or a year: 5 Nov 2020, Mo., 3. Mai.

With a dot and without one. Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from storyboard.narration.calendar_names import (
    DAY_NUMBER,
    MONTH_NUMBER,
    MONTHS,
    OTHER_MONTHS,
    SHORT_DAYS,
    SHORT_MONTHS,
    WORDS_TOO,
    is_weeks,
)
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, last_dot, rule, word_before

_YEAR: Final = r"(?:19|20)[0-9]{2}(?![\w]|[.,][0-9])"
_OF: Final = {"es": r"(?:del?\s)?", "pt": r"(?:de\s)?"}
"""What may stand between a day, its month and its year."""

_PUT: Final = {"es": "de ", "pt": "de "}
"""What a reader puts there."""

_DAY: Final = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?P<mark>\.|er|º|°|st|nd|rd|th)?"


def short_date_rules(
    grammar: Grammar,
    again: Callable[[str], str],
    context: Callable[[re.Match[str]], str] = word_before,
) -> Iterator[Rule]:
    """Yield the rules for short months and weekdays; `again` reads what they stand for.

    `context` returns the word before a day that its form depends on.
    """
    short = SHORT_MONTHS.get(grammar.tag)
    if short is None:
        return
    of, put = _OF.get(grammar.tag, ""), _PUT.get(grammar.tag, "")
    year = rf",?\s{of}(?={_YEAR})"
    month = _month(grammar.tag, year)

    def named(found: re.Match[str]) -> str:
        return _full(short, found["month"])

    def day_first(found: re.Match[str]) -> str | None:
        if not found["year"] and is_weeks(grammar.tag, found["month"], word_before(found)):
            return None
        mark = "" if found["mark"] in ("st", "nd", "rd", "th") else found["mark"] or ""
        date = f"{int(found['day'])}{mark} {put}{named(found)}"
        said = _in_context(again, context(found), date)
        if found["year"]:
            comma = "," if found["year"].startswith(",") else ""
            return f"{said}{comma} {put}{again(found['written'])}"
        return said + (last_dot(found) if found[0].endswith(".") else "")

    yield rule(
        rf"(?<![\w.,/:$€£-]){_DAY}\s{of}(?P<month>{month})\.?"
        rf"(?P<year>,?\s{of}(?P<written>{_YEAR}))?(?![\w])",
        day_first,
    )
    start = rf"{NOT_IN_WORD}(?:{month})\.?(?={year})"
    yield rule(
        rf"{NOT_IN_WORD}(?P<month>{month})\.?{year}",
        lambda found: f"{named(found)} {put}",
        start,
    )
    plain = "|".join(_cased(each) for each in short if each not in _words_too(grammar.tag))
    dotted = rf"{NOT_IN_WORD}(?P<month>{plain})\.(?=\s[^\W0-9_A-ZÄÖÜ]|,)"
    yield rule(dotted, named, re.sub(r"\(\?P<month>", "(?:", dotted))
    yield _weekday_rule(grammar, month, of)


def _weekday_rule(grammar: Grammar, month: str, of: str) -> Rule:
    days = SHORT_DAYS[grammar.tag]
    names = any_of((*MONTHS[grammar.tag], *OTHER_MONTHS.get(grammar.tag, ())))
    date = rf"[0-9]{{1,2}}(?:\.|er|º|°|st|nd|rd|th)?\s{of}(?:{names}|{month})(?![\w])"
    if grammar.tag == "en":
        date += rf"|(?:{names}|{month})\.?\s[0-9]"
    if grammar.tag in ("fr", "es", "it", "pt"):
        date += rf"|(?:{DAY_NUMBER})/(?:{MONTH_NUMBER})(?![0-9])"
    if grammar.tag == "de":
        in_digits = rf"(?:{DAY_NUMBER})\.(?:{MONTH_NUMBER})\."  # 12.50. is a price
        date = rf"(?:d(?:er|en|em)\s)?(?:{date}|{in_digits})"
    day = "|".join(_cased(each) for each in days)
    behind = rf"(?=,?\s(?:{date}))"
    return rule(
        rf"{NOT_IN_WORD}(?P<weekday>{day})\.?{behind}",
        lambda found: _full(days, found["weekday"]),
        rf"{NOT_IN_WORD}(?:{day})\.?(?=,?\s)",
    )


def _month(tag: str, year: str) -> str:
    """Return what finds a short month; one that is a word besides has its dot or a year behind."""
    too = _words_too(tag)
    plain = "|".join(_cased(each) for each in SHORT_MONTHS[tag] if each not in too)
    if not too:
        return f"(?:{plain})"
    return f"(?:{plain}|(?:{'|'.join(map(_cased, sorted(too)))})(?=\\.|{year}))"


def _words_too(tag: str) -> frozenset[str]:
    return WORDS_TOO.get(tag, frozenset())


def _cased(short: str) -> str:
    """Return what finds a short form; where small letters are the rule, a title has a capital."""
    return f"[{short[0]}{short[0].upper()}]{short[1:]}" if short[0].islower() else short


def _full(names: Mapping[str, str], written: str) -> str:
    name = names.get(written) or names[written.lower()]
    return name.capitalize() if written[:1].isupper() else name


def _in_context(again: Callable[[str], str], before: str, date: str) -> str:
    """Read a date behind the word before it, and take off that word."""
    said = again(f"{before} {date}") if before else again(date)
    return said.removeprefix(f"{before} ") if said.startswith(f"{before} ") else again(date)
