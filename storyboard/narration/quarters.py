"""Rules for quarters of a year as the Romance languages write them: T3 2024, 3T25, 1T 2024."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, rule

_OF: Final = {"es": "de", "it": "del", "pt": "de"}


def quarter_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for quarters in a language; `again` reads their years."""

    def said(found: re.Match[str]) -> str:
        return f"{grammar.ordinal(int(found['n']), Form.MASCULINE)} trimestre"

    def dated(found: re.Match[str]) -> str:
        year = found["year"]
        whole = f"20{year}" if year and len(year) == len("25") else year
        if not whole:
            return said(found)
        return f"{said(found)} {_OF[grammar.tag]} {again(whole)}"

    match grammar.tag:
        case "fr":
            year = r"(?:/(?=(?:19|20)[0-9]{2}(?![0-9]))|(?=\s(?:19|20)[0-9]{2}))"
            yield rule(rf"{NOT_IN_WORD}T(?P<n>[1-4]){year}", said, rf"{NOT_IN_WORD}T(?=[1-4])")
        case "es" | "it" | "pt":
            before = r"T(?P<n>[1-4])(?:/|\s)(?P<year>20[0-9]{2}|(?<=/)[0-9]{2})(?![\w]|[.,/][0-9])"
            yield rule(rf"{NOT_IN_WORD}{before}", dated, rf"{NOT_IN_WORD}T(?=[1-4][/\s]2)")
            year = r"(?:[\s/]?(?:del?\s)?(?P<year>20[0-9]{2}|[0-9]{2})(?![\w]|[.,][0-9]))?"
            yield rule(rf"(?<![\w.,])(?P<n>[1-4])T{year}(?![^\W0-9])", dated)
