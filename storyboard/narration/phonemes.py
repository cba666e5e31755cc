"""Phonemes in IPA between slashes, as `say` may tell them: `/ˈækmi/`. Knows no voice's letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from storyboard.spoken_tags import language_of

IPA: Final = (
    "a-zæçðøŋœɐɑɒɔɕɘəɚɛɜɝɞɟɡɣɤɥɦɨɪɫɬɯɰɱɲɳɴɵɸɹɺɻɽɾʁʂʃʈʉʊʋʌʍʎʏʐʑʒʔʝʣʤʥʦʧʨʰʲˈˌːˑβθχ"
    "\u0303\u0329\u032f\u0361."
)
"""Letters and marks that may stand there, as within the brackets of a regular expression."""

PHONEMES: Final = rf"(?<![^\s(\"“‘'])/(?=[{IPA}]*[^\x00-\x7f])[{IPA}]+/(?![\w/])"
"""Finds them in a text. ASCII alone is no pronunciation but a path: at least the stress is told."""

_PHONEMES: Final = re.compile(PHONEMES)


def has_phonemes(text: str) -> bool:
    """Whether a text has a word in phonemes."""
    return "/" in text and _PHONEMES.search(text) is not None


def takes_phonemes(locale: str | None) -> bool:
    """Whether the voice of a locale says phonemes; without a locale a text may be English."""
    return locale is None or language_of(locale) == "en"


def respellings(table: Mapping[str, str]) -> Mapping[str, str]:
    """Return the rows of a table that any voice can say: those without phonemes."""
    return {word: said for word, said in table.items() if not has_phonemes(said)}
