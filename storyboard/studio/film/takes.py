"""Into which takes a scene is parted: a sentence with the pause behind it. Knows no pose.

Each take is acted and filmed for itself, from rest to rest. Whoever edits a sentence has that one
filmed anew, and no other: what is done in a take depends on nothing around it. Only over a clip,
which is elsewhere then, those behind it are filmed anew, too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from storyboard.studio.film.phrasing import Sentence
from storyboard.studio.film.timeline import LEAD_SECONDS
from storyboard.studio.stage.phrases import Phrases

_SHORTEST: Final = 2.0
"""Seconds of a take, at least. A choice: each begins at rest, and with a key frame."""

_AHEAD: Final = 0.12
"""Seconds by which a take begins before it is heard: a mouth moves ahead of its sound."""

_NEAR: Final = 0.3
"""Seconds by which a sentence is told to begin before or after it is heard, at most."""

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


def takes_of(
    sentences: Sequence[Sentence], begins: Sequence[float], frames: int, fps: int
) -> tuple[Take, ...]:
    """Part a scene of so many frames between sentences, where its speech `begins` again."""
    firsts, said = [0], [list(sentences[:1])]
    for first, sentence in zip(_firsts(sentences, begins, fps), sentences[1:], strict=True):
        if first and min(first - firsts[-1], frames - first) >= _SHORTEST * fps:
            firsts.append(first)
            said.append([])
        said[-1].append(sentence)
    return tuple(
        Take(first, end - first, fps, tuple(its))
        for first, end, its in zip(firsts, [*firsts[1:], frames], said, strict=True)
    )


def _firsts(sentences: Sequence[Sentence], begins: Sequence[float], fps: int) -> Iterator[int]:
    """Yield the first frame of each sentence but the first; 0 where none can be told."""
    for before, sentence in pairwise(sentences):
        at = bisect_right(begins, sentence.start + _NEAR) - 1
        begin = begins[at] if at >= 0 else 0.0
        is_near = abs(begin - sentence.start) <= _NEAR and before.end < begin - _AHEAD
        yield round((begin + LEAD_SECONDS - _AHEAD) * fps) if is_near else 0
