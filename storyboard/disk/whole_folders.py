"""Replaces a folder by another one, whole: its name always leads to the former one or the new one.

No system that we run on swaps two folders by a call that Python has. So the former one goes aside,
under a name that is looked at too, until the new one is in place. Knows no content.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from storyboard.disk.locking import wait_for_lock
from storyboard.disk.parts import discard_parts, new_part_folder
from storyboard.disk.writing import open_lock, sync_folder

_LOCK: Final = ".lock"
_ASIDE: Final = ".former"


@contextmanager
def alone_in(base: Path, *, inside: Path) -> Iterator[None]:
    """Wait until no thread or process changes the folders of a folder, and keep others out.

    Raises as `write_whole`. Where the file system has no locks, nothing is waited for.
    """
    descriptor = open_lock(base / _LOCK, inside=inside)
    try:
        with suppress(OSError):
            wait_for_lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def put_folder(new: Path, place: Path) -> None:
    """Have a folder in the place of another one; call it `alone_in` the one that holds them.

    Raises `OSError`, and then the former one is in its place.
    """
    mend_folder(place)
    aside = _aside(place)
    if os.path.lexists(place):
        place.rename(aside)
    try:
        new.rename(place)
    except BaseException:
        with suppress(OSError):
            aside.rename(place)
        raise
    sync_folder(place.parent)
    _discard(aside)


def mend_folder(place: Path) -> None:
    """Bring back what a killed `put_folder` had set aside; call it `alone_in`."""
    if os.path.lexists(place):
        _discard(_aside(place))
    else:
        with suppress(FileNotFoundError):
            _aside(place).rename(place)


def remove_folder(place: Path) -> None:
    """Remove a folder, which is there whole or not at all; call it `alone_in`."""
    _discard(_aside(place))
    _discard(place)


def folders_with(base: Path, file: str) -> set[str]:
    """Return the names of the folders that have a file; those that are being replaced too."""
    # What goes aside after the first look, and comes back before the second, is seen by the third.
    looks = (f"[!.]*/{file}", f".*{_ASIDE}/{file}", f"[!.]*/{file}")
    found = (path.parent.name for look in looks for path in base.glob(look))
    return {name[1:].removesuffix(_ASIDE) if name.startswith(".") else name for name in found}


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}{_ASIDE}")


def _discard(folder: Path) -> None:
    """Take a folder out of sight at once, and then remove it; what a killed run left goes too."""
    discard_parts(folder.parent, of=folder.name)
    if os.path.lexists(folder):
        with new_part_folder(folder.parent, folder.name) as part:
            folder.rename(part / folder.name)
