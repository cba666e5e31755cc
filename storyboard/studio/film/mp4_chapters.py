"""Chapters in an MP4 as a list beside its title. Knows its boxes and no track.

There are two ways to write chapters. QuickTime's is a track of text, and players that do not follow
its reference list it among the subtitles. Nero's is the list `chpl`, which no player takes for
anything else. The library that writes our MP4s writes both, or none: so it writes none, and a
keyword of the list's length, in whose place the list is put.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from storyboard.caption_files import Cue
from storyboard.graphemes import head_of

_MOST: Final = 255
"""Chapters of a list, and bytes of a title: each is counted by one byte."""

_HEAD: Final = struct.Struct(">I4s")
_LIST: Final = struct.Struct(">I4sIIB")
_VERSION: Final = 1 << 24
_TICKS: Final = 10_000_000
"""A second in the list's unit of 100 ns."""

_TEXT_HEAD: Final = 24
"""Bytes around a keyword's text: the heads of its two boxes, its type and its language."""

_META_HEAD: Final = 4
"""Bytes of version and flags, before the boxes in `meta`."""


def placeholder(chapters: Sequence[Cue]) -> str:
    """Return the keyword that `put_chapters` replaces by the list of these chapters."""
    return "-" * (len(_chapter_list(chapters)) - _TEXT_HEAD)


def put_chapters(path: Path, chapters: Sequence[Cue]) -> None:
    """Replace the keyword in a finished MP4 by its chapters; raises ValueError where none is."""
    content = _chapter_list(chapters)
    with path.open("r+b") as file:
        moov = _find(file, b"moov", 0, path.stat().st_size)
        udta = _find(file, b"udta", *_inside(moov))
        meta = _find(file, b"meta", *_inside(udta))
        ilst = _find(file, b"ilst", meta[0] + _HEAD.size + _META_HEAD, meta[1])
        keyword = _find(file, b"keyw", *_inside(ilst))
        # Only what ends both can be cut off, and be a box of `udta` instead.
        if not keyword[1] == ilst[1] == meta[1] or keyword[1] - keyword[0] != len(content):
            raise ValueError(f"{path.name} keeps no room for its chapters")
        for start, _ in (meta, ilst):
            file.seek(start)
            file.write(struct.pack(">I", keyword[0] - start))
        file.seek(keyword[0])
        file.write(content)


_Span = tuple[int, int]


def _chapter_list(chapters: Sequence[Cue]) -> bytes:
    rows = b"".join(_row(cue) for cue in chapters[:_MOST])
    count = min(len(chapters), _MOST)
    return _LIST.pack(_LIST.size + len(rows), b"chpl", _VERSION, 0, count) + rows


def _row(cue: Cue) -> bytes:
    title = cue.text
    while len(encoded := title.encode()) > _MOST:
        title = head_of(title, len(title) - 1)
    return struct.pack(">QB", round(cue.start * _TICKS), len(encoded)) + encoded


def _inside(box: _Span) -> _Span:
    return box[0] + _HEAD.size, box[1]


def _find(file: BinaryIO, kind: bytes, start: int, end: int) -> _Span:
    """Return where the first box of a kind begins and ends; raises ValueError where none is."""
    while start + _HEAD.size <= end:
        file.seek(start)
        size, found = _HEAD.unpack(file.read(_HEAD.size))
        if size == 1:
            size = int.from_bytes(file.read(8))
        if found == kind and size >= _HEAD.size and start + size <= end:
            return start, start + size
        if size < _HEAD.size:
            break
        start += size
    raise ValueError(f"there is no box {kind.decode()}")
