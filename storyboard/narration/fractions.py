"""How a fraction of something is said: half an hour, eine halbe Stunde. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import join

_NEUTER: Final = re.compile(
    r"(?:gramm|pfund|prozent|volt|watt|ampere|byte|grad|jahr|bar|kelvin|pascal|hektar)$",
    re.IGNORECASE,
)
_HALVES: Final = {
    "fr": ("demi-", "demi-"), "es": ("medio ", "media "), "it": ("mezzo ", "mezza "),
    "pt": ("meio ", "meia "),
}  # fmt: skip
_LEAST_OF_NOUN: Final = 4
"""Letters: shorter words behind "1/2" are rarely nouns."""


def say_part(grammar: Grammar, part: int, whole: int, name: str) -> str:
    """Say a fraction of one unit that is called so."""
    if (part, whole) == (1, 2) and (half := half_of(grammar, name)):
        return f"{half}{name}"
    named = grammar.fraction(part, whole)
    match grammar.tag:
        case "en":
            return f"{named} of {_a(name)} {name}"
        case "fr" | "es" | "it" | "pt":
            return f"{named}{grammar.joined(name)}{name}"
        case _:
            return join(grammar, named, name)


def half_of(grammar: Grammar, name: str) -> str:
    """Return what says half before a noun; empty where a language says it in another way."""
    one = grammar.cardinal(1, name)
    is_feminine = one.endswith(("a", "e", "'"))
    match grammar.tag:
        case "en":
            return f"half {_a(name)} "
        case "de":
            ending = "e" if is_feminine else "es" if _NEUTER.search(name) else "er"
            return f"ein{'e' * is_feminine} halb{ending} "
        case "fr":
            return f"{one} {_HALVES['fr'][0]}"
        case "es" | "it" | "pt":
            return _HALVES[grammar.tag][is_feminine]
        case _:
            return ""


def half_before(grammar: Grammar, noun: str) -> str:
    """Return what says half before the next word of a text, if that may be a noun."""
    if grammar.tag not in _HALVES or not noun.islower() or len(noun) < _LEAST_OF_NOUN:
        return ""
    return half_of(grammar, noun).rstrip(" -")


def _a(name: str) -> str:
    return "an" if name[0] in "aeiou" or name.startswith("hour") else "a"
