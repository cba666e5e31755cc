"""Characters on a terminal: which are safe to print, and how many cells they take."""

from __future__ import annotations

import unicodedata

from storyboard.printing import is_safe, spelled


def safe_char(char: str) -> str:
    """Return a character as it is printed within a line.

    A space for a line's end or a tab; an escape for what could move the cursor, turn the line
    around or not be written at all.
    """
    if char.isprintable():
        return char
    if char in "\n\t":
        return " "
    return char if is_safe(char) else spelled(char)


def cell_width(text: str) -> int:
    """Count terminal cells: two for wide characters, none for marks."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)
    return len(text) + wide - marks
