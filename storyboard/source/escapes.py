"""Escapes inside double quotes, and which of them make a character that nobody should get."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from storyboard.source.text import FORBIDDEN

_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL
)
_NAMED: Final = {
    "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_LAST: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Escape:
    """An escape, its place in the text, and the character that it stands for."""

    start: int
    end: int
    char: str


def forbidden_escape(text: str, start: int, end: int) -> Escape | None:
    """Return the first escape of a stretch that makes a forbidden character."""
    for match in _ESCAPE.finditer(text, start, end):
        digits = match[1] or match[2] or match[3]
        if digits is None:
            char = _NAMED.get(match[4], "")
        else:
            char = chr(int(digits, 16)) if int(digits, 16) <= _LAST else ""
        if char and FORBIDDEN.match(char):
            return Escape(match.start(), match.end(), char)
    return None
