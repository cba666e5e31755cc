"""How fast each language is spoken, and so how long a text will take. Knows no voice.

`RATES` are characters a second of prose, white space and vowel signs included and pauses counted
in. Each is the mean, rounded by hand, of 0.87 × the rate of measured speech synthesis
(3b1b/captions, avg_char_per_sec.json, which has no pauses between sentences) and 0.75 × the reading
norms of IReST (Trauzettel-Klosinski & Dietz 2012, doi 10.1167/iovs.11-8284; Greek: OVS 2019;
Norwegian: sjovs 4102), where both exist. `_DERIVED` are taken from the syllable rates of Coupé et
al. 2019 (Sci. Adv. 5:eaaw2594) and assumed characters a syllable, or from a sister language;
`_SPOKEN` are how fast the local studio's voices speak languages that no source tells of, and
Japanese.

An estimate adds up what is heard: letters between pauses, at a rate that is a little quicker than
the language's; the pauses, between sentences and at commas; initials, which are spelled; and digits
that no grammar of ours reads out. `_PACES` has the seconds. They are least squares over 21 texts a
language, written for it, as three presenters of the local studio speak them, and 14 more test them:
half of these estimates are within 5 % of the speech, 95 of 100 within 18 %, the worst is 38 % too
long (`python -m benchmarks speech_length`). Kaltura's voices are others: a voice may differ by 20 %
from the sources, and of Kaltura's its guide tells 2.4 words a second of English, which this gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from storyboard.scripts import HAN, HANGUL, KANA
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


@dataclass(frozen=True, slots=True)
class _Pace:
    """What our voices take in a language, measured: `python -m benchmarks.speech_length --fit`.

    `quicker` is by how much letters between two pauses are said faster than the rate, which has
    pauses in it, tells. The rest are seconds: of the pause between two sentences and of one within
    a sentence, and of an initial, a digit, a group of vowels.
    """

    quicker: float = 1.07
    stop: float = 0.75
    comma: float = 0.25
    initial: float = 0.16
    digit: float = 0.45
    vowels: float = 0.0


_USUAL: Final = _Pace()
_PACES: Final = {
    "en": _Pace(2.13, 0.69, 0.19, 0.25, vowels=0.16),
    "de": _Pace(1.09, 0.82, 0.30, 0.19),
    "fr": _Pace(1.16, 0.82, 0.33, 0.15),
    "es": _Pace(1.06, 0.74, 0.29, 0.16),
    "it": _Pace(1.10, 0.77, 0.31, 0.19, 0.46),
    "pt": _Pace(1.05, 0.76, 0.23, 0.16, 0.47),
    "nl": _Pace(1.06, 0.70, 0.29, 0.15, 0.42),
    "pl": _Pace(1.06, 0.63, 0.19, 0.12, 0.54),
    "ru": _Pace(1.16, 0.90, 0.27, 0.20, 0.49),
    "ar": _Pace(1.12, 0.59, 0.19, 0.18, 0.52),
    "hi": _Pace(1.09, 0.73, 0.23, 0.18, 0.33),
    "ja": _Pace(1.27, 0.93, 0.39, digit=0.43),
    "ko": _Pace(1.04, 0.53, 0.15, 0.12),
    "zh": _Pace(0.90, 0.52, 0.28, 0.12),
    "yue": _Pace(1.0),
}
"""English spells one sound in one letter to five, and says small words fast: there, groups of
vowels tell more than letters do."""

_KANA_A_KANJI: Final = 2.4
"""As many kana say what one kanji does, in the texts that calibrate the estimate."""

_LATIN_AMONG_OTHERS: Final = 15.0
"""Latin letters a second, in a language without an alphabet."""

_LATIN_IN_KANA: Final = 10.5
"""The same in Japanese, which has more sounds a word: each consonant gets a vowel."""

_FALLBACK: Final = 14.0
_KEPT: Final = 32_768
"""Estimates: more than the scenes of a thousand videos, over which a plan or an apply goes twice.
Of fewer, the second time would find none of them."""

_LONGEST_KEPT: Final = 2_000
"""Characters, two minutes of speech: a local studio that is sent longer texts must not keep them
all in memory."""

_CHARACTERS: Final = 8_192
"""Characters at a rate: more than the texts of a project have, in all its locales."""

_VOWELS: Final = re.compile(r"[aiouyAIOUY][aeiouy]*|[eE](?:[aeiouy]+|(?!s?\b))")
"""A group of vowels; an `e` at the end of a word, or before an `s` there, is mostly silent."""

_SLOW_SCRIPTS: Final = ((KANA, "ja"), (HAN, "zh"), (HANGUL, "ko"))
"""Scripts that say more a character than an alphabet does, and the language of their rate."""

_WITHOUT_ALPHABET: Final = frozenset(tag for _, tag in _SLOW_SCRIPTS) | {"yue"}
_WITHOUT_BLANKS: Final = _WITHOUT_ALPHABET - {"ko"}
"""Languages whose marks take no more time than their pauses."""

_VOWEL_SIGNS: Final = range(0x0900, 0x1100)
"""Code points of scripts, Devanagari to Myanmar, whose marks are vowels that take their time."""


_SAMPLE: Final = 2000
"""Characters that tell the scripts of a text; some two minutes of speech."""

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
    from storyboard.narration.spoken_parts import spoken_parts  # with all that reads texts out

    parts = spoken_parts(text, locale)
    pace = _pace_of(parts.language)
    return (
        letters_seconds(parts.letters, parts.language, pace.quicker)
        + (pace.vowels * vowel_groups(parts.letters) if pace.vowels else 0.0)
        + pace.stop * parts.stops
        + pace.comma * parts.commas
        + pace.initial * parts.initials
        + pace.digit * parts.digits
    )


def rough_seconds(text: str) -> float:
    """Return about how long the text takes to speak, in seconds, by the scripts of its letters.

    It is not read out, and of a long one only the beginning is looked at: this takes microseconds,
    where the first estimate of a process takes a quarter of a second to load all that reads.
    """
    some = text[:_SAMPLE]
    return letters_seconds(some, "en", 1.0) * len(text) / len(some) if some else 0.0


def letters_seconds(letters: str, language: str, quicker: float) -> float:
    """Return what letters between pauses take, so much quicker than the language's rate."""
    if letters.isascii() and language_of(language) not in _WITHOUT_ALPHABET:
        return len(letters) / (rate_of(language) * quicker)
    return sum(_character_seconds(char, language, quicker) for char in letters)


