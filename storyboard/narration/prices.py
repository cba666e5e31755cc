"""The rule for a slash between a price and what it is for: $12 / month. One language at a time."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, rule
from storyboard.narration.units import unit_behind_per

_PRICED: Final = re.compile(
    rf"(?:[$€£¥]{SPACE}[0-9][0-9.,]*(?:{SPACE}[kKMm])?|[0-9]{SPACE}[$€£¥])"
    r"(?: / [^\W0-9_]{1,15})? $"
)
_LOOKED_AT: Final = 40
"""Characters before a slash that hold the price, and what else it is for."""


def price_rule(grammar: Grammar, counted: str) -> Rule:
    """Return the rule for a slash with blanks around it; `counted` is what finds things or times.

    Behind anything but a price it parts two things: yes / no.
    """

    def say(found: re.Match[str]) -> str | None:
        before = found.string[max(0, found.start() - _LOOKED_AT) : found.start()]
        if _PRICED.search(before) is None:
            return None
        return f"{grammar.per} {unit_behind_per(grammar, found['per'])}"

    slash = rf"(?<=[\w$€£¥]{BLANK})/"
    return rule(
        rf"{slash}{BLANK}(?P<per>{counted})(?![\w²³])", say, rf"{slash}(?={BLANK}[^\W0-9_])"
    )
