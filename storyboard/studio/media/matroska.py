"""Whether an MKV or WebM file has all the bytes that its head says. Knows no track and no time."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

_HEAD, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_LONGEST: Final = 8
"""Bytes of a length, at most (RFC 8794 §4)."""


def is_cut_short(path: Path) -> bool:
    """Return whether a file ends before its segment does, as a copy that stopped half way."""
    with path.open("rb") as file:
        if file.read(4) != _HEAD:
            return False
        head = _length(file)
        if head is None:
            return False
        file.seek(head, 1)
        if file.read(4) != _SEGMENT:
            return False
        length = _length(file)
        return length is not None and file.tell() + length > path.stat().st_size


def _length(file: BinaryIO) -> int | None:
    """Read a length; None for one that is not known, as live recorders write it."""
    first = file.read(1)
    size = _LONGEST + 1 - first[0].bit_length() if first else _LONGEST + 1
    if size > _LONGEST:
        return None
    known = (1 << 7 * size) - 1
    told = int.from_bytes(first + file.read(size - 1)) & known
    return None if told == known else told
