"""Rules for whole numbers with a fraction, for feet and inches, and for degrees of arc.

Knows one language at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.fractions import half_before, part_in_case, say_part, units_of_parts
from storyboard.narration.grammar import Grammar
from storyboard.narration.grammars.korean import with_and
from storyboard.narration.measures import say_count
from storyboard.narration.numerals import MINUS, join, say_minus, say_number
from storyboard.narration.rule import (
    NOT_IN_NUMBER,
    Rule,
    any_of,
    is_before_noun,
    rule,
    with_last_dot,
    word_before,
    word_behind,
)
from storyboard.narration.units import unit_alone

_HALVES: Final = "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"
_MEASURED: Final = re.compile(rf"[0-9]{SPACE}(?:[cmk]?m|km|ft|in|px|″|′){SPACE}$")
_FEMININE: Final = {"fr": "e", "es": "a", "it": "a", "pt": "a"}
_MASCULINE: Final = {"fr": "", "es": "o", "it": "o", "pt": "o"}
"""Endings of "one" before a feminine noun, and of "half" before another one."""

_PARTS: Final = "2|3|4|5|6|8|10|12|16|32|64"


def mixed_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for numbers such as 1 1/2, for 6′2″, and for 48°51′."""
    ends = r"(?![\w'’])"
    unit = any_of(units_of_parts(grammar))
    start = rf"(?P<minus>{MINUS})?{NOT_IN_NUMBER}"
    yield rule(
        rf"{NOT_IN_NUMBER}(?P<degrees>[0-9]{{1,3}})°{SPACE}(?P<minutes>[0-9]{{1,2}})′"
        rf"(?:{SPACE}(?P<seconds>[0-9]{{1,2}})″)?",
        lambda found: _say_arc(grammar, found),
    )
    yield rule(
        rf"(?P<minus>{MINUS})?(?P<whole>[0-9]+)?{SPACE}(?P<half>[{_HALVES}])"
        rf"(?:{SPACE}(?P<unit>{unit}){ends})?",
        lambda found: with_last_dot(_say_half(grammar, found), found),
    )
    yield rule(
        rf"{start}(?P<whole>[0-9]{{1,3}})(?:{BLANK}|-)(?P<part>[0-9]{{1,2}})[/⁄](?P<of>{_PARTS})"
        rf"(?:{SPACE}(?P<unit>{unit}){ends})?(?![\w/])",
        lambda found: with_last_dot(_say_mixed_digits(grammar, found), found),
    )
    by = rf"(?:(?<=[^\W0-9_]{BLANK}|[″′²³]{BLANK})|(?<=[″′]))[x×](?={SPACE}[0-9])"
    yield rule(
        by, lambda found: grammar.by if _MEASURED.search(_before(found)) else None, starts=by
    )
    yield rule(
        r"(?:(?<![\w.,])(?=[0-9]{1,4}[″′][xX][0-9])|(?<=[″′][xX]))(?P<number>[0-9]{1,4})(?P<unit>[″′])",
        lambda found: f"{say_count(grammar, int(found['number']), found['unit'])} ",
    )
    yield rule(
        rf"{NOT_IN_NUMBER}(?P<minutes>[0-9]{{1,3}})′{SPACE}(?P<seconds>1[2-9]|[2-5][0-9])″",
        lambda found: join(
            grammar,
            say_count(grammar, int(found["minutes"]), "min"),
            say_count(grammar, int(found["seconds"]), "s"),
        ),
    )
    yield rule(
        rf"{NOT_IN_NUMBER}(?P<feet>[0-9]{{1,3}})′{SPACE}-?(?=[0-9])",
        lambda found: f"{say_count(grammar, int(found['feet']), '′')} ",
    )


def _say_half(grammar: Grammar, found: re.Match[str]) -> str | None:
    part, _, whole = unicodedata.normalize("NFKC", found["half"]).partition("\u2044")
    half = grammar.fraction(int(part), int(whole))
    if found["whole"]:
        return _say_mixed(grammar, found, int(part), int(whole))
    name = found["unit"] and _unit_alone(grammar, found["unit"])
    if found["unit"] and not name:
        return None
    if name:
        half = say_part(grammar, int(part), int(whole), name)
    elif (part, whole) == ("1", "2"):
        half = half_before(grammar, word_behind(found)) or half
    before, noun = word_before(found).lower(), name or word_behind(found)
    half = part_in_case(grammar, half, noun, before)
    return join(grammar, say_minus(grammar, found), half)


def _say_mixed_digits(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "1 1/2" as "1½" is said; 2024 before 1/2 is no part of it."""
    part, whole = int(found["part"]), int(found["of"])
    return _say_mixed(grammar, found, part, whole) if 0 < part < whole else None


def _say_mixed(grammar: Grammar, found: re.Match[str], part: int, whole: int) -> str | None:
    """Say a whole number and a fraction: two and a half hours, deux heures et demie."""
    are_many = found["whole"] != "1" or grammar.tag == "de"  # eineinhalb Stunden
    name = found["unit"] and _unit_alone(grammar, found["unit"], many=are_many)
    if found["unit"] and not name:
        return None
    noun = (_unit_alone(grammar, found["unit"]) if name else "") or word_behind(found)
    number = say_number(grammar, found["whole"], noun)
    fraction = grammar.fraction(part, whole)
    minus, is_half = say_minus(grammar, found), whole == 2
    match grammar.tag:
        case "de" if is_half:
            number = grammar.cardinal(int(found["whole"]), "Mal")
            return join(grammar, minus, f"{number}einhalb", name or "")
        case "en":
            name = found["unit"] and _unit_alone(
                grammar, found["unit"], many=not is_before_noun(found)
            )
            fraction = "a half" if is_half else fraction
        case "fr" | "es" | "it" | "pt" if is_half:
            ending = grammar.cardinal(1, noun)[-1:] if noun else ""
            half = {"fr": "demi", "es": "medi", "it": "mezz", "pt": "mei"}[grammar.tag]
            is_feminine = bool(ending) and ending in "ae'"
            half += (_FEMININE if is_feminine else _MASCULINE)[grammar.tag]
            said = join(grammar, minus, number, name or "", grammar.conjunction, half)
            return said.replace("' ", "'")  # "un'ora e mezza"
        case "fr" | "es" | "it" | "pt" if name:
            return join(grammar, minus, number, name, grammar.conjunction, fraction)
        case "ko":
            return join(grammar, minus, f"{number}{with_and(number)} {fraction}", name or "")
    joined = {"zh": "又", "ja": "と", "de": ""}.get(grammar.tag, grammar.conjunction)
    return join(grammar, minus, number, joined, fraction, name or "")


def _unit_alone(grammar: Grammar, written: str, *, many: bool = False) -> str | None:
    return unit_alone(grammar, units_of_parts(grammar)[written], many=many)


def _say_arc(grammar: Grammar, found: re.Match[str]) -> str:
    """Say degrees, minutes and seconds of a place on earth."""
    counts = (("°", "degrees"), ("min", "minutes"), ("s", "seconds"))
    return join(
        grammar,
        *(say_count(grammar, int(found[name]), unit) for unit, name in counts if found[name]),
    )


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - 6) : found.start()]
