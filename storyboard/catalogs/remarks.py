"""Comments for translators: when two say the same. Knows no file and no expression."""

from __future__ import annotations

import re
from typing import Final

from storyboard.source.text import FORBIDDEN
from storyboard.texts import normal_text

_MOST: Final = 40
"""Characters of an example; a choice: its grammar matters, not all of it."""
_EXAMPLE: Final = re.compile("\\{[^{}]*\\}:forexample“[^“”]*”|,forexample“[^“”]*”")
"""An example in a comment without white space; with the token's name where it is all that is
said."""


def with_example(value: str) -> str:
    """Return how a comment shows what a token may say."""
    plain = FORBIDDEN.sub("", value).replace("”", '"')
    short = plain if len(plain) <= _MOST else f"{plain[: _MOST - 1].rstrip()}…"
    return f"for example “{short}”"


def same_remarks(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two comments say the same, however a tool wrapped them.

    Tools break lines at spaces, polib behind hyphens too and Babel around dashes. Another value
    of an example is no news: a catalog is not written again for it.
    """
    return _letters(one) == _letters(other)


def same_value(before: tuple[str, ...], after: tuple[str, ...], old: str, new: str) -> bool:
    """Whether what was told of a token of an `old` name is told of one of a `new` name.

    Its example counts, too; where nothing was told, nothing says so.
    """
    told, now = (" ".join(normal_text("\n".join(lines)).split()) for lines in (before, after))
    renamed = re.sub(rf"\b{re.escape(old)}\b", lambda _: new, told)
    return f"{{{old}}}" in told and "".join(renamed.split()) == "".join(now.split())


def _letters(lines: tuple[str, ...]) -> str:
    return _EXAMPLE.sub("", "".join(normal_text("\n".join(lines)).split()))
