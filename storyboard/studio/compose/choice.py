"""The chosen sentences: what they add up to, what may join or leave. Knows no length to meet.

A passage is a run of sentences that touch in their source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from storyboard.studio.compose.edges import closing, opening
from storyboard.studio.compose.sentences import Sentence
from storyboard.studio.compose.words import stems


class Choice:
    """Owns the set of chosen sentences, by index, at most `count` passages.

    `kept` is never dropped once it is chosen. `speech` has the seconds of every sentence, as well
    as they are known.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        scores: Sequence[float],
        count: int,
        kept: int | None = None,
    ) -> None:
        self.sentences, self.scores = sentences, scores
        self.count, self.kept = count, kept
        self.speech = [sentence.speech for sentence in sentences]
        self.chosen: set[int] = set()
        self._of_source: Counter[int] = Counter()
        self._of_topic: Counter[int] = Counter()
        self.runs = 0
        self._seconds: float | None = 0.0
        self._near = tuple(_beside(sentences))
        self._said: Counter[str] = Counter()
        self._stems: dict[int, frozenset[str]] = {}
        self._opening = [opening(sentence) for sentence in sentences]
        self._closing = [closing(sentence) for sentence in sentences]

    @property
    def seconds(self) -> float:
        """How long the chosen sentences take to speak."""
        if self._seconds is None:
            self._seconds = sum(self.speech[index] for index in self.chosen)
        return self._seconds

    def retime(self, index: int, seconds: float) -> None:
        """Know better how long a sentence takes to speak."""
        self.speech[index] = seconds
        self._seconds = None

    @property
    def ordered(self) -> tuple[int, ...]:
        """The chosen sentences in their order."""
        return tuple(sorted(self.chosen))

    def touches(self, index: int) -> int:
        """Return how many chosen neighbors a sentence has in its source."""
        return len(self.chosen.intersection(self._near[index]))

    def neighbors(self, index: int) -> tuple[int, ...]:
        """Return the sentences before and after, where they are of the same source."""
        return self._near[index]

    def can_add(self, index: int) -> bool:
        """Return whether a sentence is free and makes no passage too many."""
        if index in self.chosen:
            return False
        return self.runs < self.count or self.runs + 1 - self.touches(index) <= self.count

    def can_drop(self, index: int) -> bool:
        """Return whether a sentence may go: not the kept one or the last one, of all or of its
        source, parting no passage."""
        if index not in self.chosen or index == self.kept or self._is_last_of_source(index):
            return False
        return len(self.chosen) > 1 and self.touches(index) < 2

    def add(self, index: int) -> None:
        """Choose a sentence."""
        self.runs += 1 - self.touches(index)
        self.chosen.add(index)
        self._of_source[self.sentences[index].source] += 1
        self._of_topic[self.sentences[index].topic] += 1
        self._seconds = None
        self._said.update(self._own(index))

    def drop(self, index: int) -> None:
        """Choose it no more."""
        self.chosen.remove(index)
        self._of_source[self.sentences[index].source] -= 1
        self._of_topic[self.sentences[index].topic] -= 1
        self._seconds = None
        self.runs -= 1 - self.touches(index)
        self._said.subtract(self._own(index))

    def is_last_of_topic(self, index: int) -> bool:
        """Return whether a chosen sentence is the only one of its topic."""
        return self._of_topic[self.sentences[index].topic] == 1

    def _is_last_of_source(self, index: int) -> bool:
        return self._of_source[self.sentences[index].source] == 1

    def share_said(self, index: int) -> float:
        """Return how much of what a free sentence says is said already, 0 to 1."""
        own = self._own(index)
        return sum(self._said[term] > 0 for term in own) / len(own) if own else 0.0

    def opens(self, index: int) -> float:
        """Return what it costs to begin a passage with a sentence."""
        return self._opening[index]

    def closes(self, index: int) -> float:
        """Return what it costs to end a passage with a sentence."""
        return self._closing[index]

    def roughness(self, index: int) -> float:
        """Return what the passages' edges cost more with a sentence than without it."""
        near = self.chosen.intersection(self._near[index])
        before = -self._closing[index - 1] if index - 1 in near else self._opening[index]
        after = -self._opening[index + 1] if index + 1 in near else self._closing[index]
        return before + after

    def _own(self, index: int) -> frozenset[str]:
        if index not in self._stems:
            self._stems[index] = frozenset(stems(self.sentences[index].text))
        return self._stems[index]


def _beside(sentences: Sequence[Sentence]) -> Iterator[tuple[int, ...]]:
    """Yield the neighbors of each sentence, worked out once: they are asked for all the time."""
    for index, sentence in enumerate(sentences):
        yield tuple(
            near
            for near in (index - 1, index + 1)
            if 0 <= near < len(sentences) and sentences[near].source == sentence.source
        )
