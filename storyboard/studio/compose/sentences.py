"""From cues and plain text to sentences with their places. Knows the signs that end a sentence.

A sentence's start is that of the cue that has its first word, moved on inside the cue by the share
of the characters before it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from storyboard.narration.sentences import count_stops, sentences
from storyboard.scripts import HAN, KANA, WIDE_SIGNS, in_class
from storyboard.studio.compose.pace import Pace
from storyboard.studio.compose.request import Cue, Source
from storyboard.wire import MIN_SPEECH_SECONDS

MAX_SECONDS: Final = 12.0
"""A longer sentence is parted at a comma or between two words, so that lengths can be met."""

MIN_SECONDS: Final = 1.2 * MIN_SPEECH_SECONDS
"""A shorter sentence joins the next one, so that a voice that is a fifth faster than the estimate
still says enough for a generation."""

_LONGEST_RUN: Final = 400
_PAUSE_SECONDS: Final = 2.0
_SHORT_PAUSE_SECONDS: Final = 0.5
_UNPUNCTUATED: Final = 400
"""Characters for each end of a sentence: a text with fewer ends is parted where it pauses."""

_CLAUSE: Final = re.compile(r"(?<=[,;:–—])\s+|(?<=[，、；：،])\s*")
RECKONED: Final = Pace()

_WIDE: Final = re.compile(f"[{in_class(KANA + HAN + WIDE_SIGNS)}]")
"""What sentences are not spaced in: Thai, Lao, Khmer and Myanmar have no space between words, but
one between sentences."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source; `start` and `end` in its seconds, `None` in a document.

    `speech` is how long it probably takes to speak; `position` counts within the source. A part of
    a sentence that was too long may not be where that `begins` or `ends`.
    """

    text: str
    source: int
    position: int
    speech: float
    start: float | None = None
    end: float | None = None
    begins: bool = True
    ends: bool = True


def sentences_of(source: Source, number: int, pace: Pace = RECKONED) -> tuple[Sentence, ...]:
    """Return what a source says, in its order; captions first where it has both."""
    timed = [*_of_cues(source.cues, pace)]
    pieces = [*timed, *((part, None, None) for part in _of_text(source.text, pace))]
    return tuple(
        Sentence(part.text, number, at, pace.seconds(part.text), start, end, part.begins, part.ends)
        for at, (part, start, end) in enumerate(pieces)
    )


def joined(texts: Sequence[str]) -> str:
    """Join sentences to one narration, with spaces where the script has them."""
    result = ""
    for text in texts:
        gap = "" if not result or (_WIDE.match(result[-1]) and _WIDE.match(text)) else " "
        result += gap + text
    return result


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or what was cut of it, and whether it has the sentence's beginning and end."""

    text: str
    begins: bool = True
    ends: bool = True


def split_sentences(text: str, pace: Pace = RECKONED) -> Iterator[Part]:
    """Yield the sentences of one paragraph, of 1.8 to 12 seconds each where that can be."""
    ready: Part | None = None
    waiting: Part | None = None
    for part in _parts(text, pace):
        waiting = _merged(waiting, part)
        if pace.seconds(waiting.text) >= MIN_SECONDS:
            if ready:
                yield ready
            ready, waiting = waiting, None
    if waiting:
        ready = _merged(ready, waiting)
    if ready:
        yield ready


def _merged(one: Part | None, other: Part) -> Part:
    return Part(joined((one.text, other.text)), one.begins, other.ends) if one else other


_Piece = tuple[Part, float | None, float | None]


def _of_cues(cues: Sequence[Cue], pace: Pace) -> Iterator[_Piece]:
    for run in _runs(cues):
        text, starts = "", []
        for cue in run:
            text = joined((text, cue.text)) if text else cue.text
            starts.append(len(text) - len(cue.text))
        found = 0
        for part in split_sentences(text, pace):
            at = max(found, text.find(part.text.split()[0], found))
            found = min(len(text), at + len(part.text))
            yield part, _time(run, starts, at), _time(run, starts, found)


def _runs(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Part the cues where all are silent for long, or where a text without full stops pauses."""
    run: list[Cue] = []
    ends = sum(count_stops(cue.text) for cue in cues)
    is_punctuated = sum(len(cue.text) for cue in cues) <= _UNPUNCTUATED * (ends + 1)
    pause = _PAUSE_SECONDS if is_punctuated else _SHORT_PAUSE_SECONDS
    for cue in cues:
        if run and (cue.start - run[-1].end > pause or len(run) >= _LONGEST_RUN):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _time(run: Sequence[Cue], starts: Sequence[int], at: int) -> float:
    index = max(0, bisect_right(starts, at) - 1)
    cue = run[index]
    share = min(1.0, (at - starts[index]) / max(1, len(cue.text)))
    return round(cue.start + share * (cue.end - cue.start), 3)


def _of_text(text: str, pace: Pace) -> Iterator[Part]:
    for paragraph in re.split(r"\n\s*\n", text):
        yield from split_sentences(" ".join(paragraph.split()), pace)


def _parts(text: str, pace: Pace) -> Iterator[Part]:
    for sentence in sentences(text):
        if _says_something(sentence):
            yield from _cut(sentence, pace)


def _cut(sentence: str, pace: Pace) -> Iterator[Part]:
    """Part a sentence that is too long: at its clauses, and a clause between its words."""
    texts = list(_cut_texts(sentence, pace))
    for number, text in enumerate(texts):
        yield Part(text, number == 0, number == len(texts) - 1)


def _cut_texts(sentence: str, pace: Pace) -> Iterator[str]:
    if pace.seconds(sentence) <= MAX_SECONDS:
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


def _says_something(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LN" for char in text)
