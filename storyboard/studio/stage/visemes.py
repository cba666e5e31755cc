"""Which mouth makes which sound of the IPA. Knows no language, no time and no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from unicodedata import category, normalize

from storyboard.studio.stage.pose import Mouth

_SOUNDS: Mapping[Mouth, str] = MappingProxyType(
    {
        Mouth.MBP: "m b p ɓ ʙ ɱ",
        Mouth.FV: "f v ʋ ⱱ",
        Mouth.LTH: "l θ ð ɫ ɬ ɮ ɭ ʎ ʟ ɺ",
        Mouth.UW: "u ʊ ʉ y ʏ w ʍ ɥ ɯ ø ʃ ʒ ɕ ʑ ʂ ʐ ɹ ɻ ɚ ɝ ɸ β",
        Mouth.AO: "o ɔ ɒ œ ɶ ɵ ɞ",
        Mouth.AA: "a ɑ ɐ ʌ æ ä ɤ",
        Mouth.EH: "e ɛ ə ɜ ɘ i ɪ ɨ j h ɦ ħ ʕ ᵻ",
        Mouth.KST: "k ɡ g s t d n z ŋ ɲ ɳ ɴ r ɾ ʀ ʁ x ɣ χ q ɢ c ɟ ç ʝ ʔ ʈ ɖ ɽ ʄ ɗ ɠ",
    }
)
_MOUTHS: Mapping[str, Mouth] = MappingProxyType(
    {sound: mouth for mouth, sounds in _SOUNDS.items() for sound in sounds.split()}
)
_OPEN_VOWELS = frozenset(["a", "ɑ", "ɐ", "ʌ", "æ", "ɒ", "ɔ", "o"])
_VOWELS = frozenset(
    [
        "e",
        "ɛ",
        "ə",
        "ɜ",
        "ɘ",
        "i",
        "ɪ",
        "ɨ",
        "u",
        "ʊ",
        "ʉ",
        "y",
        "ʏ",
        "ɯ",
        "ø",
        "œ",
        "ɶ",
        "ɵ",
        "ɞ",
        "ɤ",
        "ɚ",
        "ɝ",
        "ᵻ",
    ]
)
_CLOSURES = (Mouth.MBP, Mouth.FV)


@lru_cache(maxsize=1024)
def mouth_of(symbol: str) -> Mouth:
    """Return the mouth of a phone; a pause and what makes no sound rest.

    Of a diphthong or an affricate the first known letter counts; length, stress, tone and
    diacritics do not. A nasal vowel opens like its plain one.
    """
    letter = _letter(symbol)
    return Mouth.REST if letter is None else _MOUTHS[letter]


@lru_cache(maxsize=1024)
def weight_of(symbol: str) -> float:
    """Return how strongly a phone claims a frame: closures must be seen, vowels carry the rest."""
    letter = _letter(symbol)
    if letter is None:
        return 0.8
    if _MOUTHS[letter] in _CLOSURES:
        return 2.2
    if letter in _OPEN_VOWELS:
        return 1.5
    return 1.3 if letter in _VOWELS else 0.8


def _letter(symbol: str) -> str | None:
    plain = (c for c in normalize("NFD", symbol) if not category(c).startswith("M"))
    return next((c for c in plain if c in _MOUTHS), None)
