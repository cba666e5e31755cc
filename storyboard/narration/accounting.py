"""Rules for amounts below zero in parentheses, as reports have them: (4,2) Mio. Euro, (3.1)%.

Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, any_of, last_dot, rule

_AMOUNT: Final = r"\((?P<amount>[$€£¥]?[0-9][0-9.,]{0,20}[0-9])\)"


def accounting_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for such amounts in a language; `again` reads them with a sign."""
    ends = "(?![A-Za-z])" if grammar.multiplies else r"(?![\w])"
    scale = rf"(?:{any_of(grammar.scales)})(?:{ends}|(?={SPACE}[€$£¥]))"
    rest = rf"(?P<rest>{SPACE}(?:%|[€$£¥]|{scale}(?:{SPACE}[€$£¥])?))"
    start = r"\((?=[$€£¥]?[0-9][0-9.,]*\))"
    yield rule(rf"{_AMOUNT}{rest}", lambda found: _say(found, again), starts=start)


def _say(found: re.Match[str], again: Callable[[str], str]) -> str:
    said = again(f"-{found['amount']}{found['rest']}").removesuffix(".")
    return said + (last_dot(found) if found[0].endswith(".") else "")
