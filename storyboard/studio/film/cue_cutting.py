"""Which words of a narration are shown together. Knows times of words, no voice and no format.

A caption ends with its sentence, at a pause of the speech, or before it gets too long. Of all ways
to cut a sentence that is too long for one, the best has the fewest parts, ends them at marks, and
leaves no word behind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.studio.film.caption_lines import fitting, strain
from storyboard.studio.film.caption_tokens import width
from storyboard.studio.film.timeline import SAMPLE_RATE, TAIL_SAMPLES
from storyboard.studio.film.word_times import says_something

LONGEST_SECONDS: Final = 7.0
SHORTEST_SECONDS: Final = 1.0
TAIL_SECONDS: Final = TAIL_SAMPLES / SAMPLE_RATE
"""For how long the last caption of a scene may stay after its speech."""

_PAUSE_SECONDS: Final = 0.7
_FLASH_SECONDS: Final = 5 / 6
"""What is shown for less is not read: the shortest that guides for subtitles allow."""


_MOST_TOKENS: Final = 100
"""More than two lines can hold, each with its blank."""

_STRAIN: Final = 0.05
"""What a caption's end costs or brings, for each column that it is worth to a line's."""

_ALONE: Final = 0.9
"""What a caption costs that has next to nothing in it. As the ends', it is less than one more
caption costs, so that there are no more than are needed."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A part of a narration, when it is heard, and in which sentence."""

    text: str
    start: float
    end: float
    sentence: int


def cut(tokens: Sequence[Timed], limit: int) -> Iterator[tuple[Timed, ...]]:
    """Yield what each caption shows, with lines of so many columns."""
    runs = [part for run in _runs(tokens) for part in _cut_evenly(run, limit)]
    yield from _without_flashes(runs, limit)


def _runs(tokens: Sequence[Timed]) -> Iterator[tuple[Timed, ...]]:
    """Cut at sentence ends and pauses; marks alone stay with what is said before them."""
    run: list[Timed] = []
    sentence: int | None = None
    for token in tokens:
        if says_something(token.text):
            is_pause = bool(run) and token.start - run[-1].end > _PAUSE_SECONDS
            if sentence is not None and (token.sentence > sentence or is_pause):
                yield tuple(run)
                run, sentence = [], None
            sentence = token.sentence if sentence is None else sentence
        run.append(token)
    if run:
        yield tuple(run)


def _cut_evenly(run: tuple[Timed, ...], limit: int) -> Iterator[tuple[Timed, ...]]:
    """Cut a sentence into the captions that cost least, computed from its end on."""
    count = len(run)
    best: list[tuple[float, int]] = [(0.0, count)] * (count + 1)
    for start in reversed(range(count)):
        costs = [
            (_cost(run[start:end], limit, is_last=end == count) + best[end][0], end)
            for end in _ends(run, start, limit)
        ]
        best[start] = min(costs)
    start = 0
    while start < count:
        end = best[start][1]
        yield run[start:end]
        start = end


def _ends(run: Sequence[Timed], start: int, limit: int) -> Iterator[int]:
    """Yield where a caption that begins with a token may end; one token always is a caption."""
    for count in fitting([token.text for token in run[start : start + _MOST_TOKENS]], limit):
        end = start + count
        if count > 1 and run[end - 1].end - run[start].start > LONGEST_SECONDS:
            return
        yield end


def _cost(part: Sequence[Timed], limit: int, *, is_last: bool) -> float:
    text = _text(part)
    filled = width(text) / (2 * limit)
    alone = _ALONE * max(0.0, 1 - 4 * filled)
    return 1 + filled * filled + alone + (0 if is_last else _STRAIN * strain(text))


def _without_flashes(
    groups: Sequence[tuple[Timed, ...]], limit: int
) -> Iterator[tuple[Timed, ...]]:
    """Join sentences that are over before they are read, such as "No. Go.", to those beside."""
    held: tuple[Timed, ...] = ()
    for at, group in enumerate(groups):
        both = (*held, *group)
        if held and _may_join(held, group, limit):
            following = groups[at + 1][0].start if at + 1 < len(groups) else None
            if _is_flash(held, group[0].start) or _is_flash(group, following):
                held = both
                continue
        if held:
            yield held
        held = group
    if held:
        yield held


def _is_flash(group: Sequence[Timed], following: float | None) -> bool:
    until = group[-1].end + TAIL_SECONDS if following is None else following
    return until - group[0].start < _FLASH_SECONDS


def _may_join(before: Sequence[Timed], after: Sequence[Timed], limit: int) -> bool:
    both = [*before, *after]
    return (
        after[0].start - before[-1].end <= _PAUSE_SECONDS
        and after[-1].end - before[0].start <= LONGEST_SECONDS
        and len(both) in fitting([token.text for token in both], limit)
    )


def _text(part: Sequence[Timed]) -> str:
    return "".join(token.text for token in part)
