"""A value of a storyboard as it is spoken."""

from __future__ import annotations

from typing import Any

from storyboard.source.numerals import spell
from storyboard.texts import spoken_text


def spoken(value: Any) -> Any:
    """Return a text as it is spoken; numbers become text, and other kinds pass through.

    So wrapping a text anew changes no video.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return spell(value)
    return spoken_text(value) if isinstance(value, str) else value
