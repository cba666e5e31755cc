"""Which sentences fit a duration: the best passages first, then the length met. Knows no layout.

A passage is a run of sentences that touch in their source. Runs never exceed the scenes that the
duration is good for, so that no scene is a crumb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.studio.compose.pace import SCENE_SECONDS
from storyboard.studio.compose.sentences import Sentence
from storyboard.studio.compose.words import stems

_NEAR: Final = 0.04
_NEAR_SECONDS: Final = 1.5
_FAR: Final = 0.05
_FAR_SECONDS: Final = 5.0
_WORST: Final = 0.1
_POOR: Final = 0.3
_POOR_SECONDS: Final = 6.0
_REDUNDANCY: Final = 0.7
_EXCHANGED: Final = 12


def select(
    sentences: Sequence[Sentence], scores: Sequence[float], duration: float, count: int
) -> tuple[Sentence, ...]:
    """Return sentences in their order that last about `duration` seconds, `count` passages at most.

    At the end no single sentence more, less or other brings the length nearer than 4 % or 1.5 s,
    unless it is filler and the length is within 5 % or 5 s already.
    """
    choice = _Choice(sentences, scores, count)
    speech = max(1.0, duration - count * SCENE_SECONDS)
    _fill(choice, speech, speech / count)
    _meet(choice, speech)
    return tuple(sentences[index] for index in sorted(choice.chosen))


class _Choice:
    """Owns the set of chosen sentences, by index, and what it adds up to."""

    def __init__(self, sentences: Sequence[Sentence], scores: Sequence[float], count: int) -> None:
        self.sentences, self.scores, self.count = sentences, scores, count
        self.chosen: set[int] = set()
        self.runs = 0
        self.seconds = 0.0

    def touches(self, index: int) -> int:
        """Return how many chosen neighbours a sentence has in its source."""
        return sum(near in self.chosen for near in self.neighbours(index))

    def neighbours(self, index: int) -> Iterator[int]:
        """Yield the sentences before and after, where they are of the same source."""
        for near in (index - 1, index + 1):
            if 0 <= near < len(self.sentences) and self._source(near) == self._source(index):
                yield near

    def can_add(self, index: int) -> bool:
        """Return whether a sentence is free and makes no passage too many."""
        if index in self.chosen:
            return False
        return self.runs + 1 - self.touches(index) <= self.count

    def can_drop(self, index: int) -> bool:
        """Return whether a sentence is chosen, not the last one, and parts no passage in two."""
        return index in self.chosen and len(self.chosen) > 1 and self.touches(index) < 2

    def add(self, index: int) -> None:
        """Choose a sentence."""
        self.runs += 1 - self.touches(index)
        self.chosen.add(index)
        self.seconds += self.sentences[index].speech

    def drop(self, index: int) -> None:
        """Choose it no more."""
        self.chosen.remove(index)
        self.runs -= 1 - self.touches(index)
        self.seconds -= self.sentences[index].speech

    def _source(self, index: int) -> int:
        return self.sentences[index].source


def _fill(choice: _Choice, speech: float, passage: float) -> None:
    """Take the best sentence that says something new, grow it to a passage, and again."""
    order = sorted(range(len(choice.scores)), key=lambda index: (-choice.scores[index], index))
    said: set[str] = set()
    for strictness in (_REDUNDANCY, 1.1):
        for index in order:
            if speech - choice.seconds < 0.25 * passage or choice.runs >= choice.count:
                break
            own = set(stems(choice.sentences[index].text))
            is_new = not own or len(own & said) < strictness * len(own)
            is_poor = bool(choice.chosen) and choice.scores[index] < _POOR
            if is_new and not is_poor and choice.can_add(index) and not choice.touches(index):
                said |= own
                _grow(choice, index, min(passage, speech - choice.seconds))


def _grow(choice: _Choice, index: int, seconds: float) -> None:
    """Add the better neighbour of a passage as long as it stays within about `seconds`."""
    if choice.chosen and choice.sentences[index].speech > 1.5 * seconds:
        return
    choice.add(index)
    length, low, high = choice.sentences[index].speech, index, index
    while True:
        ends = [(low - 1, low), (high + 1, high)]
        free = [n for n, end in ends if n in choice.neighbours(end) and n not in choice.chosen]
        fitting = [n for n in free if length + choice.sentences[n].speech <= 1.15 * seconds]
        if not fitting:
            return
        best = max(fitting, key=lambda n: (choice.scores[n], n))
        choice.add(best)
        length += choice.sentences[best].speech
        low, high = min(low, best), max(high, best)


def _meet(choice: _Choice, speech: float) -> None:
    """Add, drop or exchange one sentence at a time until nothing brings the length nearer."""
    near = max(_NEAR * speech, _NEAR_SECONDS)
    while (error := abs(speech - choice.seconds)) > near:
        moves = [*_single_moves(choice)]
        if len(choice.chosen) <= _EXCHANGED:
            moves += _exchanges(choice)
        worst = _WORST if error <= max(_FAR * speech, _FAR_SECONDS) else -1.0
        nearer = [
            move
            for move in moves
            if abs(speech - choice.seconds - move.seconds) < error - 1e-6
            and all(choice.scores[index] > worst for index in move.added)
        ]
        best = min(nearer, key=lambda move: _rank(move, choice, speech, near), default=None)
        if best is None:
            return
        for index in best.dropped:
            choice.drop(index)
        for index in best.added:
            choice.add(index)


@dataclass(frozen=True, slots=True)
class _Move:
    """A change of the choice: how many seconds and how much score it brings."""

    seconds: float
    score: float
    added: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()


def _rank(
    move: _Move, choice: _Choice, speech: float, near: float
) -> tuple[float, float, tuple[int, ...], tuple[int, ...]]:
    """Order moves: the nearest first, and of those near enough the one with the best score.

    To take in a sentence that says little is as bad as to be some seconds off.
    """
    error = max(near, abs(speech - choice.seconds - move.seconds))
    poor = sum(max(0.0, 1 - choice.scores[index] / _POOR) for index in move.added)
    return error + _POOR_SECONDS * poor, -move.score, move.added, move.dropped


def _single_moves(choice: _Choice) -> Iterator[_Move]:
    for index, sentence in enumerate(choice.sentences):
        if choice.can_add(index):
            yield _Move(sentence.speech, choice.scores[index], (index,))
        elif choice.can_drop(index):
            yield _Move(-sentence.speech, -choice.scores[index], (), (index,))


def _exchanges(choice: _Choice) -> Iterator[_Move]:
    for old in sorted(choice.chosen):
        if len(choice.chosen) > 1 and not choice.can_drop(old):
            continue
        seconds, score = choice.sentences[old].speech, choice.scores[old]
        choice.drop(old)
        yield from (
            _Move(sentence.speech - seconds, choice.scores[index] - score, (index,), (old,))
            for index, sentence in enumerate(choice.sentences)
            if index != old and choice.can_add(index)
        )
        choice.add(old)
