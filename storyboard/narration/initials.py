"""Which words in capitals are initials, said letter by letter, and which are only emphasized.

Knows no voice: those that say a word of consonants alone as a word know it from their dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.scripts import SPACED, in_class

_SPELT: Final = {
    language: re.compile(rf"(?<![\w.-])(?:{words.replace(' ', '|')})s?(?![\w]|-[A-Z0-9])")
    for language, words in {
        "en": "JSON FAQ YAML LDAP SAML TOML WASM SQL SCSI HACCP AIOPS DMAIC COSHH RoHS WLAN NAS WAV"
        " SAS MRSA ROHS NGINX PaaS IaaS DaaS XaaS",
        "": "JSON SQL SCSI NGINX SaaS PaaS IaaS DaaS XaaS",
    }.items()
}
"""Words made of initials that people say as words, as many do, and voices letter by letter.

By language, `""` is any other. Measured: NASA, JPEG, HIPAA, SCADA, GUI and their like are said as
words."""

_WITH_VOWELS: Final = (
    "API ATM CEO CFO CIO COO CPU CTO ERP ESG GPU HSE IOPS KPI OCR OEE OKR PPE RFID ROI SLA UEFI URL"
    " USA USB"
)
"""Initials with vowels that everybody says letter by letter."""

_BY_LANGUAGE: Final = {
    "de": f"{_WITH_VOWELS} AGB AI AOK BIP CRM EDV EPS EU FAQ ID IHK IT KI SEO UI UK UN UV UX",
    "es": "ADN AI COO CRM ERP ESG IA ID IT ITV OKR OMS ONG PIB RFID SLA TI UE UI URL USB UV UX",
    "fr": f"{_WITH_VOWELS} ADN AI AVC CDI EPI EU IA ID IRM IT OGM OMS PIB PME RSE UE UI UV UX",
    "it": "ADN AI CEO CFO CIO COO CTO ERP ESG GPU IA ID IT KPI OKR OMS ONG PPE RFID SLA UE UI"
    " URL USB UV UX",
    "pt": "ADN AI CFO CIO COO CTO ERP ESG GPU IA ID IT KPI OKR OMS RFID SLA TI UE UI URL USB UV UX",
}
"""Those that the voice of a language would say as words.

Without `USA`, which Italian says as a word, and `API` and `CEO`, which Spanish and Portuguese do.
"""

_INITIALS: Final = {
    language: re.compile(
        rf"(?<![\w.-])(?:[B-DF-HJ-NP-TV-XZ]{{3,6}}|{words.replace(' ', '|')})"
        r"s?(?![\w]|-[A-Z0-9])"
    )
    for language, words in (_BY_LANGUAGE | {"": _WITH_VOWELS}).items()
}

_LONGEST_SPELLED: Final = 3
"""Letters of a word in capitals that has vowels and is said by its letters: CEO, and not NATO."""

_LETTERS: Final = in_class(SPACED)
_CAPITALS: Final = re.compile(rf"(?<![{_LETTERS}])[A-ZА-ЯЁЇІЄҐ]{{2,}}(?=s?(?![{_LETTERS}]))")
_PARTED: Final = re.compile(rf"(?<![{_LETTERS}])[A-ZÁÉÓ](?: [A-ZÁÉÓ])+(?![{_LETTERS}])")
_WITH_VOWEL: Final = re.compile("[AEIOUYАЕЁИОУЫЭЮЯЇІЄ]")
_LONG_WORD: Final = re.compile("[A-ZА-ЯЁЇІЄҐ]{5,}")
_ROMAN: Final = re.compile("[MDCLXV]+")
_EMPHASIZED: Final = "ADD AN AT BE HAD HE ME MY ON PUT"
"""Small words that the English voice takes for initials where they stand in capitals."""

EMPHASIZED: Final = (
    rf"(?<![\w])(?<!, )(?:{_EMPHASIZED.replace(' ', '|')})(?! (?:and|or) [A-Z]{{2}}(?![\w]))"
    r"(?= [a-z]+| [A-Z]{3,}|[!?]|\.(?:\s|$))"
)
"""What finds them among other words; in a list such as "AT, BE and CH" they are countries."""


def spelled_words(text: str, language: str) -> Iterator[str]:
    """Yield the words of a text that a voice spells, and that people say as words or as letters."""
    for found in _spelt(language).finditer(text):
        yield found[0]


def spelled_by_all(language: str) -> tuple[str, ...]:
    """Return the initials of a language that its voice would say as words; none of English."""
    return tuple(_BY_LANGUAGE.get(language, "").split())


def initials(text: str, language: str) -> Iterator[str]:
    """Yield the words of a text that everybody who speaks a language says letter by letter."""
    spelt = _spelt(language)
    for found in _INITIALS.get(language, _INITIALS[""]).finditer(text):
        if not spelt.match(found[0]) and _ROMAN.fullmatch(found[0]) is None:
            yield found[0]


def _spelt(language: str) -> re.Pattern[str]:
    return _SPELT.get(language, _SPELT[""])


def without_spelled(text: str) -> str:
    """Return a text without the letters that are probably said one by one: those of CEO and HTTP.

    A word of four letters or more that has a vowel is one, as NATO is. In a text of capitals alone
    none is spelled, if it has a word that is no initials.
    """
    if text.isupper() and any(map(_WITH_VOWEL.search, _LONG_WORD.findall(text))):
        return text
    parted = _PARTED.sub(lambda found: " " * found[0].count(" "), text)
    return _CAPITALS.sub(lambda found: "" if _is_spelled(found[0]) else found[0], parted)


def _is_spelled(word: str) -> bool:
    return len(word) <= _LONGEST_SPELLED or not _WITH_VOWEL.search(word)
