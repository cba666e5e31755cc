"""One set of sounds for all engines: plain IPA letters, one a phone. Knows no mouths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from storyboard.studio.voice.speech import Phone

VOWELS = frozenset("iyɨʉɯuɪʏʊeøɘɵɤoəɛœɜɞʌɔæɐaɶɑɒ")
CONSONANTS = frozenset("pbtdʈɖcɟkɡqɢʔmɱnɳɲŋɴʙrʀɾɽɸβfvθðszʃʒʂʐçʝxɣχʁħʕhɦɬɮʋɹɻjɰlɭʎʟwʍɥɕʑɧɺʜʢʡ")
IPA = VOWELS | CONSONANTS
"""Every symbol that a phone can have, besides `""` for a pause."""

_SPELT = {
    "A": "eɪ",
    "I": "aɪ",
    "O": "oʊ",
    "Q": "əʊ",
    "W": "aʊ",
    "Y": "ɔɪ",
    "T": "ɾ",
    "ʤ": "dʒ",
    "ʧ": "tʃ",
    "ʣ": "dz",
    "ʥ": "dʑ",
    "ʦ": "ts",
    "ʨ": "tɕ",
    "ꭧ": "tʂ",
    "ᵊ": "ə",
    "ᵻ": "ɪ",
    "ɚ": "ə",
    "ɝ": "ɜ",
    "g": "ɡ",
    "ɫ": "l",
    "ı": "ɯ",
    "ʱ": "ɦ",
}
"""Letters of single engines (diphthongs, affricates, rhotics), spelt in IPA letters."""


_FOREIGN = re.compile(r"\([\w-]*\)?")


def letters(symbol: str) -> tuple[str, ...]:
    """Take an engine's symbol apart into plain IPA letters.

    Stress, length and tone are dropped, and so is the sign of a foreign word's language ("(en)").
    """
    return tuple(
        letter
        for character in unicodedata.normalize("NFC", _FOREIGN.sub("", symbol))
        for letter in _SPELT.get(character, _base(character))
        if letter in IPA
    )


def spread(symbol: str, start: float, end: float) -> Iterator[Phone]:
    """Divide one engine symbol's time among its letters; the first of a diphthong is longest."""
    parts = letters(symbol)
    if not parts:
        yield Phone("", start, end)
        return
    weights = [1.3] + [1.0] * (len(parts) - 1)
    step = (end - start) / sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        yield Phone(part, start, start + weight * step)
        start += weight * step


def merged(phones: Iterable[Phone]) -> tuple[Phone, ...]:
    """Join neighboring pauses into one, and drop sounds without length."""
    result: list[Phone] = []
    for phone in phones:
        if phone.end <= phone.start:
            continue
        if result and not phone.symbol and not result[-1].symbol:
            result[-1] = Phone("", result[-1].start, phone.end)
        else:
            result.append(phone)
    return tuple(result)


def _base(character: str) -> str:
    """Strip a letter's accents (nasal ã is an a to the eye); ç is a letter of its own."""
    return character if character in IPA else unicodedata.normalize("NFD", character)[0]
