"""Rules for what is measured: units, ranges, powers, sides. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from storyboard.narration.behind_short_forms import SMALLER_UNIT
from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.grammars.german import in_case
from storyboard.narration.numerals import (
    MINUS,
    RANGE,
    join,
    number_pattern,
    numbers_pattern,
    say_digits,
    say_minus,
    say_number,
    say_numbers,
    value_of,
)
from storyboard.narration.rule import (
    NO_NOUN,
    NOT_IN_NUMBER,
    NOT_IN_WORD,
    Rule,
    any_of,
    is_before_noun,
    last_dot,
    replaced,
    rule,
    word_before,
    word_behind,
)
from storyboard.narration.units import (
    UNITS,
    unit_alone,
    unit_behind_per,
    unit_template,
)
from storyboard.scripts import HAN, in_class

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ALONE: Final = (
    "mol/L",
    "mol/l",
    "km/h",
    "m/s",
    "m²",
    "m³",
    "km²",
    "°C",
    "°F",
    "℃",
    "℉",
    "kWh",
    "mph",
)
"""Units that are written without a number too."""

ONE: Final = Decimal(1)
_MANY: Final = Decimal(5)
_DOT: Final = rf"(?:(?<=[a-z])\.(?= [a-zß-ÿ(]|[;,:]|{BLANK}{SMALLER_UNIT}))?"
"""The dot of a unit that goes on in its sentence: "a 5 min. walk", "5 ft. 6 in."."""

_OFTEN: Final = (
    "daily|weekly|monthly|yearly|per|a|täglich|wöchentlich|monatlich|jährlich|pro|am|im|par|al|à|ao"
    "|por|todos|di|alla|all"
)
"""Words behind how often: 2 x daily."""

_BY: Final = re.compile("[x×]")


def measure_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for what is measured in a language."""
    number = number_pattern(grammar)
    # In "l'article 7 s'applique" nothing takes seven seconds.
    ends = r"(?![\w'’])"
    numbers = numbers_pattern(grammar)
    unit = any_of(each for each in UNITS if each != "°")
    per = rf"(?:(?:{unit}|d|j|mo|yr|wk|hr|[^\W0-9_]{{3,12}}){ends}(?![²³])|[{in_class(HAN)}])"
    start = rf"(?P<minus>{MINUS})?{NOT_IN_NUMBER}"
    yield rule(
        rf"{start}{numbers}(?P<space>{SPACE})(?P<unit>{unit}|[°º]){ends}(?![²³])"
        rf"(?:/(?P<per>{per}))?(?:/(?P<then>{per}))?{_DOT}",
        lambda found: _say_measure(grammar, found),
    )
    yield rule(
        rf"{NOT_IN_WORD}(?P<alone>{any_of(_ALONE)}){ends}",
        lambda found: _say_alone(grammar, found),
        starts=rf"{NOT_IN_WORD}(?:km[/²]|kWh|m[/²³]|mol/|mph)",
    )
    yield rule(
        rf"{start}(?P<number>{number})(?P<raised>[⁻]?[{_RAISED}]+|(?:\^|\*\*)-?[0-9]+)"
        rf"(?:{SPACE}(?P<unit>{unit}){ends}(?![²³]))?",
        lambda found: _say_power(grammar, found),
    )
    thread = rf"(?:(?<=(?<!\w)M[0-9])|(?<=(?<!\w)M[0-9]{{2}})){SPACE}[x×]{SPACE}(?=[0-9])"
    yield replaced(thread, f" {grammar.by} " if grammar.spaced else grammar.by)
    yield rule(
        rf"{start}(?P<sides>{number}(?:{SPACE}[x×]{SPACE}{number}){{1,3}})"
        rf"(?:{SPACE}(?P<unit>{unit}){ends})?(?![^\W0-9]|[0-9{_RAISED}⁻^])",
        lambda found: _say_sides(grammar, found),
    )
    yield rule(
        rf"{start}(?P<number>{number})(?:{RANGE}(?P<last>{number}))?(?:[xX×]|{SPACE}×){ends}"
        r"(?!\s?[+−=<>≤≥^²³]|\s-\s)",
        lambda found: _say_fold(grammar, found),
    )
    yield rule(
        rf"{start}(?P<number>{number})(?:{RANGE}(?P<last>{number}))?{SPACE}[x×](?=\s(?:{_OFTEN})(?![\w]))",
        lambda found: _say_fold(grammar, found),
    )


def _say_measure(grammar: Grammar, found: re.Match[str]) -> str | None:
    written = found["last"] or found["first"]
    is_one = grammar.tag == "en" and (is_before_noun(found) or is_size(found))
    template = unit_template(grammar, found["unit"], ONE if is_one else value_of(grammar, written))
    if template is None or (found["unit"] == "m" and not found["space"] and _is_model(found)):
        return None
    said = say_numbers(grammar, found["first"], found["last"], noun_of(template))
    if template.startswith(("百", "千")):
        said = join(grammar, say_minus(grammar, found), template.replace("{}", said))
    else:
        said = template.replace("{}", join(grammar, say_minus(grammar, found), said)).strip()
    for each in (found["per"], found["then"]):
        if each:
            said = join(grammar, said, grammar.per, unit_behind_per(grammar, each))
    if grammar.tag == "de" and not found["last"]:
        said = in_case(said, word_before(found).lower())
    return said + last_dot(found) if found["unit"].endswith(".") else said


