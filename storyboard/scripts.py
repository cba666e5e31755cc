"""Which script a letter is of, and which language a script stands for. Knows no voice.

The names of scripts are the first words of Unicode's names of characters.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
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

Ranges = tuple[tuple[int, int], ...]
"""First and last code points of a script's blocks."""

THAI: Final[Ranges] = ((0x0E00, 0x0E7F),)
LAO: Final[Ranges] = ((0x0E80, 0x0EFF),)
MYANMAR: Final[Ranges] = ((0x1000, 0x109F),)
KHMER: Final[Ranges] = ((0x1780, 0x17FF),)
KANA: Final[Ranges] = ((0x3040, 0x30FF),)
HAN: Final[Ranges] = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
HANGUL: Final[Ranges] = ((0xAC00, 0xD7AF),)

UNSPACED: Final = THAI + LAO + MYANMAR + KHMER + KANA + HAN
"""Scripts that put no space between words."""

_LATIN_LETTERS: Final[Ranges] = (
    (0x41, 0x5A),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x24F),
)
SPACED: Final[Ranges] = (*_LATIN_LETTERS, (0x370, 0x52F))
"""Letters of Latin (× and ÷ are none), Greek and Cyrillic, which blanks part.

Signs of `UNSPACED` may touch them.
"""

WIDE_SIGNS: Final[Ranges] = ((0x3000, 0x303F), (0xFF00, 0xFFEF))
"""The punctuation of Chinese and Japanese, and letters and digits as wide as theirs."""


LATIN_A_LETTER: Final = 4
"""Latin letters that tell as much of a text's language as one letter of another script: names of
products are Latin everywhere."""

DIRECTION_MARKS: Final = "\u061c\u200e\u200f"
"""What keeps signs and Latin words in their place within a text from right to left."""

ISOLATES: Final = "\u2066\u2067\u2068"
"""What begins a part that is laid out alone, such as a Latin name in Arabic; `ISOLATE_END` ends it:
Unicode recommends them."""

ISOLATE_END: Final = "\u2069"


def in_class(ranges: Ranges) -> str:
    """Return ranges as they stand between the brackets of a regular expression."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


@lru_cache(maxsize=8192)
def script_of(letter: str) -> str:
    """Return a letter's script, empty for a character without a name."""
    return unicodedata.name(letter, "").partition(" ")[0]


def script_language(text: str) -> str | None:
    """Return the language of the script that most letters are in, where it stands for one."""
    counts = count_scripts(text)
    return SCRIPT_LANGUAGES.get(counts.most_common(1)[0][0]) if counts else None


def count_scripts(text: str) -> Counter[str]:
    """Count the letters of each script; a letter is looked up once, however often it stands."""
    counts: Counter[str] = Counter()
    for letter, n in Counter(text).items():
        if letter.isalpha():
            counts[script_of(letter)] += n
    return counts


def runs_right_to_left(text: str) -> bool:
    """Whether a text has a letter of a script that is written from right to left."""
    return any(
        unicodedata.bidirectional(letter) in ("R", "AL")
        for letter in text
        if letter not in DIRECTION_MARKS
    )


def is_mostly_right_to_left(text: str) -> bool:
    """Whether most letters of a text are written from right to left."""
    backwards, forwards = _directions((text,))
    return backwards > forwards


def is_written_right_to_left(texts: Iterable[str]) -> bool:
    """Whether the language of texts, taken together, is written from right to left.

    A line of theirs that has more Latin letters, as of a name or an address, runs so too.
    """
    backwards, forwards = _directions(texts)
    return backwards * LATIN_A_LETTER > forwards


def _directions(texts: Iterable[str]) -> tuple[int, int]:
    """Count the letters that are written from right to left, and those from left to right."""
    found = Counter(
        unicodedata.bidirectional(letter) for text in texts for letter in text if letter.isalpha()
    )
    return found["R"] + found["AL"], found["L"]
