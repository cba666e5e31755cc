"""When a narration's sentences end and its lists are told. Knows texts and times, no presenter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from storyboard.narration.cleaning import clean_narration
from storyboard.sentence_marks import ends_with_mark
from storyboard.studio.film.caption_tokens import line_width
from storyboard.studio.film.captions import timed_tokens
from storyboard.studio.film.cue_cutting import Timed
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken

_BETWEEN: Final = ",;、，；،؛"
"""Marks between the items of a list."""

_LONGEST_ITEM: Final = 2.4
"""Seconds: what is longer is a clause, and no item."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, from when until when, in seconds of the speech.

    Of each of its `lists`: when an item begins, and when the last one ends.
    """

    text: str
    start: float
    end: float
    lists: tuple[tuple[float, ...], ...] = ()


def sentences_of(scene: FilmScene, speech: Spoken, language: str) -> tuple[Sentence, ...]:
    """Return what a scene's speech says."""
    text = clean_narration(scene.narration)
    tokens = timed_tokens(text, speech.words, speech.seconds, language, scene.say, line_width(text))
    parts = (list(each) for _, each in groupby(tokens, key=lambda token: token.sentence))
    return tuple(
        Sentence(
            "".join(token.text for token in part).strip(),
            part[0].start,
            part[-1].end,
            tuple(_lists(part)),
        )
        for part in parts
    )


def _lists(sentence: Sequence[Timed]) -> Iterator[tuple[float, ...]]:
    """Yield lists of three items or more: commas that follow each other closely."""
    commas = [token.end for token in sentence[:-1] if ends_with_mark(token.text, _BETWEEN)]
    end = sentence[-1].end
    row: list[float] = []
    for comma, following in pairwise([*commas, end + 2 * _LONGEST_ITEM]):
        row.append(comma)
        if following - comma > _LONGEST_ITEM:
            if len(row) > 1:
                first = max(sentence[0].start, row[0] - _LONGEST_ITEM / 2)
                yield first, *row, min(end, row[-1] + _LONGEST_ITEM)
            row = []
