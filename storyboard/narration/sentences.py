"""Where sentences end. Speech, captions, chapters and composing all ask here. Knows no voice.

A stop ends a sentence unless an abbreviation, an initial or an ordinal goes on behind it, or a
small letter does. In a text without capitals, as of automatic captions, a small letter tells
nothing.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.abbreviations import ends_no_sentence, is_unit
from storyboard.sentence_marks import CLOSED, OPENERS, SPACED_MARKS, WIDE_MARKS

_SPACED: Final = rf"(?<![{SPACED_MARKS}])[{SPACED_MARKS}]+{CLOSED}(?=\s|$)"
_WIDE: Final = rf"[{WIDE_MARKS}]+{CLOSED}"
_STOPS: Final = re.compile(rf"(?:{_SPACED}|{_WIDE}|\n)\s*")
_STOP_AT_END: Final = re.compile(rf"(?:{_SPACED}|{_WIDE}|\n)\s*$")
_WIDE_AT_END: Final = re.compile(rf"{_WIDE}\s*$")
_LONGEST: Final = 400
"""Characters of a sentence before a stop ends it whatever stands before the stop: nobody speaks
longer ones, and "a. a. a. …" of a megabyte must not be one."""

_LOOKED_AT: Final = 80
"""Characters at the end of a text that tell whether it ends a sentence; more cost time only."""

_BEFORE_LETTERS: Final = re.compile(r"^[^\w\s]+(?=[^\W\d_])")
"""Signs that a short form is written together with: "<pp. 3-5>"."""

_RANGE_OF_DOTS: Final = re.compile(r"[0-9%°C] (?:…|\.{2,3})\s+$")
_AMOUNT: Final = re.compile(r"[-+−±]?[0-9]")
"""What stands before and behind the dots of a range: 4 … 20 mA."""

_LOOKED_AHEAD: Final = 24
"""Characters behind a stop that hold the next word."""


def sentences(text: str, language: str | None = None) -> tuple[str, ...]:
    """Split a text at the ends of its sentences and lines; nothing but white space is lost."""
    return tuple(text[start:end] for start, end in sentence_spans(text, language))


def first_sentence(text: str, language: str | None = None) -> str:
    """Return the first sentence of a text, empty where it has none."""
    return next(iter(sentences(text, language)), "")


def sentence_spans(text: str, language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text begin and end, without the blanks around them."""
    found: list[tuple[int, int]] = []
    start = 0
    cased = any(character.isupper() for character in text)
    for match in _STOPS.finditer(text):
        end = match.end()
        so_far, following = (
            text[max(start, end - _LOOKED_AT) : end],
            text[end : end + _LOOKED_AHEAD],
        )
        too_long = end - start > _LONGEST
        if too_long or ends_sentence(so_far, following, language, cased=cased):
            found.append((start, end))
            start = end
    found.append((start, len(text)))
    return tuple(_trimmed(text, *each) for each in found if text[each[0] : each[1]].strip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the blanks at its ends."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))


def count_stops(text: str) -> int:
    """Return how many marks of a text may end a sentence."""
    return sum(1 for _ in _STOPS.finditer(text))


def ends_sentence(
    text: str, following: str, language: str | None = None, *, cased: bool = True
) -> bool:
    """Whether a text ends with a whole sentence, before what follows it.

    `cased` is False in a text that has no capitals at all.
    """
    text = text[-_LOOKED_AT:]
    if _STOP_AT_END.search(text) is None:
        return False
    if text.rstrip(" \t").endswith("\n") or _WIDE_AT_END.search(text):
        return True
    if following.startswith((">", "→")):
        return False  # "Save as… > PDF" is a way through menus
    if _AMOUNT.match(following) and _RANGE_OF_DOTS.search(text):
        return False
    ending = text.rstrip()
    if ending.endswith(".") and not ending.endswith(".."):
        *before, word = ending[:-1].split() or [""]
        last = before[-1] if before else ""
        short = _BEFORE_LETTERS.sub("", word.lstrip(OPENERS))
        if ends_no_sentence(short, following.lstrip(OPENERS), language, before=last):
            return False
        if is_unit(short, last) and following.startswith("(") and following[1:2].isdigit():
            return False  # 3 ft. (0.9 m)
    return not (cased and _is_small(following[:1]))


def _is_small(character: str) -> bool:
    """Tell whether a letter is a small one; Georgian sentences have no other."""
    return character.islower() and not "\u10d0" <= character <= "\u10ff"
