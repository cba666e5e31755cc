"""How much longer a voice takes than is estimated, and so how long scenes last. Knows no voice.

A voice may differ from the estimate by 40 %, so a `Pace` is measured before lengths are promised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.speech_rates import estimate_seconds

SCENE_SECONDS: Final = 0.6
"""The silence before and after a scene's speech, together."""

Stopwatch = Callable[[Sequence[str]], Sequence[float]]
"""Tells how many seconds each scene of a film lasts, by all its narrations; silence included."""

_SAMPLES: Final = 6
"""Texts that are spoken to find the pace of all: enough for a mean, and soon done. A choice."""
_FASTEST, _SLOWEST = 0.4, 2.5


@dataclass(frozen=True, slots=True)
class Pace:
    """How slow a voice is: its seconds over those that are reckoned by characters."""

    slowness: float = 1.0

    def seconds(self, text: str) -> float:
        """Return how long the voice probably takes for a text, in seconds."""
        return self.slowness * estimate_seconds(text, None)


def heard_pace(texts: Sequence[str], stopwatch: Stopwatch) -> Pace:
    """Return the pace at which a few of the texts, from everywhere among them, are spoken."""
    step = max(1, len(texts) // _SAMPLES)
    sample = texts[step // 2 :: step][:_SAMPLES]
    reckoned = sum(estimate_seconds(text, None) for text in sample)
    if not reckoned:
        return Pace()
    spoken = sum(stopwatch(sample)) - SCENE_SECONDS * len(sample)
    return Pace(min(_SLOWEST, max(_FASTEST, spoken / reckoned)))


def reckoned_scenes(narrations: Sequence[str]) -> tuple[float, ...]:
    """Return how long scenes probably last, by their characters: the stopwatch of no voice."""
    return tuple(estimate_seconds(narration, None) + SCENE_SECONDS for narration in narrations)
