"""Arithmetic without noise: what an expression reckons with, and what comes out of it.

Numbers are taken as they are written, in tens, and an expression is reckoned exactly, so that
`0.1 + 0.2` is 0.3 and `1 / 3 * 3` is 1. Only its result is rounded, to what a `float` holds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias

from storyboard.source.numerals import exact
from storyboard.templates.values import Value, checked, to_number

Exact: TypeAlias = int | Fraction
_BITS: Final = 256
"""Of a denominator. A product of many small numbers would cost seconds if all bits were kept."""


def to_exact(value: Value | Fraction, what: str) -> Exact:
    """Return the number that a value is, exactly; raises `ValueRefused`."""
    if isinstance(value, Fraction):
        return value
    number = to_number(value, what)
    return int(number) if isinstance(number, int) else Fraction(exact(number))


def bounded(number: Exact) -> Exact:
    """Return the number, with no more digits than are of use; raises `ValueRefused` if it is large.

    A number that is whole becomes an integer.
    """
    checked(number)
    if number.denominator.bit_length() > _BITS:
        number = Fraction(float(number))
    return int(number) if number.denominator == 1 else number


def settled(number: Exact) -> int | float:
    """Return the result: an integer where it is whole, else the nearest `float`."""
    if isinstance(number, int):
        return number
    nearest = float(number)
    return int(nearest) if nearest.is_integer() else nearest
