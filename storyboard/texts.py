"""When two texts count as the same, however they are spelled. Knows no field and no language.

A studio may store a text in another Unicode form, with other line ends, or with its space
collapsed; the same text then comes back and is no edit.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def clean_text(text: str) -> str:
    """Return a text in NFC, with plain line ends and no outer space: what narrations compare by."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@lru_cache(maxsize=8192)
def normal_text(text: str) -> str:
    """Return a text in NFC and in one line with single spaces: what names compare by."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same: white space and Unicode's spellings do not count."""
    return one == other or normal_text(one) == normal_text(other)
