"""A sentence's speech with its sounds and words, whoever speaks it. Knows no engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from storyboard.studio.voice.clauses import Clause
from storyboard.studio.voice.letter_times import Letter, Span, named, shared_out, sounds, word_spans
from storyboard.studio.voice.levels import SHORTEST_PAUSE_SECONDS, Samples, heard_spans, level
from storyboard.studio.voice.phones import merged
from storyboard.studio.voice.speech import Speech, Word


def timed(
    samples: Samples, rate: int, clauses: Sequence[Clause], told: Sequence[Letter] | None = None
) -> Speech:
    """Return a sentence's speech with its sounds and words, at the times of its letters.

    Where no times are `told`, they are shared out over what is heard.
    """
    heard = heard_spans(samples, rate, SHORTEST_PAUSE_SECONDS)
    letters = [clause.letters for clause in clauses]
    times = _clipped(told, heard) if told and heard else shared_out(letters, heard)
    words = tuple(_words(clauses, word_spans(times)))
    return Speech(level(samples, rate), rate, merged(sounds(times)), words)


def _words(clauses: Sequence[Clause], spans: Sequence[Span]) -> Iterator[Word]:
    """Yield the words of clauses; of one whose words and times differ in number, all as one."""
    counts = [len(word_spans((sign, 0.0, 0.0) for sign in each.letters)) for each in clauses]
    if sum(counts) != len(spans):
        yield from named([word for clause in clauses for word in clause.words], spans)
        return
    for clause, (a, b) in zip(clauses, pairwise(accumulate(counts, initial=0)), strict=True):
        yield from named(clause.words, spans[a:b])


def _clipped(told: Sequence[Letter], heard: Sequence[Span]) -> tuple[Letter, ...]:
    """Return times within what is heard: a network's last letter lasts on in silence."""
    first, last = heard[0][0], heard[-1][1]
    return tuple(
        (sign, min(last, max(first, start)), min(last, max(first, end)))
        for sign, start, end in told
    )
