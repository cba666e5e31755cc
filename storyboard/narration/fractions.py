"""How a fraction of something is said: half an hour, eine halbe Stunde. Knows no text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.grammars.german import in_case
from storyboard.narration.numerals import join
from storyboard.narration.units import UNITS

_NEUTER: Final = re.compile(
    r"(?:gramm|pfund|prozent|volt|watt|ampere|byte|grad|jahr|bar|kelvin|pascal|hektar|glas|stück"
    r"|blatt|kilo|dutzend|brot|paket|ei|fass|blech|huhn|leben|chen|lein|semester|quartal|bier"
    r"|stockwerk|gehalt)$",
    re.IGNORECASE,
)
_HALVES: Final = {
    "fr": ("demi-", "demi-"), "es": ("medio ", "media "), "it": ("mezzo ", "mezza "),
    "pt": ("meio ", "meia "),
}  # fmt: skip
_HOURS: Final = {
    "fr": ("heure", "heures"), "es": ("hora", "horas"), "it": ("ora", "ore"),
    "pt": ("hora", "horas"),
}  # fmt: skip
"""What stands behind a fraction as a unit does: half of it comes behind it, "un'ora e mezza"."""

_LEAST_OF_NOUN: Final = 4
"""Letters: shorter words behind "1/2" are rarely nouns."""


def units_of_parts(grammar: Grammar) -> Mapping[str, str]:
    """Return what may be parted: all units but degrees, and hours by their name."""
    hours = dict.fromkeys(_HOURS.get(grammar.tag, ()), "h")
    return {each: each for each in UNITS if each != "°"} | hours


def say_part(grammar: Grammar, part: int, whole: int, name: str) -> str:
    """Say a fraction of one unit that is called so."""
    if (part, whole) == (1, 2) and (half := half_of(grammar, name)):
        return f"{half}{name}"
    named = grammar.fraction(part, whole)
    match grammar.tag:
        case "en":
            return f"{named} of {_a(name)} {name}"
        case "fr" | "es" | "it" | "pt":
            of = " d'" if _is_elided(grammar, name) else grammar.joined(name)
            return f"{named}{of}{name}"
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
            half = _HALVES[grammar.tag][is_feminine]
            return f"{half[:-2]}'" if _is_elided(grammar, name) else half
        case _:
            return ""


def _is_elided(grammar: Grammar, name: str) -> bool:
    """Whether Italian joins what it says before a noun with it: mezz'ora, tre quarti d'ora."""
    return grammar.tag == "it" and grammar.cardinal(1, name).endswith("'")


def half_before(grammar: Grammar, noun: str) -> str:
    """Return what says half before the next word of a text, if that may be a noun."""
    if grammar.tag == "de":
        return half_of(grammar, noun).rstrip() if noun[:1].isupper() else ""
    if grammar.tag not in _HALVES or not noun.islower() or len(noun) < _LEAST_OF_NOUN:
        return ""
    return half_of(grammar, noun).rstrip(" -").replace("mezz'", "mezza")


def part_in_case(grammar: Grammar, said: str, noun: str, before: str) -> str:
    """Return a German fraction of a noun as the word before it wants it: nach einer halben Stunde.

    Others stay as they are.
    """
    if grammar.tag != "de" or not noun[:1].isupper():
        return said
    said = _quarters(grammar, said, noun)
    one, _, rest = said.partition(" ")
    cased = in_case(said, before)
    is_oblique = cased != said or before in ("einen", "einem", "einer", "den", "dem")
    if rest.startswith("halb") and is_oblique:
        cased = re.sub(r"\bhalbe[rs]?\b", "halben", cased)
    if before in _ARTICLES and one in ("ein", "eine"):
        cased = cased.partition(" ")[2]
        return re.sub(r"^halbe[rs]\b", "halbe", cased) if before in ("der", "das") else cased
    return cased


def _quarters(grammar: Grammar, said: str, noun: str) -> str:
    """Say "eine viertel Stunde", and no fourth of one."""
    if grammar.cardinal(1, noun) != "eine":
        return said
    said = re.sub(r"^ein Viertel\b", "eine viertel", said)
    return re.sub(r"^drei Viertel\b", "eine dreiviertel", said)


_ARTICLES: Final = frozenset(("ein", "eine", "einen", "einem", "einer", "der", "die", "das"))


def _a(name: str) -> str:
    return "an" if name[0] in "aeiou" or name.startswith("hour") else "a"
