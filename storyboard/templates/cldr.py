"""What CLDR knows of a locale, through Babel: its patterns, decimals and units. Has no filter.

Babel is imported when it is first asked. A video without a locale is written as English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from storyboard.source.numerals import exact
from storyboard.templates import limits
from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call
from storyboard.templates.values import Value, describe, to_number, to_text

if TYPE_CHECKING:
    from babel import Locale

PLURAL_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
"""What CLDR calls the classes of numbers that languages have forms for."""
WIDTHS: Final = ("long", "short", "narrow")
"""How long the words of a unit may be, longest first."""
_DEFAULT: Final = "en"
_NUMBERS: Final = 201
"""Numbers from 0 to look at: every rule of CLDR for whole numbers repeats itself below that."""
_CUT: Final = 3
"""Decimals of a number that does not end, as CLDR writes numbers."""
_ENDLESS: Final = 14
"""Digits beyond which nobody wrote the number: a float has up to 17 of them for 1 / 3."""
_DECIMALS = re.compile(r"0(?:\.[0#]+)?(?![0#.,])")
_MARKS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


def locale_of(call: Call) -> Locale:
    """Return the locale that a filter writes for; raises `ValueRefused` for one unknown to CLDR."""
    return _babel_locale(call.locale or _DEFAULT)


def language_of(call: Call) -> Locale:
    """Return the locale of the words in the expression, for their plurals."""
    return _babel_locale(call.language or call.locale or _DEFAULT)


def decimals_of(
    value: Value, digits: Value, what: str, *, shift: int = 0, least: int = 0, cut: int = _CUT
) -> tuple[Decimal, int]:
    """Return the number to show, moved by `shift` places, and how many decimals to show of it.

    That is all that there are, `least` or more; a fraction that does not end is cut to `cut`.
    Halves are rounded up, as people do, and zero has no sign.
    """
    written = Decimal(exact(to_number(value, what))).scaleb(shift)
    there = -int(written.as_tuple().exponent)
    if digits is not None:
        count = _checked_decimals(digits)
    elif there > cut and len(written.as_tuple().digits) > _ENDLESS:
        count = cut
    elif there > limits.DECIMALS:
        there = -int(round(written, limits.DECIMALS).normalize().as_tuple().exponent)
        count = max(least, there)
    else:
        count = max(least, there)
    shown = written.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP)
    return (shown if shown else abs(shown)), count


def with_decimals(pattern: str, count: int) -> str:
    """Return a pattern of CLDR's with so many decimals; its grouping and signs stay."""
    return _DECIMALS.sub("0." + "0" * count if count else "0", pattern)


@lru_cache(maxsize=1)
def units() -> Mapping[str, str]:
    """Return CLDR's name of each unit by the one that people use: `day` is `duration-day`."""
    from babel import Locale

    patterns = Locale(_DEFAULT)._data["unit_patterns"]
    return {key.partition("-")[2]: key for key in patterns}


def unit_pattern(locale: Locale, key: str, length: str, category: str) -> str:
    """Return how a locale writes so many of a unit: `{0} days`.

    What a length leaves out is as in the next shorter one (UTS 35, lateral inheritance): Italian
    has no long form of days of its own, since it is the short one. Babel does not look there.
    """
    lengths = _data_of(locale, key)
    for width in WIDTHS[WIDTHS.index(length) :]:
        forms = lengths.get(width) or {}
        found = forms.get(category) or forms.get("other")
        if found:
            return str(found)
    raise ValueRefused(f"'{shortened(key)}' has no words in '{locale}'", "write it out")


def _data_of(locale: Locale, key: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = locale._data["unit_patterns"].get(key) or {}
    return found


@lru_cache(maxsize=256)
def plural_examples(tag: str) -> Mapping[str, tuple[float, ...]]:
    """Return the classes of numbers that a language has forms for, with the first of each.

    Polish tells `one`, `few` and `many` apart, and uses `other` for fractions. A language unknown
    to CLDR has `other` alone.
    """
    try:
        rule = _babel_locale(tag).plural_form
    except ValueRefused:
        return MappingProxyType({"other": (0, 1, 2, 3)})
    found: dict[str, list[float]] = {}
    for number in range(_NUMBERS):
        found.setdefault(rule(number), []).append(number)
    known = {name: tuple(numbers) for name, numbers in found.items()} | (
        {} if "other" in found else {"other": (1.5,)}
    )
    return MappingProxyType({name: known[name] for name in PLURAL_CATEGORIES if name in known})


def without_marks(text: str) -> str:
    """Return the text without direction marks, which a voice would stumble over."""
    return text.translate(_MARKS)


def shortened(value: Value) -> str:
    """Return a value for a message: as a text that is not too long, or its kind."""
    return to_text(value)[:40] if isinstance(value, str | int | float) else describe(value)


@lru_cache(maxsize=256)
def _babel_locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    from storyboard.locales import fallback_chain, is_pseudo
    from storyboard.spoken_tags import language_of

    chain = (language_of(tag),) if is_pseudo(tag) else fallback_chain(tag)
    for candidate in chain:
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    hint = "write the text in the catalog instead"
    raise ValueRefused(f"CLDR has no formats for the locale '{shortened(tag)}'", hint)


def _checked_decimals(digits: Value) -> int:
    count = to_number(digits, "'digits'")
    if not isinstance(count, int) or not 0 <= count <= limits.DECIMALS:
        raise ValueRefused(f"'digits' takes 0 to {limits.DECIMALS} decimals")
    return count