_NO_SIZED: Final = frozenset(
    (
        *("wide", "long", "tall", "high", "deep", "thick", "apart", "away", "across", "square"),
        *("above", "below", "under", "over", "behind", "beyond", "into", "onto", "out", "up"),
        *("down", "inside", "outside", "before", "after", "within", "without", "when", "if"),
        *("but", "so", "while", "because", "then", "which", "that", "between", "beneath", "near"),
        *("larger", "smaller", "shorter", "longer", "wider", "higher", "lower", "taller", "deeper"),
        *("more", "less", "left", "right", "diagonally", "diagonal", "vertically", "around"),
        *("is", "are", "was", "were", "has", "have", "had", "can", "must", "should", "will"),
        *("may", "does", "do", "fits", "fit", "nor", "not", "only", "too", "also", "each", "past"),
        *("further", "farther", "total", "minimum", "maximum", "throughout", "toward", "towards"),
    )
)
"""Words behind inches that are no noun with that size."""


def is_size(found: re.Match[str]) -> bool:
    """Whether English inches tell how large the next thing is: the 3.5″ disk, 12″ screens."""
    behind = word_behind(found)
    is_noun = behind.islower() and behind not in NO_NOUN and behind not in _NO_SIZED
    return found["unit"] == "″" and is_noun


def say_count(grammar: Grammar, count: int, unit: str) -> str:
    """Say so many of a unit that every language has, such as "h", "min" and "s"."""
    template = unit_template(grammar, unit, Decimal(count))
    assert template is not None
    return template.replace("{}", grammar.cardinal(count, noun_of(template)))


_COUNTED: Final = frozenset(
    ("GB", "MB", "TB", "KB", "Go", "Mo", "To", "Ko", "W", "kW", "V", "A", "mg", "ml", "g", "l", "h")
)
"""Units of what has no sides: 2 x 500 GB."""


def _say_sides(grammar: Grammar, found: re.Match[str]) -> str | None:
    sides = [side.strip() for side in _BY.split(found["sides"])]
    *others, last = (say_number(grammar, side) for side in sides)
    if found["unit"]:
        template = unit_template(grammar, found["unit"], value_of(grammar, sides[-1]))
        if template is None:
            return None
        last = template.replace("{}", last)
    word = grammar.by
    if found["unit"] in _COUNTED and len(sides) == len(("2", "500 GB")) and grammar.spaced:
        word = grammar.signs["×"]
        others = [say_number(grammar, sides[0], word)]
    by = f" {word} " if grammar.spaced else word
    return join(grammar, say_minus(grammar, found), by.join([*others, last]))


def noun_of(template: str) -> str:
    """Return the first word that a unit's template puts behind its number."""
    behind = template.partition("{}")[2].split()
    return behind[0] if behind else ""


def _is_model(found: re.Match[str]) -> bool:
    return found["first"].startswith("0") and found["first"].isdigit() and len(found["first"]) > 1


def _say_alone(grammar: Grammar, found: re.Match[str]) -> str | None:
    return unit_alone(grammar, found["alone"], many=True)


def say_power(grammar: Grammar, base: str, power: str) -> str:
    """Say a base that is raised to a whole power, such as "2", "-3" or "10"."""
    if power in ("2", "3"):
        raised = grammar.squared if power == "2" else grammar.cubed
        return f"{base}{raised}" if raised[0] in " の的" else f"{base} {raised}"
    digits = power.lstrip("-")
    said = grammar.cardinal(int(digits), "") if len(digits) < 10 else say_digits(grammar, digits)
    if power.startswith("-"):
        said = join(grammar, grammar.minus, said)
    if "{}" in grammar.power:
        return base + grammar.power.replace("{}", said)
    return f"{base} {grammar.power} {said}"


def _say_power(grammar: Grammar, found: re.Match[str]) -> str | None:
    power = found["raised"].translate(_SUPERSCRIPTS).lstrip("^*")
    base = join(grammar, say_minus(grammar, found), say_number(grammar, found["number"]))
    said = say_power(grammar, base, power)
    template = found["unit"] and unit_template(grammar, found["unit"], _MANY)
    return template.replace("{}", said) if template else join(grammar, said, found["unit"] or "")


def _say_fold(grammar: Grammar, found: re.Match[str]) -> str:
    number = say_numbers(grammar, found["number"], found["last"], grammar.fold)
    if grammar.tag == "de" or not grammar.spaced:
        return f"{number}{grammar.fold}"
    return f"{number} {grammar.fold}"


def say_count_of(grammar: Grammar, written: str, unit: str) -> str | None:
    """Say so many of any unit; None where it has no name."""
    template = unit_template(grammar, unit, value_of(grammar, written))
    return template and template.replace("{}", say_number(grammar, written, noun_of(template)))
