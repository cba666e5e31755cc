"""Tells the number of an item of a list from an ordinal, in German: both have a dot behind them."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.opening_words import opens_sentence

_COUNTED: Final = re.compile(
    r"(?:quartal|kw|halbjahr|jahr|kapitel|jahrhundert|geschoss|stock|stockwerk|etage|auflage|platz|mal"
    r"|tag|woche|monat|klasse|liga|runde|advent|weltkrieg|reich|teil|schritt|stufe|phase|band|akt"
    r"|semester|gang|lesung|staffel|rang|gebot|vorsitzende[rn]?|lektion|modul|abschnitt|absatz"
    r"|sitzung|ausgabe|person|hand|wahl|bürgermeister(?:in)?|generation|drittel|viertel|hälfte|satz"
    r"|mannschaft|korinther|mose|samuel|etappe|versuch|preis|sieger(?:in)?|instanz|grad(?:es)?"
    r"|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)s?$",
    re.IGNORECASE,
)
"""Nouns that ordinals count where they begin a sentence."""

_FIRST_ITEM: Final = re.compile(r"(?:^|:\s)1\.\s?")


def begins_item(found: re.Match[str], behind: str) -> bool:
    """Tell whether a number begins an item of a list: "1. Deckel öffnen", but no "2. Quartal"."""
    if _COUNTED.search(behind) or behind in ("und", "bis", "oder"):
        return False
    if found.start() == 0:
        return behind[:1].isupper() or opens_sentence(behind, "de")
    head = found.string[: found.start()].rstrip()
    listed = (
        found.groupdict().get("number") == "1" if head.endswith(":") else head.endswith((",", ";"))
    )
    return listed and _FIRST_ITEM.search(found.string[: found.end()]) is not None
