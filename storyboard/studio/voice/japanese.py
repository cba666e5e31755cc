"""Japanese as espeak-ng can read it: in kana. Needs janome for texts with kanji.

Words in Latin letters, which its voice would spell letter by letter, are the kana of what English
says for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

from storyboard.distribution import install_command
from storyboard.scripts import HAN, in_class
from storyboard.studio.voice.katakana import katakana
from storyboard.studio.voice.speech import VoiceError

_KANJI = re.compile(f"[{in_class(HAN)}々〆]")
_PARTICLE = "助詞"
"""Particles are not read as they are spelt: は is "wa"."""


_LATIN: Final = r"A-Za-zÀ-ÖØ-öø-ɏ"
_WORD: Final = rf"[{_LATIN}]{{2,}}(?:['’][{_LATIN}]+)*"
_WORDS: Final = re.compile(rf"{_WORD}(?: (?:{_WORD}|[aI](?= {_WORD})))*")
"""Words that blanks part. A letter that stands alone is none: the voice says its name."""

Letters = Callable[[Sequence[str]], Sequence[str]]
"""Tells the letters of IPA that an English voice says texts with."""


def in_kana(text: str, english: Letters) -> str:
    """Write kanji as the kana they are read with, and Latin words as the kana of their sound.

    Raises `VoiceError` where janome is missing.
    """
    return _with_kanji_read(_with_words_read(text, english))


def _with_words_read(text: str, english: Letters) -> str:
    words = tuple(dict.fromkeys(_WORDS.findall(text)))
    if not words:
        return text
    table = dict(zip(words, english(words), strict=True))
    return _WORDS.sub(lambda found: katakana(table[found[0]]) or found[0], text)


def _with_kanji_read(text: str) -> str:
    if not _KANJI.search(text):
        return text
    return "".join(_reading(token) for token in _tokenizer().tokenize(text))


def _reading(token: Any) -> str:
    if token.part_of_speech.startswith(_PARTICLE) and token.phonetic != "*":
        return str(token.phonetic)
    if not _KANJI.search(token.surface):
        return str(token.surface)
    return str(token.surface if token.reading == "*" else token.reading)


@cache
def _tokenizer() -> Any:
    try:
        tokenizer = import_module("janome.tokenizer").Tokenizer
    except ImportError as missing:
        raise VoiceError(
            f"japanese with kanji needs the package janome: {install_command('ja')}",
            language="ja",
        ) from missing
    return tokenizer()
