"""A text as it is spoken: how its author broke the lines says nothing."""

from __future__ import annotations

import re
from typing import Any

from storyboard.source.numerals import spell
from storyboard.texts import composed

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")
_SPACE = re.compile(r"[ \t\r\n]+")


def spoken(value: Any) -> Any:
    """Return a text as it is spoken: line breaks are white space, blank lines part paragraphs.

    So wrapping a text anew changes no video. Numbers become text; other kinds pass through.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return spell(value)
    if not isinstance(value, str):
        return value
    value = composed(value)
    if "\n" not in value:
        if "  " not in value and "\t" not in value and "\r" not in value:
            return value.strip(" ")
        return _SPACE.sub(" ", value.strip(" \t"))
    paragraphs = (_SPACE.sub(" ", part).strip(" ") for part in _PARAGRAPH.split(value))
    return "\n\n".join(part for part in paragraphs if part)
