"""Rules for amounts: money, and numbers in thousands and millions. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.grammar import Grammar, Money
from storyboard.narration.money_signs import CODES, DOLLARS
from storyboard.narration.numerals import (
    MINUS,
    RANGE,
    join,
    number_pattern,
    numbers_pattern,
    say_minus,
    say_number,
    say_numbers,
    split_number,
    value_of,
)
from storyboard.narration.rule import (
    ENDS,
    NOT_IN_NUMBER,
    NOT_IN_WORD,
    Rule,
    any_of,
    is_before_noun,
    last_dot,
    rule,
    word_before,
)
from storyboard.narration.three_m import NAMES, is_firm
from storyboard.narration.units import currency

_LIKE_DOLLARS: Final = frozenset(
    ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "ARS", "COP", "BRL", "ZAR", "TWD")
)
"""Codes whose hundredth part is called as that of a dollar."""

_CENTIMES: Final = {
    ("en", "CHF"): Money("", "", "centime", "centimes"),
    ("de", "CHF"): Money("", "", "Rappen", "Rappen"),
    ("fr", "CHF"): Money("", "", "centime", "centimes"),
    ("es", "CHF"): Money("", "", "céntimo", "céntimos"),
    ("it", "CHF"): Money("", "", "centesimo", "centesimi"),
    ("pt", "CHF"): Money("", "", "cêntimo", "cêntimos"),
    ("en", "INR"): Money("", "", "paisa", "paise"),
}

_SIGNS: Final = {"EUR": "€", "GBP": "£"}
"""Codes that are said as their signs are, with cents: nobody says "British pounds" of a price."""

_ONLY_OF_MONEY: Final = frozenset(("m", "b", "B", "T", "t"))
"""Scales that mean something else where no money is counted: 5 m are meters."""

_INTERNATIONAL: Final = {"mn": 6, "MM": 6, "bn": 9, "tn": 12}
"""Scales behind money in any language, by their power of ten: reports borrow them."""

_ENDS: Final = {False: ENDS, True: "(?![A-Za-zΩ])"}
"""What may not follow a scale; where no blank parts words, the currency does."""

MONEY_IN_LETTERS: Final = (
    rf"(?:{any_of(CODES)}|{any_of(each for each in DOLLARS if each[0].isalpha())})"
    rf"{SPACE}[-−–]?[0-9]"
)
"""Where letters are the sign of an amount."""

_EURO: Final = "euro"
_MILLION: Final = 1_000_000
_SHAPES: Final = frozenset(("2", "4", "8"))
"""Before K these are sizes of a picture: 4K."""


def amount_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for amounts in a language."""
    ends = _ENDS[grammar.multiplies]
    scale = f"{SPACE}(?P<scale>{any_of(grammar.scales)}){ends}"
    of_money = f"{SPACE}(?P<scale>{any_of({*grammar.scales, *_international(grammar)})}){ends}"
    number, signs = number_pattern(grammar), any_of([*grammar.money, *DOLLARS])
    currency = f"(?P<sign>{signs})|(?P<code>{any_of(CODES)})"
    numbers = numbers_pattern(grammar)

    def say(found: re.Match[str]) -> str | None:
        return _say_money(grammar, found)

    yield from _ranges_of_scales(grammar, number, signs, currency, of_money)
    yield rule(
        rf"(?P<minus>{MINUS})?{NOT_IN_WORD}(?:{currency}){SPACE}(?P<inner>[-−–])?"
        rf"{numbers}(?:{of_money})?",
        say,
        starts=_starts_of_currency(grammar),
    )
    yield rule(
        rf"(?P<minus>{MINUS})?{NOT_IN_NUMBER}{numbers}(?:{of_money})?(?P<inner>){SPACE}"
        rf"(?:{currency})(?![^\W_])",
        say,
    )
    yield rule(
        rf"(?P<minus>{MINUS})?{NOT_IN_NUMBER}{numbers}{scale}(?!['’]s){_noun(grammar)}",
        lambda found: _say_scaled(grammar, found),
    )


def _noun(grammar: Grammar) -> str:
    """Return what finds a currency in words that "of" has to stand before: "3 mln euro"."""
    if grammar.joined(_EURO) == " ":
        return "(?P<noun>)"
    words = {name for money in grammar.money.values() for name in (money.one, money.many)}
    names = any_of({*words, *(name.capitalize() for name in words)})
    return rf"(?:{BLANK}(?P<noun>{names}){ENDS})?"


