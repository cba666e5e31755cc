"""Rules for short forms that only their neighbors tell: `c/ IVA`, `Ø 5 mm`, `2 J.`, zones A–C.

Knows one language at a time. What is short wherever it stands is in the table of abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import to_word
from storyboard.narration.rule import NOT_IN_WORD, Rule, last_dot, replaced, rule
from storyboard.narration.units import unit_alone

_DIAMETER: Final = {
    "en": "diameter", "de": "Durchmesser", "fr": "diamètre", "es": "diámetro", "it": "diametro",
    "pt": "diâmetro",
}  # fmt: skip
_PHASES: Final = {
    "en": ("single-phase", "three-phase"), "de": ("einphasig", "dreiphasig"),
    "fr": ("monophasé", "triphasé"), "es": ("monofásico", "trifásico"),
    "it": ("monofase", "trifase"), "pt": ("monofásico", "trifásico"),
}  # fmt: skip
_KELVIN: Final = {
    "en": "kelvins", "fr": "kelvins", "es": "kelvins", "it": "kelvin", "pt": "kelvins",
    "ja": "ケルビン", "zh": "开", "ko": "켈빈",
}  # fmt: skip
"""What the unit of a light's color is called: 2.700 K are no millions."""

_HALVES: Final = {"fr": "semestre", "es": "semestre", "it": "semestre", "pt": "semestre"}

_FORMS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"[Tt]emp\.(?=\s(?:range|of|is)(?!\w))", "temperature"),
        (r"(?<=[0-9] )req(?=/)", "requests"),
        (r"Adj\.(?=\s[A-Z])", "adjusted"),
    ),
    "de": (
        (r"f\.(?=\s[A-ZÄÖÜ][a-zäöüß])", "für"),
        (r"(?<=[0-9] )J\.(?=\s[a-zäöü])", "Jahre"),
        (r"(?<=\. )OG(?!\w)", "Obergeschoss"),
        (r"(?<=\. )UG(?!\w)", "Untergeschoss"),
        (r"VJ(?!\w)", "Vorjahr"),
        (r"(?<=pro )Std\.|(?<=je )Std\.", "Stunde"),
        (r"(?<=pro )Min\.|(?<=je )Min\.", "Minute"),
        (r"(?<=pro )Sek\.|(?<=je )Sek\.", "Sekunde"),
        (r"(?<=im )Ø", "Durchschnitt"),
        (r"Ø(?=-[A-ZÄÖÜ])", "Durchschnitts"),
    ),
    "fr": (
        (r"av\.(?=\s(?:le\s[0-9]|la\s[a-z]|midi|minuit|utilisation|usage))", "avant"),
        (r"(?<=[0-9]e )ét\.", "étage"),
        (r"(?<=[€$]/)act\.", "action"),
        (r"tx(?=\s[a-zé])", "taux"),
        (r"ttes(?=\s[a-zé])", "toutes"),
        (r"ds(?=\s(?:les?|la|un|une|ce|cette|votre|vos)(?!\w))", "dans"),
        (r"(?<=[a-zé]\. )min\.|(?<=[a-zé]{3} )min\.", "minimum"),
        (r"(?<=les )art\.|(?<=aux )art\.|(?<=des )art\.", "articles"),
        (r"ss-sol(?!\w)", "sous-sol"),
        (r"C\. ?trav\.", "Code du travail"),
        (r"C\. ?civ\.", "Code civil"),
    ),
    "es": (
        (r"c/\s?(?=[0-9]|(?:día|mes|año|hora|semana|uno|una)(?!\w))", "cada "),
        (r"(?<=%\s)dto\.", "de descuento"),
        (r"(?<=[hs] de )func\.", "funcionamiento"),
        (r"mod\.(?=\s(?:[0-9]|[A-Z][A-Z0-9-]))", "modelo"),
        (r"(?<=os los )mod\.", "modelos"),
        (r"(?<=ª )pl\.|(?<=, )pl\.(?=\sbaja)", "planta"),
        (r"(?<=año )ant\.", "anterior"),
        (r"(?<=[€$]/)acc\.", "acción"),
    ),
    "it": (
        (r"(?<=IVA )incl\.", "inclusa"),
        (r"(?<=[€$]/)az\.", "azione"),
        (r"(?<=[eo] di )funz\.", "funzionamento"),
        (r"mod\.(?=\s(?:[0-9]|[A-Z][A-Z0-9-]))", "modello"),
        (r"(?<=tti i )mod\.", "modelli"),
        (r"(?<=[0-9]° )p\.|(?<=, )p\.(?=\sterra)", "piano"),
        (r"(?<=per )az\.", "azione"),
    ),
    "pt": (
        (r"c/\s?(?=[^\W\d_])", "com "),
        (r"s/\s?(?=[^\W\d_]{3})", "sem "),
        (r"p/\s?(?=[^\W\d_])", "para "),
        (r"(?<=[hs] de )func\.", "funcionamento"),
        (r"mod\.(?=\s(?:[0-9]|[A-Z][A-Z0-9-]))", "modelo"),
        (r"(?<=os os )mod\.", "modelos"),
        (r"(?<=º )and\.", "andar"),
        (r"(?<=[.,] )esq\.", "esquerdo"),
    ),
}
"""What is found in each language, and what is said."""


