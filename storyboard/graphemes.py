"""Where a reader sees a new sign begin: no emoji, flag or letter with its marks is cut in two.

These are the rules of Unicode's extended grapheme clusters (UAX 29) for what people type: marks,
joiners, skin tones, tags and flags. Syllables of Hangul and control characters have no rule here.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import Final

_JOINER: Final = "\u200d"
_CONTINUING: Final = frozenset(
    ["\u200c", _JOINER, "\u0e33", "\u0eb3"]
    + [chr(code) for code in range(0x1F3FB, 0x1F400)]
    + [chr(code) for code in range(0xE0020, 0xE0080)]
)
"""What continues a sign and is no mark: joiners, Thai and Lao vowels, skin tones, tags of flags."""


def continues(char: str) -> bool:
    """Whether a character belongs to the sign before it."""
    return char > "\u02ff" and (char in _CONTINUING or unicodedata.category(char)[0] == "M")


def borders(text: str) -> list[int]:
    """Return where the signs of a text begin, ascending."""
    if text.isascii():
        return list(range(len(text)))
    found = []
    before, is_half_flag = "", False
    for at, char in enumerate(text):
        is_letter_of_flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        is_second = is_half_flag and is_letter_of_flag
        is_joined = before == _JOINER and not char.isspace()
        if not (before and (continues(char) or is_second or is_joined)):
            found.append(at)
        is_half_flag = is_letter_of_flag and not is_second
        before = char
    return found


def sign_at(text: str, at: int) -> str:
    """Return the whole sign that begins at a place."""
    rest = text[at:]
    return rest[: [*borders(rest), len(rest)][1]]


def head_of(text: str, most: int) -> str:
    """Return the first signs of a text, of so many characters at most."""
    return text[:most] if text.isascii() else text[: _border_at(text, most)]


def tail_of(text: str, most: int) -> str:
    """Return the last signs of a text, of about so many characters: the first one is whole."""
    at = max(0, len(text) - most)
    return text[at:] if text.isascii() else text[_border_at(text, at) :]


def _border_at(text: str, at: int) -> int:
    """Return the last border that is not behind a place; the end of the text is one."""
    if at >= len(text):
        return len(text)
    found = borders(text)
    return found[bisect_right(found, at) - 1] if found else 0