def _ranges_of_scales(
    grammar: Grammar, number: str, signs: str, currency: str, of_money: str
) -> Iterator[Rule]:
    """Yield the rules for "$10 to $15M", "$1.2B-1.5B" and "800 Mio.–1,2 Mrd. €"."""
    to = f"(?:{RANGE}|{BLANK}{re.escape(grammar.to)}{BLANK})"
    yield rule(
        rf"(?P<minus>)(?P<code>)(?P<inner>){NOT_IN_WORD}(?P<sign>{signs})"
        rf"{SPACE}(?P<first>{number}){to}(?P=sign){SPACE}(?P<last>{number}){of_money}",
        lambda found: _say_money(grammar, found) if _is_range(grammar, found) else None,
    )
    second = of_money.replace("<scale>", "<second>")
    scaled = rf"(?P<first>{number}){of_money}{RANGE}(?P<last>{number}){second}"
    yield rule(
        rf"{NOT_IN_WORD}(?:{currency}){SPACE}{scaled}",
        lambda found: _say_two_scales(grammar, found),
        starts=_starts_of_currency(grammar),
    )
    yield rule(
        rf"{NOT_IN_NUMBER}{scaled}{SPACE}(?:{currency})(?![^\W_])",
        lambda found: _say_two_scales(grammar, found),
    )


def _is_range(grammar: Grammar, found: re.Match[str]) -> bool:
    """Whether the scale of "$10 to $15M" is that of both: "$500 to $1M" has two."""
    return value_of(grammar, found["first"]) < value_of(grammar, found["last"])


def _international(grammar: Grammar) -> Mapping[str, tuple[int, str, str]]:
    """Return the scales of any language, named by the language's own of the same power."""
    own = {row[0]: row for row in reversed(tuple(grammar.scales.values()))}
    return {short: own[power] for short, power in _INTERNATIONAL.items() if power in own}


def _lettered(grammar: Grammar) -> str:
    """Return what finds the signs of money that begin with a letter."""
    return any_of([*DOLLARS, *(sign for sign in grammar.money if sign[0].isalpha())])


def _starts_of_currency(grammar: Grammar) -> str:
    return rf"{NOT_IN_WORD}(?:{_lettered(grammar)}|(?:{any_of(CODES)})(?={SPACE}[-−–]?[0-9]))"


