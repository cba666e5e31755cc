"""Rules for German postcodes and license plates, of which each digit is said. No other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import say_digits
from storyboard.narration.rule import Rule, rule, word_behind
from storyboard.narration.units import unit_alone

_STREET: Final = re.compile(
    r"D-$|Postfach\s[0-9 ]{2,9}, $"
    r"|(?<![\w])(?P<street>[A-ZÄÖÜ][^\W0-9_]*\.?)\s[0-9]{1,3}(?:\s?[–/-]\s?[0-9]{1,3})?\s?[a-z]?, $"
)
"""What stands before a postcode: a street and the number of a house, which has three digits."""

_LONGEST_STREET: Final = 60
"""Characters before a postcode that hold the last word of a street, and the house."""

_NO_STREET: Final = frozenset(("jahr", "jahre", "version", "tag", "woche", "raum"))
"""What has a number and is no street, besides the parts of a text."""

_PLATE: Final = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} $")
_COUNTED: Final = re.compile(rf"{SPACE}(?:[A-ZÄÖÜ%€$°]|[0-9])")
"""What stands behind a count and no plate: a noun or a unit."""


def german_code_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for both."""
    place = r"(?:(?<=[0-9], )|(?<=[0-9][a-z], )|(?<=[0-9] [a-z], )|(?<=(?<![\w])D-))"
    yield rule(
        rf"{place}[0-9]{{5}}(?=\s[A-ZÄÖÜ][a-zäöüß])", lambda found: _say_postcode(grammar, found)
    )
    yield rule(
        r"(?<=[A-Z] )(?P<number>[0-9]{1,4})(?P<kind>[EH]?)(?![\w]|[.,][0-9])",
        lambda found: _say_plate(grammar, found),
    )


def _say_postcode(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the digits of a postcode one by one; "im Jahr 2023, 45000 Kunden" has none."""
    start = found.start()
    head = _STREET.search(found.string[max(0, start - _LONGEST_STREET) : start])
    if head is None or (head["street"] or "").lower() in grammar.parts | _NO_STREET:
        return None
    return say_digits(grammar, found[0])


def _say_plate(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the digits of a license plate one by one: M-AB 1234; "USB-C 100 Watt" is none."""
    text, end = found.string, found.end()
    is_counted = _COUNTED.match(text, end) or unit_alone(grammar, word_behind(found))
    if is_counted or _PLATE.search(text[max(0, found.start() - 8) : found.start()]) is None:
        return None
    return " ".join(filter(None, (say_digits(grammar, found["number"]), found["kind"])))
