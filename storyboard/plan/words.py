"""Tells how one text became another, word by word. Knows no colors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import pairwise
from typing import Final

from storyboard.graphemes import borders, continues, head_of, tail_of
from storyboard.scripts import UNSPACED, in_class

_UNSPACED: Final = in_class(UNSPACED)
_TOKEN = re.compile(
    r"\s+"
    # Scripts that put no space between words are compared character by character.
    rf"|[{_UNSPACED}]"
    rf"|[^\W{_UNSPACED}]+"
    r"(?:['’-][^\W_]+)*"
    r"|[^\w\s]|_"
)
_MOST_PAIRS: Final = 3_000_000
"""Pairs of equal tokens that are compared. The longest narrations that people write have a million;
one letter five thousand times has 25, and takes seconds."""
_LETTER: Final = re.compile(rf"[^\W_{_UNSPACED}]")


class Kept(Enum):
    """What became of a piece of text."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kept: Kept
    text: str


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from one text to the other.

    Without the `OLD` pieces they join to `after`, without the `NEW` ones to `before`.
    """
    old, new = _tokens(before), _tokens(after)
    counts, others = Counter(old), Counter(new)
    # What `SequenceMatcher` takes its time for: each token beside each equal one of the other
    # side.
    if sum(count * others[token] for token, count in counts.items()) > _MOST_PAIRS:
        return tuple(_changed(before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(_merged(_pieces(matcher, old, new)))


def words_markup(pieces: tuple[Piece, ...], *, context: int = 24) -> str:
    """Return `… three [-old-]{+new+} features …`, with long unchanged runs cut to `context`."""
    shown = []
    for index, piece in enumerate(pieces):
        match piece.kept:
            case Kept.OLD:
                shown.append(f"[-{piece.text}-]")
            case Kept.NEW:
                shown.append(f"{{+{piece.text}+}}")
            case Kept.SAME:
                first, last = index == 0, index == len(pieces) - 1
                shown.append(shorten_same(piece.text, first=first, last=last, context=context))
    return "".join(shown)


def shorten_same(text: str, *, first: bool, last: bool, context: int) -> str:
    """Cut an unchanged run: its end where it is first, its start where last, its middle else."""
    head = "" if first else head_of(text, context)
    tail = "" if last else tail_of(text, context)
    if len(text) <= len(head) + len(tail) + 3:
        return text
    if head:
        cut = head.rfind(" ")
        head = head[:cut] if cut > 0 else head
    if tail:
        cut = tail.find(" ")
        tail = tail[cut + 1 :] if 0 <= cut < len(tail) - 1 else tail
    return f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"


def _tokens(text: str) -> list[str]:
    """Split a text into words and signs; a word goes on behind the marks on its letters."""
    # No mark, no joined emoji: the borders of what readers see are those of the tokens.
    if text.isascii():
        return _TOKEN.findall(text)
    signs = frozenset(borders(text))
    starts: list[int] = []
    for found in _TOKEN.finditer(text):
        at = found.start()
        goes_on = at > 0 and continues(text[at - 1]) and _LETTER.match(text, at)
        if at in signs and not (goes_on and _LETTER.match(text, starts[-1])):
            starts.append(at)
    return [text[start:end] for start, end in pairwise((*starts, len(text)))]


def _pieces(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Piece]:
    """Yield the pieces; a lone space between two changes counts as changed with them."""
    codes = matcher.get_opcodes()
    for index, (tag, i1, i2, j1, j2) in enumerate(codes):
        before, after = "".join(old[i1:i2]), "".join(new[j1:j2])
        inner = 0 < index < len(codes) - 1
        if tag == "equal" and not (inner and before.isspace()):
            yield Piece(Kept.SAME, before)
        else:
            if before:
                yield Piece(Kept.OLD, before)
            if after:
                yield Piece(Kept.NEW, after)


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join neighbors: between two unchanged runs, all that went and then all that came."""
    old = new = ""
    for piece in pieces:
        match piece.kept:
            case Kept.OLD:
                old += piece.text
            case Kept.NEW:
                new += piece.text
            case Kept.SAME:
                yield from _changed(old, new)
                old = new = ""
                yield piece
    yield from _changed(old, new)


def _changed(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece(Kept.OLD, old)
    if new:
        yield Piece(Kept.NEW, new)
