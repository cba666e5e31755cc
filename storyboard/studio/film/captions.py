"""Captions and chapters of a film, on the timeline that its picture and sound were made on.

Knows texts and times, no voice and no picture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, islice, zip_longest
from typing import Final

from storyboard.caption_files import Cue
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.pronunciation import Say
from storyboard.narration.read_out import read_out
from storyboard.narration.sentences import first_sentence, sentence_spans
from storyboard.narration.spoken_tokens import spoken_tokens
from storyboard.studio.film.caption_lines import in_lines
from storyboard.studio.film.caption_tokens import (
    LINE_WIDTH,
    head_within,
    line_width,
    tokens_of,
    width,
)
from storyboard.studio.film.cue_cutting import (
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    TAIL_SECONDS,
    Timed,
    cut,
)
from storyboard.studio.film.request import SceneTiming
from storyboard.studio.film.word_times import spoken_times
from storyboard.studio.voice.speech import Word

_READING_COLUMNS: Final = 17
"""Columns a second that most people read, and the strictest guide for adults asks for."""

_FLICKER_SECONDS: Final = 0.5
"""A gap between two captions that looks like a fault; guides for subtitles close shorter ones."""

_BLANKS: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""What is shown as one space; a blank line would end a cue, and the rest of it be lost."""

_OPEN_END: Final = re.compile(r"(?<![\s,;:–—、，])[\s,;:–—、，]+$")
"""What a title does not end with before its `…`."""


def scene_cues(
    narration: str,
    words: Sequence[Word],
    seconds: float,
    start: float,
    language: str | None = None,
    say: Say = (),
    heard: Sequence[Word] = (),
) -> Iterator[Cue]:
    """Yield the captions of a speech of so many seconds that begins at the film's `start`.

    They show the narration without marks, the words of `say` as they are written. The times of the
    words tell what is shown together; when it is shown, those that are `heard`, or else the same.
    What is too short to be read stays until the next one. Each is broken into the lines that it is
    shown in.
    """
    text = clean_narration(narration)
    limit = line_width(text)
    told = list(timed_tokens(text, words, seconds, language, say, limit))
    shown = list(timed_tokens(text, heard, seconds, language, say, limit)) if heard else told
    return _without_flicker(list(_cues(cut(told, limit), shown, seconds, start, limit)))


def later(cues: Iterable[Cue], seconds: float) -> tuple[Cue, ...]:
    """Return captions so many seconds later."""
    return tuple(replace(cue, start=cue.start + seconds, end=cue.end + seconds) for cue in cues)


def _cues(
    parts: Iterable[Sequence[Timed]],
    shown: Sequence[Timed],
    seconds: float,
    begin: float,
    limit: int,
) -> Iterator[Cue]:
    """Yield a caption for each part of a narration, for as long as it is heard and read.

    `shown` are all that is in the parts, as they are heard.
    """
    tokens = iter(shown)
    groups = [tuple(islice(tokens, len(part))) for part in parts]
    begins = [group[0].start for group in groups]
    ends = [*begins[1:], seconds + TAIL_SECONDS] if begins else []
    for group, following in zip(groups, ends, strict=True):
        lines = in_lines([token.text for token in group], limit)
        end = _held(group[0].start, group[-1].end, following, width(lines))
        if lines:  # a no-break space alone is a word that shows nothing
            yield Cue(begin + group[0].start, begin + end, lines)


def timed_tokens(
    text: str,
    words: Sequence[Word],
    seconds: float,
    language: str | None,
    say: Say,
    limit: int,
) -> Iterator[Timed]:
    """Yield the parts of a cleaned narration, and when a speech of so many seconds says them.

    None is wider than `limit` columns.
    """
    parts = _parts_of(text, language, say, limit)
    times = spoken_times(parts.tokens, parts.spoken, parts.numbers, words, seconds)
    for token, (start, end), number in zip(parts.tokens, times, parts.numbers, strict=True):
        yield Timed(_BLANKS.sub(" ", token), start, end, number)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a narration, what is said of each, and the number of its sentence."""

    tokens: Sequence[str]
    spoken: Sequence[str]
    numbers: Sequence[int]


@lru_cache(maxsize=32)
def _parts_of(text: str, language: str | None, say: Say, limit: int) -> _Parts:
    """Part a narration, once for all that is timed of its scene: gestures, and captions twice."""
    changes = read_out(text, language, say).changes if language else ()
    tokens = tokens_of(text, changes, language, limit)
    numbers = _sentence_numbers(text, tokens, language)
    return _Parts(tokens, spoken_tokens(tokens, changes), numbers)


def _held(start: float, end: float, following: float, columns: int) -> float:
    """Return until when a caption is shown: long enough to be read, and never over the next one."""
    wanted = max(SHORTEST_SECONDS, min(columns / _READING_COLUMNS, LONGEST_SECONDS))
    return max(end, min(following, start + wanted))


def _without_flicker(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield captions that stay until the next one where it comes at once."""
    for cue, following in zip_longest(cues, cues[1:]):
        is_soon = following and 0 < following.start - cue.end < _FLICKER_SECONDS
        yield replace(cue, end=following.start) if is_soon else cue


def chapters(titles: Sequence[str], timeline: Sequence[SceneTiming], fps: int) -> tuple[Cue, ...]:
    """Return a chapter for each scene, as long as the scene."""
    return tuple(
        Cue(scene.start_frame / fps, (scene.start_frame + scene.frames) / fps, title)
        for title, scene in zip(titles, timeline, strict=True)
    )


def chapter_title(narration: str, language: str | None = None) -> str:
    """Return a title for a scene: its first sentence, or as much of it as fits in a line."""
    sentence = _BLANKS.sub(" ", first_sentence(clean_narration(narration), language))
    if width(sentence) <= LINE_WIDTH:
        return sentence.strip().rstrip(".。")
    title = ""
    for token in tokens_of(sentence, language=language):
        if width(title + token) >= LINE_WIDTH:
            break
        title += token
    return _OPEN_END.sub("", title or head_within(sentence, LINE_WIDTH - 1)) + "…"


def _sentence_numbers(text: str, tokens: Sequence[str], language: str | None) -> tuple[int, ...]:
    """Return of each token in which sentence it is, as speech cuts them."""
    begins = [start for start, _ in sentence_spans(text, language)]
    places = [0, *accumulate(len(token) for token in tokens)]
    return tuple(bisect_right(begins, place) for place in places[: len(tokens)])
