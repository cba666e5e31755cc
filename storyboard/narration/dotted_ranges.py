"""The rule for ranges that data sheets write with dots: 4…20 mA, 0...10 V, −40 … +85 °C."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.blanks import BLANK, BLANKS
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, rule
from storyboard.sentence_marks import CLOSERS, MARKS, OPENERS, PAUSES

DOTS: Final = r"(?:…|\.{2,3})"
_NUMBER: Final = r"[-+−±]?[0-9]{1,9}(?:[.,][0-9]{1,9})*"
_NO_UNIT: Final = re.escape(MARKS + PAUSES + OPENERS + CLOSERS)
_UNIT: Final = rf"(?:[{BLANKS}]?[^\s0-9/{_NO_UNIT}]{{1,6}}(?![\w]))?"
_ONE_MORE_BEFORE: Final = re.compile(rf"{DOTS}[{BLANKS}]?{_NUMBER}[^\w.…]*$")
_ONE_MORE_BEHIND: Final = re.compile(rf"[{BLANKS}]?(?:…|\.\.)")
_LOOKED_BACK: Final = 24


def dotted_range_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rule for the dots of a range; `again` reads its upper end.

    A count such as "3…2…1" has more of them, and keeps its pauses.
    """
    inner = rf"(?:(?<=[0-9%°]){DOTS}|(?<=[0-9%°C]){BLANK}{DOTS}{BLANK})"
    yield rule(
        rf"{inner}(?P<last>{_NUMBER}{_UNIT})",
        lambda found: _say(grammar, found, again),
        starts=rf"{inner}(?=[-+−±]?[0-9])",
    )


def _say(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    before = found.string[max(0, found.start() - _LOOKED_BACK) : found.start()]
    if _ONE_MORE_BEFORE.search(before) or _ONE_MORE_BEHIND.match(found.string, found.end()):
        return None
    last = again(found["last"])
    if not grammar.spaced:
        return f"{grammar.to}{last}"
    return f"{'' if grammar.tag == 'ko' else ' '}{grammar.to} {last}"
