"""A narration as it is read aloud and shown in captions; never changes a word or the language."""

from __future__ import annotations

import re
import unicodedata

_KEPT_JOINERS = frozenset("\u200c\u200d")
"""Zero-width (non-)joiners spell words in Persian and the Indic scripts."""

_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_BULLET = re.compile(r"^[ \t]*(?:#{1,6}|[-*+•‣◦>])[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_STRAY_MARKS = re.compile(r"`+|\*{2,}|~~+")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\ufe00-\ufe0f\u20e3\U000e0000-\U000e007f]+"
)
_PARAGRAPH = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_DASHES = re.compile(r"\s+(?:--+|[‒–—―])\s+")
_UNSPOKEN = re.compile(r"[™®©℠]")
_SPACE_BEFORE_STOP = re.compile(r" +([,.;:!?](?:\s|$))")


def clean_narration(text: str) -> str:
    """Take marks off that are not said: markdown, emoji, odd blanks, invisible characters.

    Single line breaks become blanks; a break between paragraphs or list items stays as one newline.
    What looks like a mark only once others are gone is none that was meant, and is taken off too.
    """
    cleaned = _without_marks(text)
    while (again := _without_marks(cleaned.replace("\n", "\n\n"))) != cleaned:
        cleaned = again
    return cleaned


def _without_marks(text: str) -> str:
    """Take off one layer of marks; the text never grows by it, so that there is a last one."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if not _invisible(c))
    text = _LINK.sub(r"\1", text)
    text = _BULLET.sub("\n\n", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _STRAY_MARKS.sub("", text)
    text = _EMOJI.sub(" ", text)
    text = _DASHES.sub(" — ", text)
    paragraphs = (_BLANKS.sub(" ", p.replace("\n", " ")).strip() for p in _PARAGRAPH.split(text))
    return "\n".join(_SPACE_BEFORE_STOP.sub(r"\1", p) for p in paragraphs if p)


def speakable(text: str) -> str:
    """Clean a narration and drop the signs that a reader passes over (trademarks)."""
    return clean_narration(_UNSPOKEN.sub("", text))


def _invisible(character: str) -> bool:
    if character in _KEPT_JOINERS or character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")
