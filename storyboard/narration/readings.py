"""What is written short and said long: dates, amounts, abbreviations, by language.

Writes a text as it is read aloud, for engines that would spell the signs out or stop at the dots.
Knows no engine; a language without a table keeps all but its dates as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from re import Match, Pattern
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from storyboard.narration.abbreviations import Abbreviation, Before, abbreviations
from storyboard.spoken_tags import language_of

_Reading = tuple[str, str | Callable[[Match[str]], str]]

_CHINESE_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_JAPANESE_HOURS = {4: "ヨ", 7: "シチ", 9: "ク", 14: "ジュウヨ", 17: "ジュウシチ", 19: "ジュウク"}
_JAPANESE_MONTHS = {4: "シ", 7: "シチ", 9: "ク"}
_JAPANESE_DAYS = {
    1: "ツイタチ", 2: "フツカ", 3: "ミッカ", 4: "ヨッカ", 5: "イツカ", 6: "ムイカ", 7: "ナノカ",
    8: "ヨウカ", 9: "ココノカ", 10: "トオカ", 14: "ジュウヨッカ", 20: "ハツカ",
    24: "ニジュウヨッカ",
}  # fmt: skip
_JAPANESE_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("エー", "ビー", "シー", "ディー", "イー", "エフ", "ジー", "エイチ", "アイ"),
            *("ジェー", "ケー", "エル", "エム", "エヌ", "オー", "ピー", "キュー", "アール"),
            *("エス", "ティー", "ユー", "ブイ", "ダブリュー", "エックス", "ワイ", "ゼット"),
        ),
        strict=True,
    )
)

_GERMAN_MONTHS = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
)
_GERMAN_ONES = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_GERMAN_ORDINALS = (
    *("ersten", "zweiten", "dritten", "vierten", "fünften", "sechsten", "siebten", "achten"),
    *("neunten", "zehnten", "elften", "zwölften", "dreizehnten", "vierzehnten", "fünfzehnten"),
    *("sechzehnten", "siebzehnten", "achtzehnten", "neunzehnten", "zwanzigsten"),
    *(f"{one}undzwanzigsten" for one in _GERMAN_ONES),
    *("dreißigsten", "einunddreißigsten"),
)
"""The days of a month in the case that dates mostly stand in ("am", "vom", "bis zum")."""

_NUMBER = r"(?<!\d)\d+(?:\.\d+)?"
_THOUSANDS = (r"(?<=\d),(?=\d{3}(?!\d))", "")
_ALWAYS_OPEN = (r"(?<!\d)24/7(?!\d)", "24 7")


def _counted(names: Mapping[int, str], unit: str) -> Callable[[Match[str]], str]:
    """Return how a number with a unit is read whose name changes with it."""
    return lambda match: names.get(int(match[1]), match[1]) + unit


def _german_day(match: Match[str]) -> str:
    day = int(match[1])
    return f"{_GERMAN_ORDINALS[day - 1]} " if 1 <= day <= 31 else match[0]


_READINGS: Mapping[str, tuple[_Reading, ...]] = MappingProxyType(
    {
        "en": (
            _ALWAYS_OPEN,
            (r"(?<![\w/])50/50(?![\w/])", "fifty fifty"),
            (r"\bSt\.(?=\s[A-Z])", "Saint"),
            (r"\bSt\.", "Street"),
            (r"(?<=\d)\s?[x×](?=\s)", " times"),
            (r"(?<=\d)M(?=\s)", " million"),
        ),
        "de": (
            _ALWAYS_OPEN,
            (r"(?<=\w)str\.(?=\s+[A-ZÄÖÜ]|$)", "straße."),
            (r"(?<=\w)str\.", "straße"),
            (rf"(?<!\d)(\d{{1,2}})\. (?={_GERMAN_MONTHS})", _german_day),
            (r"(\d{1,2}):00\s?Uhr", r"\1 Uhr"),
            (r"(\d{1,2}):0?(\d{1,2})\s?Uhr", r"\1 Uhr \2"),
        ),
        "fr": (
            _ALWAYS_OPEN,
            (r"\bMme\b(?!\.)", "Madame"),
            (r"\b[Nn]°\s?(?=\d)", "numéro "),
            (r"(?<=\d)\s?h\s?(?=\d)", " heures "),
            (r"(?<=\d)\s?h\b", " heures"),
        ),
        "es": (
            _ALWAYS_OPEN,
            (r"\b[Nn]\.?[ºo°]\.?\s?(?=\d)", "número "),
        ),
        "ja": (
            _THOUSANDS,
            _ALWAYS_OPEN,
            (rf"[¥￥]\s?({_NUMBER})", r"\1円"),
            (rf"\$\s?({_NUMBER})", r"\1ドル"),
            (rf"€\s?({_NUMBER})", r"\1ユーロ"),
            (r"[%％]", "パーセント"),
            (r"(\d{1,2}):(\d{2})", r"\1時\2分"),
            (r"(?<=\d)\.(?=\d)", "テン"),
            (r"(?<!\d)(\d{1,2})月", _counted(_JAPANESE_MONTHS, "ガツ")),
            (r"(?<!\d)(1|2|3|4|5|6|7|8|9|10|14|20|24)日(?!間)", _counted(_JAPANESE_DAYS, "")),
            (r"(?<!\d)(\d{1,2})時", _counted(_JAPANESE_HOURS, "ジ")),
            (r"(?<=[134680])分", "プン"),
            (r"[A-Z]{2,}(?![a-z])", lambda match: "".join(_JAPANESE_LETTERS[c] for c in match[0])),
            (r"(?<=[^\sA-Za-z])(?=[A-Za-z])|(?<=[A-Za-z])(?=[^\sA-Za-z'’.-])", " "),
        ),
        "ko": (
            _THOUSANDS,
            _ALWAYS_OPEN,
            (rf"\$\s?({_NUMBER})", r"\1달러"),
            (rf"€\s?({_NUMBER})", r"\1유로"),
            (r"[%％]", "퍼센트"),
            (r"(?<=\d)\.(?=\d)", "점"),
        ),
        "zh": (
            _THOUSANDS,
            _ALWAYS_OPEN,
            (r"(\d{4})(?=年)", lambda match: "".join(_CHINESE_DIGITS[c] for c in match[1])),
            (rf"[¥￥]\s?({_NUMBER})", r"\1元"),
            (rf"\$\s?({_NUMBER})", r"\1美元"),
            (rf"€\s?({_NUMBER})", r"\1欧元"),
            (rf"({_NUMBER})\s?[%％]", r"百分之\1"),
            (r"(\d{1,2}):00(?!\d)", r"\1点"),
            (r"(\d{1,2}):(\d{2})(?!\d)", r"\1点\2分"),
            (r"(?<=\d)\.(?=\d)", "点"),
            (r"(?<=[^\sA-Za-z])(?=[A-Za-z])|(?<=[A-Za-z])(?=[^\sA-Za-z'’.-])", " "),
        ),
    }
)

_MONTH_FIRST = frozenset(("en", "ja", "zh", "yue", "ko", "hu"))
"""Languages that do not write the day first, or where it cannot be told."""

_INNER_SPACE, _MAYBE_SPACE = re.escape(" "), r"\s?"

_YEAR_SIGN = re.compile(r"\s[гр]\.$")
"""What Cyrillic dates end in, and nobody says."""

_DAY_FIRST_DATE = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])")
_YEAR_FIRST_DATE = re.compile(r"(?<![\d./-])(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?![\d/-])")


def read_out(text: str, language: str) -> str:
    """Write a cleaned narration as a reader of the language (a tag with a voice) would say it."""
    text = _YEAR_FIRST_DATE.sub(
        lambda m: _long_date(m[0], int(m[1]), int(m[3]), int(m[4]), language), text
    )
    if language not in _MONTH_FIRST:
        text = _DAY_FIRST_DATE.sub(
            lambda m: _long_date(m[0], int(m[4]), int(m[3]), int(m[1]), language), text
        )
    for pattern, reading in _compiled(language):
        text = pattern.sub(reading, text)
    return text


@cache
def _compiled(language: str) -> tuple[tuple[Pattern[str], str | Callable[[Match[str]], str]], ...]:
    table = "zh" if language == "yue" else language_of(language)
    short = (row for each in abbreviations(table) for row in _abbreviated(each))
    rows = (*short, *_READINGS.get(table, ()))
    return tuple((re.compile(pattern), reading) for pattern, reading in rows)


def _abbreviated(row: Abbreviation) -> Iterator[_Reading]:
    """Yield how an abbreviation is read where it stands; the dot that ends a sentence stays."""
    if not row.said:
        return
    first, rest = row.short[0], row.short[1:]
    start = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    written = rf"(?<![\w.]){start}{re.escape(rest).replace(_INNER_SPACE, _MAYBE_SPACE)}\."
    match row.before:
        case Before.NUMBER:
            yield rf"{written}\s?(?=\d)", f"{row.said} "
        case Before.LABEL:
            yield rf"{written}\s?(?=\d|[A-Z](?!\w))", f"{row.said} "
        case Before.LOWER:
            yield rf"{written}(?=\s+[^\W\d_]*[a-zß-ÿ])(?!\s+[A-ZÀ-Þ])", row.said
            yield written, f"{row.said}."
        case Before.ANYTHING:
            comma = ",?" if row.said.endswith(",") else ""
            yield f"{written}{comma}", row.said


def _long_date(written: str, year: int, month: int, day: int, language: str) -> str:
    """Return a date with its month's name; as written where there is no such day."""
    try:
        long = format_date(date(year, month, day), "long", locale=_locale(language))
    except ValueError:
        return written
    return _YEAR_SIGN.sub("", long)


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except UnknownLocaleError:
        return Locale("en")
