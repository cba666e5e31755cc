"""Names in capitals, such as KALTURA, that the English voice would spell: said as words.

Knows which can be said as words by their letters, and no dictionary: who asks brings one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_VOWEL: Final = "[AEIOUY]"
_CONSONANT: Final = "[B-DF-HJ-NP-TV-XZ]"
_BEGINS: Final = "B[LR]|C[HLR]|DR|F[LR]|G[LR]|K[LR]|P[HLR]|QU|S[CHKLMNPTW]|SCH|S[CPT]R|T[HRW]|WH|X"
_ENDS: Final = (
    "C[HKT]|FT|L[DFKLMPST]|M[PS]|N[CDGKST]|P[ST]|R[BCDFGKLMNPST]|S[HKPST]|SCH|T[HST]|X|FF|MM|ZZ"
)
_MIDDLE: Final = rf"{_CONSONANT}|{_ENDS}|(?:{_CONSONANT}|{_ENDS})?(?:{_BEGINS}|{_CONSONANT})"
_SAYABLE: Final = re.compile(
    rf"(?<![\w.-])(?=[A-Z]{{4,12}}(?![\w]|-[A-Z0-9]))(?!AE|AI|EE|IE|II|OE|UE)"
    rf"(?:{_BEGINS}|{_CONSONANT})?{_VOWEL}{{1,3}}"
    rf"(?:(?:{_MIDDLE}){_VOWEL}{{1,3}})*"
    rf"(?:{_ENDS}|{_CONSONANT})?(?![A-Z])"
)
"""Letters as English has them. No word is longer: clusters that can be parted in several ways are
tried in all of them."""

_BY_LETTERS: Final = frozenset(
    (
        *("BYOD", "CINC", "DMAIC", "ICAO", "IELTS", "IMEI", "ISIN", "IUPAC", "NOAA", "UCLA"),
        *("USAF", "USAID", "USDA"),
    )
)
"""Initials that could be said as words and are not."""


def as_words(sentence: str, knows: Callable[[str], bool]) -> str:
    """Write the words in capitals that no dictionary `knows`, and that can be said, as names."""

    def named(found: re.Match[str]) -> str:
        word = found[0]
        return word if word in _BY_LETTERS or knows(word) else word.capitalize()

    return _SAYABLE.sub(named, sentence)
