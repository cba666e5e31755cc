"""A narration as it is read out, with a mark for each place that is not said as it is written.

Speech, captions, chapters, checks and the estimate ask here. Knows no voice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from storyboard.narration.plain_text import is_plain
from storyboard.narration.readers import reader_of
from storyboard.narration.sentences import sentence_spans
from storyboard.spoken_tags import speaking_tags

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
def read_out(text: str, language: str) -> ReadOut:
    """Read a cleaned narration as a reader of the language (a tag with a voice) would say it."""
    if is_plain(text):
        return ReadOut(tuple(text[a:b] for a, b in sentence_spans(text, language)))
    reader = reader_of(_known(language))
    said: list[str] = []
    changes: list[Change] = []
    unspoken: list[Unspoken] = []
    for start, end in sentence_spans(text, language):
        found = reader.read(text[start:end])
        said.append(found.said)
        changes.extend(Change(start + a, start + b, to) for a, b, to in found.changes)
        unspoken.extend(Unspoken(sign, start + at) for sign, at in found.unspoken)
    return ReadOut(tuple(each for each in said if each), tuple(changes), tuple(unspoken))


def _known(language: str) -> str:
    """Return the tag as readers are kept: `en-GB`, `pt-BR` and `de` stay, `de-AT` is `de`."""
    return next(speaking_tags(language))
