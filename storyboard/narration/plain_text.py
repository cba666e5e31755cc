"""Which characters are read as they stand: letters, and marks at which a reader pauses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from storyboard.scripts import HAN, HANGUL, LAO, THAI, in_class, script_language
from storyboard.sentence_marks import CLOSERS, MARKS, OPENERS

PAUSES: Final = f"{MARKS}{CLOSERS}{OPENERS}" + (
    ",;:‚‛‹›{}-–—―‐‑‒/_·ʼʻ‥，、；：「『（《》〈〉【】〔〕〖〗・･～〜ー،؛՝՜՞׳״־჻၊။។៕፣።༎།"
)
"""Marks that are heard as a pause or not at all, and mean nothing else."""

BREAKS: Final = "|•‣▪◦●■◆→⇒➔➜➡▶►‖¦"
"""Signs between two parts, at which a reader pauses."""

PASSED_OVER: Final = "™®©℠℗"
"""Signs that readers pass over on purpose; they are told of, and nothing has to be mended."""

NUMERALS: Final = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u24ff\u2776-\u2793"
    "\u3220-\u3229\u3248-\u325f\u3280-\u3289\u32b1-\u32bf"
)
"""Characters that are numbers and no digits: in circles, raised, lowered, Roman."""

_PAUSES: Final = frozenset(PAUSES)

FOREIGN: Final = (
    "\u0370-\u03ff\u0400-\u052f\u05d0-\u05ea\u0620-\u06d3\u06d5-\u06ff\u0900-\u0963\u0966-\u0dff"
    "\u3041-\u30fa\u30fd-\u30ff" + in_class(THAI + LAO + HAN + HANGUL)
)
"""Letters that a voice of a language in Latin script leaves out, or names one by one."""

_NOT_PLAIN: Final = re.compile(
    rf"[^\w\s{MARKS},;:'\"“”„‘’()–—，、；：「」（）،-]|[\d_{NUMERALS}{FOREIGN}]"
    r"|(?<!\w{7})\.|\.(?=\w)|str\.|\b[IVX]+\b|[A-Z]{2}|\bMme\b|\b[RrLl]ead\b|\b[YQMW]o[YQMW]\b|[sz]-y\b|d-(?:il|elle|on)"
)
"""What a text may have to be read for: signs, digits, capitals, other scripts, and dots
that may follow abbreviations, of which none but streets has more than six letters."""

_FOREIGN: Final = re.compile(f"[{FOREIGN}]")


def has_foreign_letters(text: str) -> bool:
    """Whether a text that is mostly in Latin script has letters of another one."""
    return _FOREIGN.search(text) is not None and script_language(text) == "en"


def is_plain(text: str) -> bool:
    """Whether a text is read as it stands, at a glance; one that is not may still be."""
    return _NOT_PLAIN.search(text) is None


def is_pause(sign: str) -> bool:
    """Whether a sign is a mark that a reader pauses at, or that belongs to letters."""
    category = unicodedata.category(sign)
    return sign in _PAUSES or sign == "\n" or category[0] in "LMZ" or category == "Cf"


_WIDE: Final = {
    0xFF01 + i: 0x21 + i for i in range(0x5E) if chr(0x21 + i) not in "!\"'(),.:;?[]_{}`"
}


def narrow(text: str) -> str:
    """Return a text with wide letters, digits and signs as narrow ones; as long as before."""
    if text.isascii():
        return text
    return "".join(_digit(sign) for sign in text.translate(_WIDE))


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign > "\x7f" and sign.isdecimal() else sign
