"""Arabic with the vowels that nobody writes, without which espeak-ng says consonants only.

The package dengjen-tashkeel-py guesses them, by a network that its wheel carries; where it is not
installed the text stays as it is, and the speech is hard to follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from threading import Lock

_PACKAGE = "dengjen_tashkeel_py"
_LETTERS, _MARKS = re.compile("[\u0621-\u064a]"), re.compile("[\u064b-\u0652]")
_VOWELLED_SHARE = 0.3
"""Of a text's letters: with as many marks its author wrote the vowels."""

_ONE_AT_A_TIME = Lock()


def adds_vowels() -> bool:
    """Tell whether vowels can be added here."""
    return find_spec(_PACKAGE) is not None


def vowels_version() -> str:
    """Name what adds the vowels and its version, for cache keys; "" where nothing does."""
    return f"tashkeel-{version('dengjen-tashkeel-py')}" if adds_vowels() else ""


def with_vowels(text: str) -> str:
    """Write the vowels into an Arabic text, unless its author did, or nothing here can."""
    marks, letters = len(_MARKS.findall(text)), len(_LETTERS.findall(text))
    if not adds_vowels() or marks > _VOWELLED_SHARE * letters:
        return text
    with _ONE_AT_A_TIME:
        return "\n".join(_tashkeel()(line) if line else "" for line in text.split("\n"))


@cache
def _tashkeel() -> Callable[[str], str]:
    tashkeel: Callable[[str], str] = import_module(_PACKAGE).tashkeel
    return tashkeel
