"""Which letters a font file has, by its table `cmap`. Knows no drawing, and no other table.

The table is that of OpenType: segments of code points (format 4), and groups of them (format 12).
A file that is none, is damaged, or has pictures instead of outlines, has no letters.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

_COLLECTION: Final = b"ttcf"
_MOST_FACES: Final = 64
_MOST_TABLES: Final = 256
_MOST_BYTES: Final = 4 << 20
"""Of a table of letters: those of fonts with all of Unicode have a quarter of it."""

_OUTLINES: Final = frozenset((b"glyf", b"CFF ", b"CFF2"))
"""Tables of letters that are drawn at any size; those of emoji are pictures of one size instead."""

_UNICODE: Final = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables that are read, the fullest first."""


@dataclass(frozen=True, slots=True)
class LetterSet:
    """The code points of a face: ascending ranges, first and last."""

    firsts: tuple[int, ...] = ()
    lasts: tuple[int, ...] = ()

    def __contains__(self, letter: str) -> bool:
        at = bisect_right(self.firsts, ord(letter)) - 1
        return at >= 0 and ord(letter) <= self.lasts[at]


@lru_cache(maxsize=2048)
def letter_sets(path: Path) -> tuple[LetterSet, ...]:
    """Return the letters of each face of a file: a collection has several."""
    try:
        with path.open("rb") as file:
            return tuple(_letters(file, start) for start in _faces(file))
    except (OSError, struct.error, ValueError):
        return ()


def _faces(file: BinaryIO) -> tuple[int, ...]:
    if file.read(4) != _COLLECTION:
        return (0,)
    (count,) = struct.unpack(">4xI", file.read(8))
    if count > _MOST_FACES:
        raise ValueError("no collection of fonts")
    return struct.unpack(f">{count}I", file.read(4 * count))


def _letters(file: BinaryIO, start: int) -> LetterSet:
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    rows = [struct.unpack(">4s4xII", file.read(16)) for _ in range(min(count, _MOST_TABLES))]
    place = next(((at, size) for tag, at, size in rows if tag == b"cmap"), None)
    has_outlines = any(tag in _OUTLINES for tag, _, _ in rows)
    if place is None or place[1] > _MOST_BYTES or not has_outlines:
        return LetterSet()
    file.seek(place[0])
    return _read(file.read(place[1]))


def _read(table: bytes) -> LetterSet:
    (count,) = struct.unpack_from(">2xH", table)
    rows = [struct.unpack_from(">HHI", table, 4 + 8 * n) for n in range(min(count, _MOST_TABLES))]
    places = {(platform, encoding): at for platform, encoding, at in rows}
    at = next((places[kind] for kind in _UNICODE if kind in places), None)
    if at is None:
        return LetterSet()
    (kind,) = struct.unpack_from(">H", table, at)
    ranges = {4: _segments, 12: _groups}.get(kind, _none)(table, at)
    firsts, lasts = zip(*ranges, strict=True) if ranges else ((), ())
    return LetterSet(firsts, lasts)


def _segments(table: bytes, at: int) -> list[tuple[int, int]]:
    """Read format 4. A segment counts as a whole: what is empty in one is no letter of a script."""
    (twice,) = struct.unpack_from(">6xH", table, at)
    lasts = struct.unpack_from(f">{twice // 2}H", table, at + 14)
    firsts = struct.unpack_from(f">{twice // 2}H", table, at + 16 + twice)
    rows = zip(firsts, lasts, strict=True)
    return [(first, last) for first, last in rows if first <= last and first != 0xFFFF]


def _groups(table: bytes, at: int) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">12xI", table, at)
    rows = struct.iter_unpack(">III", table[at + 16 : at + 16 + 12 * count])
    return [(first, last) for first, last, _ in rows]


def _none(_table: bytes, _at: int) -> list[tuple[int, int]]:
    return []
