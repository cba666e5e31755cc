"""Rules for the marks in numbers that a voice passes over: "12.5" in Dutch, "12,5" in Ukrainian.

Measured with espeak-ng 1.52: in these languages "12.5" had the sounds of "12 5". Knows no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.rule import Rule, rule, word_before
from storyboard.spoken_tags import language_of

_PASSED_OVER: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "nl": {".": "punt"}, "pl": {".": "kropka"}, "ro": {".": "punct"},
        "uk": {".": "крапка", ",": "кома"}, "ka": {",": "მთელი"},
    }
)  # fmt: skip
"""What is said for the marks in a number that its voice is silent about."""

_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_TIME: Final = re.compile(r"(?:[01]?[0-9]|2[0-4])\.[0-5][0-9]")
_TIME_BEHIND: Final = re.compile(
    rf"{SPACE}(?:uur|u|h)(?!\w)|{SPACE}[–-]|{BLANK}(?:tot|do|до)\s[0-9]"
    rf"|{SPACE}(?:euro|dollar|pond|zł|lei|грн)(?!\w)"
)
_DASH_BEFORE: Final = re.compile(rf"[0-9][.:][0-5][0-9]{SPACE}[–-]{SPACE}$")
_TIME_BEFORE: Final = frozenset(
    (
        *("om", "vanaf", "tot", "rond", "sinds", "omstreeks", "ora", "orele", "la", "o", "od"),
        *("do", "godz", "godzinie", "godziny", "о", "об", "з", "до", "після"),
    )
)
"""Words before a time of day, whose point is not said; nor is that of a price."""

_LOOKED_AT: Final = 12
"""Characters before a number that hold the time of day before a dash."""

_GOES_ON: Final = re.compile(r"\.\s")
"""Behind a day and its month, as in 24.12. of this year."""


def voice_number_rules(language: str) -> Iterator[Rule]:
    """Yield the rules for numbers of a language with marks that its voice passes over."""
    for mark in _PASSED_OVER.get(language_of(language), ()):
        yield rule(
            rf"(?<![0-9.,:/])(?P<number>[0-9]+(?:\{mark}[0-9]+)+)(?![^\W_]|[.,:/][0-9])",
            lambda found: _say(language, found),
        )


def say_marks(language: str, number: str) -> str:
    """Return a number with words for the marks that its voice passes over; groups stay."""
    words = _PASSED_OVER.get(language_of(language), {})
    marks = {sign for sign in number if not sign.isdigit()}
    if len(marks) != 1 or _GROUPED.fullmatch(number):
        return number
    (mark,) = marks
    return number.replace(mark, f" {words[mark]} ") if mark in words else number


def _say(language: str, found: re.Match[str]) -> str | None:
    number, text, end = found["number"], found.string, found.end()
    if _GOES_ON.match(text, end):
        return None
    head = text[max(0, found.start() - _LOOKED_AT) : found.start()]
    is_near_time = _TIME_BEHIND.match(text, end) or _DASH_BEFORE.search(head)
    if _TIME.fullmatch(number) and (is_near_time or word_before(found).lower() in _TIME_BEFORE):
        return None
    said = say_marks(language, number)
    is_joined = text[found.start() - 1 : found.start()].isalpha()
    return None if said == number else " " * is_joined + said
