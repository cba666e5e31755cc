"""Whether an English number that could be a year counts something: "1984 employees". No rules."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.calendar_names import MONTHS, SHORT_MONTHS
from storyboard.narration.rule import (
    any_of,
    second_word_behind,
    text_before,
    word_before,
    word_behind,
)

_IRREGULAR: Final = frozenset(("people", "men", "women", "children", "feet", "staff", "personnel"))
_PLURAL: Final = re.compile(r"[a-z]{2,}(?<![sui])s")
_NO_PLURAL: Final = frozenset(
    (
        *("was", "has", "does", "its", "yes", "always", "perhaps", "plus", "versus", "sometimes"),
        *("towards", "afterwards", "onwards", "besides", "unless", "whereas", "across", "minus"),
        *(
            "brings",
            "marks",
            "sees",
            "begins",
            "ends",
            "starts",
            "comes",
            "shows",
            "means",
            "gives",
        ),
        *("looks", "remains", "becomes", "gets", "makes", "takes", "promises", "offers", "opens"),
        *("closes", "follows", "stands", "goes", "turns", "sets", "seems", "appears", "matters"),
    )
)
"""What ends in "s" behind a year, and is no noun: "2026 brings new rules"."""

_MEASURES: Final = frozenset(
    (
        *("bits", "bytes", "pixels", "dots", "lines", "words", "characters", "letters", "digits"),
        *("meters", "metres", "feet", "yards", "miles", "inches", "liters", "litres", "gallons"),
        *("grams", "pounds", "tons", "tonnes", "watts", "volts", "amps", "kilograms", "kilometers"),
        *("kilometres", "calories", "degrees", "hours", "minutes", "seconds", "days"),
        *("revolutions", "cycles", "kilowatts", "megawatts"),
        *("lumens", "kelvins", "milliseconds", "megabytes", "gigabytes"),
    )
)
"""What is counted whatever stands before the number: "in 1500 pixels", "the 2048 bits"."""

_PEOPLE: Final = frozenset(
    ("employees", "people", "workers", "users", "customers", "residents", "inhabitants")
)
"""Whom an article counts too: "the 1984 employees"; "the 2024 winners" are those of a year."""

_ANNUAL: Final = frozenset(
    (
        *("results", "sales", "earnings", "revenues", "figures", "levels", "targets", "goals"),
        *("accounts", "reports", "statements", "budgets", "elections", "models", "editions"),
        *("versions", "standards", "guidelines", "regulations", "updates", "plans", "trends"),
        *("rates", "prices", "costs", "profits", "dividends", "forecasts", "estimates", "numbers"),
        *("expectations", "statistics", "emissions", "exports", "imports", "taxes", "financials"),
        *("highlights", "priorities", "objectives", "awards", "finals", "games", "championships"),
        *("holidays", "rules", "bonuses", "margins", "volumes", "losses", "returns", "averages"),
    )
)
"""What belongs to a year: "2024 results", "above 1990 levels"."""

_BEFORE_YEAR: Final = frozenset(
    (
        *("in", "since", "by", "until", "till", "before", "after", "during", "from", "through"),
        *("late", "early", "mid", "circa", "year", "fiscal", "calendar", "summer", "winter"),
        *("spring", "autumn", "fall", "throughout", "fy", "copyright", "season", "vintage"),
        *("the", "this", "our", "its", "their", "your", "my", "his", "her", "s"),
        *("office", "windows", "excel", "server", "agenda", "vision", "expo", "strategy"),
        *(name.lower() for name in (*MONTHS["en"], *SHORT_MONTHS["en"])),
    )
)
_ARTICLES: Final = frozenset(
    ("the", "this", "our", "its", "their", "your", "my", "his", "her", "s")
)
"""Of these words, those that stand before a count of people as well."""

_ADJECTIVES: Final = frozenset(
    (
        *("new", "active", "additional", "different", "full", "individual", "more", "other"),
        *("paid", "registered", "separate", "square", "trained", "unique", "cubic", "nautical"),
    )
)
"""What may stand between a count and its noun."""

_DATED: Final = re.compile(
    rf"(?<!\w)(?:{any_of(each.lower() for each in (*MONTHS['en'], *SHORT_MONTHS['en']))})\.?"
    r"\s[0-9]{1,2}(?:st|nd|rd|th)?,?\s$"
    r"|(?<!\w)(?:q[1-4]|h[12]|fy)[\s/,]{1,2}$"
    r"|\b(?:between|from)\s[0-9]{4}\s(?:and|to)\s$|\bas\sof\s$|[©/]\s?$"
)
"""What stands before a year: the day, the quarter, or the first year of two."""


def is_count(found: re.Match[str]) -> bool:
    """Whether a number before a plural noun counts it, and is no year."""
    noun = word_behind(found)
    if noun in _ADJECTIVES:
        noun = second_word_behind(found)
    if not is_plural(noun):
        return False
    if noun in _MEASURES:
        return True
    name, head = word_before(found), found.string[: found.start()].strip()
    is_named = name[:1].isupper() and head != name  # all who work with Project 2019
    if is_named or noun in _ANNUAL or _DATED.search(text_before(found)):
        return False
    before = name.lower()
    return before not in _BEFORE_YEAR or (before in _ARTICLES and noun in _PEOPLE)


def is_plural(noun: str) -> bool:
    """Whether an English word is a noun in the plural, as far as its end tells."""
    return noun in _IRREGULAR or (_PLURAL.fullmatch(noun) is not None and noun not in _NO_PLURAL)
