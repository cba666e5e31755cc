"""Sentences with their lengths and places: long ones parted, short ones joined. Knows no ranking.

A sentence's start is that of the cue that has its first word, moved on inside the cue by the share
of the characters before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from storyboard.narration.sentences import sentences
from storyboard.studio.compose.pace import Pace
from storyboard.studio.compose.request import Source
from storyboard.studio.compose.small_talk import is_small_talk
from storyboard.studio.compose.utterances import (
    Utterance,
    joined,
    language_of,
    says_something,
    utterances,
)
from storyboard.wire import MIN_SPEECH_SECONDS

MAX_SECONDS: Final = 12.0
"""A longer sentence is parted at a comma or between two words, so that lengths can be met."""

MIN_SECONDS: Final = 1.2 * MIN_SPEECH_SECONDS
"""A shorter sentence joins the next one, so that a voice that is a fifth faster than the estimate
still says enough for a generation."""

_SURELY_LONG: Final = 2_000
"""Characters that no voice says in 12 seconds, so that they need not be read out to know."""

_CLAUSE: Final = re.compile(r"(?<=[,;:–—])\s+|(?<=[，、；：،])\s*")
RECKONED: Final = Pace()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source; `start` and `end` in its seconds, `None` in a document.

    `speech` is how long it probably takes to speak; `position` counts within the source. A part of
    a sentence that was too long may not be where that `begins` or `ends`. Sentences of one
    `section` are under the same heading; the `topic` is counted through all sources, once it is
    known.
    """

    text: str
    source: int
    position: int
    speech: float
    start: float | None = None
    end: float | None = None
    begins: bool = True
    ends: bool = True
    section: int = 0
    topic: int = 0


def sentences_of(source: Source, number: int, pace: Pace = RECKONED) -> tuple[Sentence, ...]:
    """Return what a source says, in its order; captions first where it has both."""
    return tuple(timed(utterances(source, language_of(source)), number, pace))


def timed(said: Iterable[Utterance], number: int, pace: Pace = RECKONED) -> Iterator[Sentence]:
    """Yield what a source says in sentences of 1.8 to 12 seconds each where that can be.

    Greetings, adverts and what is no sentence are left out; where nothing else is said, all is
    said.
    """
    every = tuple(said)
    kept = [each for each in every if _is_meant(each)]
    parts = (part for whole in _merged(kept or every, pace) for part in _cut(whole, pace))
    for at, part in enumerate(parts):
        line = part.timeline
        start, end = (line.time(part.at), line.time(part.end)) if line else (None, None)
        yield Sentence(
            *(part.text, number, at, pace.seconds(part.text), start, end),
            *(part.begins, part.ends, part.section),
        )


def _is_meant(said: Utterance) -> bool:
    return (said.begins or said.ends) and not is_small_talk(said.text)


def split_sentences(text: str, pace: Pace = RECKONED) -> Iterator[Utterance]:
    """Yield the sentences of one paragraph, of 1.8 to 12 seconds each where that can be."""
    said = [Utterance(part, 0, 0, None, 0) for part in sentences(text) if says_something(part)]
    for whole in _merged(said, pace):
        yield from _cut(whole, pace)


def _merged(said: Iterable[Utterance], pace: Pace) -> Iterator[Utterance]:
    """Join what is too short to the next sentence of its turn, and the last one to the one
    before."""
    for _, group in groupby(said, key=lambda each: (each.turn, each.section)):
        ready: list[Utterance] = []
        for each in group:
            if ready and pace.seconds(ready[-1].text) < MIN_SECONDS:
                ready[-1] = _both(ready[-1], each)
            else:
                ready.append(each)
        if len(ready) > 1 and pace.seconds(ready[-1].text) < MIN_SECONDS:
            last = ready.pop()
            ready[-1] = _both(ready[-1], last)
        yield from ready


def _both(one: Utterance, other: Utterance) -> Utterance:
    text = joined((one.text, other.text))
    return replace(one, text=text, end=other.end, ends=other.ends)


def _cut(said: Utterance, pace: Pace) -> Iterator[Utterance]:
    """Part a sentence that is too long: at its clauses, and a clause between its words."""
    texts = list(_cut_texts(said.text, pace))
    if len(texts) == 1:
        yield said
        return
    at = said.at
    for number, text in enumerate(texts):
        end = said.end
        if said.timeline is not None:
            at = max(at, said.timeline.text.find(text.split()[0], at, said.end))
            end = min(said.end, at + len(text))
        begins, ends = said.begins and number == 0, said.ends and number == len(texts) - 1
        yield replace(said, text=text, at=at, end=end, begins=begins, ends=ends)
        at = end


def _cut_texts(sentence: str, pace: Pace) -> Iterator[str]:
    if len(sentence) <= _SURELY_LONG and pace.seconds(sentence) <= MAX_SECONDS:
        yield sentence
        return
    clauses = _clauses(sentence)
    words = sentence.split() if len(clauses) == 1 else clauses
    atoms = words if len(words) > 1 else [sentence[i : i + 40] for i in range(0, len(sentence), 40)]
    waiting = ""
    for atom in atoms:
        longer = joined((waiting, atom)) if waiting else atom
        if waiting and pace.seconds(longer) > MAX_SECONDS:
            yield from _cut_texts(waiting, pace)
            longer = atom
        waiting = longer
    yield from _cut_texts(waiting, pace) if len(atoms) > 1 else (waiting,)


def _clauses(text: str) -> list[str]:
    """Return the text in pieces that end behind the signs that part clauses."""
    ends = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    pieces = (text[start:end].strip() for start, end in pairwise(ends))
    return [piece for piece in pieces if piece]
