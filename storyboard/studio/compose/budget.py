"""How much a film of a length can say, in a language: what a composer elsewhere is told.

And how far from that its answer may be. Knows no voice but by its pace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.speech_rates import rate_of
from storyboard.studio.compose.request import ComposeRequest
from storyboard.studio.compose.utterances import SAMPLE, sample_of
from storyboard.studio.text.recognition import recognize_language

_WORD_CHARACTERS: Final = 6.0
"""Of an English word with its blank: where the sources have no words."""

_FAR_SHARE, _FAR_SECONDS = 0.25, 10.0
"""How far a film may be from the length asked for: an estimate by letters is good to a quarter."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a film may say: its language, and about how many words or characters of that."""

    language: str
    words: int
    characters: int


def budget_of(request: ComposeRequest) -> Budget:
    """Return what can be said in the film's length, by the sources' language and words."""
    share = SAMPLE // max(1, len(request.sources))
    text = " ".join(" ".join(sample_of(source, share) for source in request.sources).split())
    language = recognize_language([text or request.brief])
    characters = request.duration * rate_of(language)
    words = re.findall(r"\w+", text)
    letters = len(text) / len(words) if words else _WORD_CHARACTERS
    return Budget(language, max(1, round(characters / letters)), max(1, round(characters)))


def is_far(spoken: Sequence[float], duration: float) -> bool:
    """Whether scenes of so many seconds make another film than one of the duration."""
    return abs(sum(spoken) - duration) > max(_FAR_SHARE * duration, _FAR_SECONDS)
