"""Reads WebVTT and SubRip with exact times and without markup. Knows no store and no ranking.

What is written is often not quite the format: a comma for the point, no hours, no blank line after
the header. All of that is read; a cue that makes no sense is left out, and never ends in an error.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise
from typing import Final

from storyboard.caption_files import EMBEDDINGS, SHORTEST_CUE, UNSEEN
from storyboard.studio.compose.directions import (
    without_directions,
    without_first_time,
    without_songs,
    without_times,
)
from storyboard.studio.compose.labels import find_labels
from storyboard.studio.compose.request import Cue
from storyboard.studio.compose.word_times import parted_by_pauses

MAX_CHARACTERS: Final = 8_000_000
"""A day of speech has about one million; what is longer is cut."""

MAX_CUES: Final = 50_000
"""A day of speech in cues of two seconds: the rest is cut, as there is enough to choose from."""

_CLOCK: Final = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?=\s|$)")
_BLOCKS: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")
_TAG: Final = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_VOICE: Final = re.compile(r"\s*<v(?:\.[\w.-]{1,80})?\s+([^<>]{1,80})>")
_TIMED: Final = re.compile(r"<[0-9:]{3,12}\.[0-9]{1,9}>")
_TURN: Final = re.compile(r"(?<=\S)\s+(?=>>)")
_MARK: Final = re.compile(r"(?<!\S)>{2,}\s*")
_ANOTHER: Final = ">>"
"""What begins the words of another speaker, whom captions for the deaf seldom name."""

_AGAIN: Final = range(4, 0, -1)
"""Lines that a caption may repeat: two as they are shown, each with a turn in it."""

_HEAD, _FEW = 2_000, 3
"""The characters of a text that tell what it is, and how many times in them make it captions."""

_ROLLS_WITHIN: Final = 0.1
"""Seconds: a caption that rolls up comes at once after the one that it repeats, or before its end.
"""


def looks_like_captions(text: str) -> bool:
    """Whether a text is captions, as they are saved under the name of a document."""
    return sum(1 for line in text[:_HEAD].splitlines() if _times(line)) >= _FEW


def read_captions(content: str) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT or SubRip text in the order of their start, as they are said:
    without names, sounds, and what captions that roll up show again."""
    blocks = sorted(_blocks(content[:MAX_CHARACTERS]), key=lambda block: block.start)
    shown = _without_rolled_lines(blocks)
    told = [replace(block, lines=kept) for block in shown if (kept := without_songs(block.lines))]
    untimed = [[text for line in b.lines if (text := without_first_time(line))] for b in told]
    labels = find_labels(list(chain.from_iterable(untimed)), untimed, untimed)
    cues = (cue for block in told for cue in _spoken(block, labels.part))
    return tuple(_without_rolling(_in_order(cues)))


def read_lines(content: str) -> Iterator[Cue]:
    """Yield each cue as a viewer reads it, without markup and in one line."""
    for block in _raw_blocks(content[:MAX_CHARACTERS]):
        if text := " ".join(" ".join(map(_plain, block.lines)).split()):
            yield Cue(block.start, block.end, text)


def read_marked_up(content: str) -> Iterator[Cue]:
    """Yield each cue as it is written, markup and line breaks included."""
    for block in _raw_blocks(content[:MAX_CHARACTERS]):
        if text := "\n".join(line.strip() for line in block.lines if line.strip()):
            yield Cue(block.start, block.end, text)


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one cue, who says them by its markup, and its line with a time for each word."""

    start: float
    end: float
    lines: tuple[str, ...]
    voice: str = ""
    timed: str = ""


def _raw_blocks(content: str) -> Iterator[_Block]:
    lines = content.removeprefix("\ufeff").splitlines()
    at, count = 0, 0
    while at < len(lines) and count < MAX_CUES:
        times = _times(lines[at])
        is_block = times is not None or _BLOCKS.match(lines[at])
        end = _block_end(lines, at + 1) if is_block else at + 1
        if times is not None:
            block = _Block(_seconds(times, 1), _seconds(times, 5), tuple(lines[at + 1 : end]))
            if block.end > block.start:
                yield block
                count += any(line.strip() for line in block.lines)
        at = end


def _blocks(content: str) -> Iterator[_Block]:
    """Yield cues with a line for each turn, and without markup."""
    for block in _raw_blocks(content):
        voice = _VOICE.match(block.lines[0]) if block.lines else None
        plain = (turn for line in block.lines for turn in _TURN.split(_plain(line)))
        lines = tuple(" ".join(line.split()) for line in plain)
        said = tuple(line for line in lines if line)
        timed = next((line for line in block.lines if _TIMED.search(line)), "")
        if said:
            yield _Block(block.start, block.end, said, voice[1].strip() if voice else "", timed)


def _in_order(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield cues none of which begins before the one that is said before it.

    Where speakers take turns within a cue, the next one may begin before the last of them does.
    """
    begun = 0.0
    for cue in cues:
        begun = max(begun, cue.start)
        yield cue if begun == cue.start else _begun_at(cue, begun)


