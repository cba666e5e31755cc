"""When each written word of a narration is heard. Knows texts and times, no captions and no voice.

A voice tells the times of the words that it said, which are not always those that are written: it
reads "3.5 %" as four words, and Japanese in kana. Words that agree are anchors; what lies between
two anchors is shared out by the number of characters, over the time in which something is said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

from storyboard.sentence_marks import MARKS, PAUSES, ends_with_mark
from storyboard.studio.voice.speech import Word

Span = tuple[float, float]
_T = TypeVar("_T")

_PAUSES = ((MARKS + PAUSES, 0.05), (MARKS, 0.2))
"""Where a reader stops, and for how many seconds at least."""


def says_something(token: str) -> bool:
    """Tell whether a token has a letter or a digit, and is not only a dash."""
    return bool(_plain(token))


def spoken_times(
    tokens: Sequence[str], said: Sequence[str], words: Sequence[Word], seconds: float
) -> tuple[Span, ...]:
    """Return start and end of each written token, of which `said` tells what is spoken for it."""
    parts = [(k, part) for k, each in enumerate(said) for part in each.split() or ["–"]]
    times = word_times([part for _, part in parts], words, seconds)
    starts, ends = [0.0] * len(tokens), [0.0] * len(tokens)
    for (k, _), (_, end) in zip(parts, times, strict=True):
        ends[k] = end
    for (k, _), (start, _) in zip(reversed(parts), reversed(times), strict=True):
        starts[k] = start
    return tuple(zip(starts, ends, strict=True))


def word_times(tokens: Sequence[str], words: Sequence[Word], seconds: float) -> tuple[Span, ...]:
    """Return start and end of each token of a speech of so many seconds, in order."""
    if len(words) == len(tokens):
        return tuple((word.start, word.end) for word in words)
    if not words:
        return tuple(_spread(tokens, [(0.0, seconds)]))
    written = [_plain(token) or f"\0{index}" for index, token in enumerate(tokens)]
    said = [_plain(word.text) for word in words]
    times: list[Span] = []
    token = word = 0
    for block in SequenceMatcher(None, written, said, autojunk=False).get_matching_blocks():
        between = words[word : block.b]
        if token < block.a:
            times.extend(
                _between(tokens[token : block.a], between, times, words[block.b :], seconds)
            )
        elif times and between:
            times[-1] = (times[-1][0], between[-1].end)
        times.extend((w.start, w.end) for w in words[block.b : block.b + block.size])
        token, word = block.a + block.size, block.b + block.size
    return tuple(times)


def _between(
    tokens: Sequence[str],
    words: Sequence[Word],
    before: Sequence[Span],
    after: Sequence[Word],
    seconds: float,
) -> Iterator[Span]:
    """Share the time between two anchors out to the tokens that no said word agrees with."""
    if not words:
        start = before[-1][1] if before else 0.0
        yield from _spread(tokens, [(start, max(start, after[0].start if after else seconds))])
        return
    spans = [(word.start, word.end) for word in words]
    for marks, pause in _PAUSES:
        parts = _cut(tokens, [ends_with_mark(token, marks) for token in tokens])
        heard = _cut(spans, [b[0] - a[1] >= pause for a, b in pairwise(spans)])
        if len(parts) == len(heard) > 1:
            for part, time in zip(parts, heard, strict=True):
                yield from _spread(part, time)
            return
    yield from _spread(tokens, spans)


def _cut(items: Sequence[_T], last: Sequence[bool]) -> list[Sequence[_T]]:
    """Cut a sequence after each item that is marked as the last of its part."""
    ends = [index + 1 for index, is_last in enumerate(last) if is_last and index + 1 < len(items)]
    return [items[a:b] for a, b in pairwise([0, *ends, len(items)])]


def _spread(tokens: Sequence[str], spans: Sequence[Span]) -> Iterator[Span]:
    """Share the spans' time out by the number of letters; a dash takes next to none."""
    weights = [len(_plain(token)) or 0.1 for token in tokens]
    total, length = sum(weights), sum(end - start for start, end in spans)
    done = 0.0
    for weight in weights:
        start = _after(length * done / total, spans, opening=True)
        done += weight
        yield start, max(start, _after(length * done / total, spans, opening=False))


def _after(said: float, spans: Sequence[Span], *, opening: bool) -> float:
    """Return when so many seconds have been said; at a pause, its end where a word opens."""
    for start, end in spans:
        length = end - start
        if said < length or (said <= length + 1e-9 and not opening):
            return start + said
        said -= length
    return spans[-1][1]


def _plain(text: str) -> str:
    """Return letters and digits only, without case, marks and vowel points."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if sign.isalnum())
