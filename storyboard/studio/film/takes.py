"""Into which takes a scene is parted: a sentence with the pause behind it. Knows no pose.

Each take is acted and filmed for itself, from rest to rest. Whoever edits a sentence has that one
filmed anew, and none before it; none behind it either, where the background stands still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from storyboard.studio.film.phrasing import Sentence
from storyboard.studio.film.timeline import LEAD_SECONDS
from storyboard.studio.stage.phrases import Phrases

_SHORTEST: Final = 2.0
"""Seconds of a take, at least. A choice: each begins at rest, and with a key frame."""

_AHEAD: Final = 0.12
"""Seconds by which a take begins before it is spoken: a mouth moves ahead of its sound."""

_MICROSECONDS: Final = 6
"""Digits of a second: takes that differ by less are acted the same."""


@dataclass(frozen=True, slots=True)
class Take:
    """Frames of a scene at `fps`, and the sentences that are said in them."""

    first: int
    frames: int
    fps: int
    said: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """What is said."""
        return " ".join(sentence.text for sentence in self.said)

    @property
    def phrases(self) -> Phrases:
        """Its sentences and lists, in seconds since it begins."""
        lists = (items for sentence in self.said for items in sentence.lists)
        return Phrases(
            tuple(self.since(sentence.end) for sentence in self.said),
            tuple(tuple(map(self.since, items)) for items in lists),
        )

    def since(self, second: float) -> float:
        """Return how long after its beginning a second of the scene's speech is."""
        return round(second + LEAD_SECONDS - self.first / self.fps, _MICROSECONDS)


def takes_of(sentences: Sequence[Sentence], frames: int, fps: int) -> tuple[Take, ...]:
    """Part a scene of so many frames, between sentences that have a pause between them."""
    firsts, said = [0], [list(sentences[:1])]
    for before, sentence in pairwise(sentences):
        first = round((sentence.start + LEAD_SECONDS - _AHEAD) * fps)
        is_long = min(first - firsts[-1], frames - first) >= _SHORTEST * fps
        if is_long and sentence.start - before.end >= _AHEAD:
            firsts.append(first)
            said.append([])
        said[-1].append(sentence)
    return tuple(
        Take(first, end - first, fps, tuple(its))
        for (first, end), its in zip(pairwise([*firsts, frames]), said, strict=True)
    )
