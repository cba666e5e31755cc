"""How long a text takes to speak, by its characters, and by a voice that was heard. Knows no voice.

The rates are graphemes a second, pauses counted in; a voice may differ by 40 %, so a `Pace` is
measured before lengths are promised.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

CHARACTERS_A_SECOND: Final = 15.0
"""Of an alphabet, white space included (IReST reading norms × 0.75 and measured speech: 14-16)."""

SCENE_SECONDS: Final = 0.6
"""The silence before and after a scene's speech, together."""

Stopwatch = Callable[[Sequence[str]], Sequence[float]]
"""Tells how many seconds each scene of a film lasts, by all its narrations; silence included."""

_SAMPLES: Final = 6
_FASTEST, _SLOWEST = 0.4, 2.5

_SCRIPTS: Final = (
    (0x0590, 0x06FF, 11.5),
    (0x0900, 0x0DFF, 12.5),
    (0x3040, 0x30FF, 5.5),
    (0x3400, 0x9FFF, 5.0),
    (0xAC00, 0xD7AF, 6.7),
    (0xF900, 0xFAFF, 5.0),
)
"""Code points whose script says more a character, and their rates."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How slow a voice is: its seconds over those that are reckoned by characters."""

    slowness: float = 1.0

    def seconds(self, text: str) -> float:
        """Return how long the voice probably takes for a text, in seconds."""
        return self.slowness * speech_seconds(text)


def heard_pace(texts: Sequence[str], stopwatch: Stopwatch) -> Pace:
    """Return the pace at which a few of the texts, from everywhere among them, are spoken."""
    step = max(1, len(texts) // _SAMPLES)
    sample = texts[step // 2 :: step][:_SAMPLES]
    reckoned = sum(map(speech_seconds, sample))
    if not reckoned:
        return Pace()
    spoken = sum(stopwatch(sample)) - SCENE_SECONDS * len(sample)
    return Pace(min(_SLOWEST, max(_FASTEST, spoken / reckoned)))


def reckoned_scenes(narrations: Sequence[str]) -> tuple[float, ...]:
    """Return how long scenes probably last, by their characters: the stopwatch of no voice."""
    return tuple(speech_seconds(narration) + SCENE_SECONDS for narration in narrations)


def speech_seconds(text: str) -> float:
    """Return how long the text probably takes to speak, in seconds, ±40 %."""
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
