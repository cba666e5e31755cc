"""Rules for two dates in digits with a dash between them, in any language. Knows no month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.calendar import word_of_case
from storyboard.narration.regions import grammar_in
from storyboard.narration.rule import Rule, rule
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


def date_range_rules(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for ranges of dates, in any language; `again` reads each of the two."""
    grammar = grammar_in(language)
    tag = language_of(language)

    def say(found: re.Match[str]) -> str | None:
        word = word_of_case(found) if tag == "de" else ""
        days = [say_in_case(word, found[name], again) for name in ("first", "last")]
        if grammar is None:
            return " – ".join(days)
        until = _UNTIL.get(tag, grammar.to)
        before = " " * (grammar.spaced and tag != "ko")
        return f"{days[0]}{before}{until}{' ' * grammar.spaced}{days[1]}"

    yield rule(_RANGE, say)


def say_in_case(word: str, written: str, again: Callable[[str], str]) -> str:
    """Read what stands behind a German word as the word wants it: am fünften, der fünfte."""
    return again(f"{word} {written}".lstrip()).removeprefix(word).lstrip()
