"""Rules for names in digits: norms, codes in hexadecimal, and chains that are no range.

Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.blanks import BLANKS
from storyboard.narration.english_names import pairs
from storyboard.narration.grammar import Grammar
from storyboard.narration.measures import say_power
from storyboard.narration.numerals import join, list_mark, say_digits, say_number
from storyboard.narration.rule import NOT_IN_WORD, Rule, rule, words_before

_BODIES: Final = (
    "DIN|EN|ISO|IEC|VDE|VDI|ANSI|ASTM|ASME|BS|NF|UNE|UNI|CEI|NBR|JIS|GB|GB/T|KS|SAE|IEEE|UL|NFPA|"
    "OSHA|CSA|AS|SN|SIA|RFC|NIST|SP|MIL-STD|ETSI|ITU|DGUV|TRBS|TRGS|DVGW|GOST|IPC|ECE|CFR|Z[0-9]{2,3}"
    "|DGUV (?:Regel|Vorschrift|Information|Grundsatz)"
)
"""Who gives norms their numbers: behind them a hyphen parts a number from that of its part."""

_NORM: Final = (
    rf"(?P<body>{NOT_IN_WORD}(?:{_BODIES})[{BLANKS}-])(?P<letters>[A-Z]{{0,2}})(?P<number>[0-9]{{1,6}}(?:\.[0-9]{{1,4}})*)"
    r"(?P<parts>(?:-[0-9]{1,4})*)(?P<year>[:–—](?:19|20)[0-9]{2}(?:-[01][0-9])?)?(?![\w]|[.,:-][0-9])"
)
_PART: Final = re.compile("[0-9]+")
_CHAIN: Final = r"(?<![\w.,+/-])(?P<chain>[0-9]{1,3}(?:-[0-9]{1,3}){2,8})(?![\w/-]|[.,][0-9])"
_HEX: Final = rf"{NOT_IN_WORD}0[xX](?P<digits>[0-9A-Fa-f]{{1,16}})(?![\w])"
_COLOR: Final = (
    r"#(?P<digits>(?=[A-Fa-f]*[0-9])(?:[0-9A-Fa-f]{6}|(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{8}"
    r"|(?=(?:[0-9]?[A-Fa-f]){2})[0-9A-Fa-f]{3}))(?![\w])"
)
"""A color of the web. A short one has two letters: "#12b" is a flat, and "#face" a tag."""

_PART_NUMBER: Final = (
    r"(?<![\w.,+/-])(?P<number>[0-9]{4,12})-(?P<part>[0-9]{1,3})"
    r"(?![\w-]|/[0-9a-z]|[.,:%°][0-9]|\s?[%€$°])"
)
_RECOMMENDATION: Final = (
    rf"{NOT_IN_WORD}(?P<letter>[GHJTVX])\.(?P<number>[0-9]{{3,4}})(?![\w]|[.,-][0-9])"
)
"""What telecommunications is told by: H.264, G.711, X.509."""

_NETWORK: Final = (
    r"(?<![\w.,])802\.(?P<number>[13]|1[156])(?P<letters>[a-z]{1,2}|[A-Z]|1?[A-Z])?"
    r"(?![\w]|[.,-][0-9]|\s?[%°€$£]|\s(?:[kmc]?[gm]|m?l)(?![\w]))"
)
"""The norms of wired and wireless networks: 802.11ac, 802.1X."""

_AIRPLANE: Final = (
    r"(?<![\w.,-])(?P<type>7[0-9]7)-(?P<series>[1-9]00|8|9|10)(?:ER|LR|F)?(?![\w]|[.,/-][0-9])"
)
"""A type of Boeing and its series, which are no range."""

_PROCESSOR: Final = (
    rf"{NOT_IN_WORD}i(?P<class>[3579])-(?P<number>[1-9][0-9]{{3,4}})(?P<kind>[A-Z]{{0,2}})(?![\w])"
)
"""Behind it a K is no thousand: i7-13700K."""

_CODES: Final = frozenset(
    (
        *("code", "no", "nr", "nummer", "lot", "batch", "order", "part", "item", "model", "serial"),
        *("artikel", "bestellnummer", "charge", "los", "modell", "codice", "articolo", "lotto"),
        *("código", "artículo", "lote", "modelo", "référence", "réf", "modèle", "artigo", "ref"),
    )
)
"""Words behind which "4500-12" is no range."""

_OF_YEAR: Final = 4
"""Digits of a year."""


def designation_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for names in digits; `again` reads a part of one."""
    yield rule(_NORM, lambda found: _say_norm(grammar, found, again), starts=_start())
    yield rule(_HEX, lambda found: _say_hexadecimal(grammar, found["digits"], again))
    binary = rf"{NOT_IN_WORD}0[bB](?P<digits>[01]{{1,32}})(?![\w])"
    yield rule(binary, lambda found: _say_binary(grammar, found["digits"]))
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]+(?:[.,][0-9]+)?)(?:[eE](?P<power>[+-][0-9]{1,3})"
        r"|(?:(?<=[.,][0-9])|(?<=[.,][0-9]{2})|(?<=[.,][0-9]{3}))E(?P<large>[0-9]{1,2})"
        r"|(?:(?<![0-9]{4})e(?P<whole>[0-9]{1,2})))(?![\w]|[.,-][0-9])",
        lambda found: _say_scientific(grammar, found),
    )
    yield rule(_COLOR, lambda found: _say_color(grammar, found["digits"]))
    yield rule(
        _RECOMMENDATION,
        lambda found: join(grammar, f"{found['letter']} ", say_digits(grammar, found["number"])),
        starts=rf"{NOT_IN_WORD}[GHJTVX]\.(?=[0-9]{{3}})",
    )
    yield rule(_NETWORK, lambda found: _say_network(grammar, found))
    yield rule(_CHAIN, lambda found: _say_chain(grammar, found["chain"]))
    yield rule(
        r"(?<![\w.,+/-])(?P<chain>[0-9]{1,6}(?:-[0-9]{1,6}){2,6})(?![\w/-]|[.,][0-9])",
        lambda found: _say_chain(grammar, found["chain"]) if _is_code(found) else None,
    )
    yield rule(_PART_NUMBER, lambda found: _say_part_number(grammar, found))
    yield rule(
        _PROCESSOR,
        lambda found: _say_processor(grammar, found),
        rf"{NOT_IN_WORD}i[3579]-(?=[0-9]{{4}})",
    )
    yield rule(_AIRPLANE, lambda found: _say_airplane(grammar, found))


