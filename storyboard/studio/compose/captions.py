"""Reads WebVTT and SubRip with exact times and without markup. Knows no store and no ranking.

What is written is often not quite the format: a comma for the point, no hours, no blank line after
the header. All of that is read; a cue that makes no sense is left out, and never ends in an error.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.studio.compose.request import Cue

MAX_CHARACTERS: Final = 8_000_000
"""A day of speech has about one million; what is longer is cut."""

MAX_CUES: Final = 50_000
"""A day of speech in cues of two seconds: the rest is cut, as there is enough to choose from."""

_CLOCK: Final = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?=\s|$)")
_BLOCKS: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")
_TAG: Final = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_SOUND: Final = re.compile(
    r"\[[^\[\]]{0,80}\]|\([^()a-z]{1,40}\)|\((?:applause|music|laughter)\)|[♪♫]"
)
_SPEAKER: Final = re.compile(r"^(?:\s*(?:>>+|[-–—])\s*)*(?:[A-Z][A-Z .'-]{1,30}:\s+)?")


def read_captions(content: str) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT or SubRip text in the order of their start."""
    cues = sorted(_cues(content[:MAX_CHARACTERS], _spoken), key=lambda cue: cue.start)
    return tuple(_without_rolling(cues))


def read_lines(content: str) -> Iterator[Cue]:
    """Yield each cue as a viewer reads it, without markup and in one line."""
    return _cues(content[:MAX_CHARACTERS], _shown)


def read_marked_up(content: str) -> Iterator[Cue]:
    """Yield each cue as it is written, markup and line breaks included."""
    return _cues(content[:MAX_CHARACTERS], _written)


def _cues(content: str, text_of: Callable[[list[str]], str]) -> Iterator[Cue]:
    lines = content.removeprefix("\ufeff").splitlines()
    at, count = 0, 0
    while at < len(lines) and count < MAX_CUES:
        times = _times(lines[at])
        is_block = times is not None or _BLOCKS.match(lines[at])
        end = _block_end(lines, at + 1) if is_block else at + 1
        if times is not None:
            cue = Cue(_seconds(times, 1), _seconds(times, 5), text_of(lines[at + 1 : end]))
            if cue.end > cue.start and cue.text:
                yield cue
                count += 1
        at = end


def _times(line: str) -> re.Match[str] | None:
    return _TIMES.match(line) if "-->" in line else None


def _block_end(lines: list[str], at: int) -> int:
    """Return where a block ends: at a blank line, or where the next cue begins without one."""
    start = at
    while at < len(lines) and lines[at].strip():
        if _times(lines[at]):
            return at - 1 if at > start and lines[at - 1].strip().isdigit() else at
        at += 1
    return at


def _spoken(lines: list[str]) -> str:
    """Return what is said: no tags, no speaker's name, no sounds."""
    plain = (_SOUND.sub(" ", _plain(line)) for line in lines)
    return " ".join(" ".join(_SPEAKER.sub("", line, count=1) for line in plain).split())


def _shown(lines: list[str]) -> str:
    return " ".join(" ".join(map(_plain, lines)).split())


def _written(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)


def _plain(line: str) -> str:
    return html.unescape(_TAG.sub("", line))


def _seconds(match: re.Match[str], first: int) -> float:
    """Return a clock's exact seconds; computed in whole nanoseconds."""
    hours, minutes, seconds, rest = (match[first + offset] or "0" for offset in range(4))
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole * 10**9 + int(rest.ljust(9, "0"))) / 10**9


def _without_rolling(cues: list[Cue]) -> Iterator[Cue]:
    """Drop what a cue repeats of the one before it, as captions that roll up do."""
    shown = ""
    for cue in cues:
        new = _new_words(shown, cue.text)
        shown = cue.text
        if new:
            yield cue if new == cue.text else Cue(cue.start, cue.end, new)


def _new_words(shown: str, text: str) -> str:
    """Return the text without the beginning that is the end of what was shown (3 words or all)."""
    before, after = shown.split()[-60:], text.split()
    for length in range(min(len(before), len(after)), 2, -1):
        if before[-length:] == after[:length]:
            return " ".join(after[length:])
    return text
