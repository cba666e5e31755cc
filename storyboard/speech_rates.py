"""How fast each language is spoken, and so how long a text will take. Knows no voice.

Characters a second, white space and vowel signs included and pauses counted in. Each rate is the
mean, rounded by hand, of 0.87 × the rate of measured speech synthesis (3b1b/captions,
avg_char_per_sec.json, which has no pauses between sentences) and 0.75 × the reading norms of IReST
(Trauzettel-Klosinski & Dietz 2012, doi 10.1167/iovs.11-8284; Greek: OVS 2019; Norwegian: sjovs
4102), where both exist. `_DERIVED` are taken from the syllable rates of Coupé et al. 2019 (Sci.
Adv. 5:eaaw2594) and assumed characters a syllable, or from a sister language; `_SPOKEN` are how
fast the local studio's voices speak languages that no source tells of. Japanese, whose sources
count texts of more kanji than narrations have, is set to its voices as well: 6.5 kana or 5 kanji a
second. Measured over six of the presenters and four texts of 7 to 45 words a language, the voices
take 0.97 to 1.08 of what is estimated here, in English as in the slowest script; one voice may
differ by 20 %, a text by 25 %.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from storyboard.narration.plain_text import is_plain
from storyboard.scripts import HAN, HANGUL, KANA, THAI
from storyboard.spoken_tags import language_of, speaking_tags

_MEASURED: Final = {
    "en": 15.0, "es": 15.5, "pt": 14.0, "fr": 16.5, "it": 14.5, "de": 14.5, "nl": 15.0,
    "sv": 14.0, "no": 14.5, "fi": 15.5, "hu": 15.0, "pl": 13.5, "cs": 12.5, "sl": 13.0,
    "ru": 13.5, "uk": 13.0, "el": 15.5, "tr": 14.5, "ar": 9.5, "he": 12.0, "fa": 12.0,
    "ur": 14.0, "hi": 12.0, "bn": 14.0, "mr": 12.0, "te": 13.0, "id": 14.0, "vi": 14.5,
    "zh": 5.0, "ja": 6.5,
}  # fmt: skip

_DERIVED: Final = {
    "ca": 14.5, "ro": 14.5, "sr": 13.5, "bg": 13.5, "eu": 14.0, "ta": 12.5, "th": 10.5,
    "yue": 3.8, "ko": 6.7,
    "nb": 14.5, "nn": 14.5, "da": 14.0, "hr": 13.5, "bs": 13.5, "sk": 12.5, "ms": 14.0,
}  # fmt: skip

_SPOKEN: Final = {"et": 12.0, "hy": 11.0, "ka": 11.0, "lt": 11.0, "lv": 12.5, "sw": 10.5}

RATES: Final = {**_MEASURED, **_DERIVED, **_SPOKEN}
"""Characters a second by language subtag."""

_DIGITS: Final = re.compile("[0-9]")
_DIGIT_SECONDS: Final = 0.5
"""Of a digit that is left to the voice, as in languages without a grammar of ours: "2,456,789" is
four seconds. Measured: 0.36 in Turkish, 0.5 in Italian, Dutch, Portuguese, Russian and Japanese,
0.7 in Polish."""

_SLOWER_NUMBERS: Final = {"en": 0.12}
"""Seconds by which each word of a number lasts longer than its letters tell: all of them are
stressed, and most are short. Measured: 0.07 to 0.16; in German, French and Spanish nothing."""

_FALLBACK: Final = 14.0
_KEPT: Final = 32_768
"""Estimates: more than the scenes of a thousand videos, over which a plan or an apply goes twice.
Of fewer, the second time would find none of them."""

_LONGEST_KEPT: Final = 2_000
"""Characters, two minutes of speech: a local studio that is sent longer texts must not keep them
all in memory."""

_CHARACTERS: Final = 8_192
"""Characters at a rate: more than the texts of a project have, in all its locales."""

_SLOW_SCRIPTS: Final = (
    *((first, last, RATES["ja"]) for first, last in KANA),
    *((first, last, RATES["zh"]) for first, last in HAN),
    *((first, last, RATES["ko"]) for first, last in HANGUL),
)
"""Code points whose script says more a character than an alphabet does, and their rates."""

_SCRIPTS_OF_LANGUAGES: Final = (
    (0x0400, 0x04FF, "ru"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    *((first, last, "th") for first, last in THAI),
)
"""Code points that tell a language's rate where no locale does: a composer sees texts alone."""

