"""A sentence's speech with its sounds and words, whoever speaks it. Knows no engine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from storyboard.studio.voice.clauses import Clause
from storyboard.studio.voice.letter_times import Letter, Span, named, shared_out, sounds, word_spans
from storyboard.studio.voice.levels import Samples, heard_spans, level
from storyboard.studio.voice.phones import merged
from storyboard.studio.voice.speech import Speech

PAUSE_SECONDS: Final = 0.1
"""Silence that counts as a pause: the stop of a `t` is shorter."""


def timed(
    samples: Samples, rate: int, clauses: Sequence[Clause], told: Sequence[Letter] | None = None
) -> Speech:
    """Return a sentence's speech with its sounds and words, at the times of its letters.

    Where no times are `told`, they are shared out over what is heard.
    """
    letters = [clause.letters for clause in clauses]
    heard = heard_spans(samples, rate, PAUSE_SECONDS)
    times = _clipped(told, heard) if told and heard else shared_out(letters, heard)
    spans = word_spans(times)
    counts = [len(word_spans((sign, 0.0, 0.0) for sign in each)) for each in letters]
    if sum(counts) == len(spans):
        starts = [0, *accumulate(counts)]
        words = [
            word
            for clause, (a, b) in zip(clauses, pairwise(starts), strict=True)
            for word in named(clause.words, spans[a:b])
        ]
    else:
        words = list(named((), spans))
    return Speech(level(samples, rate), rate, merged(sounds(times)), tuple(words))


def _clipped(told: Sequence[Letter], heard: Sequence[Span]) -> tuple[Letter, ...]:
    """Return times within what is heard: a network's last letter lasts on in silence."""
    first, last = heard[0][0], heard[-1][1]
    return tuple(
        (sign, min(last, max(first, start)), min(last, max(first, end)))
        for sign, start, end in told
    )
