"""Knows how a number and its noun are written together, and nothing else."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `1 film`, `2 films`; `many` is the plural that is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
