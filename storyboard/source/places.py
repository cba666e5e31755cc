"""Offsets in a text to lines and columns. Knows line breaks and nothing else of a file."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from storyboard.source.span import Span


class Places:
    """Turns code-point offsets of one text into spans; the table of lines is made when asked."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] = []

    def span(self, start: int, end: int) -> Span:
        """Return the span from one offset to another, the end exclusive."""
        starts = self._starts or self._find_starts()
        line = bisect_right(starts, start)
        base = starts[line - 1] - 1
        if line == len(starts) or end < starts[line]:
            return Span(self.path, line, start - base, line, end - base)
        end_line = bisect_right(starts, end)
        return Span(self.path, line, start - base, end_line, end - starts[end_line - 1] + 1)

    def trimmed(self, start: int, end: int) -> Span:
        """Return the span without the white space that trails it."""
        text = self.text
        while end > start and text[end - 1] in " \t\r\n":
            end -= 1
        return self.span(start, end)

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1."""
        span = self.span(offset, offset)
        return span.line, span.column

    def offset(self, line: int) -> int:
        """Return where a line starts; lines count from 1, and one past the last is the end."""
        starts = self._starts or self._find_starts()
        return starts[line - 1] if line <= len(starts) else len(self.text)

    def _find_starts(self) -> list[int]:
        self._starts = _line_starts(self.text)
        return self._starts


def split_lines(text: str) -> list[str]:
    """Split at the line breaks of YAML 1.2, and at no other."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _line_starts(text: str) -> list[int]:
    if "\r" not in text:
        return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
    starts = [0]
    for index, char in enumerate(text, 1):
        if char == "\n" or (char == "\r" and text[index : index + 1] != "\n"):
            starts.append(index)
    return starts
