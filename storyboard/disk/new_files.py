"""Gives a file that is written whole a name that no other has; of several at once, one wins.

Where the file system has no hard links, as exFAT and some network folders, the folder's lock
keeps others out instead. Knows no content.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storyboard.disk.parts import new_part
from storyboard.disk.whole_folders import alone_in
from storyboard.disk.writing import made_folder, sync_folder


def write_new(path: Path, content: bytes, *, inside: Path, mode: int) -> None:
    """Write a file whole, unless there is one; raises what `write_whole` raises.

    Of several that write it at once, on any machines that see the folder, the first one does.
    """
    with filling_new(path, inside=inside) as part:
        part.write_bytes(content)
        part.chmod(mode)


@contextmanager
def filling_new(path: Path, *, inside: Path) -> Iterator[Path]:
    """Give an empty file that its owner alone reads; synced, it becomes `path` unless there is one.

    Raises what `write_whole` raises.
    """
    folder = made_folder(path.parent, inside=inside)
    with new_part(folder, path.name) as part:
        yield part
        _sync(part)
        _name(part, folder / path.name)
    sync_folder(folder)


def _name(part: Path, place: Path) -> None:
    try:
        os.link(part, place)
    except FileExistsError:
        return
    except OSError:  # a file system without links, or a failure that the next line has too
        with alone_in(place.parent, inside=place.parent):
            if not os.path.lexists(place):
                with suppress(FileExistsError):  # Windows replaces none
                    part.rename(place)


def _sync(path: Path) -> None:
    """Have a file's content on the disk before its name; raises `OSError`."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
