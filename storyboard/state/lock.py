"""An exclusive lock on a file that dies with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.disk.writing import open_lock
from storyboard.errors import LockedError, StateError


@contextmanager
def locked_file(path: Path, *, inside: Path) -> Iterator[None]:
    """Hold the lock of a file in a folder; raises `LockedError` if another process holds it.

    The operating system drops it when the holder ends, however it ends: nothing is left to clean.
    """
    try:
        descriptor = open_lock(path, inside=inside)
    except OSError as cause:
        raise StateError(
            f"the lock '{path}' cannot be opened: {cause.strerror}",
            hint="make the state's folder writable",
        ) from cause
    try:
        if not _try_lock(descriptor):
            raise LockedError(
                f"another run holds the state ('{path}', {_holder(descriptor)})",
                hint="wait for it to end; the lock ends with its process",
            )
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f" process {os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)


def file_holder(path: Path, *, inside: Path) -> str | None:
    """Return which process holds the lock of a file, None if none does; makes no file."""
    if not path.is_file():
        return None
    descriptor = open_lock(path, inside=inside)
    try:
        return None if _try_lock(descriptor) else _holder(descriptor)
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    """Read who holds the lock; the first byte may be locked, so it is left out."""
    os.lseek(descriptor, 1, os.SEEK_SET)
    return os.read(descriptor, 64).decode("ascii", "replace").strip("\0 \n") or "unknown process"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        """Lock the first byte; whoever waits may still read the rest."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        """Lock the whole file."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
