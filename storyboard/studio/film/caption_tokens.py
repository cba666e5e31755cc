"""The parts of a narration that captions may be cut between, and how wide they are. No times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from storyboard.graphemes import borders
from storyboard.narration.read_out import Change
from storyboard.narration.sentences import sentence_spans
from storyboard.studio.film.bound_words import is_bound
from storyboard.studio.film.written_dates import written_dates
from storyboard.studio.lettering.line_ends import may_part, phrases

LINE_WIDTH: Final = 42
"""Columns of a line, two lines at most; wide characters take two columns."""

WIDE_LINE: Final = 32
"""Columns of a line of mostly wide characters: 16 of them, as guides for subtitles ask."""

_NO_BREAK = "\u00a0\u202f"
_TOKEN = re.compile(
    rf"(?:[^\s]|[{_NO_BREAK}])+(?: (?:[!?:;»]+|(?<=[0-9] )[%‰][,.;:!?)]{{0,3}})(?=\s|$))?\s*"
)
"""A word with what may not be parted from it: by a no-break space, as in French before '?', or a
number with its percent sign."""

_SEAM: Final = re.compile(r"(?<=[/.?&=_-])(?![/.?&=_-])")
"""Where a word may be parted that is longer than a line: an address behind its marks."""

_LONGEST_READING: Final = 20
"""Columns of a place that is read as one, "−5 °C", and is not parted; a longer one may be."""

_LONGEST_BOUND: Final = 28
"""Columns of words that belong together, such as "Prof. Dr. Schneider"; of more, a line may end
between them."""

_LOOKED_BACK: Final = 8
"""Signs before the end of a line among which a better end is looked for in a long word."""


def tokens_of(
    text: str,
    changes: Sequence[Change] = (),
    language: str | None = None,
    limit: int = LINE_WIDTH,
) -> tuple[str, ...]:
    """Return the parts of a text, which they are when joined; none is wider than a line."""
    parts = [
        part
        for word in _TOKEN.findall(text)
        for phrase in phrases(word, language)
        for part in _within_line(phrase, limit)
    ]
    starts = [0, *accumulate(len(part) for part in parts)]
    read_as_one = _inner([(change.start, change.end) for change in changes])
    dates = _inner(written_dates(text, language))
    sentences = frozenset(start for start, _ in sentence_spans(text, language))
    joined: list[str] = []
    for part, start in zip(parts, starts, strict=False):
        is_read_as_one = start in read_as_one and width(joined[-1] + part) <= _LONGEST_READING
        is_date = start in dates and width(joined[-1] + part) <= _LONGEST_BOUND
        goes_on = bool(joined) and start not in sentences
        if goes_on and (is_read_as_one or is_date or _belongs_to(joined, part, language)):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _inner(places: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return all places inside of some, without those at which they begin."""
    return frozenset(at for start, end in places for at in range(start + 1, end))


def _belongs_to(joined: Sequence[str], part: str, language: str | None) -> bool:
    """Whether a part is not parted from those before it: behind a blank, as "Dr." and a name."""
    before = joined[-1]
    if not before[-1:].isspace() or width(before + part) > _LONGEST_BOUND:
        return False
    *others, last = "".join(joined[-2:]).split() or [""]
    return is_bound(others[-1] if others else "", last, part.rstrip(), language)


def width(text: str) -> int:
    """Return the columns of a text, without the blanks behind it."""
    shown = text.rstrip()
    return len(shown) if shown.isascii() else sum(map(_columns, shown))


def line_width(text: str) -> int:
    """Return how many columns a line of a text should have at most."""
    letters = [_columns(sign) for sign in text if sign.isalpha()]
    return WIDE_LINE if letters.count(2) * 2 > len(letters) else LINE_WIDTH


def head_within(text: str, columns: int) -> str:
    """Return as much of a text as so many columns hold; signs stay whole, but for endless ones."""
    ends = [*borders(text)[1:], len(text)]
    taken = end = 0
    for start, until in pairwise([0, *ends]):
        taken += sum(map(_columns, text[start:until]))
        if taken > columns:
            break
        end = until
    return text[: end or max(1, min(columns // 2, ends[0]))]


def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _within_line(token: str, limit: int) -> Iterator[str]:
    """Part a word that is longer than a line at its marks, or else in about equal parts."""
    while (columns := width(token)) > limit:
        head = head_within(token, limit)
        seams = [found.end() for found in _SEAM.finditer(head) if found.end() > len(head) // 2]
        if not seams:
            head = head_within(token, -(-columns // -(-columns // limit)))
        at = seams[-1] if seams else _better_end(token, len(head))
        yield token[:at]
        token = token[at:]
    yield token


def _better_end(text: str, end: int) -> int:
    """Return the last place, near to an end, where a line may end by the signs on both sides."""
    near = [at for at in borders(text[:end]) if max(1, end - _LOOKED_BACK) <= at] + [end]
    fit = (at for at in reversed(near) if at < len(text) and may_part(text[:at], text[at:]))
    return next(fit, end)
