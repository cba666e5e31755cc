"""What a media file says of its own size, read from its head before any decoder sees it.

A picture of 200 KB may unpack to gigabytes, and an index of one line may stand for a billion
frames. Knows no decoder: FFmpeg believes a head, and takes the memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

MAX_SIDE: Final = 8192
"""8K video and the pictures of most cameras; RGB of 8192 × 8192 takes 200 MB. A choice."""
MAX_PIXELS: Final = MAX_SIDE * MAX_SIDE
"""Of one picture, still or moving."""

MAX_ROWS: Final = 5_000_000
"""Of all tables of an MP4 together: six hours at 120 frames a second have 2.6 million frames."""

MAX_BOXES: Final = 500_000
"""A clip that streams in pieces has five boxes for each; FFmpeg reads as many as there are."""

_MAX_DEPTH: Final = 10
_MAX_SEGMENTS: Final = 1000
"""Before the size of a JPEG: color profiles and previews fill some dozens."""

_CONTAINERS: Final = frozenset(
    b"moov trak mdia minf stbl edts mvex moof traf udta tref dinf meta wide ilst".split()
)
_COUNTS: Final = {b"stsz": 8, b"stz2": 8, b"sbgp": 8, b"tfra": 12} | dict.fromkeys(
    b"stts ctts stsc stco co64 stss stps elst trun senc".split(), 4
)
"""Where in the tables of an MP4 the number of their rows stands, behind name and length."""

_LONGER_LATER: Final = b"sbgp"
"""The table with another number before its rows from version 1 on (ISO 14496-12 §8.9.2)."""


_SOUND, _PICTURE = int.from_bytes(b"soun"), int.from_bytes(b"vide")


class TooLarge(Exception):
    """A file claims more than any decoder should try; the text says what."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of an MP4, and where what is in it begins and ends."""

    name: bytes
    start: int
    end: int


def check_claims(path: Path) -> None:
    """Raise `TooLarge` for a picture or an index that is too large; `OSError` for no file."""
    with path.open("rb") as file:
        head = file.read(32)
        if head[4:8] == b"ftyp":
            _check_tables(file)
        else:
            size = _picture_size(file, head)
            if size is not None:
                check_side(max(size))


def check_side(side: int) -> None:
    """Raise `TooLarge` for a picture that is wider or higher than is taken."""
    if side > MAX_SIDE:
        raise TooLarge(f"the picture is {side} wide or high, at most {MAX_SIDE}")


def _picture_size(file: BinaryIO, head: bytes) -> tuple[int, int] | None:
    """Return the width and height that a picture claims; None for what is none, or says nothing."""
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if head.startswith(b"GIF8"):
        width, height = struct.unpack("<HH", head[6:10].ljust(4, b"\0"))
        return width, height
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg_size(file)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP" and len(head) >= 30:
        return _webp_size(head)
    return None


def _webp_size(head: bytes) -> tuple[int, int] | None:
    kind = head[12:16]
    if kind == b"VP8X":
        wide, high = head[24:27], head[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(file: BinaryIO) -> tuple[int, int] | None:
    """Return the size in the first frame header, which follows any number of other segments."""
    file.seek(2)
    for _ in range(_MAX_SEGMENTS):
        marker = file.read(2)
        while marker[1:] == b"\xff":
            marker = b"\xff" + file.read(1)
        if len(marker) < 2 or marker[0] != 0xFF:
            return None
        if marker[1] in (0x01, *range(0xD0, 0xD9)):
            continue
        segment = file.read(7)
        if len(segment) < 7:
            return None
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", segment[3:7])
            return width, height
        file.seek(int.from_bytes(segment[:2]) - 7, 1)
    return None


def _check_tables(file: BinaryIO) -> None:
    """Raise `TooLarge` where the tables of an MP4 or MOV claim more rows than a film has."""
    end = file.seek(0, 2)
    rows, plain_until = 0, 0
    for count, box in enumerate(boxes(file, 0, end, 0)):
        # QuickTime's compressed index: its rows could only be counted by unpacking it.
        if box.name == b"cmov":
            raise TooLarge("its index is compressed")
        if box.name == b"trak" and _is_plain_sound(file, box):
            plain_until = box.end
        rows += _rows(file, box, is_plain_sound=box.start < plain_until)
        if rows > MAX_ROWS or count >= MAX_BOXES:
            raise TooLarge(f"its index has more than {MAX_ROWS:,} rows")


def boxes(file: BinaryIO, start: int, end: int, depth: int) -> Iterator[Box]:
    """Yield the boxes of a stretch of a file, and all that are in them."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        length, name, body = int.from_bytes(head[:4]), head[4:8], start + 8
        # Then the length is in the eight bytes that follow (ISO 14496-12 §4.2).
        if length == 1:
            length, body = int.from_bytes(head[8:16]), start + 16
        stop = end if length == 0 else min(start + length, end)
        if stop < body:
            return
        yield Box(name, body, stop)
        if name in _CONTAINERS and depth < _MAX_DEPTH:
            # `meta` has four more bytes in MP4, and none in MOV.
            skipped = 4 if name == b"meta" and _is_full(file, body) else 0
            yield from boxes(file, body + skipped, stop, depth + 1)
        start = stop


def _is_full(file: BinaryIO, body: int) -> bool:
    file.seek(body)
    return file.read(4) == b"\0\0\0\0"


def _rows(file: BinaryIO, box: Box, *, is_plain_sound: bool) -> int:
    """Return how many rows a table claims; samples of plain sound, of one length, are no rows."""
    at = _COUNTS.get(box.name)
    if at is None:
        return 0
    told = _words(file, box, 4)
    if box.name == b"stsz" and is_plain_sound and told[1] > 0:
        return 0
    if box.name == _LONGER_LATER and told[0] >> 24:
        at += 4
    return told[at // 4]


def _is_plain_sound(file: BinaryIO, track: Box) -> bool:
    """Whether each sample of a track lasts one tick: only of such sound FFmpeg keeps no table."""
    kinds, ticks = set(), set()
    for box in boxes(file, track.start, track.end, 0):
        if box.name == b"hdlr":
            kinds.add(_words(file, box, 3)[2])
        if box.name == b"stts":
            told = _words(file, box, 4)
            ticks.add((told[1], told[3]))
    return _SOUND in kinds and _PICTURE not in kinds and ticks == {(1, 1)}


def _words(file: BinaryIO, box: Box, count: int) -> tuple[int, ...]:
    """Return the first numbers in a box, of 32 bits each, 0 behind the file's end."""
    file.seek(box.start)
    return struct.unpack(f">{count}I", file.read(4 * count).ljust(4 * count, b"\0"))
