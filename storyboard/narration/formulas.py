"""Rules for formulas of chemistry: CO2, Ca²⁺, OH-, ²³⁵U. Knows one language at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import join
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, rule

_LOWERED: Final = "₀-₉"
_FORMULAS: Final = (
    *("CO2", "H2O", "NO2", "SO2", "CH4", "H2SO4", "HNO3", "H3PO4", "H2CO3", "H2O2", "H2S", "NH3"),
    *("NH4", "NO3", "SO3", "SO4", "PO4", "N2O", "N2", "O2", "O3", "SF6", "SiO2", "TiO2", "Al2O3"),
    *("Fe2O3", "CaCO3", "CaCl2", "CaSO4", "MgCl2", "FeCl3", "FeSO4", "NaHCO3", "Na2CO3", "NaNO3"),
    *("CuSO4", "BaSO4", "AgNO3", "KMnO4", "PbO2", "MnO2", "ZnCl2", "CH3OH", "C2H5OH", "C2H4"),
    *("C2H2", "C2H6", "C3H8", "C4H10", "C6H6", "C6H12O6", "CHCl3", "CCl4", "COCl2"),
    *("CO3", "HCO3", "HPO4", "CrO4", "S2O3"),
)
"""Formulas that are written in plain digits: other letters with digits are names, such as B2B."""

_FORMULA: Final = (
    rf"{NOT_IN_WORD}(?:{any_of(_FORMULAS)}"
    rf"|(?=[A-Za-z]{{1,8}}[{_LOWERED}])[A-Z][A-Za-z{_LOWERED}]{{1,15}})(?![\w])"
)
_ATOM: Final = re.compile(rf"[A-Z][a-z]?|[{_LOWERED}]+|[0-9]+|[a-z]+")
_POLYATOMIC: Final = "SO[34]|CO3|PO4|HPO4|SiO3|CrO4|Cr2O7|S2O3|C2O4"
_ANIONS: Final = "OH|Cl|Br|NO[23]|HCO3|HSO4|H2PO4|ClO[34]?|MnO4|CN|SCN|HS"
"""What is charged below zero, where no other sign tells: OH-, SO4 2-."""


def formula_rule(grammar: Grammar, again: Callable[[str], str]) -> Rule:
    """Return the rule for what is no ion; `again` reads a part of a formula."""
    return rule(_FORMULA, lambda found: _say_formula(grammar, found, again), starts=_FORMULA)


def ion_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for ions and isotopes: Ca²⁺, ²³⁵U."""
    ion = r"(?<![\w])(?P<ion>[A-Z][a-z]?(?:[A-Z][a-z]?|[₀-₉0-9]){0,8})"
    ion += r"(?P<many>[²³⁴-⁹]?)(?P<charge>[⁺⁻])"
    yield rule(
        ion,
        lambda found: _say_ion(grammar, found, again),
        starts=r"(?<![\w])[A-Z](?=[A-Za-z₀-₉0-9]{0,12}[²³⁴-⁹]?[⁺⁻])",
    )
    # What ends in a hyphen is more often the first part of a word: "Na- und K-Salze".
    charged = r"[A-Z][A-Za-z0-9]{0,6}\s?[23]?[-+⁺⁻]"
    ends = rf"(?=[,;.:)]?(?:\s|$)|[,;:)])(?!\s(?:und|oder|en|of)\s(?!{charged}))"
    plain = rf"(?P<polyatomic>{_POLYATOMIC})\s?(?P<many>[23])|(?P<one>{_ANIONS})"
    yield rule(
        rf"(?<![\w-])(?:{plain})-{ends}",
        lambda found: join(
            grammar,
            again(found["polyatomic"] or found["one"]),
            again(found["many"]) if found["many"] else "",
            grammar.minus,
        ),
        rf"(?<![\w-])(?:{_POLYATOMIC}|{_ANIONS})(?=\s?[23]?-)",
    )
    isotope = r"(?<![^\s(])[⁰¹²³⁴-⁹]{1,3}(?=[A-Z][a-z]?(?![\w]))"
    yield rule(
        rf"(?P<mass>{isotope})(?P<atom>[A-Z][a-z]?)",
        lambda found: f"{found['atom']} {again(_lowered(found['mass']))}",
    )


def _say_formula(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str:
    plain = unicodedata.normalize("NFKC", found[0])
    parts = _ATOM.findall(plain)
    return join(
        grammar, *(again(part) if part.isdigit() else f" {part} " for part in parts)
    ).strip()


def _say_ion(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str:
    """Say what is charged, and how much: Ca²⁺, SO₄²⁻."""
    sign = grammar.signs["+"] if found["charge"] == "⁺" else grammar.minus
    many = again(_lowered(found["many"])) if found["many"] else ""
    return join(grammar, again(found["ion"]), many, sign)


def _lowered(raised: str) -> str:
    return raised.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
