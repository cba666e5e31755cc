"""Which abbreviations a language has, and whether one ends a sentence. One table for all.

The splitter of sentences asks whether a dot ends a sentence, the reader what is said instead.
Knows no voice. A language without a row of its own has the titles and marks of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_IN_ROMAN: Final = re.compile(r"(?!I [a-z'])[IVX]+(?!\w)")
_LETTER: Final = re.compile(r"(?!I [a-z'])[A-Z](?!\w)")
_FIRM: Final = re.compile(r"(?:Ltd|LLC|KG|KGaA|OHG)(?!\w)")
"""What goes on behind "Co."."""

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
    kinds = _kinds(language)
    kind = kinds.get(word) or (kinds.get(word.capitalize()) if word.isupper() else None)
    if kind is None and _STREET.fullmatch(word):
        kind = kinds.get("Str")
    match kind:
        case Before.ANYTHING:
            return True
        case Before.NUMBER:
            return following[:1].isdigit() or _IN_ROMAN.match(following) is not None
        case Before.LABEL:
            return following[:1].isdigit() or _LETTER.match(following) is not None
        case Before.LOWER:
            return _FIRM.match(following) is not None
        case None:
            return False


@cache
def _kinds(language: str | None) -> Mapping[str, Before]:
    """Return what follows each short form; in all tables the most careful reading wins."""
    tables = ABBREVIATIONS.values() if language is None else (abbreviations(language),)
    kinds: dict[str, Before] = {}
    for key, before in (pair for table in tables for pair in _of_table(table).items()):
        # "no." before a number in English, "min." before anything in German: a word that two
        # languages treat differently keeps the reading that ends more sentences.
        kinds[key] = max(before, kinds.get(key, before), key=_EAGERNESS.index)
    return kinds


def _of_table(table: tuple[Abbreviation, ...]) -> Mapping[str, Before]:
    """Return them of one table: of "rev. 2" and "Rev. Miller" what more may follow counts."""
    kinds: dict[str, Before] = {}
    for row in table:
        for key in _as_written(row.short):
            kinds[key] = min(row.before, kinds.get(key, row.before), key=_EAGERNESS.index)
        *heads, tail = row.short.split()
        for key in _as_written(tail):
            kinds.setdefault(key, row.before)
        for key in (key for head in heads for key in _as_written(head.rstrip("."))):
            kinds.setdefault(key, Before.ANYTHING)
    return kinds


def _as_written(short: str) -> Iterator[str]:
    """Yield how a short form stands in a text: "Sat." is a day, and "sat." none."""
    key = short.replace(" ", "")
    yield key
    if key[:1].islower():
        yield key[0].upper() + key[1:]


_EAGERNESS: Final = (Before.ANYTHING, Before.LABEL, Before.NUMBER, Before.LOWER)
