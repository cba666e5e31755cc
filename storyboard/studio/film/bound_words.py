"""Which words a reader does not part: a number and its unit, a title and its name, `§ 12`.

Knows two neighbors and no widths.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.abbreviations import ends_no_sentence
from storyboard.narration.money_signs import CODES
from storyboard.narration.units import UNITS
from storyboard.sentence_marks import CLOSERS, MARKS, OPENERS, PAUSES

_ENDS: Final = MARKS + PAUSES + CLOSERS
_NUMBER: Final = re.compile(r"[-+−±~<>≤≥≈]?\d(?:[\d.,'’/:–-]*\d)?")
_HEAD, _GROUP = re.compile(r"[-+−]?\d{1,3}"), re.compile(r"\d{3}(?!\d)")
"""Parts of a number whose thousands are parted by blanks."""

_BEFORE_NUMBER: Final = re.compile(r"[§#№]{1,2}|[Nn][°º]|[Nn]\.[º°ª]|제|第", re.UNICODE)
"""Signs and words that a number belongs to; short forms with a dot are in the tables."""

_UNITS: Final = frozenset(UNITS) | frozenset(
    (
        *("$", "€", "£", "¥", "₩", "₹", "₽", "₺", "₪", "zł", "Kč", "kr", "Ft", "lei", "лв", "元"),
        *("원", "円", *CODES),
        *("am", "pm", "a.m", "p.m", "Uhr", "%", "‰", "٪", "AD", "BC"),
        *("мм", "см", "м", "км", "г", "кг", "т", "л", "мл", "ч", "мин", "КБ", "МБ", "ГБ", "ТБ"),
        *("كم", "كجم", "جم", "مم", "سم"),
    )
)
"""What stands behind a number, as it is written; marks behind it aside."""

_TITLES: Final = frozenset(
    ("Dr", "Mr", "Mrs", "Ms", "Mx", "Mme", "Mmes", "Mlle", "MM", "Prof", "St", "Ste")
)
"""Titles that are also written without a dot."""

_LATIN_HEAD: Final = re.compile(r"[A-Za-z°µ%/²³]+(?=[\uac00-\ud7af])")
"""A unit with the ending of a Korean word behind it."""


def is_bound(before: str, last: str, following: str, language: str | None) -> bool:
    """Whether no line ends between a word and the one that follows it; `before` precedes both."""
    if not following[:1].strip():
        return False
    if _NUMBER.fullmatch(last.lstrip(OPENERS)):
        return _is_of_number(last, following)
    first = following.lstrip(OPENERS)[:1]
    if _BEFORE_NUMBER.fullmatch(last.lstrip(OPENERS)):
        return first.isdecimal()
    if last in _TITLES:
        return first.isupper()
    is_short_form = last.endswith(".") and last[-2:-1].isalpha()
    return is_short_form and _goes_on(before, last, following, language)


def _is_of_number(number: str, following: str) -> bool:
    """Whether a word is a number's unit, or goes on with its digits."""
    if _HEAD.fullmatch(number) and _GROUP.match(following):
        return True
    unit = following.rstrip(_ENDS)
    found = _LATIN_HEAD.match(unit)
    return (found[0] if found else unit) in _UNITS


def _goes_on(before: str, last: str, following: str, language: str | None) -> bool:
    """Whether a word with a dot is said with what follows: a name, a number or the next initial."""
    word, first = last[:-1].lstrip(OPENERS), following.lstrip(OPENERS)
    names = first[:1].isupper() or first[:1].isdecimal() or not (first[:1].isascii())
    is_initial = len(word) == 1 and len(first.rstrip(_ENDS)) == 1
    return (names or is_initial) and ends_no_sentence(word, first, language, before=before)
