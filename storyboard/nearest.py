"""Which known word an unknown one was probably meant to be: the one guess behind every hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import Final

_LONGEST: Final = 100
"""Of a word that is looked at; comparing takes time that grows with the square of its length."""

_MOST: Final = 100
"""Of the known words that are compared; a file that defines thousands may name thousands of
others."""

_ALIKE: Final = 0.6
"""How much of two words has to be the same, from 0 to 1: the choice of `difflib`."""

_SCANNED: Final = 1_000
"""Of the known words that are looked at for one that differs by its capitals: all currencies."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the closest known word, capitals or not, or None."""
    return _nearest(_composed(word).lower(), tuple(islice(known, _SCANNED)))


@lru_cache(maxsize=256)
def _nearest(wanted: str, names: tuple[str, ...]) -> str | None:
    """Guess once: an expression with a wrong name is worked out again to tell all its faults."""
    alike, near = _looks(names)
    return alike.get(wanted) or near.get(_closest(wanted, near))


@lru_cache(maxsize=16)
def _looks(names: tuple[str, ...]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the names by how they look without capitals: all of them, and those compared."""
    alike: dict[str, str] = {}
    for name in names:
        alike.setdefault(_composed(name).lower(), name)
    return alike, {name.lower(): name for name in names[:_MOST]}


def _closest(wanted: str, names: Iterable[str]) -> str:
    """Return the name that is most like a word, "" where none is.

    Most names cannot reach the best so far, by their letters alone: those are not compared.
    """
    matcher = SequenceMatcher(b=wanted)
    best = (_ALIKE, "")
    for name in names:
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), name))
    return best[1]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the hint that names the closest known word, or None."""
    near = nearest(word, known)
    return meant(word, near) if near else None


def meant(word: str, near: str) -> str:
    """Return the hint that names a known word; where both look alike, with what differs."""
    return f"did you mean '{near}'?{_form(word, near)}"


def _form(word: str, near: str) -> str:
    """Say how a name that looks the same is written, letter by letter."""
    if word == near or _composed(word) != _composed(near):
        return ""
    for letter in _composed(near):
        apart = unicodedata.normalize("NFD", letter)
        if apart != letter and (apart in near) != (apart in word):
            way = f"{len(apart)} characters" if apart in near else "1 character"
            return f" it has '{letter}' as {way}, in another Unicode form"
    return " it is in another Unicode form"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text[:_LONGEST])
