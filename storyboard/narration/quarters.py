"""Rules for parts of a year as the Romance languages write them: T3 2024, 3T25, S1 2024, 1S25."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, replaced, rule

_PART: Final = "(?:T(?=[1-4])|S(?=[12]))(?P<n>[1-4])"
_OF: Final = {"es": "de", "it": "del", "pt": "de"}
_TO_THE: Final = {"fr": "au", "es": "al", "it": "al", "pt": "ao"}
"""What stands between two of them."""


def quarter_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for quarters and half-years in a language; `again` reads their years."""

    def said(found: re.Match[str]) -> str:
        part = "semestre" if "S" in found[0] else "trimestre"
        return f"{grammar.ordinal(int(found['n']), Form.MASCULINE)} {part}"

    def dated(found: re.Match[str]) -> str:
        year = found["year"]
        whole = f"20{year}" if year and len(year) == len("25") else year
        if not whole:
            return said(found)
        return f"{said(found)} {_OF[grammar.tag]} {again(whole)}"

    if grammar.tag in _TO_THE:
        dated_part = r"[TS][1-4](?:/|\s)(?:19|20)[0-9]{2}"
        to = rf"(?<=[TS][1-4])[-–](?={dated_part})|(?<=[1-4][TS])[-–](?=[1-4][TS])"
        yield replaced(to, f" {_TO_THE[grammar.tag]} ")
    match grammar.tag:
        case "fr":
            year = r"(?:/(?=(?:19|20)[0-9]{2}(?![0-9]))|(?=(?:[-–]T[1-4])?\s(?:19|20)[0-9]{2}))"
            yield rule(rf"{NOT_IN_WORD}{_PART}{year}", said, rf"{NOT_IN_WORD}[TS](?=[1-4])")
        case "es" | "it" | "pt":
            before = rf"{_PART}(?:/|\s)(?P<year>20[0-9]{{2}}|(?<=/)[0-9]{{2}})(?![\w]|[.,/][0-9])"
            yield rule(rf"{NOT_IN_WORD}{before}", dated, rf"{NOT_IN_WORD}[TS](?=[1-4][/\s]2)")
            first = rf"{NOT_IN_WORD}{_PART}(?=[-–][TS][1-4](?:/|\s)20[0-9]{{2}})"
            yield rule(first, said, rf"{NOT_IN_WORD}[TS](?=[1-4][-–][TS])")
            year = r"(?:[\s/]?(?:del?\s)?(?P<year>20[0-9]{2}|[0-9]{2})(?![\w]|[.,][0-9]))?"
            yield rule(
                rf"(?<![\w.,])(?P<n>[1-4](?=T)|[12](?=S2|S\s?(?:del?\s)?20))[TS]{year}(?![^\W0-9])",
                dated,
            )
