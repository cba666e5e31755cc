"""One source line with a caret under it, as wide as a terminal shows it. Decides nothing."""

from __future__ import annotations

import unicodedata
from typing import Final

from storyboard.source.places import split_lines
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN

_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARGIN: Final = 12
_CUT: Final = "…"


def excerpt(text: str, span: Span, width: int) -> tuple[str, str]:
    """Return the line that a span starts in and its caret line, cut to `width` terminal cells.

    A span over several lines gets one caret, at its start. Characters that could move the
    cursor or turn the line around are shown as a replacement character.
    """
    lines = split_lines(text)
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else start + 1
    cells = [_shown(char) for char in line]
    first, last = _window(cells, start, min(max(end, start + 1), len(cells)), width)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(cells) else ""
    shown = before + "".join(cells[first:last]) + after
    marked = sum(map(_width, cells[start : min(end, last)])) if start < len(cells) else 1
    indent = len(before) + sum(map(_width, cells[first:start]))
    return shown.rstrip(), " " * indent + "^" * max(marked, 1)


def _window(cells: list[str], start: int, end: int, width: int) -> tuple[int, int]:
    """Return the stretch of a line that fits, with the marked part in it."""
    if sum(map(_width, cells)) <= width:
        return 0, len(cells)
    room = width - 2 * len(_CUT)
    first = start
    used = 0
    lead = max(min(_MARGIN, room - 1), room - sum(map(_width, cells[start:])))
    while first > 0 and used + _width(cells[first - 1]) <= lead:
        first -= 1
        used += _width(cells[first])
    last = first
    used = 0
    while last < len(cells) and used + _width(cells[last]) <= room:
        used += _width(cells[last])
        last += 1
    return first, max(last, min(start + 1, end))


def _shown(char: str) -> str:
    if char == "\t":
        return " "
    if char in _BIDI or FORBIDDEN.match(char):
        return "\ufffd"
    return char


def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
