"""The rule for short numbers that are called: 112, 911. Knows which words tell of a call.

Elsewhere such a number counts: "call 150 people".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.english_counts import is_plural
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import say_digits, say_number
from storyboard.narration.rule import (
    NO_NOUN,
    Rule,
    rule,
    word_before,
    word_behind,
    words_before,
)

_EMERGENCY: Final = (
    r"(?<![\w.,])(?:1[0-9]{2}|911|999|000)(?![A-Za-z0-9.,:%-]*[A-Za-z0-9%€$])"
    r"(?!\s?(?:[ad]\.\s?C|[nv]\.\s?Chr|ap?[vr]\.)(?!\w))"
)
"""Short numbers that may be called; before an era they are years."""

_DIAL: Final = ("wählen", "rufen", "anrufen", "alarmieren")
_CALLED: Final = frozenset(
    (
        *(
            "call",
            "calling",
            "dial",
            "wählen",
            "wählt",
            "wähle",
            "rufen",
            "ruft",
            "rufe",
            "notruf",
            "telefon",
            "tel",
        ),
        *("composez", "appelez", "composer", "appeler", "llame", "llamar", "marque", "marcar"),
        *("chiamate", "chiamare", "chiama", "chiami", "componete", "ligue", "ligar", "disque"),
        *("notfall", "emergency", "urgence", "emergencia", "emergenza", "emergência"),
    )
)
"""Words behind which a short number is called, though others stand between."""

_BETWEEN_CALLED: Final = frozenset(
    (
        *("sie", "die", "den", "bitte", "im", "notfall", "immer", "zuerst", "oder", "und"),
        *("or", "and", "the", "immediately", "le", "ou", "et", "au", "el", "al", "o", "y", "e"),
        *("il", "lo", "para", "sofort", "direkt"),
    )
)
"""Words that may stand there."""

BEHIND_CALLED: Final = NO_NOUN | frozenset(
    (
        *("after", "again", "before", "but", "directly", "during", "first", "if", "immediately"),
        *("instead", "now", "only", "right", "then", "today", "unless", "until", "when", "while"),
        *("an", "auf", "aus", "bei", "bevor", "bitte", "dann", "direkt", "falls", "für", "im"),
        *("immer", "ist", "jetzt", "nicht", "nur", "oder", "rund", "sobald", "sofort", "sowie"),
        *("um", "und", "von", "vor", "wenn", "zu", "zuerst", "erreichen", "erreichbar", *_DIAL),
        *("avant", "depuis", "directement", "dès", "en", "est", "et", "gratuitement", "lorsque"),
        *("immédiatement", "ou", "pour", "puis", "quand", "sans", "si", "tout", "uniquement"),
        *("répond", "à"),
        *("ahora", "ante", "antes", "cuando", "de", "desde", "e", "es", "inmediatamente", "o"),
        *("para", "por", "primero", "sin", "u", "y"),
        *("da", "gratuitamente", "immediatamente", "oppure", "per", "poi", "prima", "quando"),
        *("se", "subito", "è"),
        *("agora", "caso", "em", "imediatamente", "já", "sem", "é"),
    )
)
"""Words behind a number to call; behind any other small word it counts: "call 150 people"."""

_THE_NUMBER: Final = frozenset(
    (
        *("al", "el", "le", "au", "il", "o", "ao", "emergency", "notruf", "nummer", "número"),
        *("numéro", "numero"),
    )
)
"""Words before a number that is one, whatever follows: "llame al 112 cuanto antes"."""


_SERVICES: Final = frozenset(
    (
        *("police", "brigade", "ambulance", "services", "feuerwehr", "polizei", "notrufnummer"),
        *("rettungsdienst", "leitstelle", "rettungsleitstelle", "notarzt", "emergencias"),
        *("bomberos", "policía", "teléfono", "ambulancias", "soccorso", "unico", "carabinieri"),
        *("polizia", "fuoco", "emergenze", "bombeiros", "samu", "polícia", "emergências"),
    )
)
"""Who is called: "Feuerwehr 112", "Pronto soccorso: 118"."""

_AMERICAN: Final = "911"

_FRENCH_SHORT: Final = r"(?<![\w.,+-])3[0-9](?P<last>[0-9]{2})(?![\w]|[.,:%-][0-9]|\s?[%€])"
"""Numbers of four digits that are said in pairs in France: 3919, 3114."""

_BEFORE_SHORT: Final = frozenset(("le", "au", "du", "numéro", "composez", "appelez", "contactez"))


def called_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules of a language."""
    yield rule(_EMERGENCY, lambda found: _say_emergency(grammar, found))
    if grammar.tag == "fr":
        yield rule(_FRENCH_SHORT, lambda found: _say_french_short(grammar, found))


def _say_french_short(grammar: Grammar, found: re.Match[str]) -> str | None:
    behind = word_behind(found)
    is_named = word_before(found).lower() in _BEFORE_SHORT
    if not is_named or found["last"] == "00" or (behind and behind not in BEHIND_CALLED):
        return None
    return f"{grammar.cardinal(int(found[0][:2]), '')} {say_number(grammar, found['last'])}"


def _say_emergency(grammar: Grammar, found: re.Match[str]) -> str | None:
    if grammar.tag == "fr" and found[0].startswith("1"):
        return None  # le cent douze
    before = word_before(found).lower()
    if grammar.tag == "en" and found[0] == _AMERICAN:
        return None if _is_counted(found, before) else say_digits(grammar, found[0])
    is_dialed = before in grammar.dialed_behind or (
        not grammar.spaced and before.endswith(tuple(grammar.dialed_behind))
    )
    behind = word_behind(found)
    is_dialed = is_dialed or behind in _DIAL or is_called(found) or before in _SERVICES
    is_dialed = is_dialed or (before == "number" and "emergency" in words_before(found))
    if not is_dialed or behind[:1].isupper():
        return None
    if grammar.spaced and before not in _THE_NUMBER and behind and behind not in BEHIND_CALLED:
        return None
    return say_digits(grammar, found[0])


def _is_counted(found: re.Match[str], before: str) -> bool:
    """Tell whether 911 is no number to call: 911 units, a Porsche 911."""
    behind = word_behind(found)
    is_counted = is_plural(behind) or behind in ("of", "million", "billion", "thousand", "percent")
    return is_counted or before in ("porsche", "room", "page", "year")


def is_called(found: re.Match[str]) -> bool:
    """Tell whether only small words and other such numbers part a number from a call for it."""
    called = False
    for word in words_before(found):
        called = word in _CALLED or (called and word in _BETWEEN_CALLED)
    return called
