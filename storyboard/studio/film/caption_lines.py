"""A caption in one line or two of about equal length. Knows no times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.sentence_marks import ends_with_mark
from storyboard.studio.film.caption_tokens import width

CLAUSE_MARKS: Final = ".!?…,;:–—。！？、，；：،؛۔।"
"""Marks at which a reader makes a pause."""

_WORTH: Final = 8
"""Columns by which the longer line may grow if the first one then ends with such a mark. Short of
that, a balanced caption reads better. A choice."""


def fitting(tokens: Sequence[str], limit: int) -> Iterator[int]:
    """Yield how many of the first tokens have a place in two lines of so many columns: 1, 2, …"""
    line, used = 1, 0
    blank = 0
    for count, token in enumerate(tokens, 1):
        columns = width(token)
        if count == 1 or used + blank + columns <= limit:
            used += (blank if count > 1 else 0) + columns
        elif line == 1:
            line, used = 2, columns
        else:
            return
        blank = 1 if token[-1:].isspace() else 0
        yield count


def in_lines(tokens: Sequence[str], limit: int) -> str:
    """Return the text of tokens in one line if it holds them, or else in two."""
    text = "".join(tokens)
    if width(text) <= limit or len(tokens) < 2:
        return text.strip()

    def cost(count: int) -> tuple[bool, int]:
        first, second = "".join(tokens[:count]), "".join(tokens[count:])
        longer = max(width(first), width(second))
        is_clause = ends_with_mark(first, CLAUSE_MARKS)
        return longer > limit, longer + (0 if is_clause else _WORTH)

    best = min(range(1, len(tokens)), key=cost)
    return "\n".join(("".join(tokens[:best]).strip(), "".join(tokens[best:]).strip()))
