"""Rules for Roman numerals, of people, parts and centuries. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, rule, word_before

ROMAN: Final = r"(?=[IVX])(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))"
_LONG_ROMAN: Final = (
    r"(?=[IVXLCDM]{4})(?=[IVX]*[LCDM])(?=[LCDM]*[IVX])"
    r"(?P<roman>M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
)
"""Of fifty and more: shorter ones are as often initials, as in "Washington DC"."""

ROMAN_START: Final = rf"{NOT_IN_WORD}[IVX]"
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
RULERS: Final = frozenset(
    (
        *("Louis", "Henry", "Elizabeth", "Charles", "George", "Edward", "Richard", "James"),
        *("William", "Paul", "Benedict", "Gregory", "Pius", "Leo", "Philip", "Alexander"),
        *("Ludwig", "Heinrich", "Friedrich", "Wilhelm", "Karl", "Papst", "Leopold", "Johannes"),
        *("Otto", "Georg", "Benedikt", "Pope", "King", "Queen", "Nicholas", "Peter", "Frederick"),
        *("Felipe", "Alfonso", "Carlos", "Fernando", "Isabel", "Enrique", "Juan", "Pablo"),
        *("Margarita", "Catalina", "Juana", "Cristina", "Pedro", "Maria", "João", "Afonso"),
        *("Manuel", "Vittorio", "Emanuele", "Umberto", "Giovanni", "Paolo", "Luigi", "Papa"),
        *("Francis", "Napoleon", "Victoria", "Catherine", "Franz", "Josef", "Christian", "Harald"),
    )
)
"""Names behind which a Roman numeral counts people."""

_QUEENS: Final = frozenset(
    ("Isabel", "Margarita", "Catalina", "Victoria", "Juana", "Cristina", "Maria")
)
_CENTURY: Final = re.compile(r"\s(?:century|centuries|Jahrhundert|siècle|secolo)", re.IGNORECASE)


def roman_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for Roman numerals in a language."""
    if grammar.spaced and grammar.tag != "ko":
        yield rule(
            rf"{NOT_IN_WORD}{_LONG_ROMAN}(?![\w'’]|[.-]\w)",
            lambda f: _say_long_roman(grammar, f),
            starts=rf"{NOT_IN_WORD}(?=[IVXLCDM]{{4}})[XLCDM]",
        )
        yield rule(
            rf"{NOT_IN_WORD}{ROMAN}(?![\w'’]|[.-]\w)",
            lambda f: _say_roman(grammar, f),
            starts=ROMAN_START,
        )


def value_of_roman(roman: str) -> int:
    total = 0
    for sign, following in zip(roman, f"{roman[1:]}I", strict=True):
        value = _VALUES[sign]
        total += -value if value < _VALUES[following] and len(roman) > 1 else value
    return total


def _say_long_roman(grammar: Grammar, found: re.Match[str]) -> str:
    number = value_of_roman(found["roman"])
    return grammar.year(number, "") or grammar.cardinal(number, "")


def _say_roman(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say a Roman numeral behind a name or a label, or before a century."""
    roman, before = found["roman"], word_before(found)
    if not roman:
        return None
    number = value_of_roman(roman)
    if _CENTURY.match(found.string, found.end()):
        return grammar.ordinal(number, Form.PLAIN)
    if before.lower() in grammar.parts:
        return grammar.cardinal(number, "")
    # "Carlos I" is a king, and "Charles I know" is none.
    is_alone = len(roman) < 2 and (before not in RULERS or (roman == "I" and grammar.tag == "en"))
    if is_alone or not before[:1].isupper() or len(before) < 3:
        return None
    if before not in RULERS:
        return grammar.cardinal(number, "")
    match grammar.tag:
        case "en":
            return f"the {grammar.ordinal(number, Form.PLAIN)}"
        case "es" | "pt" | "it" if number <= 10:
            return grammar.ordinal(number, Form.FEMININE if before in _QUEENS else Form.PLAIN)
        case "de":
            return f"der {grammar.ordinal(number, Form.PLAIN).capitalize()}"
        case _:
            return grammar.cardinal(number, "")
