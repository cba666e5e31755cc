"""Arrays kept on disk, read for no more memory than the file has bytes. Knows no sound.

Whoever sends a file may claim a large array, or pack zeros: what it claims is compared with what is
there before anything is set aside for it.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

Array = npt.NDArray[Any]

_FORMAT: Final = (1, 0)
_HEADER: Final = re.compile(
    rb"\{'descr': '(?P<kind>[<|][biufU][0-9]+)', 'fortran_order': False, "
    rb"'shape': \((?P<shape>[0-9, ]*)\), \} *\n"
)
"""What NumPy writes before an array by rows (numpy.lib.format). NumPy has Python's parser read it,
which in Python 3.11 fails now and then while several threads use it ("AST constructor recursion
depth mismatch", gh-106905).
"""


def load_array(path: Path) -> Array | None:
    """Return the array that `numpy.save` wrote; None where the file is damaged, or says more."""
    try:
        with path.open("rb") as file:
            return _read(file, path.stat().st_size)
    except (OSError, ValueError, EOFError):
        return None


def load_arrays(path: Path, names: tuple[str, ...]) -> Mapping[str, Array] | None:
    """Return the arrays that `numpy.savez` wrote, which packs none; None where these are not."""
    found = {}
    try:
        with zipfile.ZipFile(path) as kept:
            for name in names:
                member = kept.getinfo(f"{name}.npy")
                if member.compress_type != zipfile.ZIP_STORED:
                    raise ValueError("it is packed")
                with kept.open(member) as file:
                    found[name] = _read(file, min(member.file_size, member.compress_size))
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
        return None
    return found


def _read(file: IO[bytes], size: int) -> Array:
    """Read an array of a file of so many bytes; raises `ValueError` where it claims others."""
    if npy.read_magic(file) != _FORMAT:
        raise ValueError("another version")
    header = _HEADER.fullmatch(file.read(int.from_bytes(file.read(2), "little")))
    if header is None:
        raise ValueError("no array by rows")
    kind = _kind(header["kind"].decode())
    shape = tuple(int(side) for side in header["shape"].split(b",") if side.strip())
    count = math.prod(shape)
    if file.tell() + count * kind.itemsize != size:
        raise ValueError("it is not as large as it says")
    content = file.read(count * kind.itemsize)
    return np.frombuffer(content, kind).reshape(shape).copy()


def _kind(written: str) -> np.dtype[Any]:
    try:
        return np.dtype(written)
    except TypeError as cause:
        raise ValueError("a kind that NumPy does not have") from cause
