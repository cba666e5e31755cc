"""A number and the digits that its author wrote. Knows no fields: whoever reckons sees a number.

`version: 1.10` is 1.1 to a comparison, and a text that mentions it has to say 1.10. So a number
whose usual spelling is another one is read as a subclass that remembers. All others, which are
nearly all, are plain `int` and `float`. Arithmetic yields plain numbers.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final


class WrittenInteger(int):
    """An integer that is written unusually: `+49`, `0x1F`, `-0`."""

    written: str

    def __new__(cls, written: str) -> WrittenInteger:
        """Read it; raises ValueError where the text is no integer."""
        self = super().__new__(cls, int(written, 0))
        self.written = written
        return self

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        """Return what a copy is made from."""
        return (self.written,)


class WrittenFloat(float):
    """A number with decimals that is written unusually: `1.10`, `1e5`, `.5`."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> WrittenFloat:
        """Read it; raises ValueError where the text is no number."""
        self = super().__new__(cls, written)
        self.written = written
        return self

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        """Return what a copy is made from."""
        return (self.written,)


INTEGERS: Final = (int, WrittenInteger)
"""The types of integers in documents; a boolean is none."""
NUMBERS: Final = (*INTEGERS, float, WrittenFloat)
"""The types of numbers in documents."""


def read_integer(written: str) -> int:
    """Return the integer that a text is, with its digits; raises ValueError."""
    value = int(written, 0)
    return value if str(value) == written else WrittenInteger(written)


def read_float(written: str) -> float:
    """Return the number that a text is, with its digits; raises ValueError."""
    value = float(written)
    return value if spell(value) == written else WrittenFloat(written)


def spell(number: int | float) -> str:
    """Return a number as it stands in a text: as its author wrote it, if one did.

    Else with the fewest digits that read back equal, and never with an exponent.
    """
    if isinstance(number, WrittenInteger | WrittenFloat):
        return number.written
    shortest = repr(number)
    return f"{Decimal(shortest):f}" if "e" in shortest else shortest


def exact(number: int | float) -> int | Decimal:
    """Return a number with the decimals that it is written with, zeros at the end included."""
    if isinstance(number, float):
        return Decimal(spell(number))
    return int(number)


def plain(number: int | float) -> int | float:
    """Return the number alone, without the digits that its author wrote."""
    return float(number) if isinstance(number, float) else int(number)
