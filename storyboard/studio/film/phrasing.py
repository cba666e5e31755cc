"""When a narration's sentences end and its lists are told. Knows texts and times, no presenter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from storyboard.narration.cleaning import clean_narration
from storyboard.sentence_marks import ends_with_mark
from storyboard.studio.film.caption_tokens import line_width
from storyboard.studio.film.captions import timed_tokens
from storyboard.studio.film.cue_cutting import Timed
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.stage.phrases import Phrases

_BETWEEN: Final = ",;、，；،؛"
"""Marks between the items of a list."""

_LONGEST_ITEM: Final = 2.4
"""Seconds: what is longer is a clause, and no item."""


def phrases_of(scene: FilmScene, speech: Spoken, language: str) -> Phrases:
    """Return a scene's sentences and lists, in seconds of its speech."""
    text = clean_narration(scene.narration)
    tokens = timed_tokens(text, speech.words, speech.seconds, language, scene.say, line_width(text))
    sentences = [list(each) for _, each in groupby(tokens, key=lambda token: token.sentence)]
    return Phrases(
        tuple(sentence[-1].end for sentence in sentences),
        tuple(items for sentence in sentences for items in _lists(sentence)),
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