def _say_two_scales(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "$1.2B-1.5B": each number has its scale, and the currency is that of both."""
    money = _money(grammar, found["sign"], found["code"])
    if money is None:
        return None
    first, last, scale, second = found["first"], found["last"], found["scale"], found["second"]
    if scale.rstrip(".") == second.rstrip("."):
        said, is_great = _scaled(grammar, first, last, scale)
    else:
        parts = [_scaled(grammar, first, None, scale), _scaled(grammar, last, None, second)]
        said = join(grammar, parts[0][0], grammar.to, parts[1][0])
        is_great = parts[1][1]
    name = money.one if grammar.tag == "en" and is_before_noun(found) else money.many
    said += f"{grammar.joined(name) if is_great else _between(grammar)}{name}"
    return said + (last_dot(found) if found[0].endswith(".") else "")


def _say_money(grammar: Grammar, found: re.Match[str]) -> str | None:
    written = found["last"] or found["first"]
    scale = found["scale"]
    whole, _, cents = split_number(grammar, found["first"])
    money = _money(grammar, found["sign"], found["code"])
    if money is None:
        return None
    if grammar.tag == "en" and (is_before_noun(found) or _is_price_of(found)):
        money = replace(money, many=money.one)
    minus = grammar.minus if found["minus"] or found["inner"] else ""
    if scale:
        said, is_great = _scaled(grammar, found["first"], found["last"], scale)
        between = grammar.joined(money.many) if is_great else _between(grammar)
        dot = last_dot(found) if found[0].endswith(".") else ""
        return join(grammar, minus, f"{said}{between}{money.many}") + dot
    name = money.one if _is_one(grammar, written) and not found["last"] else money.many
    if len(cents) == 2 and money.cents and not found["last"]:
        small = money.cent if int(cents) == 1 else money.cents
        if not whole.strip("0") and int(cents):
            return join(grammar, minus, f"{grammar.cardinal(int(cents), small)} {small}")
        noun = small if grammar.tag in _NAMES_CENTS else ""
        rest = f"{grammar.cents}{grammar.cardinal(int(cents), noun)}" if int(cents) else ""
        name = money.one if value_of(grammar, whole) == 1 else money.many
        said = f"{say_number(grammar, whole, name)} {name}{rest}"
        return join(grammar, minus, _with_cents(grammar, said, small) if rest else said)
    first = whole if cents == "00" else found["first"]
    numbers = say_numbers(grammar, first, found["last"], name)
    value = value_of(grammar, written)
    # A remainder of a Decimal is one of 28 digits at most.
    is_great = value >= _MILLION and value == int(value) and int(value) % _MILLION == 0
    between = grammar.joined(name) if is_great and grammar.spaced else _between(grammar)
    return join(grammar, minus, f"{numbers}{between}{name}")


_OF_ONE_THING: Final = frozenset(
    ("the", "this", "that", "our", "your", "their", "its", "his", "her", "my", "each", "every",
     "another", "any", "one", "no", "first", "new")
)  # fmt: skip
_PRICED: Final = re.compile(
    r"\s(?:bill|bond|bonus|budget|cap|charge|check|coin|contract|coupon|credit|deal|deposit|discount"
    r"|donation|edition|fee|fine|fund|gift|goal|grant|investment|invoice|item|license|limit"
    r"|loan|mark|market|maximum|minimum|model|note|offer|option|order|package|payment|plan|prize"
    r"|product|project|purchase|rebate|refund|round|subscription|target|threshold|ticket|tier"
    r"|upgrade|valuation|version|voucher)s?(?!\w)"
)
"""What has a price: "the $100k plan". A verb may stand there too: "the $5 paid"."""


def _is_price_of(found: re.Match[str]) -> bool:
    """Whether an English amount tells which of several things is meant."""
    is_one = word_before(found).lower() in _OF_ONE_THING
    return is_one and _PRICED.match(found.string, found.end()) is not None


def _is_one(grammar: Grammar, written: str) -> bool:
    """Whether a number is followed by the singular: in French all below two are."""
    value = value_of(grammar, written)
    return value == 1 or (grammar.one_below_two and 0 < value < 2)


_NAMES_CENTS: Final = ("en", "pt")


def _with_cents(grammar: Grammar, said: str, small: str) -> str:
    """Name the cents where "five euros ninety" would be a price without its end."""
    return f"{said} {small}" if grammar.tag in _NAMES_CENTS else said


def _between(grammar: Grammar) -> str:
    return " " if grammar.spaced else ""


def _money(grammar: Grammar, sign: str | None, code: str) -> Money | None:
    if sign is None and code in _SIGNS:
        return grammar.money[_SIGNS[code]]
    if sign is None:
        return _named(grammar, code)
    return grammar.money.get(sign) or _named(grammar, DOLLARS[sign])


def _named(grammar: Grammar, code: str) -> Money | None:
    """Return what a currency is called by CLDR, and its hundredth part where it is known."""
    money = currency(grammar.cldr, code)
    small = grammar.money.get("$") if code in _LIKE_DOLLARS else _CENTIMES.get((grammar.tag, code))
    if money is None or small is None:
        return money
    return replace(money, cent=small.cent, cents=small.cents)


def _scaled(grammar: Grammar, first: str, last: str | None, scale: str) -> tuple[str, bool]:
    """Return a number with its scale in words, and whether the scale is a noun: a million."""
    power, one, many = grammar.scales.get(scale) or _international(grammar)[scale]
    if grammar.multiplies and scale.isascii():
        each = [_worked_out(grammar, part, power) for part in (first, last) if part]
        return join(grammar, *(each if last is None else (each[0], grammar.to, each[1]))), False
    name = one if _is_one(grammar, first) and not last else many
    if power == 3 and last is None:
        return _worked_out(grammar, first, power), False
    return f"{say_numbers(grammar, first, last, name)}{_between(grammar)}{name}", power >= 6


def _worked_out(grammar: Grammar, written: str, power: int) -> str:
    value = value_of(grammar, written).scaleb(power)
    if value == value.to_integral_value() and value < 10**15:
        return grammar.cardinal(int(value), "")
    return say_number(grammar, f"{value:f}".replace(".", grammar.decimal))


def _say_scaled(grammar: Grammar, found: re.Match[str]) -> str | None:
    scale = found["scale"]
    if scale in _ONLY_OF_MONEY or (scale.islower() and scale in grammar.scales[scale]):
        return None
    if scale in ("K", "k") and found["first"] in _SHAPES and found["last"] is None:
        return None
    if is_firm(grammar, found):
        return NAMES.get(grammar.tag) or join(grammar, say_number(grammar, "3"), "M")
    said, is_great = _scaled(grammar, found["first"], found["last"], scale)
    if found["noun"]:
        between = grammar.joined(found["noun"]) if is_great else " "
        return join(grammar, say_minus(grammar, found), f"{said}{between}{found['noun']}")
    dot = last_dot(found) if scale.endswith(".") else ""
    return join(grammar, say_minus(grammar, found), said) + dot
