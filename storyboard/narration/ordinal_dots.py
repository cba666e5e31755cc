"""Whether a dot behind a number makes it an ordinal, as in "am 31. Mai", or ends a sentence.

German writes its nouns with capitals, so a capital tells nothing there. The words that begin a
sentence can be counted, the nouns behind an ordinal cannot.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.labels import GERMAN_LABELS
from storyboard.spoken_tags import language_of

_WITH_ORDINAL_DOTS: Final = frozenset(
    (
        *("de", "cs", "sk", "pl", "da", "nb", "nn", "no", "fi", "hu", "hr", "bs", "sl", "sr"),
        *("et", "lv", "lt", "tr", "is", "ka"),
    )
)
"""Languages that write "31st" as "31."."""

_CAPITALS_TELL_NOTHING: Final = frozenset(("de", "tr", "ka"))
"""Of these, those that write a capital behind an ordinal amid a sentence, or have no capitals."""

_OPENING: Final = frozenset(
    (
        *("das", "die", "der", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"),
        *("wir", "sie", "es", "er", "ich", "du", "ihr", "man", "wer", "was", "wie", "wo"),
        *("dies", "diese", "dieser", "dieses", "diesen", "diesem", "jede", "jeder", "jedes"),
        *("alle", "viele", "einige", "beide", "kein", "keine", "mein", "meine", "unser"),
        *("unsere", "unserem", "unseren", "ihre", "ihren", "ihrem", "sein", "seine"),
        *("hier", "dort", "da", "dann", "danach", "dabei", "damit", "dazu", "daher", "darum"),
        *("deshalb", "dafür", "nun", "jetzt", "heute", "zuerst", "zuletzt", "anschließend"),
        *("und", "aber", "oder", "doch", "denn", "wenn", "weil", "wann", "warum", "ob", "als"),
        *("mit", "ohne", "für", "bei", "bis", "nach", "vor", "von", "vom", "zu", "zum", "zur"),
        *("im", "in", "ins", "am", "an", "auf", "aus", "um", "über", "unter", "durch", "seit"),
        *("nur", "noch", "auch", "so", "sobald", "nicht", "nie", "bitte", "danke", "außerdem"),
    )
)
"""Words that are written with a capital only where they begin a sentence."""

_WORD: Final = re.compile(r"\w+")
_OF_DATE: Final = re.compile(r"(?:[0-9]{4}|[0-9]{2}|[01]?[0-9])\.$")
_DAY_IN_DIGITS: Final = re.compile(r"[0-3]?[0-9]\.")
"""Of a Korean date: each number has a dot behind it, 26. 3. 31."""


def goes_on_behind_number(before: str, following: str, language: str | None) -> bool:
    """Whether a sentence goes on behind a number and its dot; `before` is the word before them.

    Without a language it does: two sentences that stay one cost less than one that is cut in two.
    """
    if language is None:
        return True
    is_item = not before
    if is_item and following[:1].isalpha():
        return True
    base = language_of(language)
    if base == "ko":
        return _OF_DATE.match(before) is not None and (
            _DAY_IN_DIGITS.match(following) is not None or before.count(".") == 1
        )
    if base not in _WITH_ORDINAL_DOTS:
        return False
    if is_item or not following[:1].isupper():
        return True
    if base != "de":
        return base in _CAPITALS_TELL_NOTHING
    word = _WORD.match(following)
    opens = word is not None and opens_sentence(word[0])
    return not (opens or before.strip("(.,:").lower() in GERMAN_LABELS)


def opens_sentence(word: str) -> bool:
    """Whether a German word has a capital only because it begins a sentence."""
    return word.lower() in _OPENING
