"""The times of single words inside of a caption, as automatic captions have them. Knows no pauses'
use.

`one <00:00:01.200><c> two</c>`: where a word begins much later than the one before it takes to say,
the speaker paused, and what looked like one caption is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_STAMP: Final = re.compile(r"<(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2}\.[0-9]{1,9})>")
_TAG: Final = re.compile(r"<[^<>]{0,200}>")
_SECONDS_OF_A_LETTER: Final = 0.07
_SHORTEST, _LONGEST = 0.2, 0.9
"""Seconds that a word takes, by its letters; choices."""

_PAUSE: Final = 0.3
"""Seconds that a word comes later than that, from which on the caption is parted."""


def parted_by_pauses(line: str, start: float, end: float) -> Iterator[tuple[float, float, str]]:
    """Yield the start, the end and the words of what is said of a line without a pause."""
    words = list(_words(line, start))
    begun, said = start, list[str]()
    for number, (at, word) in enumerate(words):
        following = words[number + 1][0] if number + 1 < len(words) else end
        over = at + min(_LONGEST, max(_SHORTEST, _SECONDS_OF_A_LETTER * len(word)))
        said.append(word)
        if following - over >= _PAUSE or number == len(words) - 1:
            yield begun, max(begun + 0.01, min(over, following)), " ".join(said)
            begun, said = following, []


def _words(line: str, start: float) -> Iterator[tuple[float, str]]:
    at, place = start, 0
    for stamp in _STAMP.finditer(line):
        yield from ((at, word) for word in _TAG.sub("", line[place : stamp.start()]).split())
        at = int(stamp[1] or 0) * 3600 + int(stamp[2]) * 60 + float(stamp[3])
        place = stamp.end()
    yield from ((at, word) for word in _TAG.sub("", line[place:]).split())
