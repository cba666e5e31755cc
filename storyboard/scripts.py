"""Which script a letter is of, and which language a script stands for. Knows no voice.

The names of scripts are the first words of Unicode's names of characters.
"""

from __future__ import annotations

import unicodedata
from typing import Final

SCRIPT_LANGUAGES: Final = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "LATIN": "en",
    "TAMIL": "ta",
    "THAI": "th",
    "BENGALI": "bn",
    "ETHIOPIC": "am",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "TELUGU": "te",
    "TIBETAN": "bo",
}
"""The language that a script stands for, alone or until the model knows better; not all have a
voice, and those fail by their name where English would be noise."""


def script_of(letter: str) -> str:
    """Return a letter's script, empty for a character without a name."""
    return unicodedata.name(letter, "").partition(" ")[0]
