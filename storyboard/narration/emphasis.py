"""Takes off what Markdown emphasizes words with: `*`, `_`, `~~` and backticks. Knows no other mark.

By lists of places instead of one regular expression: where nothing closes what many marks open,
that would read the rest of the text for each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

_MARKS: Final = {
    "*": ("***", "**", "*"),
    "_": ("___", "__", "_"),
    "~": ("~~",),
    "`": ("```", "``", "`"),
}
"""By first character, the longest first."""

_OPENING: Final = re.compile(r"(?<!\w)(?!(?<=[0-9A-Za-z]\*)\*-?[0-9])[*_~`]")
_CLOSING: Final = {
    mark: re.compile(rf"(?<=\S)(?={re.escape(mark)}(?!\w))")
    for marks in _MARKS.values()
    for mark in marks
}


def without_emphasis(text: str) -> str:
    """Return a text without the outermost marks around words; marks that nothing closes stay."""
    opening = [found.start() for found in _OPENING.finditer(text)]
    if not opening:
        return text
    closing: dict[str, list[int]] = {}
    parts, done = [], 0
    for at in opening:
        if at < done:
            continue
        for mark in _MARKS[text[at]]:
            start = at + len(mark)
            if not text.startswith(mark, at) or text[start : start + 1].isspace():
                continue
            if mark not in closing:
                closing[mark] = [found.start() for found in _CLOSING[mark].finditer(text)]
            index = bisect_left(closing[mark], start + 1)
            if index < len(closing[mark]):
                end = closing[mark][index]
                parts += [text[done:at], text[start:end]]
                done = end + len(mark)
                break
    return "".join((*parts, text[done:]))
