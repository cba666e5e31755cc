"""Japanese as espeak-ng can read it: in kana. Needs janome for texts with kanji."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from storyboard.distribution import install_command
from storyboard.scripts import HAN, in_class
from storyboard.studio.voice.speech import VoiceError

_KANJI = re.compile(f"[{in_class(HAN)}々〆]")
_PARTICLE = "助詞"
"""Particles are not read as they are spelt: は is "wa"."""


def in_kana(text: str) -> str:
    """Write kanji as the kana they are read with; raises `VoiceError` where janome is missing."""
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
