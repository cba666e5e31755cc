"""Rules for numbers that a register gives: ISBN, ISSN, EAN, CAS, IBAN. One language at a time.

Their digits are said one by one, with a pause where the number has a hyphen or a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANKS, SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import comma, join, say_digits, say_groups
from storyboard.narration.rule import NOT_IN_WORD, Rule, rule

_SIZES: Final = MappingProxyType(
    {
        "ISBN|ISMN": (13, 10),
        "ISSN": (8,),
        "EAN": (13, 8),
        "GTIN": (14, 13, 12, 8),
        "UPC": (12, 8),
        "IMEI": (16, 15),
        "ORCID": (16,),
        "PZN": (8, 7),
        "DUNS": (9,),
        "CNPJ": (14,),
        "CPF": (11,),
        "CAS|EORI": (),
    }
)
"""How many digits a register gives: what follows them behind a blank is another number."""

_REGISTERS: Final = "|".join(_SIZES)
_BETWEEN: Final = rf"(?P<colon>:|-Nr\.|{SPACE}(?:[Nn]o\.|Nr\.|[Nn][.°º]))?"
_BOOK: Final = r"(?<![\w.,+/-])97[89](?:[ -][0-9]{1,7}){3}[ -][0-9](?![\w]|[.,-][0-9])"
_TAXED: Final = (
    r"(?<![\w.,+/-])(?:[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}|[0-9]{3}\.[0-9]{3}\.[0-9]{3})"
    r"-[0-9]{2}(?![\w]|[.,/-][0-9])"
)
"""What Brazil has firms and people pay taxes by: CNPJ and CPF."""

_POSTCODE: Final = (
    r"(?<![\w.,+/-])(?:[0-9]{5}-[0-9]{3}(?![\w-]|[.,/][0-9])"
    r"|(?:(?<=, )|(?<=ostal )|(?<=ostal: )|(?<=– ))[1-9][0-9]{3}-[0-9]{3}(?=\s[A-ZÀ-Ý]))"
)
"""Those of Brazil, and those of Portugal before their town."""

_HARDWARE: Final = r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])"
"""The address of a network card: 00:1A:2B:3C:4D:5E."""

_OF_BOOK: Final = 13
"""Digits of an ISBN, which no label need tell where it has its four hyphens."""

_ACCOUNT: Final = (
    rf"{NOT_IN_WORD}[A-Z]{{2}}[0-9]{{2}}(?:{SPACE}[A-Z0-9]{{4}}){{3,7}}"
    rf"(?:{SPACE}[A-Z0-9]{{1,3}})?(?![\w])"
)
_LEAST_DIGITS: Final = 12
"""Digits of an account: words in capitals have none."""

_PART: Final = re.compile("[0-9]+|[A-Za-z]+")
_NUMBER_BEHIND: Final = re.compile(f"{SPACE}[0-9]")


def registered_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for registered numbers in a language; `again` reads a name."""

    def labeled(found: re.Match[str]) -> str:
        between = ":" if found["colon"] == ":" else ""
        digits = _say_parts(grammar, re.split(f"[{BLANKS}.,/-]", found["number"]), again)
        pause = comma(grammar).rstrip() if _NUMBER_BEHIND.match(found.string, found.end()) else ""
        return f"{again(found['label'].replace('-', ' '))}{between} {digits}{pause}"

    for registers, sizes in _SIZES.items():
        yield rule(
            rf"(?P<label>{NOT_IN_WORD}(?:{registers})(?:-?1[03])?){_BETWEEN}{SPACE}"
            rf"(?P<number>{_number_of(sizes)})",
            labeled,
            starts=rf"{NOT_IN_WORD}(?:{_REGISTERS})(?![A-Za-z])",
        )
    yield rule(_BOOK, lambda found: _say_book(grammar, found[0]))
    if grammar.tag == "pt":
        yield rule(_TAXED, lambda found: say_groups(grammar, found[0]))
        yield rule(_POSTCODE, lambda found: say_groups(grammar, found[0]))
    yield rule(
        _HARDWARE,
        lambda found: _say_parts(grammar, re.split("[:-]", found[0]), again),
        starts=r"(?<![\w:-])[0-9A-Fa-f]{2}[:-](?=[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-])",
    )
    yield rule(
        _ACCOUNT,
        lambda found: _say_account(grammar, found[0], again),
        starts=rf"{NOT_IN_WORD}[A-Z]{{2}}(?=[0-9]{{2}}{SPACE}[A-Z0-9]{{4}})",
    )


def _number_of(sizes: tuple[int, ...]) -> str:
    """Return what finds a number: of one of the sizes, first without blanks, then of any size."""
    ends = r"(?![\w]|[./-][0-9])"
    sized = (
        f"[0-9](?:[{blanks}./-]?[0-9]){{{size - 2}}}[{blanks}./-]?[0-9Xx]{ends}"
        for blanks in ("", BLANKS)
        for size in sizes
    )
    some = r"[0-9](?:[{}./-]?[0-9]){{5,16}}(?:-?[Xx](?![\w]))?{}"
    return "|".join((*sized, some.format("", ends), some.format(BLANKS, ends)))


def _say_book(grammar: Grammar, written: str) -> str | None:
    digits = sum(sign.isdigit() for sign in written)
    return say_groups(grammar, written) if digits == _OF_BOOK else None


def _say_account(grammar: Grammar, written: str, again: Callable[[str], str]) -> str | None:
    """Say "DE89 3704 …" in its groups of four, letters as letters."""
    if sum(sign.isdigit() for sign in written) < _LEAST_DIGITS:
        return None
    bare = re.sub(f"[{BLANKS}]", "", written)
    fours = [bare[:2], bare[2:4], *(bare[at : at + 4] for at in range(4, len(bare), 4))]
    return _say_parts(grammar, fours, again)


def _say_parts(grammar: Grammar, groups: list[str], again: Callable[[str], str]) -> str:
    """Say groups of digits and letters, one sign after the other."""
    said = (
        join(
            grammar,
            *(
                say_digits(grammar, part)
                if part.isdigit()
                else again(part)
                if grammar.tag == "ja" and len(part) > 1
                else " ".join(part.upper())
                for part in _PART.findall(group)
            ),
        )
        for group in groups
    )
    return comma(grammar).join(each for each in said if each)
