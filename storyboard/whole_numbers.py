"""Whole numbers in texts that others wrote: addresses, headers, names. Knows no fields."""

from __future__ import annotations

from typing import Final

MAX_DIGITS: Final = 15
"""What a float, a database's column and JSON hold exactly. `int()` itself takes `١` and `1_0`,
fails for `²`, which `isdigit()` calls a digit, and refuses more than 4,300 digits."""


def whole_number(
    text: str | bytes, digits: int = MAX_DIGITS, *, signed: bool = False
) -> int | None:
    """Return the number that ASCII digits spell; `None` for anything else, or for more digits.

    `signed` lets a `-` stand before them.
    """
    if signed and text[:1] in ("-", b"-"):
        number = whole_number(text[1:], digits)
        return None if number is None else -number
    if len(text) > digits or not text.isdigit() or not text.isascii():
        return None
    return int(text)
