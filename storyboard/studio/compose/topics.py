"""Where a source goes on to its next topic: the parting that its words make most probable.

The sentences of one topic share their words; so a parting costs what is needed to tell the words of
each part by themselves (Utiyama & Isahara 2001). Headings are where an author parted it already.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from storyboard.studio.compose.sentences import Sentence
from storyboard.studio.compose.words import stems

_MOST_UNITS: Final = 400
"""Into so many pieces a long source is cut, of which topics are made: a topic of an hour's talk is
no shorter than a minute."""

_LONGEST: Final = 80
"""Pieces of a topic, so that the work grows with the source and not with its square."""

_HEADING_GAIN: Final = 12.0
"""What a heading is worth, in the logarithm of a probability; a choice."""

_TRIES: Final = 24


def topics_of(sentences: Sequence[Sentence], count: int) -> list[int]:
    """Return the number of each sentence's topic, counted through all sources.

    There are `count` topics or fewer, shared among the sources by what they have to say, but at
    least one a source.
    """
    runs = [list(run) for _, run in groupby(sentences, key=lambda each: each.source)]
    shares = _shares([sum(each.speech for each in run) for run in runs], count)
    found: list[int] = []
    for run, share in zip(runs, shares, strict=True):
        first = found[-1] + 1 if found else 0
        found += [first + topic for topic in _parted(run, share)]
    return found


def _shares(lengths: Sequence[float], count: int) -> list[int]:
    """Share topics among sources: one each, and the others where most is said for each."""
    shares = [1] * len(lengths)
    for _ in range(count - len(lengths) if lengths else 0):
        most = max(range(len(lengths)), key=lambda at: (lengths[at] / (shares[at] + 1), -at))
        shares[most] += 1
    return shares


def _parted(sentences: Sequence[Sentence], count: int) -> list[int]:
    """Return the topic of each sentence of one source, at most `count`, from 0."""
    size = max(1, math.ceil(len(sentences) / _MOST_UNITS))
    units = [sentences[at : at + size] for at in range(0, len(sentences), size)]
    if count < 2 or len(units) < 2:
        return [0] * len(sentences)
    starts = _best_starts(units, min(count, len(units)))
    topic, found = -1, list[int]()
    for number, unit in enumerate(units):
        topic += number in starts
        found += [topic] * len(unit)
    return found


def _best_starts(units: Sequence[Sequence[Sentence]], count: int) -> set[int]:
    """Return where topics begin: as many as are wanted, or the most that fewer of them can be.

    A dearer start makes for fewer topics; its price is found by halves.
    """
    costs = _costs([[term for each in unit for term in stems(each.text)] for unit in units])
    gains = [
        _HEADING_GAIN * (number > 0 and units[number - 1][-1].section != unit[0].section)
        for number, unit in enumerate(units)
    ]
    low, high = -50.0, 500.0
    best = {0}
    for _ in range(_TRIES):
        price = (low + high) / 2
        starts = _cheapest(costs, gains, price)
        if len(starts) > count:
            low = price
        else:
            high = price
            best = starts if len(starts) >= len(best) else best
    return best


def _costs(units: Sequence[Sequence[str]]) -> list[list[float]]:
    """Return for each start what its topic costs, by how many pieces it has more than one."""
    vocabulary = len({term for unit in units for term in unit})
    told: list[list[float]] = []
    for start in range(len(units)):
        counts: dict[str, int] = {}
        length, known, row = 0, 0.0, list[float]()
        for unit in units[start : start + _LONGEST]:
            for term in unit:
                times = counts.get(term, 0) + 1
                counts[term] = times
                known += times * math.log(times + 1) - (times - 1) * math.log(times)
            length += len(unit)
            row.append(length * math.log(length + vocabulary) - known if length else 0.0)
        told.append(row)
    return told


def _cheapest(costs: Sequence[Sequence[float]], gains: Sequence[float], price: float) -> set[int]:
    """Return where the topics of the cheapest parting begin, by what each start costs."""
    size = len(costs)
    best, way = [0.0] + [math.inf] * size, [0] * (size + 1)
    for start, row in enumerate(costs):
        begun = best[start] + price - gains[start]
        for more, cost in enumerate(row):
            if begun + cost < best[start + more + 1]:
                best[start + more + 1] = begun + cost
                way[start + more + 1] = start
    starts, at = set[int](), size
    while at > 0:
        at = way[at]
        starts.add(at)
    return starts
