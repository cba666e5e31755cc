"""The letters of a sentence, by its clauses: espeak-ng tells sounds and no marks. No network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.narration.phonemes import PHONEMES
from storyboard.sentence_marks import CLOSERS, MARKS, PAUSES, WIDE_MARKS, WIDE_PAUSES
from storyboard.studio.voice.espeak_voice import letters_of, written_for

_ANY: Final = MARKS + PAUSES
_MARK: Final = re.compile(
    rf"(?<![{_ANY}])[{_ANY}]++(?=[\s{re.escape(CLOSERS)}]|$)|[{WIDE_MARKS}{WIDE_PAUSES}]++",
)
_AS: Final = {
    **dict.fromkeys("、，،", ","),
    **dict.fromkeys("；؛", ";"),
    **dict.fromkeys("：", ":"),
    **dict.fromkeys("。।…॥։۔｡", "."),
    **dict.fromkeys("！", "!"),
    **dict.fromkeys("？؟", "?"),
    **dict.fromkeys("—–", ","),
}
"""Marks of other scripts, as the letters of networks have them."""

_FOREIGN: Final = re.compile(r"\([\w-]*\)")
"""What espeak-ng writes where it changes to another language."""

_WORD_IN_IPA: Final = re.compile(PHONEMES)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence up to a mark: its written words, and the letters that say them."""

    words: tuple[str, ...]
    letters: str


def clauses_of(
    sentences: Sequence[str], language: str, espeak: str
) -> tuple[tuple[Clause, ...], ...]:
    """Return the clauses of each sentence, as a voice of espeak-ng says them; one look-up for all.

    Without the name of one, their letters are those of the text. Raises `VoiceError`.
    """
    cut = [_cut(sentence) for sentence in sentences]
    pieces = [piece for parts in cut for text, _ in parts for piece in _WORD_IN_IPA.split(text)]
    if espeak:
        told = letters_of([written_for(language, piece) for piece in pieces], espeak)
    else:
        told = tuple(piece.casefold() for piece in pieces)
    letters = iter(told)

    def clause(text: str, mark: str) -> Clause:
        """Return a clause with the letters of its pieces, and between them the words in IPA."""
        said = [next(letters)]
        for found in _WORD_IN_IPA.finditer(text):
            said += [found[0][1:-1].replace(".", ""), next(letters)]
        return Clause(tuple(text.split()), _plain(" ".join(said)) + mark)

    return tuple(tuple(clause(text, mark) for text, mark in parts) for parts in cut)


def _cut(sentence: str) -> list[tuple[str, str]]:
    """Return the texts of a sentence's clauses, each with its mark."""
    parts, start = [], 0
    for found in _MARK.finditer(sentence):
        text = sentence[start : found.start()].strip()
        if any(sign.isalnum() for sign in text):
            sign = found[0][0]
            parts.append((text, _AS.get(sign, sign)))
            start = found.end()
    rest = sentence[start:].strip()
    return [*parts, (rest, "")] if any(sign.isalnum() for sign in rest) else parts


def _plain(letters: str) -> str:
    """Return letters in the form that networks learn: one code point each, accents apart."""
    plain = " ".join(_FOREIGN.sub("", letters).split())
    return unicodedata.normalize("NFD", plain)
