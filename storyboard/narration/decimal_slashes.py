"""Rules for a slash beside a decimal number: a mark of 4.5/5, Wi-Fi of 2.4/5 GHz, 1.5/2.

Knows one language at a time. Without a word for the slash, "4.5/5" is "four point five five".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import join, list_mark, say_number
from storyboard.narration.rule import Rule, any_of, rule
from storyboard.narration.units import UNITS

_OUT_OF: Final = {
    "en": "out of", "de": "von", "fr": "sur", "es": "sobre", "it": "su", "pt": "em",
}  # fmt: skip
"""Between a mark and the best one."""

_BEST: Final = frozenset(("5", "6", "10", "20", "100"))
"""The best marks that people give."""


def decimal_slash_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for two numbers with a slash between, one of which is decimal."""
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
    yield rule(
        rf"{start}{either})(?P<first>{number})/(?P<last>{number})",
        lambda found: _say(grammar, found),
    )


def _say(grammar: Grammar, found: re.Match[str]) -> str:
    slash = _OUT_OF[grammar.tag] if found["last"] in _BEST else grammar.slash
    first, last = (say_number(grammar, found[name]) for name in ("first", "last"))
    return join(grammar, first, slash, last)
