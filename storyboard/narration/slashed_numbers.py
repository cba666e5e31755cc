"""Rules for two numbers with a slash between: parts, ratings, steps, years, blood pressures.

Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.fractions import half_before, part_in_case, say_part, units_of_parts
from storyboard.narration.grammar import Grammar
from storyboard.narration.measures import is_size, say_count_of
from storyboard.narration.numerals import join, say_number
from storyboard.narration.rule import (
    Rule,
    any_of,
    is_before_noun,
    rule,
    with_last_dot,
    word_before,
    word_behind,
)
from storyboard.narration.units import unit_alone

_YEAR: Final = "2024"
_THOUSANDTHS: Final = 1000
_PAIRS: Final = (("24", "7"), ("50", "50"), ("20", "20"))
"""What is said without the slash: open 24/7, 20/20 vision."""

_DAYS: Final = 31
_NO_DATES: Final = frozenset(("de", "fr", "es", "it", "pt"))
"""Languages in which 1/13 is a thirteenth, and no day of January."""

_TENTHS: Final = 10
"""The smallest parts that fractions are named by; of smaller ones both numbers are said."""

_COUNTED: Final = frozenset(
    (
        *("step", "page", "part", "slide", "question", "lesson", "module", "phase", "track"),
        *("chapter", "video", "scene", "level", "day", "week", "round", "section", "exercise"),
        *("task", "sheet", "stage", "session", "episode", "volume", "attempt", "figure", "photo"),
        *("schritt", "seite", "teil", "folie", "frage", "lektion", "modul", "kapitel", "szene"),
        *("stufe", "tag", "woche", "runde", "abschnitt", "übung", "aufgabe", "blatt", "band"),
        *("folge", "versuch", "bild", "titel"),
        *("étape", "partie", "diapositive", "leçon", "chapitre", "vidéo", "scène", "niveau"),
        *("jour", "semaine", "exercice", "épisode", "feuille", "essai", "volet", "séance"),
        *("paso", "página", "parte", "diapositiva", "lección", "módulo", "fase", "capítulo"),
        *("vídeo", "escena", "nivel", "día", "semana", "ejercicio", "episodio", "hoja", "sesión"),
        *("passo", "pagina", "lezione", "modulo", "passaggio", "domanda", "capitolo", "scena"),
        *("livello", "giorno", "settimana", "esercizio", "foglio", "sessione", "episodio"),
        *("etapa", "lição", "cena", "nível", "dia", "exercício", "episódio", "folha", "sessão"),
    )
)
"""What is counted: "step 1/3" is no third of a step."""

_OVER: Final = {"en": "over", "de": "zu", "fr": "sur", "es": "sobre", "it": "su", "pt": "por"}
"""Between the two numbers of a blood pressure."""

_COUNTED_OF: Final = {"en": "of", "de": "von", "fr": "sur", "es": "de", "it": "di", "pt": "de"}


def slash_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rule for two numbers with a slash between, in a language."""
    ends = r"(?![\w'’])"
    unit = any_of(units_of_parts(grammar))
    yield rule(
        r"(?<![\w/])(?P<part>0|[1-9][0-9]{0,3})/(?P<whole>[0-9]{1,4})"
        rf"(?:{SPACE}(?P<unit>{unit}){ends})?(?![\w/])",
        lambda found: with_last_dot(_say_fraction(grammar, found), found),
    )


def _is_year_behind(first: str, last: str) -> bool:
    """Tell whether the second number of "2023/24" and "2023/2024" is a year too."""
    are_both = len(last) == len(_YEAR) and {first[:2], last[:2]} <= {"19", "20"}
    return len(first) == len(_YEAR) and (len(last) == 2 or are_both)


_RATINGS: Final = ("、", ", ")
_PARTS_OF_UNIT: Final = frozenset((*range(2, 13), 16, 32, 64))
"""Into how many parts a unit is parted where more than nine of them are meant: 15/16 in."""


def _are_ratings(part: int, whole: int) -> bool:
    """Whether a device works with both of two numbers: 50/60 Hz, 230/400 V."""
    return part >= _TENTHS and whole not in _PARTS_OF_UNIT


def _say_fraction(grammar: Grammar, found: re.Match[str]) -> str | None:
    part, whole = found["part"], found["whole"]
    if (part, whole) in _PAIRS or _is_year_behind(part, whole):
        return " ".join(say_number(grammar, each, in_year=True) for each in (part, whole))
    if found["unit"] and _are_ratings(int(part), int(whole)) and found["unit"] != "mmHg":
        last = say_count_of(grammar, whole, found["unit"])
        return last and f"{say_number(grammar, part)}{_RATINGS[grammar.spaced]}{last}"
    over = _OVER.get(grammar.tag)
    if over and found["unit"] == "mmHg":
        both = (say_number(grammar, part), over, say_number(grammar, whole))
        return join(grammar, *both, unit_alone(grammar, "mmHg", many=True) or "mmHg")
    of = _COUNTED_OF.get(grammar.tag)
    if of and not found["unit"] and word_before(found).lower() in _COUNTED:
        return f"{say_number(grammar, part)} {of} {say_number(grammar, whole)}"
    name = found["unit"] and unit_alone(grammar, units_of_parts(grammar)[found["unit"]])
    before, noun = word_before(found).lower(), name or word_behind(found)
    if name and 0 < int(part) < int(whole):
        if grammar.tag == "en" and (is_before_noun(found) or is_size(found)):
            named = "half" if whole == "2" else grammar.fraction(int(part), int(whole))
            return f"{named} {name}"
        said = say_part(grammar, int(part), int(whole), name)
        return part_in_case(grammar, said, noun, before)
    is_no_date = grammar.tag in _NO_DATES or (grammar.tag == "en" and int(whole) > _DAYS)
    smallest = _THOUSANDTHS if part == "1" and is_no_date else _TENTHS
    if 0 < int(part) < int(whole) <= smallest:
        named = grammar.fraction(int(part), int(whole))
        if (part, whole) == ("1", "2"):
            named = half_before(grammar, word_behind(found)) or named
        return part_in_case(grammar, join(grammar, named, found["unit"] or ""), noun, before)
    if found["unit"]:
        return None
    is_code = len(whole) > 1 and whole.startswith("0")  # 2024/0117
    if grammar.tag in ("ja", "zh", "ko") and not is_code:
        between = {"zh": "分之", "ja": "分の"}.get(grammar.tag, "분의 ")
        return f"{say_number(grammar, whole)}{between}{say_number(grammar, part)}"
    slash = f" {grammar.slash} " if grammar.spaced else grammar.slash
    return f"{say_number(grammar, part)}{slash}{say_number(grammar, whole)}"
