"""One source line with a caret under it, as wide as a terminal shows it. Decides nothing."""

from __future__ import annotations

from typing import Final

from storyboard.source.places import split_lines
from storyboard.source.span import Span
from storyboard.views.characters import cell_width, safe_char

_MARGIN: Final = 12
"""Columns of a long line that are shown before what is marked: a word or two tell where it is."""
_CUT: Final = "…"


def excerpt(text: str, span: Span, width: int) -> tuple[str, str]:
    """Return the line that a span starts in and its caret line, cut to `width` terminal cells.

    A span over several lines gets one caret, at its start. Characters that could move the
    cursor or turn the line around are shown as escapes.
    """
    lines = split_lines(text)
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else start + 1
    cells = [safe_char(char) for char in line]
    first, last = _window(cells, start, min(max(end, start + 1), len(cells)), width)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(cells) else ""
    shown = before + "".join(cells[first:last]) + after
    marked = sum(map(cell_width, cells[start : min(end, last)])) if start < len(cells) else 1
    indent = len(before) + sum(map(cell_width, cells[first:start]))
    return shown.rstrip(), " " * indent + "^" * max(marked, 1)


def _window(cells: list[str], start: int, end: int, width: int) -> tuple[int, int]:
    """Return the stretch of a line that fits, with the marked part in it."""
    if sum(map(cell_width, cells)) <= width:
        return 0, len(cells)
    room = width - 2 * len(_CUT)
    first = start
    used = 0
    lead = max(min(_MARGIN, room - 1), room - sum(map(cell_width, cells[start:])))
    while first > 0 and used + cell_width(cells[first - 1]) <= lead:
        first -= 1
        used += cell_width(cells[first])
    last = first
    used = 0
    while last < len(cells) and used + cell_width(cells[last]) <= room:
        used += cell_width(cells[last])
        last += 1
    return first, max(last, min(start + 1, end))
