"""A caption in one line or two of about equal length. Knows no times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.narration.plain_text import BREAKS
from storyboard.scripts import UNSPACED, in_class
from storyboard.sentence_marks import MARKS, PAUSES, ends_with_mark
from storyboard.studio.film.caption_tokens import width

_CLAUSE_MARKS: Final = MARKS.replace(".", "") + PAUSES
"""Marks at which a reader makes a pause. Within a sentence, a full stop is an abbreviation's."""

_WORTH: Final = 8
"""Columns by which the longer line may grow if the first one then ends with such a mark. Short of
that, a balanced caption reads better. A choice."""

_LONGER: Final = (
    "eine|einen|einem|einer|eines|dans|avec|pour|unos|unas|para|alla|alle|agli|allo|dalla|dalle"
    "|dello|della|delle|degli|nella|nelle|nello|numa|with|from|into|your"
)
_CLINGING: Final = re.compile(rf"(?:^|(?<!\d)\s)(?:[^\W\d_]{{1,3}}|{_LONGER})\s*$", re.IGNORECASE)
"""A short word at the end, as are articles, prepositions and conjunctions: it belongs to the next.
Of Latin, Greek and Cyrillic; other scripts have short words of all kinds. Behind a number it is a
unit. Some articles and prepositions have more letters."""

_BULLET: Final = re.compile(rf"(?:^|\s)[{BREAKS}]+\s*$")
"""A sign between two parts: what follows is shown with it."""


_PHRASE_END: Final = re.compile(rf"[{in_class(UNSPACED)}]\s+$")
"""A blank where there is none between words: in Thai it ends a clause."""


def strain(text: str) -> int:
    """Return how many columns it is worth that a reader does not stop behind a text; may be less
    than none."""
    if ends_with_mark(text, _CLAUSE_MARKS) or _PHRASE_END.search(text):
        return -_WORTH
    if ends_with_mark(text, "."):
        return _WORTH
    if _BULLET.search(text):
        return _WORTH
    found = _CLINGING.search(text)
    return _WORTH if found and found[0].strip()[0] < "\u0530" else 0


def fitting(tokens: Sequence[str], limit: int) -> Iterator[int]:
    """Yield how many of the first tokens have a place in two lines of so many columns: 1, 2, …"""
    line, used = 1, 0
    for count, token in enumerate(tokens, 1):
        if count > 1 and used + width(token) > limit:
            if line == 2:
                return
            line, used = 2, 0
        # With its blanks: those that part no words are shown as many as they are.
        used += len(token) - len(token.rstrip()) + width(token)
        yield count


def in_lines(tokens: Sequence[str], limit: int) -> str:
    """Return the text of tokens in one line if it holds them, or else in two."""
    text = "".join(tokens)
    if width(text) <= limit or len(tokens) < 2:
        return text.strip()

    def cost(count: int) -> tuple[bool, int]:
        first, second = "".join(tokens[:count]), "".join(tokens[count:])
        longer = max(width(first), width(second))
        return longer > limit, longer + strain(first)

    best = min(range(1, len(tokens)), key=cost)
    lines = ("".join(tokens[:best]).strip(), "".join(tokens[best:]).strip())
    return "\n".join(line for line in lines if line)
