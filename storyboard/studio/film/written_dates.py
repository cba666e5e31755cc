"""Where a text has a date with a month's name, which a reader does not part: March 31, 2026.

Knows no widths and no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from storyboard.narration.blanks import BLANK
from storyboard.narration.calendar_names import MONTHS, OTHER_MONTHS, SHORT_MONTHS, WORDS_TOO
from storyboard.narration.rule import ENDS, NOT_IN_NUMBER, NOT_IN_WORD, any_of
from storyboard.spoken_tags import language_of

_DAY: Final = r"(?:[12][0-9]|3[01]|0?[1-9])(?:\.?[º°]|\.|st|nd|rd|th|er)?"
_YEAR: Final = r"(?:19|20)[0-9]{2}(?![\w]|[.,][0-9])"


def written_dates(text: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Yield where the dates of a text begin and end that are written with a month's name."""
    base = None if language is None else language_of(language)
    if any(sign.isdecimal() for sign in text):
        yield from (found.span() for found in _pattern(base).finditer(text))


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    """Return what finds the dates of a language; without one, or with another, those of all."""
    known = (language,) if language and language in MONTHS else tuple(MONTHS)
    names = any_of(name for tag in known for name in _names(tag))
    dotted = any_of(f"{each}." for tag in known for each in WORDS_TOO.get(tag, ()))
    month = rf"(?:(?:{names})\.?{f'|{dotted}' if dotted else ''})"
    of = rf"{BLANK}(?:(?:de|del|of){BLANK})?"
    day_first = rf"{NOT_IN_NUMBER}{_DAY}{of}{month}(?:,?{of}{_YEAR}|{ENDS})"
    month_first = rf"{NOT_IN_WORD}{month}{BLANK}{_DAY}(?![\w])(?:,?{BLANK}{_YEAR})?"
    month_alone = rf"{NOT_IN_WORD}{month},?{of}{_YEAR}"
    return re.compile(f"{day_first}|{month_first}|{month_alone}")


def _names(language: str) -> Iterator[str]:
    names = (*MONTHS[language], *OTHER_MONTHS.get(language, ()), *SHORT_MONTHS[language])
    for name in names:
        if name in WORDS_TOO.get(language, ()):
            continue  # "1 mar azul" is a sea
        yield name
        if name.islower():
            yield name.capitalize()
