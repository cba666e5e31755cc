"""Characters on a terminal: which are safe to print, and how many cells they take."""

from __future__ import annotations

import unicodedata
from typing import Final

from storyboard.source.text import FORBIDDEN

_UNSAFE: Final = frozenset("\r\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What files may have, and what would print over a line, or from its other end."""


def safe_char(char: str) -> str:
    """Return a character as it is printed within a line.

    A space for a line's end or a tab; a replacement character for what could move the cursor, turn
    the line around or not be written at all.
    """
    if char in "\n\t":
        return " "
    return "\ufffd" if char in _UNSAFE or FORBIDDEN.match(char) else char


def cell_width(text: str) -> int:
    """Count terminal cells: two for wide characters, none for marks."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)
    return len(text) + wide - marks
