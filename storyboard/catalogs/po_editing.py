"""Gives an entry of a PO file another translation in its text; every other byte stays."""

from __future__ import annotations

import re
from typing import Final

from storyboard.catalogs.po_writer import text_lines
from storyboard.catalogs.tokens import doubled

_LINE_ENDS: Final = re.compile(r"\r\n|\n|\r")
_MSGSTR: Final = re.compile(r"[ \t]*msgstr[ \t]")


def with_translation(text: str, line: int, translation: str) -> str | None:
    """Return a catalog's text whose `msgstr` of a line, counted from 1, says something else.

    The line is its first one, or the one below where a wrapped text begins. The translation is
    data: braces in it are doubled. None where no `msgstr` stands there.
    """
    starts = [0, *(found.end() for found in _LINE_ENDS.finditer(text))]
    if not 0 < line <= len(starts):
        return None
    if line > 1 and text[starts[line - 1] :].lstrip(" \t").startswith('"'):
        line -= 1
    if not _MSGSTR.match(text, starts[line - 1]):
        return None
    end = line
    while end < len(starts) and text[starts[end] :].lstrip(" \t").startswith('"'):
        end += 1
    stop = starts[end] if end < len(starts) else len(text)
    # As the file has them: a translator's tool on Windows would else show every line as changed.
    line_end = "\r\n" if "\r\n" in text else "\n"
    new = "".join(f"{each}{line_end}" for each in text_lines("msgstr", "", doubled(translation)))
    if not text[starts[line - 1] : stop].endswith(("\n", "\r")):
        new = new.removesuffix(line_end)
    return text[: starts[line - 1]] + new + text[stop:]
