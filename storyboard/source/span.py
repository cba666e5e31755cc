"""Where a value stands in its file. Knows nothing of what the value means."""

from __future__ import annotations

from dataclasses import dataclass

Pointer = tuple[str | int, ...]
"""The way from a document's root to a value: keys and list indexes."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of text; lines and columns count from 1, in code points; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def holds(self, other: Span) -> bool:
        """Whether another stretch lies inside this one."""
        start, end = (self.line, self.column), (self.end_line, self.end_column)
        within = start <= (other.line, other.column) and (other.end_line, other.end_column) <= end
        return self.file == other.file and within
