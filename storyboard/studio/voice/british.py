"""British English in the letters that an American network learnt. Knows no network.

The dictionary of hibari-tts has British pronunciations; its bundled network has heard American
ones only, and half of what it says in letters it never heard is lost. So each British sound is
written as the nearest one that it knows: the words are said as in Britain (the schedule, the bath,
no r before a consonant), with an American's voice.
"""

from __future__ import annotations

_LEARNT = (
    ("ɜː", "ɜɹ"),
    ("əː", "əɹ"),
    ("ɛː", "ɛə"),
    ("ɪə", "iə"),
    ("ɒ", "ɔ"),
    ("Q", "O"),
    ("a", "æ"),
    ("ː", ""),
)


def learnt_letters(letters: str) -> str:
    """Write British letters (misaki's) as American ones."""
    for british, american in _LEARNT:
        letters = letters.replace(british, american)
    return letters
