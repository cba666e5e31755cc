"""Rules for two dates in digits with a dash between them, in any language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.calendar import word_of_case
from storyboard.narration.calendar_names import DAY_NUMBER, MONTH_NUMBER, MONTHS
from storyboard.narration.grammar import Grammar
from storyboard.narration.labels import GERMAN_LABELS
from storyboard.narration.regions import grammar_in
from storyboard.narration.rule import Rule, last_dot, rule, word_before
from storyboard.spoken_tags import language_of

_UNTIL: Final = MappingProxyType({"fr": "au", "es": "al", "it": "al"})
"""What is said before the last day, where it has an article that no other end of a range has."""

_YEAR_FIRST: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
_DATE: Final = (
    rf"(?:{_YEAR_FIRST}|[0-9]{{1,2}}(?P<MARK>[./])[0-9]{{1,2}}(?P=MARK)(?:[0-9]{{4}}|[0-9]{{2}}))"
)
_RANGE: Final = (
    rf"(?<![\w./-])(?P<first>{_DATE.replace('MARK', 'one')})"
    r"(?:\s?[-–—~～〜‒]\s?|(?<=-[0-9]{2})/(?=[0-9]{4}-))"
    rf"(?P<last>{_DATE.replace('MARK', 'two')})(?![\w/-]|[.,][0-9])"
)
"""Computers write a slash between two dates of theirs."""

_ROMANCE_RANGE: Final = (
    rf"(?<![\w./-])(?P<first>(?:{DAY_NUMBER})/(?:{MONTH_NUMBER}))\s?[-–—]\s?"
    r"(?P<last>[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2}))(?![\w/-]|[.,][0-9])"
)
"""Two days of which the first has no year: 28/02–03/03/2024."""

_GERMAN_DAY: Final = rf"(?:{DAY_NUMBER})\.\s?(?:{MONTH_NUMBER})\."
_GERMAN_RANGE: Final = (
    rf"(?<![\w./-])(?P<first>{_GERMAN_DAY})\s?[-–—]\s?"
    rf"(?P<last>{_GERMAN_DAY}(?P<year>[0-9]{{4}}|[0-9]{{2}})?)(?![\w/-]|[.,][0-9])"
)
"""Two days of which the first has no year: 28.2.–3.3.2024."""


def date_range_rules(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for ranges of dates, in any language; `again` reads each of the two."""
    grammar = grammar_in(language)
    tag = language_of(language)

    def say(found: re.Match[str]) -> str | None:
        word = word_of_case(found) if tag == "de" else ""
        days = [say_in_case(word, found[name], again) for name in ("first", "last")]
        if grammar is None:
            return " – ".join(days)
        before = " " * (grammar.spaced and tag != "ko")
        return f"{days[0]}{before}{until_day(grammar, days[1])}{days[1]}"

    yield rule(_RANGE, say)
    if tag in ("fr", "es", "it", "pt"):
        yield rule(_ROMANCE_RANGE, say)
    if tag == "de":
        yield rule(_GERMAN_RANGE, lambda found: _say_german_range(found, again))


def until_day(grammar: Grammar, last: str) -> str:
    """Return the word before the last day of a range, and its blank: au cinq, all'otto."""
    if grammar.tag == "it" and last[:1] in "ou":
        return "all'"
    return _UNTIL.get(grammar.tag, grammar.to) + " " * grammar.spaced


def _say_german_range(found: re.Match[str], again: Callable[[str], str]) -> str | None:
    if word_before(found).lower() in GERMAN_LABELS:
        return None  # sections of a document
    word, year = word_of_case(found), found["year"]
    first = say_in_case(word, _named(found["first"]), again)
    last = say_in_case(word, found["last"] if year else _named(found["last"]), again)
    return f"{first} bis {last}" + ("" if year else last_dot(found))


def _named(written: str) -> str:
    """Return "28.02." as "28. Februar"."""
    day, month, _ = written.split(".")
    return f"{int(day)}. {MONTHS['de'][int(month) - 1]}"


def say_in_case(word: str, written: str, again: Callable[[str], str]) -> str:
    """Read what stands behind a German word as the word wants it: am fünften, der fünfte."""
    return again(f"{word} {written}".lstrip()).removeprefix(word).lstrip()
