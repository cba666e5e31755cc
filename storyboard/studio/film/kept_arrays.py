"""Arrays kept on disk, read for no more memory than the file has bytes. Knows no sound.

Whoever sends a file may claim a large array, or pack zeros: what it claims is compared with what is
there before anything is set aside for it.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

Array = npt.NDArray[Any]


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
    version = npy.read_magic(file)
    if version != (1, 0):
        raise ValueError("another version")
    shape, is_fortran, kind = npy.read_array_header_1_0(file)
    count = math.prod(shape)
    if kind.hasobject or is_fortran or file.tell() + count * kind.itemsize != size:
        raise ValueError("it is not as large as it says")
    content = file.read(count * kind.itemsize)
    return np.frombuffer(content, kind).reshape(shape).copy()
