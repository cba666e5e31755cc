"""Knows how a number and its noun, or a few of many names, are written, and who is told a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

NAMES_IN_LINE: Final = 5
"""Names in a message that stays a line or two; JSON, or the file that it is about, has them all."""

NAMES_IN_LIST: Final = 10
"""Names where they are what a message is about, or what one of them is chosen from."""

Count = Callable[[int, int], None]
"""Is told how many of how many are done."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `1 film`, `2 films`; `many` is the plural that is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int) -> str:
    """Return `a, b and 3 more`: the first of many, and how many others there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def megabytes(size: int) -> str:
    """Return a number of bytes as `0.3 MB`, `12 MB` or `2,000 MB`."""
    told = size / 1_000_000
    return f"{told:,.1f} MB" if told < 10 else f"{told:,.0f} MB"
