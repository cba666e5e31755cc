"""Whether a file is a whole MP4 film, by its boxes alone. Decodes nothing.

A box is its size, its four-letter name, and as many bytes: a file that was cut off ends inside of
one. (ISO 14496-12 §4.2.)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_MOST_BOXES: Final = 100_000
"""At the top of a file; an hour in fragments of a second has 7,200."""

_MOST_INDEX_BYTES: Final = 64 << 20
"""What is read of it at most: an hour at 30 frames a second takes about 2 MB."""
_VIDEO_HANDLER: Final = b"hdlr\0\0\0\0\0\0\0\0vide"
_SHOWN: Final = 60


class _CutOff(Exception):
    """The file ends inside a box."""


def why_no_film(path: Path) -> str | None:
    """Return why a file is no film, such as `it is no MP4 but '{"error": …'`; None for one."""
    with path.open("rb") as file:
        head = file.read(_SHOWN)
        if head[4:8] != b"ftyp":
            return f"it is no MP4 but {_told(head)}"
        try:
            boxes = dict(_boxes(file, path.stat().st_size))
        except _CutOff:
            return "the MP4 is cut off"
        for name in (b"moov", b"mdat"):
            if name not in boxes:
                return f"the MP4 has no '{name.decode()}' box"
        start, size = boxes[b"moov"]
        file.seek(start)
        if _VIDEO_HANDLER not in file.read(min(size, _MOST_INDEX_BYTES)):
            return "the MP4 has no picture"
    return None


def _boxes(file: BinaryIO, total: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Give the name, start and size of each box at the top; raises `_CutOff`."""
    place = 0
    for _ in range(_MOST_BOXES):
        if place == total:
            return
        file.seek(place)
        head = file.read(16)
        size, name = int.from_bytes(head[:4]), head[4:8]
        if size == 1:
            size = int.from_bytes(head[8:16])
        # To the end of the file, as the standard has it for the last box.
        elif size == 0:
            size = total - place
        if len(head) < 8 or size < 8 or place + size > total:
            raise _CutOff
        yield name, (place, size)
        place += size
    raise _CutOff


def _told(head: bytes) -> str:
    """Return the first words of what is no film."""
    if not head:
        return "empty"
    words = head.decode("utf-8", "replace").strip()
    return f"'{words}'" if words.isprintable() else "other bytes"
