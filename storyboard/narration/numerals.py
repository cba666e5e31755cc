"""Numbers as a language writes them: found in a text, and said in its words. Knows no sentence."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.grammar import LONGEST_NUMBER, Grammar

MINUS: Final = r"(?:(?<![^\s(\[\"'„“«~≈±=<>≤≥:：，,])[-–−‒]|−)"
"""A minus sign; a hyphen or dash is one where no word stands before it."""

RANGE: Final = f"(?:{SPACE}[-–—~～〜‒]{SPACE})"
"""What stands between the ends of a range: never U+2212, which is the minus sign."""

_ZERO_FIRST: Final = re.compile("0[0-9]+")


def number_pattern(grammar: Grammar) -> str:
    """Return a regular expression, without groups, of a number in a language's notation."""
    thousands = re.escape(grammar.thousands)
    grouped = f"[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}}(?![0-9]))+"
    if grammar.decimal == ".":
        return rf"(?:{grouped}|[0-9]+)(?:\.[0-9]+)?"
    american = r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
    behind_dot = r"\.(?:[0-9]{1,2}|[0-9]{4,})(?![0-9]|\.[0-9])"
    return f"(?:{american}|(?:{grouped}|[0-9]+)(?:,[0-9]+|{behind_dot})?)"


def numbers_pattern(grammar: Grammar) -> str:
    """Return one of a number, as the group `first`, or of a range from it to the group `last`."""
    number = number_pattern(grammar)
    return f"(?P<first>{number})(?:{RANGE}(?P<last>{number}))?"


def value_of(grammar: Grammar, written: str) -> Decimal:
    """Return the value of a number that `number_pattern` found."""
    whole, _, decimals = split_number(grammar, written)
    try:
        return Decimal(f"{whole}.{decimals}")
    except InvalidOperation:
        return Decimal(0)


def split_number(grammar: Grammar, written: str) -> tuple[str, str, str]:
    """Return the digits before the mark of the decimals, the mark, and the digits behind it.

    Where a comma is that mark, a dot is it too, unless three digits follow.
    """
    whole, mark, decimals = written.partition(grammar.decimal)
    if grammar.decimal == "," and not (mark and "." not in decimals):
        before, dot, behind = written.rpartition(".")
        if dot and (len(behind) != 3 or "." not in grammar.thousands or "," in before):
            whole, mark, decimals = before.replace(",", ""), dot, behind
    return re.sub(rf"[{re.escape(grammar.thousands)}]", "", whole), mark, decimals


def say_number(grammar: Grammar, written: str, noun: str = "", *, in_year: bool = False) -> str:
    """Say a number before a noun, if there is one; `in_year` says 1999 as a year is said."""
    bare, mark, decimals = split_number(grammar, written)
    if len(bare) > LONGEST_NUMBER or (_ZERO_FIRST.fullmatch(bare) and not decimals):
        said = say_digits(grammar, bare)
    else:
        as_year = grammar.year(int(bare), noun) if in_year and bare == written else None
        said = as_year or grammar.cardinal(int(bare), "" if decimals else noun)
    if not decimals:
        return said
    point = grammar.point if mark == grammar.decimal else grammar.dot
    return join(grammar, said, point, _say_decimals(grammar, decimals))


def say_numbers(grammar: Grammar, first: str, last: str | None, noun: str) -> str:
    """Say a number before a noun, or a range of which `last` is the end."""
    if not last:
        return say_number(grammar, first, noun)
    return join(grammar, say_number(grammar, first), grammar.to, say_number(grammar, last, noun))


def say_minus(grammar: Grammar, found: re.Match[str]) -> str:
    """Say the minus sign that was found before a number; empty where none was."""
    return grammar.minus if found["minus"] else ""


def say_digits(grammar: Grammar, digits: str) -> str:
    """Say digits one by one."""
    return join(grammar, *(grammar.digits[int(digit)] for digit in digits))


def join(grammar: Grammar, *words: str) -> str:
    """Put words one after the other as the language parts them."""
    said = (" " if grammar.spaced else "").join(word for word in words if word)
    return said.replace(f" {grammar.to} ", f"{grammar.to} ") if grammar.tag == "ko" else said


def _say_decimals(grammar: Grammar, decimals: str) -> str:
    if grammar.tag == "ja":
        return decimals
    if grammar.reads_decimals_as_number and len(decimals) <= 2 and decimals[0] != "0":
        return grammar.cardinal(int(decimals), "")
    return say_digits(grammar, decimals)
