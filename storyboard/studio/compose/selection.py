"""Which sentences fit a duration: the best passages first, then the length met. Knows no layout.

Passages never exceed the scenes that the duration is good for, so that no scene is a crumb, unless
the sources are too short for the length to be met otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from storyboard.studio.compose.choice import Choice
from storyboard.studio.compose.filling import POOR, REDUNDANCY, WORST, fill, fill_topics
from storyboard.studio.compose.pace import SCENE_SECONDS
from storyboard.studio.compose.ranking import Ranking
from storyboard.studio.compose.sentences import Sentence
from storyboard.wire import MAX_SCENES

# How far a length may be off, as a share and in seconds: `meet` says what each of them allows. They
# and the weights below are choices.
_NEAR: Final = 0.03
_NEAR_SECONDS: Final = 1.5
_FAR: Final = 0.04
_FAR_SECONDS: Final = 4.0
_LOST: Final = 0.045
_LOST_SECONDS: Final = 5.2
_POOR_SECONDS: Final = 6.0
_ROUGH_SECONDS: Final = 6.0
_TOPIC_SECONDS: Final = 6.0
"""What it costs to speak no more of a topic."""

_ROUGH_SCORE: Final = 1.0
_STEPS: Final = 100
"""Steps to a length, one sentence each, that anything reasonable is happy with; a text of many tiny
paragraphs would take thousands, of thousands of sentences. From then on a step drops a run."""

_EXCHANGED: Final = 12
"""Chosen sentences up to which each exchange for another one is looked at; a choice."""


def tolerance(duration: float) -> float:
    """Return by how many seconds a film may miss the duration: half of the longest sentence, or
    5 %, whichever is more."""
    return max(6.0, 0.05 * duration)


def is_near(error: float, duration: float) -> bool:
    """Return whether a length is so near that nothing is changed to bring it nearer."""
    return abs(error) <= max(_NEAR * duration, _NEAR_SECONDS)


def choose(sentences: Sequence[Sentence], ranking: Ranking, duration: float, count: int) -> Choice:
    """Choose the best passages for about `duration` seconds, `count` at most, by what is known of
    the sentences' speech; `meet` brings them to the length.

    The brief comes before the length, and the length before all else: the sentence that has most
    of the brief is chosen first and kept, if it can be said within the duration and half of the
    tolerance. Of several that have as much the best one is, and where the longest answers do not
    fit, the best that does. Where none fits, the length wins.
    """
    room = duration + tolerance(duration) / 2 - SCENE_SECONDS
    answers = [
        (ranking.answers[index], ranking.scores[index], -index)
        for index, sentence in enumerate(sentences)
        if ranking.answers[index] > 0 and sentence.speech <= room
    ]
    kept = -max(answers)[2] if answers else None
    choice = Choice(sentences, ranking.scores, count, kept)
    speech = max(1.0, duration - count * SCENE_SECONDS)
    fill_topics(choice, speech, speech / count)
    fill(choice, speech, speech / count)
    return choice


def meet(choice: Choice, speech: float) -> None:
    """Bring the choice to about `speech` seconds, one sentence at a time.

    At the end no single sentence more, less or other brings it nearer than 3 % or 1.5 s, unless
    that is filler and the length is within 4 % or 4 s already. There are more passages than were
    wanted only where it would be missed by more than 4.5 % or 5.2 s.
    """
    _approach(choice, speech)
    lost = max(_LOST * speech, _LOST_SECONDS)
    while abs(speech - choice.seconds) > lost and choice.count < MAX_SCENES:
        choice.count += 1
        _approach(choice, speech)
    _smooth(choice, speech)


def _far(speech: float) -> float:
    return max(_FAR * speech, _FAR_SECONDS)


@dataclass(frozen=True, slots=True)
class _Move:
    """A change of the choice: the seconds, the score and the rough edges that it brings."""

    seconds: float
    score: float
    roughness: float
    added: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()

    def make(self, choice: Choice) -> None:
        """Carry it out."""
        for index in self.dropped:
            choice.drop(index)
        for index in self.added:
            choice.add(index)


def _approach(choice: Choice, speech: float) -> None:
    for step in count():
        error = speech - choice.seconds
        if is_near(error, speech):
            return
        worst = WORST if abs(error) <= _far(speech) else -1.0
        nearer = [
            move
            for move in _moves(choice, error, abs(error) - 1e-6)
            if all(choice.scores[index] > worst for index in move.added)
        ]
        best = min(nearer, key=lambda move: _rank(move, choice, error, speech), default=None)
        if best is None:
            return
        best.make(choice)
        if step >= _STEPS:
            _drop_beside(best, choice, abs(error) / 4)


def _drop_beside(move: _Move, choice: Choice, seconds: float) -> None:
    """Drop the sentences beside one that was dropped, of about so many seconds."""
    if move.added or len(move.dropped) != 1:
        return
    left = seconds
    for step in (-1, 1):
        at = move.dropped[0] + step
        while choice.can_drop(at) and choice.speech[at] <= left:
            left -= choice.speech[at]
            choice.drop(at)
            at += step


def _smooth(choice: Choice, speech: float) -> None:
    """Add, drop or exchange sentences at the passages' rough edges while the length stays met and
    no more is lost than is won."""
    while True:
        error = speech - choice.seconds
        most = max(abs(error), _far(speech))
        better = [
            move
            for move in _moves(choice, error, most)
            if move.roughness < -1e-6 and move.roughness * _ROUGH_SCORE < min(0.0, move.score)
        ]
        if not better:
            return
        min(better, key=lambda move: _rank(move, choice, error, speech)).make(choice)


def _rank(
    move: _Move, choice: Choice, error: float, speech: float
) -> tuple[float, float, tuple[int, ...], tuple[int, ...]]:
    """Order moves: the nearest first, and of those near enough the one with the best score.

    To take in a sentence that says little or nothing new, or to leave a rough edge, is as bad as
    to be some seconds off.
    """
    near = max(_NEAR * speech, _NEAR_SECONDS)
    off = max(near, abs(error - move.seconds))
    poor = sum(
        1.0 if choice.share_said(index) >= REDUNDANCY else max(0.0, 1 - choice.scores[index] / POOR)
        for index in move.added
    )
    again = {choice.sentences[index].topic for index in move.added}
    lost = sum(
        choice.is_last_of_topic(index) and choice.sentences[index].topic not in again
        for index in move.dropped
    )
    cost = off + _POOR_SECONDS * poor + _ROUGH_SECONDS * move.roughness + _TOPIC_SECONDS * lost
    return cost, -move.score, move.added, move.dropped


def _moves(choice: Choice, error: float, most: float) -> Iterator[_Move]:
    """Yield the changes that leave an error of so many seconds at most: of one sentence, or in a
    short choice of two."""

    def fits(seconds: float) -> bool:
        return abs(error - seconds) <= most

    yield from _single_moves(choice, fits)
    if len(choice.chosen) <= _EXCHANGED:
        yield from _exchanges(choice, fits)


def _single_moves(choice: Choice, fits: Callable[[float], bool]) -> Iterator[_Move]:
    for index in range(len(choice.sentences)):
        seconds, score = choice.speech[index], choice.scores[index]
        if fits(seconds) and choice.can_add(index):
            yield _Move(seconds, score, choice.roughness(index), (index,))
        elif fits(-seconds) and choice.can_drop(index):
            yield _Move(-seconds, -score, -choice.roughness(index), (), (index,))


def _exchanges(choice: Choice, fits: Callable[[float], bool]) -> Iterator[_Move]:
    for old in choice.ordered:
        is_alone = len(choice.chosen) == 1 and old != choice.kept
        if not is_alone and not choice.can_drop(old):
            continue
        seconds, score = choice.speech[old], choice.scores[old]
        choice.drop(old)
        rough = choice.roughness(old)
        yield from (
            _Move(
                choice.speech[index] - seconds,
                choice.scores[index] - score,
                choice.roughness(index) - rough,
                (index,),
                (old,),
            )
            for index in range(len(choice.sentences))
            if index != old and fits(choice.speech[index] - seconds) and choice.can_add(index)
        )
        choice.add(old)
