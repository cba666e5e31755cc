"""Which abbreviations a language has, and whether one ends a sentence. One table for all.

The splitter of sentences asks whether a dot ends a sentence, the reader what is said instead.
Knows no voice. A language without a row of its own has the titles and marks of none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from storyboard.narration.abbreviation_table import ABBREVIATIONS, Abbreviation, Before
from storyboard.narration.ordinal_dots import goes_on_behind_number
from storyboard.spoken_tags import language_of

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]", re.UNICODE)
_ELIDED: Final = re.compile(r"^[^\W\d_]{1,2}['’](?=\w)")
"""What French and Italian write together with the next word: "l'art. 7"."""

_ORDINAL: Final = re.compile(r"\d{1,2}")
_ROMAN: Final = re.compile(r"[IVX]{2,6}")
_IN_ROMAN: Final = re.compile(r"[IVX]+(?!\w)")
_LETTER: Final = re.compile(r"[A-Z](?!\w)")
STREET: Final = r"[^\W\d_]{2,40}str"
"""German streets are one word with their name: "Hauptstr."."""

_STREET: Final = re.compile(STREET)


def abbreviations(language: str) -> tuple[Abbreviation, ...]:
    """Return the abbreviations of a language; `de-AT` has those of `de`."""
    return ABBREVIATIONS.get(language_of(language), ())


def ends_no_sentence(word: str, following: str, language: str | None, *, before: str = "") -> bool:
    """Whether a word, its last dot taken off, goes on in the same sentence with what follows.

    Without a language every table counts: two sentences that stay one cost less than one that is
    cut in two. `following` is the text behind the dot and its spaces, `before` the word before the
    word, empty where the sentence begins with it.
    """
    word = _ELIDED.sub("", word)
    if word.lower() in ("a.m", "p.m"):
        return not following[:1].isupper()
    if _INITIALS.fullmatch(word) and (word[-1].isupper() or "." in word):
        return True
    if _ORDINAL.fullmatch(word.rpartition("./")[2]):
        return goes_on_behind_number(before, following, language)
    if _ROMAN.fullmatch(word) and language is not None and language_of(language) == "de":
        return goes_on_behind_number(before, following, language)
    kind = _kinds(language).get(word.lower())
    if kind is None and _STREET.fullmatch(word):
        kind = _kinds(language).get("str")
    match kind:
        case Before.ANYTHING:
            return True
        case Before.NUMBER:
            return following[:1].isdigit() or _IN_ROMAN.match(following) is not None
        case Before.LABEL:
            return following[:1].isdigit() or _LETTER.match(following) is not None
        case _:
            return False


@cache
def _kinds(language: str | None) -> Mapping[str, Before]:
    """Return what follows each short form; in all tables the most careful reading wins."""
    rows = ABBREVIATIONS.values() if language is None else (abbreviations(language),)
    kinds: dict[str, Before] = {}
    for row in (row for table in rows for row in table):
        known = kinds.get(row.key)
        # "no." before a number in English, "min." before anything in German: a word that two
        # languages treat differently keeps the reading that ends more sentences.
        if known is None or _EAGERNESS.index(row.before) > _EAGERNESS.index(known):
            kinds[row.key] = row.before
        *heads, tail = row.short.lower().split()
        kinds.setdefault(tail, row.before)
        for head in heads:
            kinds.setdefault(head.rstrip("."), Before.ANYTHING)
    return kinds


_EAGERNESS: Final = (Before.ANYTHING, Before.LABEL, Before.NUMBER, Before.LOWER)
