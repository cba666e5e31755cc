"""Whole numbers that others wrote: in addresses, headers, names and JSON. Knows no fields."""

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


MOST_COUNTED: Final = 1 << 53
"""The largest number that every reader of JSON keeps exactly."""


def counted_number(value: object) -> int:
    """Return a count that a JSON value is; raises `ValueError` for any other value.

    `int()` makes one of `true`, of `"7"`, and of `1e300` a number that no reader takes back.
    """
    if type(value) is not int or not 0 <= value <= MOST_COUNTED:
        raise ValueError("expected a whole number that is not negative")
    return value
