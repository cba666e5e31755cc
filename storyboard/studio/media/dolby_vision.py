"""Whether a clip is Dolby Vision that only its own players can show. Decodes nothing.

Most of it is HDR10, HLG or SDR for everybody, with some more for its players: that is shown as any
such clip. Of profile 5, and of AV1 without such a layer, all is in colors of its own, and comes out
green and purple.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from storyboard.studio.media.claims import MAX_BOXES, Box, boxes

CONVERTING: Final = (
    "libplacebo=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=limited:format=yuv420p"
)
"""The filter of FFmpeg that shows it as its players do."""

TOLD: Final = (
    "its picture is Dolby Vision without a layer for other players, such as profile 5; "
    "convert it with FFmpeg's filter libplacebo"
)

_ALONE: Final = (5, 10, 20)
"""Profiles that have no such layer, where the record says that it is like nothing else's."""

_RECORDS: Final = (b"dvcC", b"dvvC", b"dvwC")
_ENTRY: Final = 78
"""Bytes of a picture's format before its boxes (ISO 14496-12 §12.1.3)."""

_TABLE_HEAD: Final = 8
_HEAD: Final = 1 << 20
"""Bytes of a Matroska file in which its tracks are told."""

_MAPPED, _EXTRA = b"\x41\xe7\x84", b"\x41\xed"
"""In Matroska: the name of what is beside pictures, and its record (RFC 9559 §5.1.4.1.17)."""


def is_for_its_players_alone(path: Path) -> bool:
    """Whether a file's picture is Dolby Vision without a layer that others show."""
    with path.open("rb") as file:
        head = file.read(12)
        if head[4:8] == b"ftyp":
            records = _mp4_records(file)
        elif head.startswith(b"\x1a\x45\xdf\xa3"):
            records = _matroska_records(file)
        else:
            return False
        return any(map(_stands_alone, records))


def _stands_alone(record: bytes) -> bool:
    """Read a record: two bytes of version, then profile, level, flags and likeness."""
    if len(record) < 5:
        return False
    profile, like = record[2] >> 1, record[4] >> 4
    return profile in _ALONE and like == 0


def _mp4_records(file: BinaryIO) -> Iterator[bytes]:
    looks = iter(range(MAX_BOXES))  # of all loops together: a gigabyte has room for 130 million
    for table, _ in zip(boxes(file, 0, file.seek(0, 2), 0), looks, strict=False):
        if table.name == b"stsd":
            entries = boxes(file, table.start + _TABLE_HEAD, table.end, 0)
            for entry, _ in zip(entries, looks, strict=False):
                yield from _entry_records(file, entry, looks)


def _entry_records(file: BinaryIO, entry: Box, looks: Iterator[int]) -> Iterator[bytes]:
    for box, _ in zip(boxes(file, entry.start + _ENTRY, entry.end, 0), looks, strict=False):
        if box.name in _RECORDS:
            file.seek(box.start)
            yield file.read(min(24, box.end - box.start))


def _matroska_records(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    head = file.read(_HEAD)
    for name in _RECORDS:
        at = head.find(_MAPPED + name)
        extra = head.find(_EXTRA, at, at + 64) if at >= 0 else -1
        if extra >= 0:
            yield head[extra + 3 : extra + 27]
