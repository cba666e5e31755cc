"""Rules for units of one letter that mean more than that: 28 d, 16 A. One language a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.measures import ONE, noun_of
from storyboard.narration.numerals import (
    MINUS,
    join,
    numbers_pattern,
    say_minus,
    say_numbers,
    value_of,
)
from storyboard.narration.rule import NOT_IN_NUMBER, Rule, is_before_noun, last_dot, rule
from storyboard.narration.units import template_by_cldr

_DAYS: Final = MappingProxyType(
    {"en": "d", "de": "d", "fr": r"j\.?", "es": "d", "it": "d", "pt": "d"}
)
"""What days are written as behind a number and a blank: "3d" is a picture of three dimensions."""

_ELECTRIC: Final = re.compile(
    r"(?<![^\W0-9_])(?:k?V|k?W|mA|AC|DC|Hz)(?!\w)|fuse|breaker|current|sicherung|strom|stecker"
    r"|fusible|disjoncteur|courant|corriente|interruptor|fusibile|corrente|interruttore"
    r"|fusível|disjuntor|定格|電流|電源|ブレーカ|ヒューズ|コンセント|断路器|额定|电流|电源|熔断|保险丝|插座"
    r"|차단기|전류|퓨즈|정격|전원|콘센트",
    re.IGNORECASE,
)


_AMPERES: Final = "electric-ampere"
_TEMPLATES: Final = MappingProxyType(
    {("ja", _AMPERES): "{}アンペア", ("zh", _AMPERES): "{}安", ("ko", _AMPERES): "{}암페어"}
)
"""Where no blank stands before the unit."""


def short_unit_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for days and amperes in a language."""
    numbers = rf"(?P<minus>{MINUS})?{NOT_IN_NUMBER}{numbers_pattern(grammar)}"
    if grammar.tag in _DAYS:
        yield rule(
            rf"{numbers}{BLANK}{_DAYS[grammar.tag]}(?![\w'’/]|\.\s?C(?!\w))(?:(?<=d)\.(?=\s[a-z]))?",
            lambda found: _say_named(grammar, found, "duration-day"),
        )
    if grammar.tag == "en":  # "3d" is a picture of three dimensions
        yield rule(
            r"(?P<minus>(?!))?(?<![\w.,])(?P<first>[1-9][0-9]{1,2})(?P<last>(?!))?d(?![\w'’/-])",
            lambda found: _say_named(grammar, found, "duration-day"),
        )
    yield rule(
        rf"{numbers}{SPACE}A(?![\w'’]|-|\.[0-9A-Z])",
        lambda found: _say_amperes(grammar, found),
    )


def _say_named(grammar: Grammar, found: re.Match[str], name: str) -> str | None:
    """Say so many of a unit that CLDR names, whose sign means more than that."""
    written = found["last"] or found["first"]
    count = ONE if grammar.tag == "en" and is_before_noun(found) else value_of(grammar, written)
    template = _TEMPLATES.get((grammar.tag, name)) or template_by_cldr(
        grammar.cldr, name, str(abs(count))
    )
    if template is None:
        return None
    said = say_numbers(grammar, found["first"], found["last"], noun_of(template))
    said = template.replace("{}", join(grammar, say_minus(grammar, found), said))
    return said + last_dot(found) if found[0].endswith(".") else said


def _say_amperes(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say an A behind a number as amperes where the sentence is about electricity."""
    is_current = grammar.decimal in found["first"] or _ELECTRIC.search(found.string) is not None
    return _say_named(grammar, found, _AMPERES) if is_current else None
