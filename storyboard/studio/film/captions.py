"""Captions and chapters of a film, on the timeline that its picture and sound were made on.

Knows texts and times, no voice and no picture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from storyboard import caption_files
from storyboard.caption_files import Cue
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.pronunciation import Say
from storyboard.narration.read_out import read_out
from storyboard.narration.sentences import first_sentence, sentence_spans
from storyboard.narration.spoken_tokens import spoken_tokens
from storyboard.studio.film.caption_tokens import LINE_WIDTH, head_within, tokens_of, width
from storyboard.studio.film.request import SceneTiming
from storyboard.studio.film.word_times import says_something, spoken_times
from storyboard.studio.voice.speech import Word

_LONGEST_SECONDS = 7.0
_SHORTEST_SECONDS = 1.0
_PAUSE_SECONDS = 0.7
_BLANKS = re.compile(r"[ \t\n]+")
"""What is shown as one space; a blank line would end a cue, and the rest of it be lost."""


def scene_cues(
    narration: str,
    words: Sequence[Word],
    seconds: float,
    start: float,
    language: str | None = None,
    say: Say = (),
) -> Iterator[Cue]:
    """Yield the captions of a speech of so many seconds that begins at the film's `start`.

    They show the narration without marks, the words of `say` as they are written, and keep to the
    times of the words; what is too short to be read stays until the next one.
    """
    text = clean_narration(narration)
    changes = read_out(text, language, say).changes if language else ()
    tokens = tokens_of(text, changes)
    times = spoken_times(tokens, spoken_tokens(tokens, changes), words, seconds)
    groups = list(_groups(tokens, times, _sentence_numbers(text, tokens, language)))
    begins = [group[0][1] for group in groups]
    ends = [*begins[1:], seconds] if begins else []
    for group, following in zip(groups, ends, strict=True):
        shown = _BLANKS.sub(" ", "".join(token for token, _, _ in group)).strip()
        held = min(following, group[0][1] + _SHORTEST_SECONDS)
        yield Cue(start + group[0][1], start + max(group[-1][2], held), shown)


def chapters(titles: Sequence[str], timeline: Sequence[SceneTiming], fps: int) -> tuple[Cue, ...]:
    """Return a chapter for each scene, as long as the scene."""
    return tuple(
        Cue(scene.start_frame / fps, (scene.start_frame + scene.frames) / fps, title)
        for title, scene in zip(titles, timeline, strict=True)
    )


def chapter_title(narration: str, language: str | None = None) -> str:
    """Return a title for a scene: its first sentence, or as much of it as fits in a line."""
    title = ""
    for token in tokens_of(first_sentence(clean_narration(narration), language)):
        if width(title + token) > LINE_WIDTH:
            return (title or head_within(token, LINE_WIDTH - 1)).rstrip(" ,;:–—") + "…"
        title += token
    return title.strip().rstrip(".。")


def write_srt(cues: Sequence[Cue]) -> str:
    """Write cues as SubRip, in lines."""
    return caption_files.write_srt(_in_lines(cues))


def write_vtt(cues: Sequence[Cue]) -> str:
    """Write cues as WebVTT, in lines."""
    return caption_files.write_vtt(_in_lines(cues))


def _in_lines(cues: Sequence[Cue]) -> Iterator[Cue]:
    for cue in cues:
        yield replace(cue, text=_lines(cue.text))


_Timed = tuple[str, float, float]


def _sentence_numbers(text: str, tokens: Sequence[str], language: str | None) -> tuple[int, ...]:
    """Return of each token in which sentence it is, as speech cuts them."""
    begins = [start for start, _ in sentence_spans(text, language)]
    places = [0, *accumulate(len(token) for token in tokens)]
    return tuple(bisect_right(begins, place) for place in places[: len(tokens)])


def _groups(
    tokens: Sequence[str], times: Sequence[tuple[float, float]], numbers: Sequence[int]
) -> Iterator[tuple[_Timed, ...]]:
    """Cut at sentence ends and pauses, and before a caption gets too long to read."""
    group: list[_Timed] = []
    first = 0
    for token, (start, end), number in zip(tokens, times, numbers, strict=True):
        if group and _is_over(group, token, start, end, number > first):
            yield tuple(group)
            group = []
        first = first if group else number
        group.append((token, start, end))
    if group:
        yield tuple(group)


def _is_over(
    group: Sequence[_Timed], token: str, start: float, end: float, is_next_sentence: bool
) -> bool:
    text = "".join(each for each, _, _ in group)
    if not _fits(text + token):
        return True
    return says_something(token) and (
        end - group[0][1] > _LONGEST_SECONDS
        or start - group[-1][2] > _PAUSE_SECONDS
        or (is_next_sentence and says_something(text))
    )


def _fits(text: str) -> bool:
    return max(width(line) for line in _lines(text).split("\n")) <= LINE_WIDTH


def _lines(text: str) -> str:
    """Break a long caption into two lines of about equal width."""
    if width(text) <= LINE_WIDTH:
        return text
    breaks = list(accumulate(len(token) for token in tokens_of(text)))[:-1]
    if not breaks:
        return text
    best = min(breaks, key=lambda at: max(width(text[:at]), width(text[at:])))
    return f"{text[:best].rstrip()}\n{text[best:]}"
