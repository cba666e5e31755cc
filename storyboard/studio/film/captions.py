"""Captions and chapters of a film, on the timeline that its picture and sound were made on.

Knows texts and times, no voice and no picture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from storyboard.studio.film.request import Cue, SceneTiming
from storyboard.studio.voice.speech import Word

LINE_WIDTH = 42
"""Columns of a line, two lines at most; wide characters take two columns."""

_LONGEST_SECONDS = 6.0
_PAUSE_SECONDS = 0.7
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u3000-\u303f\uff00-\uffef"
_TOKEN = re.compile(rf"(?:[{_WIDE}]|[^\s{_WIDE}]+)\s*")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟]['\"”’»)」]*\s*$")


def scene_cues(
    narration: str, words: Sequence[Word], seconds: float, start: float
) -> Iterator[Cue]:
    """Yield the captions of a speech of so many seconds that begins at the film's `start`.

    Word times are used where the voice gave one for each word as written; else the time is shared
    out by the number of characters.
    """
    tokens = _TOKEN.findall(narration.strip())
    for group in _groups(tokens, _times(tokens, words, seconds)):
        text = "".join(token for token, _, _ in group).strip()
        yield Cue(start + group[0][1], start + group[-1][2], text)


def chapters(titles: Sequence[str], timeline: Sequence[SceneTiming], fps: int) -> tuple[Cue, ...]:
    """Return a chapter for each scene, as long as the scene."""
    return tuple(
        Cue(scene.start_frame / fps, (scene.start_frame + scene.frames) / fps, title)
        for title, scene in zip(titles, timeline, strict=True)
    )


def chapter_title(narration: str) -> str:
    """Return a title for a scene: its first sentence, or as much of it as fits in a line."""
    tokens = _TOKEN.findall(narration.strip())
    title = ""
    for token in tokens:
        if _width(title + token) > LINE_WIDTH:
            return title.rstrip(" ,;:–—") + "…"
        title += token
        if _SENTENCE_END.search(title):
            break
    return title.strip().rstrip(".。")


def write_srt(cues: Sequence[Cue]) -> str:
    """Write cues as SubRip."""
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_lines(cue.text)}\n"
        for number, cue in enumerate(cues, 1)
    )


def write_vtt(cues: Sequence[Cue]) -> str:
    """Write cues as WebVTT."""
    return "WEBVTT\n" + "".join(
        f"\n{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_escaped(_lines(cue.text))}\n"
        for cue in cues
    )


_Timed = tuple[str, float, float]


def _times(
    tokens: Sequence[str], words: Sequence[Word], seconds: float
) -> tuple[tuple[float, float], ...]:
    if len(words) == len(tokens):
        return tuple((word.start, word.end) for word in words)
    total = sum(len(token) for token in tokens)
    ends = [0]
    for token in tokens:
        ends.append(ends[-1] + len(token))
    return tuple(
        (seconds * ends[index] / total, seconds * ends[index + 1] / total)
        for index in range(len(tokens))
    )


def _groups(
    tokens: Sequence[str], times: Sequence[tuple[float, float]]
) -> Iterator[tuple[_Timed, ...]]:
    """Cut at sentence ends and pauses, and before a caption gets too long to read."""
    group: list[_Timed] = []
    for token, (start, end) in zip(tokens, times, strict=True):
        if group and _is_over(group, token, start, end):
            yield tuple(group)
            group = []
        group.append((token, start, end))
    if group:
        yield tuple(group)


def _is_over(group: Sequence[_Timed], token: str, start: float, end: float) -> bool:
    text = "".join(each for each, _, _ in group)
    return (
        _width(text + token) > 2 * LINE_WIDTH - 8
        or end - group[0][1] > _LONGEST_SECONDS
        or start - group[-1][2] > _PAUSE_SECONDS
        or _SENTENCE_END.search(text) is not None
    )


def _lines(text: str) -> str:
    """Break a long caption into two lines of about equal width."""
    if _width(text) <= LINE_WIDTH:
        return text
    breaks = [match.end() for match in _TOKEN.finditer(text)][:-1]
    if not breaks:
        return text
    best = min(breaks, key=lambda at: max(_width(text[:at].rstrip()), _width(text[at:])))
    return f"{text[:best].rstrip()}\n{text[best:]}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text.rstrip())


def _clock(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    return (
        f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}"
        f"{point}{whole % 1000:03}"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
