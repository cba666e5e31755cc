"""Rules for short months beside a day or a year, in a language whose voice reads numbers itself.

CLDR has what is written short and what is said: 31 dec. 2025, 5 дек., 5 ม.ค. Knows no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.regions import babel_locale
from storyboard.narration.rule import Rule, any_of, last_dot, rule
from storyboard.spoken_tags import language_of

_WORDS: Final = frozenset(("pro", "lis", "led", "dub", "maj", "kol", "mar", "sie"))
"""Short months that are words besides: only a dot tells them."""

_OTHERS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {"febr": "februari", "sept": "september"},
    "id": {"Agt": "Agustus"},
}
"""What people write too."""


def voice_date_rules(language: str) -> Iterator[Rule]:
    """Yield the rules of a language that has short months in CLDR."""
    names = _short_months(language)
    if not names:
        return
    dotted, plain = any_of(names), any_of(each for each in names if each not in _WORDS)
    year = rf"(?=,?{SPACE}(?:19|20)[0-9]{{2}}(?![0-9]))"
    before = rf"(?:(?<=[0-9]{BLANK})|(?<=[0-9]\.{BLANK}))"
    pattern = rf"{before}(?:(?P<dotted>{dotted})\.|(?P<plain>{plain})(?![^\W])(?:{year}|(?=,)))"

    def say(found: re.Match[str]) -> str:
        name = names[found["dotted"] or found["plain"]]
        return name + (last_dot(found) if found["dotted"] else "")

    yield rule(pattern, say, rf"{before}(?:{dotted})(?:\.|(?![^\W]))")


def _short_months(language: str) -> Mapping[str, str]:
    """Return the name of each short month; one that is short as a word is no other form."""
    locale = babel_locale(language)
    if locale is None:
        return {}
    short, wide = (locale.months["format"][width] for width in ("abbreviated", "wide"))
    found = {short[month].rstrip("."): wide[month] for month in range(1, 13)}
    found |= _OTHERS.get(language_of(language), {})
    return {each: name for each, name in found.items() if each != name}
