"""Rules for sums that are written out: 10 − 3 = 7. Knows one language at a time, and no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANK, BLANKS, SPACE
from storyboard.narration.dotted_ranges import DOTS
from storyboard.narration.formulas import ion_rules
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import MINUS, RANGE, join, number_pattern
from storyboard.narration.rule import NOT_IN_NUMBER, Rule, replaced, rule
from storyboard.scripts import HAN, KANA, in_class

_DOTS: Final = "·⋅∙"
_LESS: Final = MappingProxyType({"zh": "减", "yue": "减", "ko": "빼기"})
"""What is said between two numbers, where the sign of one below zero is called otherwise."""

_OPERATOR: Final = rf"(?:{SPACE}[-–—−+*×x{_DOTS}÷]{SPACE}|{BLANK}:{BLANK})"
_PARTED: Final = re.compile(rf"(?<=[^\s(])({_OPERATOR})(?=[0-9])")
_NO_DATE: Final = r"(?![0-9]{4}-[0-9]{2}-[0-9]{2})"
_IS_A_NUMBER: Final = rf"{SPACE}(?=[=≈]{SPACE}[-−]?[$€£]?[0-9])"
_TOPICS: Final = "はがもを为為是从從到"
"""What stands before an amount that is told of something, and before no end of a range."""

_MOST: Final = 6
"""Operators of a sum that is read as one."""


def arithmetic_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for sums; `again` reads a part of one.

    An equals sign behind it tells a sum from a range: U+2212 alone needs none.
    """
    number = rf"[0-9](?:[0-9.,]{{0,24}}[0-9])?(?:{SPACE}(?:[%€$£°]C?|[a-zA-Z]{{1,2}}(?=[ =])))?"
    times = rf"(?:{_OPERATOR}{number}){{1,{_MOST}}}"
    yield rule(
        rf"(?P<sum>{MINUS}?{NOT_IN_NUMBER}{_NO_DATE}{number}{times}){_IS_A_NUMBER}",
        lambda found: _say_sum(grammar, found["sum"], again),
    )
    less = _LESS.get(grammar.tag, grammar.minus)
    minus = rf"(?:(?<=[0-9%€])|(?<=[0-9%€]{BLANK}))−(?={SPACE}[0-9])"
    yield rule(minus, lambda _: f" {less} " if grammar.spaced else less)
    yield rule(
        rf"\+{SPACE}/{SPACE}[-−–]|\+[-−–](?={SPACE}[0-9])",
        lambda _: _spaced(grammar, grammar.signs["±"]),
    )
    dot = rf"(?:(?<=[0-9])|(?<=[0-9]{BLANK}))[{_DOTS}](?={SPACE}[0-9])"
    yield replaced(dot, _spaced(grammar, grammar.signs["×"]))
    if not grammar.spaced:
        number = number_pattern(grammar)
        to = f"(?:{RANGE}|{DOTS})"
        degrees = rf"{number}(?:{to}[-−–+]?{number})?{SPACE}[°℃℉度]"
        share = rf"{number}(?:{to}[-−–]?{number})?{SPACE}(?:[%‰]|パーセント|ポイント|个百分点)"
        below = rf"(?<=[{in_class(HAN + KANA)}])(?<![0-9]度)[-–](?={degrees}|{share})"
        yield replaced(below, grammar.minus)
        if grammar.tag == "zh":
            above = rf"(?<![0-9A-Za-z)）+])\+(?={degrees})"
            yield replaced(above, "正")
        topic = rf"(?<=[{_TOPICS}])[-–](?=[$€£¥]?{number})"
        yield replaced(topic, grammar.minus)
    yield from ion_rules(grammar, again)


def _say_sum(grammar: Grammar, written: str, again: Callable[[str], str]) -> str:
    parts = _PARTED.split(written)
    said = [
        again(part) if place % 2 == 0 else _operator(grammar, part.strip(BLANKS))
        for place, part in enumerate(parts)
    ]
    return join(grammar, *said)


def _operator(grammar: Grammar, sign: str) -> str:
    if sign in "-–—−":
        return _LESS.get(grammar.tag, grammar.minus)
    if sign in ":÷":
        return grammar.signs["÷"]
    return grammar.signs["+" if sign == "+" else "×"]


def _spaced(grammar: Grammar, word: str) -> str:
    return f" {word} " if grammar.spaced else word
