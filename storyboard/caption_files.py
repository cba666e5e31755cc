"""Captions as SubRip and WebVTT: texts with times, and what must not stand in them. Knows no film.

A blank line ends a cue in both formats, and the rest of it would be lost. WebVTT has escapes.
SubRip has none: its readers take `-->` for the times of the next cue, and `<String>` for a tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from storyboard.scripts import is_written_right_to_left

SUBRIP: Final = ".srt"
WEBVTT: Final = ".vtt"

SHORTEST_CUE: Final = 0.001
"""Seconds that a cue lasts at least: less cannot be written, and a cue without length is none."""

_MARKUP: Final = re.compile(r"</?(?:b|i|u|font|c|v|lang|ruby|rt)(?:[.\s][^<>]{0,200})?>", re.I)
_LIKE_TAG: Final = re.compile(r"<(?=[^\W\d_]|[/!?])")
_PARTED_TAG: Final = re.compile(r"(?:(?<=[^\s<])<|<(?= [^<>\n]{1,200}(?<=\S)>)) (?=[^\W\d_]|[/!?])")
"""What `_without_tags` made of it: "a < b" has blanks on both sides, and nothing that closes it."""

EMBEDDINGS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What sets a part of a line from left to right or from right to left, and is none of its text."""

UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
"""Control characters, all of Unicode's category Cc: no viewer sees anything of them."""

_RTL_START, _RTL_END = "\u202b", "\u202c"
"""What embeds a line from right to left: players set SubRip from left to right, and a full stop
then stands before the sentence. Older than isolates, which some players draw as boxes."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption or a chapter: its text, and the seconds during which it holds.

    `speaker` is who says it, empty where nothing tells.
    """

    start: float
    end: float
    text: str
    speaker: str = field(default="", compare=False)


def write_srt(cues: Iterable[Cue]) -> str:
    """Write cues as SubRip; one without text is left out."""
    return "\n".join(
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{_without_tags(text)}\n"
        for number, (start, end, text) in enumerate(_shown(cues), 1)
    )


def _without_tags(text: str) -> str:
    """Write what is no tag so that no reader of SubRip drops it: `List<String>`."""
    return _LIKE_TAG.sub("< ", text.replace("-->", "->"))


def write_vtt(cues: Iterable[Cue]) -> str:
    """Write cues as WebVTT; one without text is left out."""
    return "WEBVTT\n" + "".join(
        f"\n{_clock(start, '.')} --> {_clock(end, '.')}\n{_escaped(text)}\n"
        for start, end, text in _shown(cues)
    )


WRITERS: Final = {WEBVTT: write_vtt, SUBRIP: write_srt}
"""Who writes which file, by its suffix."""


def beside(path: str, suffix: str) -> str:
    """Return the path of a file of captions that belongs to a media file, by its suffix."""
    stem, _, ending = path.rpartition(".")
    return (stem if stem and "/" not in ending else path) + suffix


def plain_text(text: str, suffix: str) -> str:
    """Return what a viewer reads of a cue's text as it stands in a file of a format."""
    from html import unescape  # its table of entities takes time to load

    plain = EMBEDDINGS.sub("", _MARKUP.sub("", text))
    return unescape(plain) if suffix == WEBVTT else _PARTED_TAG.sub("<", plain)


def _shown(cues: Iterable[Cue]) -> Iterator[tuple[int, int, str]]:
    """Yield milliseconds and lines of each cue that shows something.

    All lines run as their language does: one that is a name or an address alone is no exception.
    """
    cues = tuple(cues)
    backwards = is_written_right_to_left(cue.text for cue in cues)
    for cue in cues:
        lines = [_line(line, backwards) for line in cue.text.splitlines()]
        text = "\n".join(line for line in lines if line)
        if text:
            yield *written_times(cue.start, cue.end), text


def written_times(start: float, end: float) -> tuple[int, int]:
    """Return the times of a cue, in seconds, as the milliseconds that files have."""
    begin = round(start * 1000)
    return begin, max(round(end * 1000), begin + round(SHORTEST_CUE * 1000))


def _line(line: str, backwards: bool) -> str:
    """Return a line without control characters, and set from right to left if its language is."""
    kept = UNSEEN.sub(" ", line).strip()
    if not kept or not backwards or EMBEDDINGS.search(kept):
        return kept
    ends = {unicodedata.bidirectional(kept[0]), unicodedata.bidirectional(kept[-1])}
    return kept if ends <= {"R", "AL"} else f"{_RTL_START}{kept}{_RTL_END}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