def vowel_groups(letters: str) -> int:
    """Count the groups of vowels: in English about as many as there are syllables."""
    return len(_VOWELS.findall(letters))


@lru_cache(maxsize=256)
def rate_of(locale: str | None) -> float:
    """Return the characters a second of prose in a locale's language; 14 where it is unknown."""
    known = (RATES.get(tag) for tag in speaking_tags("en" if locale is None else locale))
    return next((rate for rate in known if rate), _FALLBACK)


@lru_cache(maxsize=256)
def _pace_of(locale: str) -> _Pace:
    known = (_PACES.get(tag) for tag in speaking_tags(locale))
    return next((pace for pace in known if pace), _USUAL)


@lru_cache(maxsize=_CHARACTERS)
def _character_seconds(char: str, language: str, quicker: float) -> float:
    """Return the time of a character at the rate of its script; accents on a letter take none."""
    if not _takes_time(char):
        return 0.0
    spoken, rate = language_of(language), rate_of(language) * quicker
    match _script_language(ord(char)):
        case "zh" if spoken == "ja":
            return _KANA_A_KANJI / rate
        case str(own) if own != spoken:
            return 1 / min(rate, RATES[own] * _pace_of(own).quicker)
        case None if spoken in _WITHOUT_ALPHABET and char.isalpha():
            return 1 / (_LATIN_IN_KANA if spoken == "ja" else _LATIN_AMONG_OTHERS)
        case None if spoken in _WITHOUT_BLANKS:
            return 0.0
        case _:
            return 1 / rate


def _takes_time(char: str) -> bool:
    match unicodedata.category(char)[0]:
        case "M":
            return ord(char) in _VOWEL_SIGNS
        case "C":
            return char == "\n"
        case _:
            return True


def _script_language(code: int) -> str | None:
    if code < 0x3040:
        return None
    within = (tag for ranges, tag in _SLOW_SCRIPTS if any(a <= code <= b for a, b in ranges))
    return next(within, None)
