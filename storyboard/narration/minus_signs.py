"""Which marks before or between figures are minus signs, and what each language calls them.

Serves the languages whose voices read numbers themselves: most of them pass over a hyphen, and all
of them over a dash. Knows no grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANK, BLANKS, SPACE
from storyboard.narration.numerals import MINUS
from storyboard.narration.rule import Rule, replaced
from storyboard.scripts import THAI, in_class
from storyboard.spoken_tags import language_of

_WORDS: Final = MappingProxyType(
    {
        "ar": "ناقص", "bg": "минус", "ca": "menys", "cs": "minus", "da": "minus", "el": "μείον",
        "et": "miinus", "fa": "منفی", "fi": "miinus", "he": "מינוס", "hi": "माइनस", "hr": "minus",
        "hu": "mínusz", "hy": "մինուս", "id": "minus", "ka": "მინუს", "lt": "minus",
        "lv": "mīnus", "mr": "उणे", "ms": "negatif", "nb": "minus", "nl": "min", "pl": "minus",
        "ro": "minus", "ru": "минус", "sk": "mínus", "sl": "minus", "sr": "minus",
        "sv": "minus", "sw": "hasi", "ta": "மைனஸ்", "th": "ลบ", "tr": "eksi", "uk": "мінус",
        "vi": "âm",
    }
)  # fmt: skip
"""What the sign of a number below zero is called."""

_LESS: Final = MappingProxyType(
    {"fa": "منهای", "mr": "वजा", "ms": "tolak", "sw": "kutoa", "vi": "trừ"}
)
"""What is said between two numbers, where that is another word."""

_AMOUNT: Final = r"(?=(?:[$€£¥₹₽₺₴₪₫₩฿]\s?)?[.,]?\d)"
_MEASURED: Final = rf"(?=[$€£¥฿]|\d[\d.,]{{0,20}}{SPACE}(?:[°℃℉%‰]|องศา|เปอร์เซ็นต์|บาท|เมตร))"
_BETWEEN: Final = rf"(?:(?<=\d)|(?<=[\d%€]{BLANK}))"
_EQUALS: Final = rf"(?={SPACE}\d[\d.,]{{0,20}}[{BLANKS}%€]{{0,2}}={SPACE}[-−]?[$€£]?\d)"


def minus_words() -> MappingProxyType[str, str]:
    """Return what each language without a grammar calls a minus sign."""
    return _WORDS


def minus_rules(language: str) -> Iterator[Rule]:
    """Yield the rules for minus signs in a language whose voice reads numbers itself."""
    tag = language_of(language)
    word = _WORDS.get(tag)
    if word is None:
        return
    less = f" {_LESS.get(tag, word)} "
    between = rf"{_BETWEEN}(?:−(?={SPACE}\d)|[-–—‒]{_EQUALS})"
    yield replaced(between, less)
    # Thai parts no words by blanks: what stands before the sign tells nothing; โควิด-19 is a name.
    anywhere = rf"|(?<=[{in_class(THAI)}])[-–‒]{_MEASURED}" if tag == "th" else ""
    before = rf"(?<!\d{BLANK})(?:{MINUS}{anywhere}){_AMOUNT}"
    yield replaced(before, f" {word} ")
    sign = r"−(?=\s?\w)"
    yield replaced(sign, f" {word} ")
