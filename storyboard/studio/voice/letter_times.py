"""What is heard when, from the times of the letters that a network or a guess gives. No engine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from storyboard.studio.voice.phones import VOWELS, letters, spread
from storyboard.studio.voice.speech import Phone, Word

Letter = tuple[str, float, float]
"""A letter of IPA, a blank, a mark or nothing, and its stretch of the speech in seconds."""

Span = tuple[float, float]
"""From when to when, in seconds."""

STRESS: Final = frozenset("ˈˌ")
LENGTHENING: Final = frozenset(" ː")
MARKS: Final = frozenset(';:,.!?—…"()“”')
"""Letters of networks that are no sounds: those of pauses."""

_SILENT: Final = MARKS | {""}

_VOWEL, _CONSONANT, _LONGER, _BLANK = 1.4, 1.0, 0.7, 0.2
"""How long letters last beside each other, where nothing tells. A choice: a vowel of a stressed
syllable lasts twice as long as a consonant, of another half of that."""


def sounds(told: Iterable[Letter]) -> Iterator[Phone]:
    """Time the sounds of letters that follow each other.

    A stress sign's time belongs to the sound after it, a blank's and a mark's of its own (length,
    accents) to the one before.
    """
    stretches: list[Letter] = []
    begin: float | None = None
    for symbol, start, end in told:
        begin = start if begin is None else begin
        if symbol in STRESS:
            continue
        if stretches and (symbol in LENGTHENING or _is_accent(symbol)):
            last, first, _ = stretches.pop()
            stretches.append((last, first, end))
        else:
            stretches.append(("" if symbol in _SILENT else symbol, begin, end))
        begin = None
    for symbol, start, end in stretches:
        yield from spread(symbol, start, end)


def word_spans(told: Iterable[Letter]) -> tuple[Span, ...]:
    """Return the stretches of the groups of letters that blanks part."""
    groups: list[Span] = []
    begin: float | None = None
    last = 0.0
    for symbol, start, end in (*told, (" ", 0.0, 0.0)):
        if symbol == " " and begin is not None:
            groups.append((begin, last))
            begin = None
        elif symbol.isalpha():
            begin, last = start if begin is None else begin, end
    return tuple(groups)


def named(words: Sequence[str], spans: Sequence[Span]) -> Iterator[Word]:
    """Give each stretch its word; if there are more or fewer words, all of them are told as one."""
    saying = [word for word in words if any(sign.isalnum() for sign in word)]
    if not saying or not spans:
        return
    if len(saying) != len(spans):
        saying, spans = [" ".join(saying)], [(spans[0][0], spans[-1][1])]
    for name, (start, end) in zip(saying, spans, strict=True):
        if end > start:
            yield Word(name, start, end)


def shared_out(clauses: Sequence[str], heard: Sequence[Span]) -> list[Letter]:
    """Share the time in which something is heard out to the letters of clauses.

    If there are as many stretches as clauses, each clause has its own.
    """
    if not heard:
        return []
    if len(clauses) == len(heard) > 1:
        pairs = zip(clauses, heard, strict=True)
        return [each for clause, span in pairs for each in _shared((f"{clause} ",), (span,))]
    return _shared(clauses, heard)


def _shared(clauses: Sequence[str], heard: Sequence[Span]) -> list[Letter]:
    signs = " ".join(clauses)
    weights = [_weight(sign) for sign in signs]
    whole, length = sum(weights) or 1.0, sum(end - start for start, end in heard)
    done, times = 0.0, []
    for weight in weights:
        times.append(_after(length * done / whole, heard))
        done += weight
    times.append(heard[-1][1])
    return [(sign, *span) for sign, span in zip(signs, pairwise(times), strict=True)]


def _after(seconds: float, heard: Sequence[Span]) -> float:
    """Return when so much was heard; at a pause, its end."""
    for start, end in heard:
        if seconds < end - start:
            return start + seconds
        seconds -= end - start
    return heard[-1][1]


def _weight(sign: str) -> float:
    if sign == "ː":
        return _LONGER
    if sign in STRESS or sign in _SILENT or _is_accent(sign):
        return 0.0
    if sign == " ":
        return _BLANK
    return _VOWEL if any(letter in VOWELS for letter in letters(sign)) else _CONSONANT


def _is_accent(symbol: str) -> bool:
    return bool(symbol) and unicodedata.category(symbol[0])[0] == "M"
