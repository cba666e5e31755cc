"""Rules for marks that people give, and for a slash beside a decimal: 4/5 stars, 4.5/5, 1.5/2.

Knows one language at a time. Without a word for the slash, "4.5/5" is "four point five five".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import join, list_mark, say_number
from storyboard.narration.rule import Rule, any_of, rule, word_behind, words_before
from storyboard.narration.units import UNITS

_OUT_OF: Final = {
    "en": "out of", "de": "von", "fr": "sur", "es": "sobre", "it": "su", "pt": "em",
}  # fmt: skip
"""Between a mark and the best one."""

_BEST: Final = frozenset(("5", "6", "10", "20", "100"))
"""The best marks that people give."""


_STARS: Final = frozenset(
    (
        *("star", "stars", "points", "sterne", "sternen", "punkte", "punkten", "étoiles"),
        *("estrellas", "puntos", "stelle", "punti", "estrelas", "pontos"),
    )
)
"""What marks are counted in."""

_RATED: Final = {
    "en": ("rated", "rating", "score", "scored", "scores", "graded"),
    "de": ("bewertet", "bewertung"),
    "fr": ("note", "noté", "notée", "notés", "évalué"),
    "es": ("nota", "puntuación", "valoración", "valorado"),
    "it": ("voto", "valutato", "valutata", "punteggio", "valutazione"),
    "pt": ("nota", "pontuação", "avaliação", "avaliado"),
}  # fmt: skip
"""Words shortly before a mark."""


def mark_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for marks, and for two numbers with a slash between, one of them decimal."""
    if not grammar.spaced or grammar.tag not in _OUT_OF:
        return
    point = re.escape(grammar.decimal)
    number, decimal = rf"[0-9]{{1,3}}(?:{point}[0-9]{{1,2}})?", rf"[0-9]{{1,3}}{point}[0-9]{{1,2}}"
    either = rf"(?=(?:{decimal}/{number}|[0-9]{{1,3}}/{decimal})(?![\w/]|[.,][0-9])"
    start = r"(?<![\w/.,])"
    yield rule(
        rf"{start}{either}{SPACE}(?:{any_of(UNITS)})(?!\w))(?P<first>{number})/",
        lambda found: f"{say_number(grammar, found['first'])}{list_mark(grammar)}",
    )
    best = rf"(?P<last>{any_of(_BEST)})(?![\w/]|[.,][0-9])"
    yield rule(
        rf"{start}(?P<first>[0-9]{{1,3}})/{best}",
        lambda found: _say_out_of(grammar, found) if _is_mark(grammar, found) else None,
    )
    yield rule(
        rf"{start}(?P<first>{decimal}){BLANK}/{BLANK}{best}(?!{SPACE}(?:{any_of(UNITS)})(?!\w))",
        lambda found: _say_out_of(grammar, found),
    )
    yield rule(
        rf"{start}{either})(?P<first>{number})/(?P<last>{number})",
        lambda found: _say(grammar, found),
    )


def _is_mark(grammar: Grammar, found: re.Match[str]) -> bool:
    """Whether a fraction is a mark: stars stand behind it, or a word before it says so."""
    return word_behind(found).lower() in _STARS or any(
        each in _RATED[grammar.tag] for each in words_before(found)
    )


def _say(grammar: Grammar, found: re.Match[str]) -> str:
    if found["last"] in _BEST:
        return _say_out_of(grammar, found)
    first, last = (say_number(grammar, found[name]) for name in ("first", "last"))
    return join(grammar, first, grammar.slash, last)


def _say_out_of(grammar: Grammar, found: re.Match[str]) -> str:
    first, last = (say_number(grammar, found[name]) for name in ("first", "last"))
    return join(grammar, first, _OUT_OF[grammar.tag], last)
