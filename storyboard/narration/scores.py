"""Rules for the score of a match where no words are parted by blanks as in Latin script: 3-2で.

Elsewhere a score is said as a range is. Words near it tell that it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, rule

_BEHIND: Final = MappingProxyType(
    {
        "ja": "で(?:[^、。]{0,8})?(?:勝|敗|負|引き分|リード|逆転|下し|制し|終了)",
        "ko": "(?:로|으로)\\s?(?:이|승|앞|패|졌|지|제압|꺾)",
        "zh": "(?:的比分)?(?:获胜|取胜|胜|击败|战胜|领先|告负|负|落后|战平)",
    }
)
_BEFORE: Final = MappingProxyType(
    {"ja": "試合|スコア|対戦|決勝", "ko": "스코어|점수|경기", "zh": "比分|比赛"}
)
_NEAR: Final = 12
"""Characters before a score that may say so."""

_PAUSE: Final = re.compile("[、。，,.]")
_SCORE: Final = r"(?<![\w.,/-])(?P<first>[0-9]{1,2})[-–](?P<last>[0-9]{1,2})(?![\w/-])(?![.,][0-9])"


def score_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rule for scores in a language."""
    if grammar.tag in _BEHIND:
        yield rule(_SCORE, lambda found: _say(grammar, found))


def _say(grammar: Grammar, found: re.Match[str]) -> str | None:
    text, first, last = found.string, int(found["first"]), int(found["last"])
    near = _PAUSE.split(text[max(0, found.start() - _NEAR) : found.start()])[-1]
    rest = text[found.end() : found.end() + _NEAR]
    is_down = first > last and rest.startswith("で")
    is_told = (
        is_down or re.match(_BEHIND[grammar.tag], rest) or re.search(_BEFORE[grammar.tag], near)
    )
    if not is_told or near.endswith("第"):
        return None
    blank = " " * grammar.spaced
    return f"{grammar.cardinal(first, '')}{blank}{grammar.ratio}{blank}{grammar.cardinal(last, '')}"
