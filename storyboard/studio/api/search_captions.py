"""The lines of captions that a search looks through, with a limit to how much it reads of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.compose.captions import read_lines
from storyboard.studio.records import captions
from storyboard.studio.records.captions import Captions

MAX_READ: Final = 64 << 20
"""Bytes of captions that one search reads: those of a thousand hours, in half a second."""

MAX_PARSED: Final = 8 << 20
"""Characters of them that may hold what is looked for: a megabyte takes a third of a second."""

MAX_LINES: Final = 100
"""Lines of one entry that are counted."""

SHOWN_LINES: Final = 10
"""Lines of one entry that are shown, as many as Kaltura shows."""

_BLANK: Final = re.compile(r"\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown at once; times in milliseconds."""

    captions: Captions
    start: int
    end: int
    text: str


class CaptionLines:
    """Reads lines of captions in one transaction, up to a limit; raises `Refusal` beyond it."""

    def __init__(self, tx: sqlite3.Connection) -> None:
        self._tx = tx
        self._to_read, self._to_parse = MAX_READ, MAX_PARSED

    def of_entry(self, entry_id: str, may_hold: Callable[[str], bool]) -> Iterator[Line]:
        """Yield the lines of an entry from the blocks whose casefolded text passes a quick test."""
        for asset in captions.subtitles_of(self._tx, entry_id):
            self._to_read = _left(self._to_read, asset.size)
            text = captions.content_of(self._tx, asset.id)
            for block in _BLANK.split(text) if may_hold(text.casefold()) else ():
                if may_hold(block.casefold()):
                    self._to_parse = _left(self._to_parse, len(block))
                    yield from _lines(asset, block)


def _lines(asset: Captions, block: str) -> Iterator[Line]:
    for cue in read_lines(block):
        yield Line(asset, round(cue.start * 1000), round(cue.end * 1000), cue.text)


def _left(left: int, taken: int) -> int:
    if taken > left:
        raise Refusal(
            StudioCode.SEARCH_TOO_GENERAL,
            "Search is too general: say more of the entry, or search the captions of fewer entries",
        )
    return left - taken
