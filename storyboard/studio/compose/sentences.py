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
from typing import Final

from storyboard.studio.compose.pace import speech_seconds
from storyboard.studio.compose.request import Cue, Source

MAX_SECONDS: Final = 12.0
"""A longer sentence is parted at a comma or between two words, so that lengths can be met."""

MIN_SECONDS: Final = 1.8
"""A shorter sentence joins the next one: a scene of less speech cannot be generated."""

_LONGEST_ABBREVIATED: Final = 400
_PAUSE_SECONDS: Final = 2.0
_END: Final = re.compile(r"(?<=[.!?…])['\"”’»)\]]*\s+|(?<=[。！？｡।؟۔])['\"”’」』）]*\s*")
_CLAUSE: Final = re.compile(r"(?<=[,;:–—])\s+|(?<=[，、；：،])\s*")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|vs|etc|No|Nr|bzw|ca|z\.B|e\.g|i\.e)\.$"
)
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source; `start` and `end` in its seconds, `None` in a document.

    `speech` is how long it probably takes to speak; `position` counts within the source.
    """

    text: str
    source: int
    position: int
    speech: float
    start: float | None = None
    end: float | None = None


def sentences_of(source: Source, number: int) -> tuple[Sentence, ...]:
    """Return what a source says, in its order; captions first where it has both."""
    pieces = [*_of_cues(source.cues), *((text, None, None) for text in _of_text(source.text))]
    return tuple(
        Sentence(text, number, position, speech_seconds(text), start, end)
        for position, (text, start, end) in enumerate(pieces)
    )


def joined(texts: Sequence[str]) -> str:
    """Join sentences to one narration, with spaces where the script has them."""
    result = ""
    for text in texts:
        gap = "" if not result or (_WIDE.match(result[-1]) and _WIDE.match(text)) else " "
        result += gap + text
    return result


def split_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of one paragraph, of 1.8 to 12 seconds each where that can be."""
    ready, waiting = "", ""
    for part in _parts(text):
        waiting = joined((waiting, part)) if waiting else part
        if speech_seconds(waiting) >= MIN_SECONDS:
            if ready:
                yield ready
            ready, waiting = waiting, ""
    last = joined([text for text in (ready, waiting) if text])
    if last:
        yield last


_Piece = tuple[str, float | None, float | None]


def _of_cues(cues: Sequence[Cue]) -> Iterator[_Piece]:
    for run in _runs(cues):
        text, starts = "", []
        for cue in run:
            text = joined((text, cue.text)) if text else cue.text
            starts.append(len(text) - len(cue.text))
        found = 0
        for sentence in split_sentences(text):
            at = max(found, text.find(sentence.split()[0], found))
            found = min(len(text), at + len(sentence))
            yield sentence, _time(run, starts, at), _time(run, starts, found)


def _runs(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Part the cues where a text without full stops pauses, or where all are silent for long."""
    run: list[Cue] = []
    for cue in cues:
        if run and _is_pause(run, cue):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _is_pause(run: Sequence[Cue], cue: Cue) -> bool:
    return cue.start - run[-1].end > _PAUSE_SECONDS or len(run) >= 400


def _time(run: Sequence[Cue], starts: Sequence[int], at: int) -> float:
    index = max(0, bisect_right(starts, at) - 1)
    cue = run[index]
    share = min(1.0, (at - starts[index]) / max(1, len(cue.text)))
    return round(cue.start + share * (cue.end - cue.start), 3)


def _of_text(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        yield from split_sentences(" ".join(paragraph.split()))


def _parts(text: str) -> Iterator[str]:
    whole = ""
    for piece in _pieces(text, _END):
        whole = joined((whole, piece)) if whole else piece
        if len(whole) > _LONGEST_ABBREVIATED or not _ABBREVIATION.search(whole[-8:]):
            yield from _cut(whole)
            whole = ""
    if whole:
        yield from _cut(whole)


def _cut(sentence: str) -> Iterator[str]:
    """Part a sentence that is too long: at its clauses, and a clause between its words."""
    if speech_seconds(sentence) <= MAX_SECONDS:
        yield sentence
        return
    clauses = list(_pieces(sentence, _CLAUSE))
    words = sentence.split() if len(clauses) == 1 else clauses
    atoms = words if len(words) > 1 else [sentence[i : i + 40] for i in range(0, len(sentence), 40)]
    waiting = ""
    for atom in atoms:
        longer = joined((waiting, atom)) if waiting else atom
        if waiting and speech_seconds(longer) > MAX_SECONDS:
            yield from _cut(waiting)
            longer = atom
        waiting = longer
    yield from _cut(waiting) if len(atoms) > 1 else (waiting,)


def _pieces(text: str, at: re.Pattern[str]) -> Iterator[str]:
    """Yield the text in pieces that end where the pattern matches; the match's signs stay."""
    start = 0
    for match in at.finditer(text):
        piece = text[start : match.end()].strip()
        if piece:
            yield piece
        start = match.end()
    rest = text[start:].strip()
    if rest and any(unicodedata.category(char)[0] in "LN" for char in rest):
        yield rest
