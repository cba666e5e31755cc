"""The lines of captions that a search looks through, with a limit to how much it reads of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.compose.captions import read_lines
from storyboard.studio.records import captions
from storyboard.studio.records.captions import Captions
from storyboard.studio.records.store import Transaction

MAX_READ: Final = 64 << 20
"""Bytes of captions that one search reads: those of a thousand hours, in half a second."""

MAX_PARSED: Final = 8 << 20
"""Characters of them that may hold what is looked for: a megabyte takes a third of a second."""

MAX_COMPARED: Final = 1 << 30
"""Characters that one search compares with words, each time anew: a second or two of them."""

_BLOCK_COSTS: Final = 500
"""What a block costs besides its characters: captions may have one for every third of them."""

_CUE_COSTS: Final = 32

MAX_KEPT: Final = 2 << 20
"""Bytes of one entry's captions that are kept for the next question: a day of speech, twice."""

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


@dataclass(frozen=True, slots=True)
class _Text:
    captions: Captions
    content: str
    folded: str


class CaptionLines:
    """Reads lines of captions in one transaction, up to a limit; raises `Refusal` beyond it.

    It keeps those of the entry that was asked for last: a search has many questions of each.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._to_read, self._to_parse, self._to_compare = MAX_READ, MAX_PARSED, MAX_COMPARED
        self._kept: tuple[str, list[_Text]] = ("", [])

    def of_entry(self, entry_id: str, wanted: Sequence[Sequence[str]]) -> Iterator[Line]:
        """Yield the lines of an entry from the blocks that have all words of one of the lists.

        The words are casefolded.
        """
        words = max(1, sum(map(len, wanted)))
        for text in self._texts(entry_id):
            self._compare(len(text.folded) * words)
            if not _has(text.folded, wanted):
                continue
            for block in _BLANK.split(text.content):
                self._compare((len(block) + _BLOCK_COSTS) * words)
                if _has(block.casefold(), wanted):
                    self._to_parse = _left(self._to_parse, len(block) + _CUE_COSTS)
                    yield from _lines(text.captions, block)

    def _compare(self, characters: int) -> None:
        self._to_compare = _left(self._to_compare, characters)

    def _texts(self, entry_id: str) -> Iterable[_Text]:
        if self._kept[0] == entry_id:
            return self._kept[1]
        assets = captions.subtitles_of(self._tx, entry_id)
        if sum(asset.size for asset in assets) > MAX_KEPT:
            return self._read(assets)
        self._kept = (entry_id, [*self._read(assets)])
        return self._kept[1]

    def _read(self, assets: Sequence[Captions]) -> Iterator[_Text]:
        for asset in assets:
            self._to_read = _left(self._to_read, asset.size)
            content = captions.content_of(self._tx, asset.id)
            yield _Text(asset, content, content.casefold())


def _has(folded: str, wanted: Sequence[Sequence[str]]) -> bool:
    return any(all(word in folded for word in words) for words in wanted)


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
