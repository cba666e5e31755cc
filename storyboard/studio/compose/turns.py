"""The paragraphs of a text, as of a document or a written transcript. Knows no ranking.

A transcript as text has a name and a time before each turn, or on a line above it: both are known
by coming back, and left out. What is no sentence, as a row of a form or a line of a table, stays
one paragraph for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from storyboard.narration.line_breaks import meant_breaks
from storyboard.sentence_marks import ends_with_mark
from storyboard.studio.compose.directions import (
    without_column_of_times,
    without_directions,
    without_first_time,
    without_times,
)
from storyboard.studio.compose.labels import Labels, find_labels

_NAMED_TIME: Final = re.compile(
    r"(?P<name>[^\W\d_][^\n\d]{0,48}?)[\s,|·-]*[(\[]?\s*\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
    r"\s*[)\]]?(?:\s*[ap]\.?m\.?)?\s*:?\s*$",
    re.IGNORECASE,
)
_LONGEST_HEAD: Final = 80
_LEAST_WORDS: Final = 4
"""Words of a line of a transcript on average: a list has fewer."""

_SHORT_LINE: Final = 0.6
"""Of the usual line: a line that is shorter, before a capital, ends its paragraph."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph: where it begins in the text, who says it, and what is said."""

    at: int
    speaker: str
    text: str


def read_turns(text: str) -> Iterator[Turn]:
    """Yield the paragraphs of a text in their order, without names and times."""
    labels = _labels_of_transcript(text)
    if labels is not None:
        yield from _transcript(_lines(text), labels)
    else:
        yield from _paragraphs(text, [line for _, line in _lines(text) if line.strip()])


def read_spoken_lines(text: str) -> Iterator[Turn]:
    """Yield what the lines of a transcript say, and nothing of a text that was written.

    A text without any capital was written by a machine, even if its times are gone.
    """
    text, timed = without_column_of_times(text), text
    labels = _labels_of_transcript(text) or (Labels() if text != timed else None)
    is_lower = text.islower() and len(text.split()) >= _LEAST_WORDS * (text.count("\n") + 1)
    if labels is not None or is_lower:
        spoken = _spoken_lines(_lines(text), labels or Labels())
        yield from (line for line, _ in spoken if line.text)


def _lines(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group()) for match in re.finditer(r"[^\n]+|\n", text)]


def _labels_of_transcript(text: str) -> Labels | None:
    """Return the names of speakers in a transcript, `None` of what was written."""
    said = [line for line in text.split("\n") if line.strip()]
    is_timed = sum(map(_is_timed, said)) > max(2, len(said) // 20)
    untimed = [told for line in said if (told := without_first_time(line))]
    labels = find_labels(untimed, list(_blocks(text)))
    return labels if is_timed or labels.is_found else None


def _is_timed(line: str) -> bool:
    head = line[:_LONGEST_HEAD]
    return without_times(head) != head or _NAMED_TIME.match(head) is not None


def _blocks(text: str) -> Iterator[tuple[str, ...]]:
    """Yield what may be a name on a line of its own and what is below it, times left out."""
    blocks = [block.splitlines() for block in re.split(r"\n[^\S\n]*\n", text)]
    untimed = ([without_first_time(row).strip() for row in block] for block in blocks)
    told = [rows for block in untimed if (rows := [row for row in block if row])]
    if len(told) == 1:
        yield from pairwise(told[0])
    for rows, following in zip_longest(told, told[1:], fillvalue=list[str]()):
        yield (*rows, *following[:1])


def _transcript(lines: Sequence[tuple[int, str]], labels: Labels) -> Iterator[Turn]:
    """Yield a turn for each paragraph and each name."""
    begun, speaker, said = 0, "", list[str]()
    for line, is_named in _spoken_lines(lines, labels):
        is_parted = not line.text and bool(said) and ends_with_mark(said[-1])
        if (is_named or is_parted) and said:
            yield _turn(begun, speaker, said)
            said = []
        speaker = line.speaker
        if line.text:
            begun = begun if said else line.at
            said.append(line.text)
    if said:
        yield _turn(begun, speaker, said)


def _spoken_lines(lines: Sequence[tuple[int, str]], labels: Labels) -> Iterator[tuple[Turn, bool]]:
    """Yield what each line says, and whether it has a name; a blank line or a name alone says
    nothing."""
    speaker = ""
    for at, line in lines:
        told = "" if line == "\n" else line.strip()
        named = _NAMED_TIME.match(told) if len(told) <= _LONGEST_HEAD else None
        name, rest = (
            (named["name"].strip(" :-–—"), "") if named else labels.part(without_first_time(told))
        )
        speaker = name or speaker
        kept = without_directions(without_times(rest)) if rest else ""
        if kept or name or line == "\n":
            yield Turn(at, speaker, kept), bool(name)


def _paragraphs(text: str, said: Sequence[str]) -> Iterator[Turn]:
    lengths = sorted(len(line) for line in said)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    for match in re.finditer(r"(?:[^\n]+\n?)+", text):
        begun, kept = match.start(), list[str]()
        at = match.start()
        rows = match.group().split("\n")
        meant = meant_breaks([row.strip() for row in rows[: len(rows) - (not rows[-1])]])
        for number, row in enumerate(rows):
            following = rows[number + 1].strip() if number + 1 < len(rows) else ""
            if row.strip():
                begun = begun if kept else at
                kept.append(row.strip())
            is_meant = number in meant
            is_short = len(row) < _SHORT_LINE * usual and not ends_with_mark(row)
            if kept and (is_meant or (is_short and following[:1].isupper())):
                yield _turn(begun, "", kept)
                kept = []
            at += len(row) + 1
        if kept:
            yield _turn(begun, "", kept)


def _turn(at: int, speaker: str, lines: Sequence[str]) -> Turn:
    """Return lines as a paragraph, with one space between words."""
    return Turn(at, speaker, " ".join(" ".join(lines).split()))
