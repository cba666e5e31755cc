"""Rules for the dash between two names with a number, as in Q1-Q3. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import to_word
from storyboard.narration.rule import Rule, rule

_NEAR: Final = 12
"""Characters beside a dash that hold "Q4 2023"."""

_BEFORE: Final = re.compile(r"(?<![^\W_])(?<![.-])(?P<letters>[A-Z]{1,3})(?P<number>[0-9]{1,4})$")
_BEHIND: Final = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<number>[0-9]{1,4})(?![A-Za-z0-9-])")
_PART: Final = "(?:[QT][1-4]|[HS][12])"
_DATED_BEFORE: Final = re.compile(rf"(?<![^\W_]){_PART}[ /]?(?:19|20)[0-9]{{2}}$")
_DATED_BEHIND: Final = re.compile(rf"{_PART}[ /]?(?:19|20)[0-9]{{2}}(?![0-9])")
_COUNTED: Final = "(?:[1-4](?P<letter>[QT])|[12](?P<half>[HS]))(?:[0-9]{2})?"
_COUNTED_BEFORE: Final = re.compile(rf"(?<![^\W_]){_COUNTED}$")
_COUNTED_BEHIND: Final = re.compile(rf"{_COUNTED}(?![^\W_])")


def code_range_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rule for ranges of quarters, sizes, rooms and the like."""
    dash = r"(?<=[0-9QTHS])[-–—](?=[A-Z]{1,3}[0-9]|[1-4][QTHS])"
    yield rule(dash, lambda found: to_word(grammar) if _is_range(found) else None, starts=dash)


def _is_range(found: re.Match[str]) -> bool:
    """Whether both names are of one kind, and the second one is the later."""
    head = found.string[max(0, found.start() - _NEAR) : found.start()]
    tail = found.string[found.end() : found.end() + _NEAR]
    if _DATED_BEFORE.search(head) and _DATED_BEHIND.match(tail):
        return True
    before, behind = _BEFORE.search(head), _BEHIND.match(tail)
    if before and behind:
        is_later = int(before["number"]) < int(behind["number"])
        return before["letters"] == behind["letters"] and is_later
    return _COUNTED_BEFORE.search(head) is not None and _COUNTED_BEHIND.match(tail) is not None
