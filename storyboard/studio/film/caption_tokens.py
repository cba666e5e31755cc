"""The parts of a narration that captions may be cut between, and how wide they are. No times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from storyboard.narration.read_out import Change
from storyboard.scripts import HAN, HANGUL, KANA, WIDE_SIGNS, in_class

LINE_WIDTH: Final = 42
"""Columns of a line, two lines at most; wide characters take two columns."""

_WIDE = in_class(KANA + HAN + HANGUL + WIDE_SIGNS)
"""What takes two columns, so that a line may end behind any sign. Korean has spaces too, but a
caption may part its syllables; the scripts of Thailand to Cambodia may not be parted amid words."""
_NO_BREAK = "\u00a0\u202f"
_TOKEN = re.compile(rf"(?:[{_WIDE}]|(?:[^\s{_WIDE}]|[{_NO_BREAK}])+(?: [!?:;»]+(?=\s|$))?)\s*")
"""A word with what may not be parted from it: by a no-break space, or as in French before '?'."""

_SEAM: Final = re.compile(r"(?<=[/.?&=_-])(?![/.?&=_-])")
"""Where a word may be parted that is longer than a line: an address behind its marks."""

_LONGEST_READING: Final = 20
"""Columns of a place that is read as one, "−5 °C", and is not parted; a longer one may be."""


def tokens_of(text: str, changes: Sequence[Change] = ()) -> tuple[str, ...]:
    """Return the parts of a text, which they are when joined; none is wider than a line."""
    parts = [part for token in _TOKEN.findall(text) for part in _within_line(token)]
    starts = [0, *accumulate(len(part) for part in parts)]
    whole = {change.start: change for change in changes}
    joined: list[str] = []
    held = 0
    for part, start in zip(parts, starts, strict=False):
        if start < held and width(joined[-1] + part) <= _LONGEST_READING:
            joined[-1] += part
        else:
            joined.append(part)
        for at in range(start, start + len(part)):
            held = max(held, whole[at].end) if at in whole else held
    return tuple(joined)


def width(text: str) -> int:
    """Return the columns of a text, without the blanks behind it."""
    return sum(map(_columns, text.rstrip()))


def head_within(text: str, columns: int) -> str:
    """Return as much of a text as so many columns hold; a letter keeps its marks."""
    taken = end = 0
    for at, sign in enumerate(text):
        taken += _columns(sign)
        if taken > columns:
            break
        if unicodedata.category(text[at + 1 : at + 2] or "a")[0] != "M":
            end = at + 1
    return text[: end or 1]


def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _within_line(token: str) -> Iterator[str]:
    """Part a word that is longer than a line at its marks, or else where the line ends."""
    while width(token) > LINE_WIDTH:
        head = head_within(token, LINE_WIDTH)
        seams = [found.end() for found in _SEAM.finditer(head) if found.end() > len(head) // 2]
        at = seams[-1] if seams else len(head)
        yield token[:at]
        token = token[at:]
    yield token
