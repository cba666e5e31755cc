"""What follows an abbreviation, and how a row of a table tells it. Knows no abbreviation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Before(Enum):
    """What follows an abbreviation whose dot ends no sentence."""

    ANYTHING = "the rest of its sentence"
    LABEL = "a number or a single capital; before anything else the dot ends a sentence"
    NUMBER = "a number; before anything else the dot ends a sentence"
    LOWER = "a small letter; a capital begins the next sentence"
    NAME = "a name or a number; behind a number it is a unit, and a capital begins a sentence"
    MORE = "the rest of its sentence, unless a word follows that opens one, such as 'The'"
    DAY = "a day of a month, or a time; before anything else the dot ends a sentence"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form without its last dot, and what a reader says; empty if the voice knows it."""

    short: str
    said: str = ""
    before: Before = Before.ANYTHING


def rows(before: Before, *written: str) -> tuple[Abbreviation, ...]:
    """Read `short=said` rows; a row without `=` is left to the voice."""
    parted = (row.partition("=") for row in written)
    return tuple(Abbreviation(short, said, before) for short, _, said in parted)
