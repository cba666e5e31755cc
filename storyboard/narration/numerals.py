"""Numbers as a language writes them: found in a text, and said in its words. Knows no sentence."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from storyboard.narration.blanks import BLANK, BLANKS, SPACE
from storyboard.narration.grammar import LONGEST_NUMBER, Grammar

_BEFORE_MINUS: Final = r"\s(\[{\"'„“«‹（［｛「『【〔〈《｢~～〜≈±=<>≤≥:;,|/：；，、。！？・｜／"
"""Blanks, signs and marks: openers, pauses, and what parts the two limits of +0.1/-0.2."""

MINUS: Final = rf"(?:(?<![^{_BEFORE_MINUS}])[-–−‒]|−)"
"""A minus sign; a hyphen or dash is one where no word stands before it."""

RANGE: Final = f"(?:{SPACE}[-–—~～〜‒]{SPACE})"
"""What stands between the ends of a range: never U+2212, which is the minus sign."""

APOSTROPHES: Final = "'’"
"""What the Swiss group digits by."""

BLANK_GROUPED: Final = f"[1-9][0-9]{{0,2}}(?:{BLANK}[0-9]{{3}}(?![0-9]))+(?!{BLANK}[0-9])"
"""Digits in groups of three between blanks; where others follow, it is no amount: 555 123 4567."""

_NO_BLANKS: Final = dict.fromkeys(map(ord, BLANKS))
_GROUP: Final = re.compile("[0-9]+")
_NO_DIGITS: Final = re.compile("[^0-9]+")

_ZERO_FIRST: Final = re.compile("0[0-9]+")


def number_pattern(grammar: Grammar) -> str:
    """Return a regular expression, without groups, of a number in a language's notation.

    Any language groups by blanks or apostrophes, and has both marks of another one: 1.234,56.
    """
    grouped = _grouped(grammar)
    if grammar.decimal == ".":
        european = r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}(?![0-9])"
        comma = ""
        if grammar.reads_both_marks:
            comma = r"|,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9])(?!,[0-9])"
        return rf"(?:{european}|(?:{grouped}|[0-9]+)(?:\.[0-9]+{comma})?)"
    american = r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
    behind_dot = r"\.(?:[0-9]{1,2}|[0-9]{4,})(?![0-9]|\.[0-9])"
    return f"(?:{american}|(?:{grouped}|[0-9]+)(?:,[0-9]+|{behind_dot})?)"


def _grouped(grammar: Grammar) -> str:
    """Return what finds digits in groups, with one mark between all of them."""
    marks = re.escape(grammar.thousands.translate(_NO_BLANKS))
    indian = "|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])" if "," in marks else ""
    return (
        f"(?:[0-9]{{1,3}}(?:(?:[{marks}][0-9]{{3}}(?![0-9]))+|(?:[{APOSTROPHES}][0-9]{{3}}(?![0-9]))+)"
        f"|{BLANK_GROUPED}{indian})"
    )


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

    Of a comma and a dot the last one is that mark. Where a comma is, a dot is it too, unless three
    digits follow.
    """
    whole, mark, decimals = written.partition(grammar.decimal)
    other = ".,"[grammar.decimal == "."]
    if other in decimals or not mark:
        before, last, behind = written.rpartition(other)
        if last and (len(behind) != 3 or other not in grammar.thousands or mark):
            whole, mark, decimals = before, last, behind
    return _NO_DIGITS.sub("", whole), mark, decimals


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
    point = grammar.dot if mark == "." != grammar.decimal else grammar.point
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


def say_groups(grammar: Grammar, written: str) -> str:
    """Say digits one by one, with a pause between groups of them."""
    return comma(grammar).join(say_digits(grammar, group) for group in _GROUP.findall(written))


def comma(grammar: Grammar) -> str:
    """Return the mark of a short pause within one number, and its blank."""
    return "，" if grammar.tag == "zh" else list_mark(grammar)


def list_mark(grammar: Grammar) -> str:
    """Return the mark between two things of a list, and its blank; in Chinese it is no comma."""
    return ", " if grammar.spaced else "、"


def to_word(grammar: Grammar) -> str:
    """Return the word between two ends of a range, and its blanks; Korean binds it to the first."""
    if not grammar.spaced:
        return grammar.to
    return f"{grammar.to} " if grammar.tag == "ko" else f" {grammar.to} "


def _say_decimals(grammar: Grammar, decimals: str) -> str:
    if grammar.tag == "ja":
        return decimals
    if grammar.reads_decimals_as_number and len(decimals) <= 2 and decimals[0] != "0":
        return grammar.cardinal(int(decimals), "")
    return say_digits(grammar, decimals)
