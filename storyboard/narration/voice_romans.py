"""The rule for Roman numerals in languages whose voices spell them, or say them in English.

Measured with espeak-ng 1.52: "XXI" is "X X I" in Polish, and "Roman twenty-one" in a Russian text.
The voice reads figures. Knows no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.dutch_numbers import ordinal
from storyboard.narration.roman_numerals import ROMAN, ROMAN_START, RULERS, value_of_roman
from storyboard.narration.rule import Rule, rule, word_before
from storyboard.spoken_tags import language_of

_SPELLED: Final = frozenset(
    (
        *("ar", "el", "et", "fa", "fi", "he", "hi", "hu", "hy", "lt", "lv", "mr", "nb", "nl"),
        *("pl", "ru", "sv", "sw", "ta", "tr", "uk", "vi"),
    )
)
_LEAST: Final = 2
"""Letters of a numeral that is one wherever it stands."""

_WITH_WORD_VI: Final = frozenset(("sv", "nb"))
"""Languages in which "VI" may be "we", in capitals."""

_CENTURY: Final = re.compile(
    r"\.?\s(?:eeuw|wiek|век|століт|század|amži|gadsimt|yüzyıl|sajand|vuosisa|αιών)", re.IGNORECASE
)
_RULERS: Final = RULERS | frozenset(
    (
        *("Willem", "Lodewijk", "Karel", "Filips", "Hendrik", "Frederik", "Boudewijn", "Albert"),
        *("Paulus", "Nicolaas", "Jacobus", "Eduard", "Elisabeth", "Elizabeth", "Catharina"),
        *("Karol", "Jan", "Zygmunt", "Władysław", "Kazimierz", "Paweł", "Fryderyk", "Henryk"),
        *("Пётр", "Петр", "Николай", "Александр", "Павел", "Карл", "Екатерина", "Людовик"),
        *("Gustav", "Erik", "Oscar", "Harald", "Olav", "Haakon", "Kustaa", "Lajos", "Ferenc"),
    )
)
"""Names behind which one letter counts people."""

_LABELS: Final = frozenset(
    (
        *("hoofdstuk", "deel", "bijlage", "artikel", "fase", "type", "klasse", "graad", "boek"),
        *("band", "akte", "scène", "titel", "wereldoorlog", "stap", "niveau", "tabel", "figuur"),
        *("rozdział", "tom", "część", "etap", "faza", "глава", "том", "часть", "этап", "фаза"),
        *("розділ", "частина", "kapitel", "del", "bilag", "luku", "osa", "fejezet", "bölüm"),
        *("chương", "skyrius", "dalis", "nodaļa", "peatükk", "κεφάλαιο", "μέρος"),
    )
)
"""Words behind which one letter counts parts."""


def voice_roman_rules(language: str) -> Iterator[Rule]:
    """Yield the rule for Roman numerals in a language without a grammar; some voices know them."""
    tag = language_of(language)
    if tag in _SPELLED:
        yield rule(
            rf"(?<![\w.'’/-]){ROMAN}(?:(?P<ending>(?:ste|de|e)(?=\s))|(?![\w'’/-]|\.[\w]))",
            lambda found: _say(tag, found),
            starts=ROMAN_START,
        )


def _say(tag: str, found: re.Match[str]) -> str | None:
    roman = found["roman"]
    if not roman or (found["ending"] and tag != "nl"):
        return None
    number, before = value_of_roman(roman), word_before(found)
    is_century = _CENTURY.match(found.string, found.end()) is not None
    is_counted = is_century or before in _RULERS or before.lower() in _LABELS
    is_word = len(roman) < _LEAST or (roman == "VI" and tag in _WITH_WORD_VI)
    if is_word and not is_counted and not found["ending"]:
        return None
    if tag == "nl" and (is_century or found["ending"]):
        return ordinal(number)
    return f"de {ordinal(number)}" if tag == "nl" and before in _RULERS else str(number)
