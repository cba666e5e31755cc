"""Rules for amounts in a language whose voice reads numbers itself. Knows no grammar.

Voices say digits in groups one group after the other, pass over most signs of money, and over
quotes that are inches. The digits stay, the rest becomes words, by CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.money_signs import CODES, DOLLARS
from storyboard.narration.numerals import APOSTROPHES, BLANK_GROUPED
from storyboard.narration.rule import NOT_IN_NUMBER, NOT_IN_WORD, Rule, any_of, rule
from storyboard.narration.units import currency_name, template_by_cldr
from storyboard.narration.voice_signs import signs_of_voice
from storyboard.spoken_tags import language_of

_SIGNS: Final = MappingProxyType(
    {
        **DOLLARS,
        **{code: code for code in CODES if code != "RMB"},
        "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY",
        "₴": "UAH", "₫": "VND", "฿": "THB", "₪": "ILS", "₱": "PHP", "₦": "NGN", "₸": "KZT",
        "₾": "GEL", "֏": "AMD", "$": "USD", "¥CN": "CNY",
    }
)  # fmt: skip
"""What stands for a currency, and its ISO code."""

_LENGTHS: Final = MappingProxyType(
    {
        "ar": ("بوصة", "قدم"), "da": ("tommer", "fod"), "fa": ("اینچ", "فوت"), "hi": ("इंच", "फ़ुट"),
        "hu": ("hüvelyk", "láb"), "ka": ("დიუმი", "ფუტი"), "mr": ("इंच", "फूट"),
        "nb": ("tommer", "fot"), "sr": ("inča", "stopa"), "sv": ("tum", "fot"),
        "sw": ("inchi", "futi"), "ta": ("அங்குலம்", "அடி"), "th": ("นิ้ว", "ฟุต"), "tr": ("inç", "fit"),
        "uk": ("дюймів", "футів"), "vi": ("inch", "feet"),
    }
)  # fmt: skip
"""Inches and feet, where CLDR does not name them."""

_SCALES: Final = (
    *("mln", "mld", "mio", "mrd", "млн", "млрд", "тыс", "тис", "трлн", "tys", "tis", "miljoen"),
    *("miljard", "miljoner", "miljarder", "milj", "mil", "million", "millioner", "milliarder"),
    *("milliard", "milioane", "miliarde", "milionů", "miliardy", "milyon", "milyar", "triệu", "tỷ"),
    *map(partial(normalize, "NFC"), ("लाख", "करोड़", "हज़ार", "हजार", "अरब", "कोटी")),
    *("juta", "miliar", "millió", "milliárd", "milijuna", "milijardi", "milijonov", "милиона"),
)
NUMBER: Final = (
    rf"(?:{BLANK_GROUPED}|[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?![0-9])|[0-9]{{1,3}}(?:[.,{APOSTROPHES}][0-9]{{3}}(?![0-9]))+|[0-9]+)"
    r"(?:[.,][0-9]{1,2}(?![0-9]))?"
)
_GROUPS: Final = re.compile(f"{BLANK}|[{APOSTROPHES}]")
_CENTS: Final = re.compile(r"[.,]([0-9]{1,2})$")
_MANY: Final = Decimal(5)


def voice_amount_rules(language: str) -> Iterator[Rule]:
    """Yield the rules for amounts in a language without a grammar."""
    scale = rf"(?:{SPACE}(?P<scale>(?:{any_of(_SCALES)})(?![\w])))?"
    sign = f"(?P<sign>{any_of(_SIGNS)})"

    def say(found: re.Match[str]) -> str | None:
        return _say_money(language, found)

    yield rule(
        rf"{NOT_IN_WORD}{sign}{SPACE}(?P<number>{NUMBER}){scale}",
        say,
        starts=rf"{NOT_IN_WORD}(?:{any_of(_SIGNS)})(?={SPACE}[0-9])",
    )
    yield rule(rf"{NOT_IN_NUMBER}(?P<number>{NUMBER}){scale}\.?{SPACE}{sign}(?![\w])", say)
    feet = rf"{NOT_IN_NUMBER}(?P<number>[0-9]+(?:[.,][0-9]+)?)(?P<unit>[′″])"
    yield rule(feet, lambda found: _say_length(language, found))
    yield rule(
        rf"{NOT_IN_NUMBER}(?P<number>{BLANK_GROUPED}|[0-9]{{1,3}}(?:[{APOSTROPHES}][0-9]{{3}})+)",
        lambda found: ungrouped(found["number"]),
    )
    if "±" in signs_of_voice(language):
        yield rule(rf"\+{SPACE}/{SPACE}[-−–]|\+[-−–](?={SPACE}[0-9])", lambda _: "±")


def ungrouped(written: str) -> str:
    """Return a number without the blanks and apostrophes between its groups."""
    return _GROUPS.sub("", written)


def _say_money(language: str, found: re.Match[str]) -> str | None:
    number = ungrouped(found["number"])
    count = _MANY if found["scale"] else value_of(number)
    name = currency_name(language, _SIGNS[found["sign"]], count)
    return (
        None if name is None else " ".join(each for each in (number, found["scale"], name) if each)
    )


def value_of(number: str) -> Decimal:
    """Return the value of a number with marks between its groups, or before its decimals."""
    cents = _CENTS.search(number)
    whole = number[: cents.start()] if cents else number
    return Decimal(f"{re.sub('[.,]', '', whole)}.{cents[1] if cents else '0'}".removesuffix(".0"))


def _say_length(language: str, found: re.Match[str]) -> str | None:
    unit = "length-inch" if found["unit"] == "″" else "length-foot"
    template = template_by_cldr(language, unit, found["number"].replace(",", "."))
    if template is None:
        names = _LENGTHS.get(language_of(language))
        return names and f"{found['number']} {names[found['unit'] == '′']} "
    return f"{template.replace('{}', found['number'])} "