def _begun_at(cue: Cue, start: float) -> Cue:
    return Cue(start, max(cue.end, start + SHORTEST_CUE), cue.text, cue.speaker)


def _spoken(block: _Block, part: Callable[[str], tuple[str, str]]) -> Iterator[Cue]:
    """Yield what a cue says, parted where its words' times pause."""
    if block.timed and block.lines == (" ".join(_plain(block.timed).split()),):
        for start, end, words in parted_by_pauses(block.timed, block.start, block.end):
            piece = _Block(start, end, (html.unescape(words),), block.voice)
            yield from filter(None, (_cue(piece, part),))
    else:
        yield from filter(None, (_cue(turn, part) for turn in _turns(block)))


def _turns(block: _Block) -> Iterator[_Block]:
    """Yield what each speaker says in a cue that marks where another one begins.

    Such a mark is no name, but tells that this is not who spoke before.
    """
    marked = [at for at, line in enumerate(block.lines) if line.startswith(_ANOTHER)]
    begins = [0, *(at for at in marked if at)]
    lengths = [0, *accumulate(map(len, block.lines))]
    share = (block.end - block.start) / max(1, lengths[-1])
    for first, last in pairwise([*begins, len(block.lines)]):
        start = block.start + share * lengths[first]
        end = block.start + share * lengths[last] if last < len(block.lines) else block.end
        voice = block.voice or (f"{_ANOTHER} {start:.3f}" if first in marked else "")
        yield replace(block, start=start, end=end, lines=block.lines[first:last], voice=voice)


def _cue(block: _Block, part: Callable[[str], tuple[str, str]]) -> Cue | None:
    """Return what a cue says and who says it, `None` where that is nothing."""
    speaker, said = block.voice, []
    for line in block.lines:
        name, rest = part(without_first_time(line))
        speaker = name if name and speaker.startswith(_ANOTHER) else speaker or name
        if kept := without_directions(without_times(rest)):
            said.append(kept)
    # What stood before such a mark may be gone by now, as `[music]` is: it is nobody's word.
    text = " ".join(_MARK.sub("", " ".join(said)).split())
    return Cue(block.start, block.end, text, speaker) if text else None


def _times(line: str) -> re.Match[str] | None:
    return _TIMES.match(line) if "-->" in line else None


def _block_end(lines: list[str], at: int) -> int:
    """Return where a block ends: where the next one begins, with or without a blank line."""
    start = at
    while at < len(lines):
        if _times(lines[at]):
            return at - 1 if at > start and lines[at - 1].strip().isdigit() else at
        if not lines[at].strip() and _is_end(lines, at):
            return at
        at += 1
    return at


def _is_end(lines: list[str], blank: int) -> bool:
    """Whether a blank line ends a cue: some stand within its text, which goes on behind them."""
    rest = (at for at in range(blank + 1, len(lines)) if lines[at].strip())
    first, second = next(rest, len(lines)), next(rest, len(lines))
    if first == len(lines) or "-->" in lines[first] or _BLOCKS.match(lines[first]):
        return True
    is_title = second == first + 1 or lines[first].strip().isdigit()
    return is_title and second < len(lines) and "-->" in lines[second]


def _plain(line: str) -> str:
    return UNSEEN.sub(" ", EMBEDDINGS.sub("", html.unescape(_TAG.sub("", line))))


def _seconds(match: re.Match[str], first: int) -> float:
    """Return a clock's exact seconds; computed in whole nanoseconds."""
    hours, minutes, seconds, rest = (match[first + offset] or "0" for offset in range(4))
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole * 10**9 + int(rest.ljust(9, "0"))) / 10**9


def _without_rolled_lines(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Drop the first lines of a cue that are the last ones of the cue before it."""
    shown: tuple[str, ...] = ()
    end = 0.0
    for block in blocks:
        lines = block.lines
        rolls = block.start - end <= _ROLLS_WITHIN
        same = next((n for n in _AGAIN if rolls and shown[-n:] and shown[-n:] == lines[:n]), 0)
        shown, end = lines, block.end
        if lines[same:]:
            yield replace(block, lines=lines[same:])


def _without_rolling(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Drop what a cue repeats of the one before it, as captions that roll up do."""
    shown = ""
    for cue in cues:
        new = _new_words(shown, cue.text)
        shown = cue.text
        if new:
            yield cue if new == cue.text else Cue(cue.start, cue.end, new, cue.speaker)


def _new_words(shown: str, text: str) -> str:
    """Return the text without the beginning that is the end of what was shown (3 words or all)."""
    before, after = shown.split()[-60:], text.split()
    for length in range(min(len(before), len(after)), 2, -1):
        if before[-length:] == after[:length]:
            return " ".join(after[length:])
    return text
