"""Which words in capitals are initials, said letter by letter, and which are only emphasized.

Knows no voice: those that say a word of consonants alone as a word know it from their dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CONSONANTS: Final = re.compile(r"(?<![\w.-])[B-DF-HJ-NP-TV-XZ]{3,6}(?![\w]|-[A-Z0-9])")
_SPELT: Final = re.compile(
    r"(?<![\w.-])(?:AIOPS|CAPA|CUDA|DACH|EBITDA|EMEA|FERPA|HACCP|LDAP|LIMS|LOTO|RACI|SAML|SCADA"
    r"|TOML|WIFI|YAML)(?![\w]|-[A-Z0-9])"
)
"""Words made of initials, with vowels, that the English voice spells and people say as words.

Measured: NASA, JPEG, SOLAS, HIPAA, ASCII, CAPEX and their like it says as words."""

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
