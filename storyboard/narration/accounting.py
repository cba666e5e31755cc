"""Rules for amounts below zero in parentheses, as reports have them: (4,2) Mio. Euro, (3.1)%.

Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, any_of, last_dot, rule, word_before

_AMOUNT: Final = r"\((?P<amount>[$€£¥]?[0-9][0-9.,]{0,20}[0-9])\)"


def accounting_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for such amounts in a language; `again` reads them with a sign."""
    ends = "(?![A-Za-z])" if grammar.multiplies else r"(?![\w])"
    scale = rf"(?:{any_of(grammar.scales)})(?:{ends}|(?={SPACE}[€$£¥]))"
    rest = rf"(?P<rest>{SPACE}(?:%|[€$£¥]|{scale}(?:{SPACE}[€$£¥])?))"
    start = r"\((?=[$€£¥]?[0-9][0-9.,]*\))"
    yield rule(rf"{_AMOUNT}{rest}", lambda found: _say(grammar, found, again), starts=start)


def _say(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    if _is_of_law(grammar, found):
        return None
    said = again(f"-{found['amount']}{found['rest']}").removesuffix(".")
    return said + (last_dot(found) if found[0].endswith(".") else "")


def _is_of_law(grammar: Grammar, found: re.Match[str]) -> bool:
    """Whether it is a paragraph with its letter, and no amount: Article 5 (12) b."""
    if not found["amount"].isdigit() or re.fullmatch("[A-Za-z]", found["rest"].strip()) is None:
        return False
    head = found.string[: found.start()].rstrip()
    return head[-1:].isdigit() or head[-1:] == "§" or word_before(found).lower() in grammar.parts
