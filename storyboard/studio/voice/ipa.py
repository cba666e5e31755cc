"""Words in IPA written in the letters of the English network. Knows no network.

Its letters are those of misaki: one a diphthong, no marks of length. A sound that English lacks is
written as the nearest one that it has.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.phonemes import PHONEMES

_LETTERS: Final = (
    *(("\u0361", ""), ("\u0303", ""), ("\u0329", ""), ("\u032f", ""), (".", "")),
    *(("tʃ", "ʧ"), ("dʒ", "ʤ"), ("eɪ", "A"), ("aɪ", "I"), ("oʊ", "O"), ("əʊ", "O")),
    *(("aʊ", "W"), ("ɔɪ", "Y"), ("ɝ", "ɜɹ"), ("ɚ", "əɹ"), ("ɜːr", "ɜɹ"), ("ɜːɹ", "ɜɹ")),
    *(("ɜː", "ɜɹ"), ("ɛə", "ɛ"), ("ɪə", "iə"), ("ɒ", "ɑ"), ("ː", ""), ("ˑ", "")),
    *(("ɜr", "ɜɹ"), ("r", "ɹ"), ("g", "ɡ"), ("ɫ", "l"), ("e", "ɛ"), ("o", "O"), ("a", "ɑ")),
    *(("x", "k"), ("χ", "k"), ("ç", "ʃ"), ("ɕ", "ʃ"), ("ʂ", "ʃ"), ("ʐ", "ʒ"), ("ʑ", "ʒ")),
    *(("ʁ", "ɹ"), ("ɻ", "ɹ"), ("ɽ", "ɹ"), ("ɺ", "l"), ("ɬ", "l"), ("ʋ", "v"), ("ɲ", "nj")),
    *(("ʎ", "lj"), ("ɳ", "n"), ("ɴ", "ŋ"), ("ɱ", "m"), ("ʈ", "t"), ("ɾ", "T"), ("ʔ", "t")),
    *(("ʣ", "dz"), ("ʥ", "ʤ"), ("ʦ", "ts"), ("ʨ", "ʧ"), ("ɟ", "ʤ"), ("ʝ", "j"), ("c", "k")),
    *(("q", "k"), ("ɣ", "ɡ"), ("ɰ", "w"), ("ɥ", "w"), ("ʍ", "w"), ("ɦ", "h"), ("β", "v")),
    *(("ɸ", "f"), ("y", "u"), ("ʏ", "ʊ"), ("ʉ", "u"), ("ɯ", "u"), ("ø", "ɜɹ"), ("œ", "ɛ")),
    *(("ɨ", "ɪ"), ("ɘ", "ə"), ("ɵ", "ə"), ("ɐ", "ə"), ("ɞ", "ɜ"), ("ɤ", "ʌ"), ("ʰ", "")),
    ("ʲ", "j"),
)
"""In this order: the longer come before their parts."""

_PHONEMES: Final = re.compile(PHONEMES)


def network_letters(phonemes: str) -> str:
    """Write IPA in the network's letters."""
    for ipa, letters in _LETTERS:
        phonemes = phonemes.replace(ipa, letters)
    return phonemes


def with_network_letters(sentence: str) -> str:
    """Write the words of a sentence that are in IPA as the network's engine takes letters."""
    return _PHONEMES.sub(lambda found: f"[word](/{network_letters(found[0][1:-1])}/)", sentence)
