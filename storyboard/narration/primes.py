"""Tells inches, feet and minutes of arc from quotation marks. Knows no language."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.blanks import SPACE

_MAYBE: Final = re.compile("[0-9¼-¾⅐-⅞][\"”'’]")
_OPEN: Final = "„«"
_CLOSE: Final = "»"
_EITHER: Final = '"“'
_QUOTES: Final = re.compile(f"[{_OPEN}{_EITHER}”{_CLOSE}]")
_COUNTED: Final = re.compile("[0-9¼-¾⅐-⅞]")
_FEET: Final = re.compile(
    rf"(?<=[0-9])['’](?={SPACE}-?[0-9]{{1,2}}(?:{SPACE}[0-9]{{1,2}}/[0-9]{{1,2}}|[.,][0-9]{{1,2}}"
    rf"|{SPACE}[¼-¾⅐-⅞])?″|\s(?:[x×]|tall|long|wide|high|deep|by)(?!\w)"
    rf"|{SPACE}[x×]{SPACE}[0-9]{{1,4}}['’″′])"
)
_SIDES: Final = re.compile(r"(?<=′)(\s?[x×]\s?[0-9]{1,3})['’](?![^\W_x])")
_LADDER: Final = re.compile(
    r"(?<!\w)(?P<before>(?:an?|the|two|three|four) [0-9]{1,3})['’](?= [a-z]{3})", re.IGNORECASE
)
"""A length before what has it: a 6' ladder. The letter before tells it from the end of a quote."""

_SINGLE: Final = re.compile(r"(?<!\w)['‘](?=\w)")
_ARC: Final = re.compile(
    rf"(?<=[0-9])(?<=[°0-9][0-9]|[° ][0-9])['’](?={SPACE}(?:[0-9]{{1,2}}″|[NSEWO](?!\w)))"
)


def with_primes(text: str) -> str:
    """Return a text, as long as before, with primes for the quotes that are inches and feet.

    A quote behind a number is one where no other quote is open: a 12" screen, he is 6'2".
    """
    if _MAYBE.search(text) is None:
        return text
    signs = list(text)
    is_open = False
    for found in _QUOTES.finditer(text):
        at, sign = found.start(), found[0]
        if sign in '"”' and not is_open and at and _COUNTED.match(text[at - 1]):
            signs[at] = "″"
        else:
            is_open = not is_open if sign in _EITHER else sign in _OPEN
    primed = _FEET.sub("′", _ARC.sub("′", "".join(signs)))
    primed = _SIDES.sub(r"\1′", primed)
    return primed if _SINGLE.search(primed) else _LADDER.sub(r"\g<before>′", primed)
