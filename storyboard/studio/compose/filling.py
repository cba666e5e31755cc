"""The first choice of sentences: a passage of each topic, then the best that says something new.

Knows no length to meet but the seconds that are still free; `selection` brings the choice to it.
"""

from __future__ import annotations

from typing import Final

from storyboard.studio.compose.choice import Choice

_TRIED: Final = 8
"""Sentences of a topic that may begin its passage."""

WORST: Final = 0.1
"""A sentence of a lower score is taken only where nothing else reaches the length."""

POOR: Final = 0.3
"""A sentence of a lower score is poor, and costs as if the length were missed by more."""

REDUNDANCY: Final = 0.7
"""The share of a sentence that was said already, from which it says nothing new."""


def fill_topics(choice: Choice, speech: float, passage: float) -> None:
    """Take a passage of each topic: of that of the kept sentence, of the best one of each source,
    and then of the others, the best ones first."""
    for order, is_first_of_source in _topics(choice):
        if speech - choice.seconds < 0.25 * passage or choice.runs >= choice.count:
            return
        least = POOR if choice.kept is not None and not is_first_of_source else WORST
        for index in order[:_TRIED]:
            if choice.scores[index] <= least or not choice.can_add(index):
                continue
            if choice.share_said(index) < REDUNDANCY:
                _grow(choice, index, min(passage, speech - choice.seconds))
                break


def _topics(choice: Choice) -> list[tuple[list[int], bool]]:
    """Return the sentences of each topic, the best ones first, and whether it is its source's
    best."""
    grouped: dict[int, list[int]] = {}
    for index, sentence in enumerate(choice.sentences):
        grouped.setdefault(sentence.topic, []).append(index)

    def value(index: int) -> tuple[bool, float, int]:
        return index == choice.kept, choice.scores[index], -index

    orders = [sorted(each, key=value, reverse=True) for each in grouped.values()]
    orders.sort(key=lambda order: value(order[0]), reverse=True)
    told, sources = list[tuple[list[int], bool]](), set[int]()
    for order in orders:
        source = choice.sentences[order[0]].source
        told.append((order, source not in sources))
        sources.add(source)
    return sorted(told, key=lambda each: not each[1])


def fill(choice: Choice, speech: float, passage: float) -> None:
    """Take the best sentence that says something new, grow it to a passage, and again.

    Passages lie apart, so that they speak of the whole, unless a brief says what to speak of.
    """
    order = sorted(range(len(choice.scores)), key=lambda index: (-choice.scores[index], index))
    if choice.kept is not None:
        order.insert(0, choice.kept)
    for strictness in (REDUNDANCY, 1.1):
        for index in order:
            if speech - choice.seconds < 0.25 * passage or choice.runs >= choice.count:
                break
            is_poor = bool(choice.chosen) and choice.scores[index] < POOR
            is_beside = choice.kept is None and bool(choice.touches(index))
            if is_poor or is_beside or not choice.can_add(index):
                continue
            if choice.share_said(index) < strictness:
                _grow(choice, index, min(passage, speech - choice.seconds))


def _grow(choice: Choice, index: int, seconds: float) -> None:
    """Add the better neighbor of a passage, of its topic, as long as it stays within about
    `seconds`."""
    if choice.chosen and choice.speech[index] > 1.5 * seconds:
        return
    choice.add(index)
    length, low, high = choice.speech[index], index, index
    topic = choice.sentences[index].topic
    while True:
        ends = [(low - 1, low), (high + 1, high)]
        free = [
            n
            for n, end in ends
            if n in choice.neighbors(end)
            and choice.can_add(n)
            and choice.sentences[n].topic == topic
            and choice.scores[n] > WORST
        ]
        fitting = [n for n in free if length + choice.speech[n] <= 1.15 * seconds]
        if not fitting:
            return
        best = min(fitting, key=lambda n: (choice.roughness(n) - choice.scores[n], -n))
        choice.add(best)
        length += choice.speech[best]
        low, high = min(low, best), max(high, best)