def _start() -> str:
    return rf"{NOT_IN_WORD}(?:{_BODIES})[{BLANKS}-](?=[A-Z]{{0,2}}[0-9])"


def _say_norm(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    """Say "EN 60204-1:2018" part by part, and the year as one."""
    if not found["parts"] and not found["year"]:
        return None
    dot, dash = (f" {word} " if grammar.spaced else word for word in (grammar.dot, grammar.dash))
    said = dot.join(say_number(grammar, each) for each in found["number"].split("."))
    for part in _PART.findall(found["parts"] + (found["year"] or "")):
        if len(part) == _OF_YEAR:
            said += list_mark(grammar) + say_number(grammar, part, "年", in_year=True)
        else:
            said += dash + say_number(grammar, part)
    return f"{again(found['body'])} {found['letters']} {said}"


def _say_network(grammar: Grammar, found: re.Match[str]) -> str:
    """Say 802.11ac: eight oh two eleven AC; others name the dot between the two numbers."""
    first, number = say_digits(grammar, "802"), say_number(grammar, found["number"])
    letters = f" {(found['letters'] or '').upper()}".rstrip()
    if grammar.tag == "en":
        return f"{first.replace('zero', 'oh')} {number}{letters}"
    return join(grammar, first, grammar.dot, number) + letters


def _say_hexadecimal(grammar: Grammar, digits: str, again: Callable[[str], str]) -> str:
    """Say each digit of a code by its name, and its letters as letters."""
    return " ".join([grammar.digits[0], again("x"), *_named(grammar, digits)])


def _named(grammar: Grammar, digits: str) -> list[str]:
    """Return the names of digits; letters stay, as capitals."""
    names = dict(zip("0123456789", grammar.digits, strict=True))
    return [names.get(each, each.upper()) for each in digits]


def _say_binary(grammar: Grammar, digits: str) -> str:
    return " ".join([grammar.digits[0], "b", *_named(grammar, digits)])


def _say_scientific(grammar: Grammar, found: re.Match[str]) -> str:
    """Say "5E-3" as five times ten to the power of minus three."""
    power = found["power"] or found["large"] or found["whole"]
    ten = say_power(grammar, say_number(grammar, "10"), str(int(power)))
    return join(grammar, say_number(grammar, found["number"]), grammar.signs["×"], ten)


def _say_airplane(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "Boeing 737-800" as two numbers."""
    if "boeing" not in words_before(found)[-2:]:
        return None
    type_, series = found["type"], found["series"]
    if grammar.tag == "en":
        return f"{pairs(type_)} {pairs(series) if len(series) > 2 else say_number(grammar, series)}"
    return join(grammar, say_number(grammar, type_), say_number(grammar, series))


def _say_processor(grammar: Grammar, found: re.Match[str]) -> str:
    number = found["number"]
    said = say_number(grammar, number)
    if grammar.tag == "en":
        head = say_number(grammar, number[:-3]) if len(number) > len("1234") else ""
        said = f"{head} {pairs(number[len(number) - 3 :] if head else number)}".lstrip()
    kind = " ".join(found["kind"])
    return f"i {say_number(grammar, found['class'])} {said} {kind}".rstrip()


def _say_color(grammar: Grammar, digits: str) -> str:
    return " ".join([(grammar.sign_name("#") or "#"), *_named(grammar, digits)])


def _say_chain(grammar: Grammar, written: str) -> str:
    """Say the numbers of "9-10-11" one by one."""
    return list_mark(grammar).join(say_number(grammar, each) for each in written.split("-"))


def _is_code(found: re.Match[str]) -> bool:
    return not _CODES.isdisjoint(words_before(found)[-2:])


def _say_part_number(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the hyphen of "60204-1" where the second number is no end of a range."""
    number, part = found["number"], found["part"]
    is_year = number[:2] in ("19", "20")
    is_season = is_year and (int(number[2:]) + 1) % 100 == int(part)
    is_code = not is_season and (part[0] == "0" or _is_code(found))
    if (
        len(number) == _OF_YEAR
        and not is_code
        and (is_year or int(part) > int(number[-len(part) :]))
    ):
        return None  # 2020-21 and the pages 1234-56 are ranges
    return join(grammar, say_number(grammar, number), grammar.dash, say_number(grammar, part))