_VOWEL_SIGNS: Final = range(0x0900, 0x1100)
"""Code points of scripts, Devanagari to Myanmar, whose marks are vowels that take their time."""


Estimate = Callable[[str, str | None], float]
"""Tells how long a text of a locale takes to say, as `estimate_seconds` does."""


def estimate_seconds(text: str, locale: str | None) -> float:
    """Return how long the text, read out, probably takes to speak, in seconds, ±25 %.

    `locale` is a BCP-47 tag; without one, the text counts as English unless its script says more.
    """
    if len(text) > _LONGEST_KEPT:
        return _estimated(text, locale)
    return _kept_estimate(text, locale)


@lru_cache(maxsize=_KEPT)
def _kept_estimate(text: str, locale: str | None) -> float:
    """Return the estimate of a text; reading it out in words takes 100 µs where it has digits."""
    return _estimated(text, locale)


def _estimated(text: str, locale: str | None) -> float:
    rate = rate_of(locale)
    if is_plain(text):
        return _letters_seconds(text, rate, locale is None)
    read = _read_out(text, locale)
    said = _DIGITS.sub("", read.spoken)
    digits = len(read.spoken) - len(said)
    numbers = read.number_words * _SLOWER_NUMBERS.get(language_of(read.language), 0.0)
    return _letters_seconds(said, rate, locale is None) + digits * _DIGIT_SECONDS + numbers


@dataclass(frozen=True, slots=True)
class _ReadOut:
    """A text as it is read out in a language, with how many words say what digits are in."""

    spoken: str
    language: str
    number_words: int


def _read_out(text: str, locale: str | None) -> _ReadOut:
    """Read a text out: "2024" takes longer to say than to write."""
    from storyboard.narration.cleaning import clean_narration
    from storyboard.narration.grammar import language_to_read
    from storyboard.narration.read_out import read_out

    language, cleaned = language_to_read(text, locale), clean_narration(text)
    read = read_out(cleaned, language)
    said = (c.said for c in read.changes if _DIGITS.search(cleaned, c.start, c.end))
    words = sum(len(each.replace("-", " ").split()) for each in said)
    return _ReadOut(read.spoken, language, words)


def _letters_seconds(text: str, rate: float, by_script: bool) -> float:
    return len(text) / rate if text.isascii() else _characters_seconds(text, rate, by_script)


@lru_cache(maxsize=256)
def rate_of(locale: str | None) -> float:
    """Return the characters a second of a locale's language; 14 where it is unknown."""
    known = (RATES.get(tag) for tag in speaking_tags("en" if locale is None else locale))
    return next((rate for rate in known if rate), _FALLBACK)


def _characters_seconds(text: str, rate: float, by_script: bool) -> float:
    """Add up characters at the rate of their script; accents on a letter take no time."""
    seconds = 0.0
    for char in text:
        seconds += _character_seconds(char, rate, by_script)
    return seconds


@lru_cache(maxsize=_CHARACTERS)
def _character_seconds(char: str, rate: float, by_script: bool) -> float:
    if not _takes_time(char):
        return 0.0
    code = ord(char)
    own = _script_rate(code) or (_language_rate(code) if by_script else None)
    return 1 / min(rate, own or rate)


def _takes_time(char: str) -> bool:
    match unicodedata.category(char)[0]:
        case "M":
            return ord(char) in _VOWEL_SIGNS
        case "C":
            return char == "\n"
        case _:
            return True


def _script_rate(code: int) -> float | None:
    if code < 0x3040:
        return None
    return next((rate for low, high, rate in _SLOW_SCRIPTS if low <= code <= high), None)


def _language_rate(code: int) -> float | None:
    if not 0x0400 <= code < 0x0E80:
        return None
    found = (tag for low, high, tag in _SCRIPTS_OF_LANGUAGES if low <= code <= high)
    return RATES.get(next(found, ""))
