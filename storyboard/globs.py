"""Patterns that name one thing or several, as `onboarding*@de`. Knows no address."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Final

_PARTS: Final = re.compile(r"\[!?\]?[^]]*\]|.", re.DOTALL)
"""What of a pattern stands for one character, or for any number of them."""


def matches(name: str, pattern: str) -> bool:
    """Whether a pattern names exactly this."""
    return fnmatchcase(name, pattern)


def may_begin(start: str, pattern: str, *, without: str) -> bool:
    """Whether a pattern could name something longer that begins so.

    The character `without` does not come again after the start.
    """
    parts = _PARTS.findall(pattern)
    return any(
        fnmatchcase(start, "".join(parts[:end]))
        and (end < len(parts) or parts[-1] == "*")
        and without not in parts[end:]
        for end in range(1, len(parts) + 1)
    )
