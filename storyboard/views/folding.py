"""Long lines folded into several, at spaces where there are any. Knows no Markdown and no plan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from storyboard.graphemes import borders
from storyboard.views.characters import cell_width


def folded(begin: str, text: str, width: int, next_begin: str) -> Iterator[str]:
    """Yield lines of at most `width` cells: the first begins with `begin`, others `next_begin`.

    A word that is longer than a line is cut between two signs.
    """
    line, used, has_word = begin, cell_width(begin), False
    for word in text.split(" "):
        cells = cell_width(word)
        if has_word and used + 1 + cells > width:
            yield line
            line, used, has_word = next_begin, cell_width(next_begin), False
        if has_word:
            line, used = f"{line} ", used + 1
        has_word = True
        if used + cells <= width:
            line, used = line + word, used + cells
            continue
        for sign in _signs(word):
            taken = cell_width(sign)
            if used + taken > width and line != next_begin:
                yield line
                line, used = next_begin, cell_width(next_begin)
            line, used = line + sign, used + taken
    yield line


def _signs(text: str) -> Iterator[str]:
    for start, end in pairwise((*borders(text), len(text))):
        yield text[start:end]
