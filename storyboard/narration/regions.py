"""What a region writes otherwise than its language does: marks in numbers, and its own money.

By CLDR, through Babel, which is asked for locales with a region only. Knows no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from storyboard.narration.blanks import BLANKS
from storyboard.narration.grammar import Grammar, Money, grammar_of
from storyboard.spoken_tags import language_of, speaking_tags

if TYPE_CHECKING:
    from babel import Locale

_MARKS: Final = ".,"
_NAME_FIRST: Final = frozenset(("es", "fr", "it", "pt"))
"""Languages that put whose money it is behind its name: pesos mexicanos."""

_CENTIMOS: Final = frozenset(("PEN", "CRC", "PYG", "VES", "EUR"))
"""Money whose hundredth part Spanish calls no centavo."""

_KEPT: Final = 1024
"""Tags; there are some hundred locales of languages with a grammar."""

_LETTERS: Final = frozenset(("R", "S/", "RD$", "Bs", "Kz"))
"""Signs of money that are letters, and nothing else before a number."""


@lru_cache(maxsize=_KEPT)
def reading_tag(tag: str) -> str:
    """Return the tag that a reader is kept by: a locale of CLDR's itself, else who speaks for it.

    A tag without a meaning gets no reader of its own: a server may be sent any number of them.
    """
    own, spoken = tag.replace("_", "-"), next(speaking_tags(tag))
    own = "-".join((language_of(own).lower(), *own.split("-")[1:]))
    is_region = "-" in own and grammar_of(own) is not None
    return own if is_region and babel_locale(own) is not None else spoken


@cache
def grammar_in(tag: str) -> Grammar | None:
    """Return the grammar of a language as a region writes its numbers and its money."""
    grammar = grammar_of(tag)
    locale = babel_locale(tag) if grammar and "-" in tag else None
    if grammar is None or locale is None:
        return grammar
    return replace(_with_marks(grammar, locale), money={**grammar.money, **_money(grammar, locale)})


def babel_locale(tag: str) -> Locale | None:
    """Return a locale of CLDR's; None where it has none of that tag."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _with_marks(grammar: Grammar, locale: Locale) -> Grammar:
    symbols = locale.number_symbols
    symbols = symbols.get("latn", symbols)
    decimal, group = symbols["decimal"], symbols["group"]
    if decimal == grammar.decimal and group == ".":
        return replace(grammar, thousands=group + grammar.thousands.replace(group, ""))
    if decimal == grammar.decimal or decimal not in _MARKS:
        return grammar
    other = _MARKS[decimal == "."]
    return replace(
        grammar,
        decimal=decimal,
        thousands=group + BLANKS if group not in BLANKS else other + BLANKS,
        point="comma" if decimal == "," else grammar.dot,
        reads_both_marks=decimal == ".",
    )


def _money(grammar: Grammar, locale: Locale) -> Mapping[str, Money]:
    """Return what the sign of a region's own money is called, if its language calls it otherwise.

    In Mexico $ are pesos.
    """
    from babel.numbers import (
        get_currency_name,
        get_currency_precision,
        get_currency_symbol,
        get_territory_currencies,
    )

    codes = get_territory_currencies(locale.territory or "ZZ")
    if not codes:
        return {}
    code = codes[-1]
    sign = get_currency_symbol(code, locale)
    if sign == code or (sign.isalpha() and sign not in _LETTERS):
        return {}
    end = 0 if grammar.tag in _NAME_FIRST else -1
    one, many = (get_currency_name(code, count, locale).split()[end] for count in (1, 5))
    if grammar.tag in _NAME_FIRST:
        one, many = one.lower(), many.lower()
    known = grammar.money.get(sign)
    if known is not None and (known.one == one or grammar.tag not in _NAME_FIRST):
        return {}
    cents = grammar.money["€" if code in _CENTIMOS else "$"]
    small = (cents.cent, cents.cents) if get_currency_precision(code) else ("", "")
    return {sign: Money(one, many, *small)}
