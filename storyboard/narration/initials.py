"""Which words in capitals are initials, said letter by letter, and which are only emphasized.

Knows no voice: those that say a word of consonants alone as a word know it from their dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.scripts import SPACED, in_class

_CONSONANTS: Final = re.compile(r"(?<![\w.-])[B-DF-HJ-NP-TV-XZ]{3,6}(?![\w]|-[A-Z0-9])")
_SPELT: Final = re.compile(
    r"(?<![\w.-])(?:AIOPS|CAPA|CUDA|DACH|EBITDA|EMEA|FERPA|HACCP|LDAP|LIMS|LOTO|RACI|SAML|SCADA"
    r"|TOML|WIFI|YAML)(?![\w]|-[A-Z0-9])"
)
"""Words made of initials, with vowels, that the English voice spells and people say as words.

Measured: NASA, JPEG, SOLAS, HIPAA, ASCII, CAPEX and their like it says as words."""

_LONGEST_SPELLED: Final = 3
"""Letters of a word in capitals that has vowels and is said by its letters: CEO, and not NATO."""

_LETTERS: Final = in_class(SPACED)
_CAPITALS: Final = re.compile(rf"(?<![{_LETTERS}])[A-ZА-ЯЁЇІЄҐ]{{2,}}(?=s?(?![{_LETTERS}]))")
_WITH_VOWEL: Final = re.compile("[AEIOUYАЕЁИОУЫЭЮЯЇІЄ]")
_LONG_WORD: Final = re.compile("[A-ZА-ЯЁЇІЄҐ]{5,}")
_ROMAN: Final = re.compile("[MDCLXV]+")
_KNOWN: Final = frozenset(
    ("PDF", "HTML", "CSS", "XML", "HTTP", "HTTPS", "SMS", "GPS", "DVD", "VPN", "PNG", "CSV")
)
"""Initials that listeners know by their letters."""

_EMPHASIZED: Final = "ADD AN AT BE HAD HE ME MY ON PUT"
"""Small words that the English voice takes for initials where they stand in capitals."""

EMPHASIZED: Final = (
    rf"(?<![\w])(?<!, )(?:{_EMPHASIZED.replace(' ', '|')})(?! (?:and|or) [A-Z]{{2}}(?![\w]))"
    r"(?= [a-z]+| [A-Z]{3,}|[!?]|\.(?:\s|$))"
)
"""What finds them among other words; in a list such as "AT, BE and CH" they are countries."""


def initials(text: str) -> Iterator[str]:
    """Yield the words of a text that are said letter by letter, and not known by their letters."""
    for found in _CONSONANTS.finditer(text):
        if found[0] not in _KNOWN and _ROMAN.fullmatch(found[0]) is None:
            yield found[0]
    for found in _SPELT.finditer(text):
        yield found[0]


def without_spelled(text: str) -> str:
    """Return a text without the letters that are probably said one by one: those of CEO and HTTP.

    A word of four letters or more that has a vowel is one, as NATO is. In a text of capitals alone
    none is spelled, if it has a word that is no initials.
    """
    if text.isupper() and any(map(_WITH_VOWEL.search, _LONG_WORD.findall(text))):
        return text
    return _CAPITALS.sub(lambda found: "" if _is_spelled(found[0]) else found[0], text)


def _is_spelled(word: str) -> bool:
    return len(word) <= _LONGEST_SPELLED or not _WITH_VOWEL.search(word)
