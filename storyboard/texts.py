"""When two texts count as the same, however they are spelled. Knows no field and no language.

A studio may store a text in another Unicode form, or with other line ends; the same text then comes
back and is no edit. How much space parts two words counts nowhere; blank lines count in a narration
(`spoken_text`), where they part paragraphs, and not in a name (`normal_text`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

_MOST_MARKS: Final = 100
"""Marks on one letter up to which a text is composed. Python sorts them by insertion, so that a
letter with 100,000 takes minutes; Unicode's own stream-safe form allows 30 (UAX 15, §13)."""

_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")
_SPACE: Final = re.compile(r"[ \t\r\n]+")

_TYPOGRAPHIC: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    | {"\u2026": "..."}
)
"""Signs that nobody hears apart, and that a studio may set in the place of those sent. Dashes are
none of them: `5\u201310` is read as a range."""


def composed(text: str) -> str:
    """Return a text in NFC, where each letter has its one spelling; in time that grows with it.

    A text with a letter that no writing has, with more than `_MOST_MARKS` marks, stays as it is.
    """
    if text.isascii():
        return text
    if len(text) > _MOST_MARKS:
        runs = groupby(text, key=lambda char: unicodedata.combining(char) != 0)
        if any(is_marks and sum(1 for _ in run) > _MOST_MARKS for is_marks, run in runs):
            return text
    return unicodedata.normalize("NFC", text)


def spoken_text(text: str) -> str:
    """Return a text as it is spoken, which is what narrations compare by, whoever wrote them.

    Line breaks are white space, blank lines part paragraphs: how an author broke the lines, in a
    file or in the browser, says nothing.
    """
    text = composed(text)
    if "\n" not in text:
        if "  " not in text and "\t" not in text and "\r" not in text:
            return text.strip()
        return _SPACE.sub(" ", text).strip()
    paragraphs = (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH.split(text))
    return "\n\n".join(part for part in paragraphs if part)


@lru_cache(maxsize=8192)
def normal_text(text: str) -> str:
    """Return a text in NFC and in one line with single spaces: what names compare by."""
    return " ".join(composed(text).split())


def name_key(text: str) -> str:
    """Return what a name is found by where names are keys, and a text heard by: `normal_text`
    with plain quotes, dots and spaces, which studios set as they like."""
    return normal_text(text).translate(_TYPOGRAPHIC)


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same: white space and Unicode's spellings do not count."""
    return one == other or normal_text(one) == normal_text(other)
