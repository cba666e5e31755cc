"""Which known word an unknown one was probably meant to be: the one guess behind every hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Final

_LONGEST: Final = 100
"""Of a word that is looked at; comparing takes time that grows with the square of its length."""

_MOST: Final = 100
"""Of the known words that are compared; a file that defines thousands may name thousands of
others."""

_SCANNED: Final = 1_000
"""Of the known words that are looked at for one that differs by its capitals: all currencies."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the closest known word, capitals or not, or None."""
    return _nearest(_composed(word).lower(), tuple(islice(known, _SCANNED)))


@lru_cache(maxsize=256)
def _nearest(wanted: str, names: tuple[str, ...]) -> str | None:
    """Guess once: an expression with a wrong name is worked out again to tell all its faults."""
    for name in names:
        if _composed(name).lower() == wanted:
            return name
    lowered = {name.lower(): name for name in names[:_MOST]}
    near = get_close_matches(wanted, lowered, n=1, cutoff=0.6)
    return lowered[near[0]] if near else None


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
