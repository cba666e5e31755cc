"""A narration as it is read out, with a mark for each place that is not said as it is written.

Speech, captions, chapters, checks and the estimate ask here. Knows no voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from storyboard.narration.plain_text import is_plain
from storyboard.narration.primes import with_primes
from storyboard.narration.pronunciation import Respelled, Say, respell
from storyboard.narration.readers import reader_of
from storyboard.narration.regions import reading_tag
from storyboard.narration.sentences import sentence_spans

_KEPT: Final = 4096
"""Texts: more than a project of some thousand scenes says."""


@dataclass(frozen=True, slots=True)
class Change:
    """A place of a text, from `start` to `end`, and what is said there instead."""

    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A sign that a voice would leave out, and where it stands."""

    sign: str
    start: int


@dataclass(frozen=True, slots=True)
class ReadOut:
    """A cleaned narration, sentence by sentence, as it is said.

    Places are those of the text that was given.
    """

    sentences: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    unspoken: tuple[Unspoken, ...] = ()

    @property
    def spoken(self) -> str:
        """The whole text as it is said."""
        return " ".join(self.sentences)


@lru_cache(maxsize=_KEPT)
def read_out(text: str, language: str, say: Say = ()) -> ReadOut:
    """Read a cleaned narration as a reader of the language (a tag with a voice) would say it.

    The words of `say` are said as it tells, before anything else is read.
    """
    if say:
        told = respell(text, say)
        return _told_of_written(read_out(told.text, language), told)
    if is_plain(text):
        return ReadOut(tuple(text[a:b] for a, b in sentence_spans(text, language)))
    reader = reader_of(reading_tag(language))
    said: list[str] = []
    changes: list[Change] = []
    unspoken: list[Unspoken] = []
    text = with_primes(text)
    for start, end in sentence_spans(text, language):
        found = reader.read(text[start:end])
        said.append(found.said)
        changes.extend(Change(start + a, start + b, to) for a, b, to in found.changes)
        unspoken.extend(Unspoken(sign, start + at) for sign, at in found.unspoken)
    return ReadOut(tuple(each for each in said if each), tuple(changes), tuple(unspoken))


def _told_of_written(read: ReadOut, told: Respelled) -> ReadOut:
    """Return what was read of a respelled text, with the places of the written one."""
    return ReadOut(
        read.sentences,
        tuple(_changes_of_written(read.changes, told)),
        tuple(Unspoken(each.sign, told.written_place(each.start)) for each in read.unspoken),
    )


def _changes_of_written(changes: tuple[Change, ...], told: Respelled) -> Iterator[Change]:
    """Yield words that are said otherwise and places that are read out, joined where they meet."""
    words = [(start, end, told.text[start:end]) for _, _, start, end in told.places]
    places = sorted([*words, *((each.start, each.end, each.said) for each in changes)])
    group: list[tuple[int, int, str]] = []
    for place in places:
        if group and place[0] >= max(end for _, end, _ in group):
            yield _joined(group, changes, told)
            group = []
        group.append(place)
    if group:
        yield _joined(group, changes, told)


def _joined(
    group: Sequence[tuple[int, int, str]], changes: tuple[Change, ...], told: Respelled
) -> Change:
    start, end = group[0][0], max(end for _, end, _ in group)
    said, done = "", start
    for each in changes:
        if start <= each.start < end:
            said += f"{told.text[done : each.start]} {each.said} "
            done = each.end
    written = told.written_place(start), told.written_place(end)
    return Change(*written, " ".join((said + told.text[done:end]).split()))