def short_form_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules of a language; `again` reads a part of a text."""
    tag = grammar.tag
    for pattern, said in _FORMS.get(tag, ()):
        head = "" if pattern.startswith("(?<=") else NOT_IN_WORD
        yield _with_dot(head + pattern, said)
    if tag in _DIAMETER:
        yield replaced(rf"{NOT_IN_WORD}[Ø⌀](?=\s?[0-9])", f"{_DIAMETER[tag]} ")
        one, three = _PHASES[tag]
        phases = r"(?<![\w.,])(?P<phases>[13])~\s?(?=[0-9]{3}\s?V(?!\w))"
        yield rule(phases, lambda found: f"{one if found['phases'] == '1' else three} ")
    if tag in _HALVES:
        half = r"(?<=[0-9]er )sem\.|(?<=[0-9][eº°] )sem\.|(?<=nd )sem\.|(?<=\.er )sem\."
        yield _with_dot(half, _HALVES[tag])
    sizes = "X{0,3}[SL]|M|[A-Z]"
    span = rf"(?<![\w.,–-])(?P<first>{sizes})–(?P<last>{sizes})(?![\w–-])"
    yield rule(
        span,
        lambda found: f"{found['first']}{to_word(grammar)}{found['last']}",
        rf"(?<![\w.,–-])(?:{sizes})–(?=[A-Z])",
    )
    yield rule(
        r"(?<![\w.,$€£¥])(?P<number>[1-9][.,]?[0-9]{3})\s?K(?![\w$€£/])",
        lambda found: f"{again(found['number'])} {_KELVIN.get(tag, 'Kelvin')}",
    )
    if grammar.spaced:
        yield replaced(r"(?<=[0-9][a-h])[–-](?=[a-h](?!\w))", to_word(grammar))
    else:
        units = "km|kg|m²|m|t|kWh|MWh|kW|MW|ha|L"
        many = rf"(?<=[万億亿])(?:{units})(?![A-Za-z²])"
        yield rule(many, lambda found: unit_alone(grammar, found[0]), many)
    volts = r"(?P<kind>AC|DC)(?P<volts>[0-9]{1,4}(?:[.,][0-9])?\s?V)(?![A-Za-z])"
    yield rule(
        rf"(?<![A-Za-z]){volts}",
        lambda found: f"{again(found['kind'])} {again(found['volts'])}",
        r"(?<![A-Za-z])(?:AC|DC)(?=[0-9]{1,4})",
    )


def _with_dot(pattern: str, said: str) -> Rule:
    """Return a rule that keeps the dot of what is short where it ends the sentence too."""

    def say(found: re.Match[str]) -> str:
        return said + (last_dot(found) if found[0].endswith(".") else "")

    return rule(pattern, say, pattern)
