"""When the words beside a pause are heard, whatever a voice tells of them. Knows no engine.

A voice tells when a sound is due: a network counts the silence behind a word as its last letter's,
and espeak-ng begins a word with the silence that leads to a stop. The level tells what is heard.
Speech also dies away, echoes, and begins with a breath or a soft f: such an edge is set in the
middle between where all hear it and where nobody does, so that no ear is far from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from storyboard.studio.voice.levels import (
    SHORTEST_PAUSE_SECONDS,
    SILENT,
    Samples,
    hop_length,
    loudness,
)
from storyboard.studio.voice.speech import Word

_CLEAR, _FAINT = 10 ** (-30 / 20), 10 ** (-45 / 20)
"""Of the loudest hop. The echoes of espeak-ng's variants lie between the two, as a last f does."""

_NOISE: Final = 2.0
"""By how much a sound is louder than a pause that is not silent."""


@dataclass(frozen=True, slots=True)
class _Levels:
    """The loudness of each hop, in parts of the loudest one, and a hop's length in seconds."""

    of: Samples
    hop: float

    def quietest(self, start: float, end: float) -> int:
        """Return the quietest hop between two times."""
        first = min(len(self.of) - 1, round(start / self.hop))
        return first + int(self.of[first : max(first + 1, round(end / self.hop))].argmin())

    def faint(self, pause: int) -> float:
        """Return the level above which something is heard beside a hop of a pause."""
        return max(_FAINT, _NOISE * float(self.of[pause]))

    def end(self, word: Word, pause: int, faint: float) -> Word:
        """Return a word that ends where it is heard to, before a hop of the pause behind it."""
        edge = _edge(self.of[round(word.start / self.hop) : pause][::-1], faint)
        return word if edge is None else replace(word, end=(pause - edge) * self.hop)

    def begin(self, word: Word, pause: int, faint: float) -> Word:
        """Return a word that begins where it is heard to, behind a hop of the pause before it."""
        edge = _edge(self.of[pause : round(word.end / self.hop)], faint)
        return word if edge is None else replace(word, start=(pause + edge) * self.hop)


def heard_words(words: Sequence[Word], samples: Samples, rate: int) -> tuple[Word, ...]:
    """Return the words of a speech; those beside a pause begin and end where that is heard."""
    rms = loudness(samples, rate)
    loudest = float(rms.max(initial=0.0))
    if not words or loudest < SILENT:
        return tuple(words)
    levels = _Levels(rms / loudest, hop_length(rate) / rate)
    heard = [levels.begin(words[0], 0, _FAINT), *words[1:]]
    for at, (word, following) in enumerate(pairwise(words)):
        if following.start - word.end >= SHORTEST_PAUSE_SECONDS:
            pause = levels.quietest(word.end, following.start)
            faint = levels.faint(pause)
            heard[at] = levels.end(heard[at], pause, faint)
            heard[at + 1] = levels.begin(following, pause, faint)
    heard[-1] = levels.end(heard[-1], len(rms), _FAINT)
    return tuple(heard)


def _edge(levels: Samples, faint: float) -> float | None:
    """Return behind how many hops of silence a sound begins; None where none is clear."""
    clear = np.flatnonzero(levels > max(_CLEAR, faint))
    return float(clear[0] + np.flatnonzero(levels > faint)[0]) / 2 if len(clear) else None
