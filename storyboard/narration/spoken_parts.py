"""What of a narration takes its own time to say: letters, pauses, spelled initials, digits.

Knows no language's pace and no voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.grammar import language_to_read
from storyboard.narration.initials import without_spelled
from storyboard.narration.read_out import read_out
from storyboard.sentence_marks import PAUSES, WIDE_PAUSES

_COMMAS: Final = re.compile(rf"[{PAUSES}](?=\s)|[{WIDE_PAUSES}]")
_DIGITS: Final = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class SpokenParts:
    """A narration as it is read out in a language: `letters` are what is said as it is written.

    `stops` counts the pauses between its sentences, `commas` those within them, `initials` the
    letters that are said one by one, `digits` those that are left to the voice.
    """

    language: str
    letters: str
    stops: int
    commas: int
    initials: int
    digits: int


def spoken_parts(text: str, locale: str | None) -> SpokenParts:
    """Read a narration of a locale out and count its parts: "2024" takes longer than four letters.

    Without a locale, the language is that of the text's script.
    """
    language = language_to_read(text, locale)
    read = read_out(clean_narration(text), language)
    said = read.spoken
    letters = without_spelled(_DIGITS.sub("", said))
    digits = len(_DIGITS.findall(said))
    return SpokenParts(
        language=language,
        letters=letters,
        stops=max(0, len(read.sentences) - 1),
        commas=len(_COMMAS.findall(said)),
        initials=len(said) - digits - len(letters),
        digits=digits,
    )
