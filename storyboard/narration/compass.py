"""Rules for the points of the compass behind degrees: 52.52° N, 13.4° O. One language at a time."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, rule

_POINTS: Final = MappingProxyType(
    {
        "en": {"N": "north", "S": "south", "E": "east", "W": "west"},
        "de": {"N": "Nord", "S": "Süd", "O": "Ost", "E": "Ost", "W": "West"},
        "fr": {"N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest"},
        "es": {"N": "norte", "S": "sur", "E": "este", "O": "oeste", "W": "oeste"},
        "it": {"N": "nord", "S": "sud", "E": "est", "O": "ovest", "W": "ovest"},
        "pt": {"N": "norte", "S": "sul", "E": "leste", "L": "leste", "O": "oeste", "W": "oeste"},
    }
)
"""What each letter stands for: O is the east in German, and the west in French."""


def compass_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rule of a language; behind degrees such a letter is no unit."""
    points = _POINTS.get(grammar.tag)
    if points:
        degrees = "[°′″\"'’”º]"
        letter = rf"(?:(?<={degrees})|(?<={degrees} ))(?P<point>[{''.join(points)}])(?![\w'’])"
        yield rule(letter, lambda found: f" {points[found['point']]}", letter)
