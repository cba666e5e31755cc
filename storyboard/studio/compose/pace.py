"""How long a text takes to speak, by its characters. Knows no voice.

The rates are graphemes a second, pauses counted in; a voice may differ by 20 %.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

CHARACTERS_A_SECOND: Final = 15.0
"""Of an alphabet, white space included (IReST reading norms × 0.75 and measured speech: 14-16)."""

SCENE_SECONDS: Final = 0.6
"""The silence before and after a scene's speech, together."""

_SCRIPTS: Final = (
    (0x0590, 0x06FF, 11.5),
    (0x0900, 0x0DFF, 12.5),
    (0x3040, 0x30FF, 5.5),
    (0x3400, 0x9FFF, 5.0),
    (0xAC00, 0xD7AF, 6.7),
    (0xF900, 0xFAFF, 5.0),
)
"""Code points whose script says more a character, and their rates."""


def speech_seconds(text: str) -> float:
    """Return how long the text probably takes to speak, in seconds, ±25 %."""
    if text.isascii():
        return len(text) / CHARACTERS_A_SECOND
    return sum(map(_character_seconds, text))


@lru_cache(maxsize=8192)
def _character_seconds(char: str) -> float:
    """Return a character's share; marks on a letter take no time."""
    if unicodedata.category(char).startswith("M"):
        return 0.0
    rates = (rate for low, high, rate in _SCRIPTS if low <= ord(char) <= high)
    return 1 / next(rates, CHARACTERS_A_SECOND)
