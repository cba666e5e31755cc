"""Rules that only German has, such as for "3fach", "KW 12" and "230-V-Versorgung"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.narration.abbreviations import SHORTENED
from storyboard.narration.german_codes import german_code_rules
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import say_number
from storyboard.narration.rule import NOT_IN_WORD, Rule, last_dot, replaced, rule
from storyboard.narration.units import unit_alone


def german_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for short words, parts of words and units."""
    part = "mal|fach|jährig|tägig|stündig|minütig|wöchig|monatig|stellig|teilig|prozentig"
    yield rule(
        rf"(?<![\w.,])(?P<number>[0-9]{{1,6}})-?(?P<part>(?:{part})[^\W0-9_]{{0,2}})(?![\w])",
        lambda found: grammar.cardinal(int(found["number"]), "Mal") + found["part"],
    )
    see = rf"{NOT_IN_WORD}s\.(?=\s(?:Abb|Tab|Kap|Abschn|Anh|Anl|Pos|Ziff|S)\.|\s(?:Seite|Bild)\s)"
    yield replaced(see, "siehe")
    und = r"(?<=[^\W_]\s)u\.(?=\s(?:[^\W0-9_]{2}|[≥≤<>±0-9]))"
    yield replaced(und, "und")
    # "Geb. 1980" tells of a birth, and "Geb. 4" of a house.
    house = rf"{NOT_IN_WORD}Geb\.(?=\s?(?:[0-9]{{1,3}}[a-z]?|[A-Z][0-9]{{0,2}})(?![\w]|\.\s))"
    yield replaced(house, "Gebäude")
    compound = rf"{NOT_IN_WORD}{SHORTENED}\."
    yield rule(compound, _say_whole, compound)
    week = rf"{NOT_IN_WORD}KW(?=\s?[0-9]{{1,2}}(?![\w]|[.,][0-9]))|(?<=[0-9]\.\s)KW(?![\w])"
    yield replaced(week, "Kalenderwoche")
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,6})\s?%ig(?P<end>[^\W0-9_]{0,2})(?![\w])",
        lambda found: f"{grammar.cardinal(int(found['number']), 'Mal')}prozentig{found['end']}",
    )
    next_one = r"(?<=[0-9]\s)f\.|(?<=[0-9])f\.(?!\w)"
    yield rule(next_one, lambda found: f" folgende{last_dot(found)}", next_one)
    yield replaced(r"(?<=[0-9]\s)St\.", "Stück")
    yield from german_code_rules(grammar)
    thousands = r"(?<=[0-9])\s?TEUR(?![\w])"
    yield replaced(thousands, " tausend Euro")
    yield rule(r"/St\.", lambda found: f" pro Stück{last_dot(found)}")
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,5}(?:,[0-9]{1,3})?)-(?P<unit>[A-Zmkµ][A-Za-z]{0,2})-(?=[A-ZÄÖÜ][a-zäöü])",
        lambda f: _say_hyphened_unit(grammar, f),
    )


def _say_whole(found: re.Match[str]) -> str:
    """Say "Vorlauftemp." and "Nennspg." as whole words."""
    word = found[0].removesuffix(".")
    whole = f"{word}eratur" if word.endswith("temp") else f"{word.removesuffix('spg')}spannung"
    return whole + last_dot(found)


def _say_hyphened_unit(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the unit of "230-V-Versorgung": what is none stays."""
    unit = unit_alone(grammar, found["unit"])
    number = say_number(grammar, found["number"], "Mal")
    return f"{number}-{unit.replace(' ', '-')}-" if unit else None
