"""Rules for tildes: a range, about so many; and their name. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANK
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import list_mark
from storyboard.narration.rule import Rule, Saying, replaced, rule

_TILDES: Final = "~～〜"
_FROM: Final = MappingProxyType({"ja": "から", "ko": "부터", "zh": "起"})
"""What is said for a tilde that nothing stands behind: 9時〜."""

_HOME: Final = MappingProxyType(
    {"es": "virgulilla", "ja": "チルダ", "ko": "물결표", "zh": "波浪号"}
)
"""What the sign is called before a slash, where it is no word like "tilde"."""

_ALTERNATING: Final = {
    "en": "AC", "de": "Wechselspannung", "fr": "en alternatif", "es": "de corriente alterna",
    "it": "in corrente alternata", "pt": "de corrente alternada",
}  # fmt: skip
"""What the sign tells behind volts: 230 V~."""

_DAYS_JA: Final = "月火水木金土日"
_DAYS_KO: Final = "월화수목금토일"


def tilde_name(grammar: Grammar) -> str:
    """Return what the sign of a home folder is called."""
    return _HOME.get(grammar.tag, "tilde")


def tilde_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for tildes; one before a number that no rule takes is a sign like others."""
    if grammar.tag in _ALTERNATING:
        current = r"(?<=[0-9 ]V)\s?~(?!\s?[0-9])"
        yield replaced(current, f" {_ALTERNATING[grammar.tag]}")
    if grammar.tag not in _FROM:
        yield rule(r"(?<=[^\W0-9_])~(?=[^\W0-9_])", lambda _: f" {grammar.to} ")
        return
    if grammar.tag == "ja":
        yield _weekdays(_DAYS_JA, "曜日?", lambda found: _days(found, "曜", "から"))
    if grammar.tag == "ko":
        yield _weekdays(_DAYS_KO, "요일", lambda found: _days(found, "요일", "에서 "))
    tilde = rf"(?:[{_TILDES}]|{BLANK}[{_TILDES}]{BLANK})"
    between = rf"(?<=[\w)）」』%％℃°]){tilde}(?=[\w(（「『$¥￥€+-])"
    to = f"{grammar.to} " if grammar.spaced else grammar.to
    yield replaced(between, to)
    since = rf"(?<=[0-9時时月日年分点円元시월일년분원％%)）])[{_TILDES}]"
    yield replaced(since, _FROM[grammar.tag])
    about = rf"[{_TILDES}](?=[0-9])"
    yield replaced(about, _spaced(grammar, grammar.signs["~"]))
    yield rule(f"[{_TILDES}]+", lambda _: list_mark(grammar).rstrip(), starts=f"[{_TILDES}]")


def _weekdays(days: str, behind: str, say: Saying) -> Rule:
    """Return the rule for a range of weekdays that are written by their first signs."""
    start = rf"(?<![0-9])[{days}](?:{behind})?[{_TILDES}](?=[{days}])"
    pattern = (
        rf"(?<![0-9])(?P<first>[{days}])(?:{behind})?[{_TILDES}](?P<last>[{days}])(?:{behind})?"
    )
    return rule(pattern, say, starts=start)


def _days(found: re.Match[str], day: str, to: str) -> str:
    return f"{found['first']}{day}{to}{found['last']}{day}"


def _spaced(grammar: Grammar, word: str) -> str:
    return f"{word} " if grammar.spaced else word
