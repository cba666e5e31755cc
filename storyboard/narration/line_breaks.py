"""Which breaks of a paragraph end a sentence without a stop: those of a list, and no wrapping.

Wrapped prose goes on with small letters, breaks where no other word had a place, and has stops.
Knows no marks of a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from storyboard.narration.dangling_words import DANGLERS
from storyboard.scripts import HAN, HANGUL, KANA, in_class
from storyboard.sentence_marks import CLOSERS, OPENERS, PAUSES, ends_with_mark

_NARROW: Final = 40
"""Signs of a line that is too short to have been wrapped."""

_LEAST_WITH_STOP: Final = 4
"""Lines of a list of which the last one has a stop, as prose has, and which nothing opens: fewer
may be one German sentence, whose nouns have capitals."""

_GOING_ON: Final = PAUSES.replace(":", "").replace("：", "")
_WIDE: Final = re.compile(f"[{in_class(HAN + KANA + HANGUL)}]")
_PARTICLE: Final = re.compile(
    "(?:[はがをにでとのもへやてし]|から|まで|より|[的和与在把被对向从是]|[은는이가을를의에와과로도고며서])$"
)
"""What a clause of Japanese, Chinese or Korean goes on behind."""

_LEAST_WIDE: Final = 3

_JAPANESE_END: Final = "(?:ます|です|ました|でした|ません|ください|下さい|ましょう|でしょう)か?"
"""How polite sentences of Japanese end, with a stop or without."""

_GOING_ON_BEHIND: Final = (
    r"(?:が|けれ|けど|ので|のに|のは|のが|のを|のも|から|し、|ね|よ。"
    r"|と(?:、|[いおきの言思])|[。、！？!?])"
)
"""What goes on behind such an end, on the next line too: しますが、しますので."""

JAPANESE_ENDS: Final = rf"{_JAPANESE_END}[ \u3000]+(?=[^\s\W])(?!{_GOING_ON_BEHIND})"
"""An end of a sentence before a blank: Japanese parts nothing else by one."""

_WIDE_END: Final = re.compile(rf"(?:{_JAPANESE_END}|니다|십시오)$")
_WIDE_GOING_ON: Final = re.compile(_GOING_ON_BEHIND)


def meant_breaks(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines of a paragraph behind which its author ended a sentence, by their place."""
    if len(lines) < 2 or not all(lines):
        return frozenset()
    if any(map(_WIDE.search, lines)):
        return frozenset(_of_wide_lines(lines))
    if not all(line.lstrip(OPENERS)[:1].isupper() for line in lines):
        return frozenset()
    is_prose = any(map(ends_with_mark, lines)) and not lines[0].endswith((":", "："))
    fewest = min(len(line.split()) for line in lines)
    if (is_prose and len(lines) < _LEAST_WITH_STOP) or (len(lines) == 2 and fewest < 2):
        return frozenset()
    if any(map(_goes_on, lines[:-1])):
        return frozenset()
    is_list = max(map(len, lines)) < _NARROW or _has_room(lines)
    return frozenset(range(len(lines) - 1)) if is_list else frozenset()


def _has_room(lines: Sequence[str]) -> bool:
    """Whether some line was ended where the next word had a place: nothing wraps so."""
    longest = max(map(len, lines))
    return any(
        len(line) + 1 + len(following.split(maxsplit=1)[0]) <= longest
        for line, following in pairwise(lines)
    )


def _goes_on(line: str) -> bool:
    """Whether a line surely ends within a sentence."""
    *_, last = line.split()
    return line.rstrip(CLOSERS).endswith(tuple(_GOING_ON)) or last.lower() in DANGLERS


def _of_wide_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines of a list in a script without capitals: one stop or comma tells of prose.

    Of prose, too, those that end as sentences do in Japanese and Korean.
    """
    for place, (line, following) in enumerate(pairwise(lines)):
        if _WIDE_END.search(line) and not _WIDE_GOING_ON.match(following):
            yield place
    marked = any(ends_with_mark(line) or line.endswith(tuple(_GOING_ON)) for line in lines)
    is_list = not marked and all(_LEAST_WIDE < len(line) < _NARROW for line in lines)
    goes_on = any(map(_WIDE_GOING_ON.match, lines[1:]))
    if is_list and not goes_on and not any(map(_PARTICLE.search, lines[:-1])):
        yield from range(len(lines) - 1)
