"""An exclusive lock on a file that dies with the process that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.disk.locking import is_at, try_lock
from storyboard.disk.writing import open_lock
from storyboard.errors import LockedError, StateError


@contextmanager
def locked_file(path: Path, *, inside: Path) -> Iterator[HeldLock]:
    """Hold the lock of a file in a folder; raises `LockedError` if another process holds it.

    The operating system drops it when the holder ends, however it ends: nothing is left to clean.
    """
    held = HeldLock(path, inside, _locked(path, inside))
    try:
        yield held
    finally:
        held.close()


class HeldLock:
    """Owns the descriptor of a lock: whoever deletes the file lets others lock a new one."""

    def __init__(self, path: Path, inside: Path, descriptor: int) -> None:
        self._path = path
        self._inside = inside
        self._descriptor = descriptor

    def renew(self) -> bool:
        """Lock the file that is at the path now, if it is another; return whether it was.

        Raises `LockedError` if another process was quicker, and `StateError`.
        """
        if is_at(self._descriptor, self._path):
            return False
        renewed = _locked(self._path, self._inside)
        os.close(self._descriptor)
        self._descriptor = renewed
        return True

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._descriptor)


def _locked(path: Path, inside: Path) -> int:
    """Return the descriptor of the locked file that is at the path; raises as `locked_file`."""
    while True:
        descriptor = _opened(path, inside)
        try:
            if not _is_free(descriptor, path):
                raise LockedError(
                    f"another run holds the state ('{path}', {_holder(descriptor)})",
                    hint="wait for it to end; the lock ends with its process",
                )
            if is_at(descriptor, path):
                # Only once it is ours: what a failed try wrote would stand there as the holder.
                os.ftruncate(descriptor, 0)
                os.lseek(descriptor, 0, os.SEEK_SET)
                # A space first: Windows locks that byte, and others may read what is behind it.
                os.write(descriptor, f" process {os.getpid()}\n".encode("ascii"))
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # it was deleted between the opening and the lock


def _opened(path: Path, inside: Path) -> int:
    try:
        return open_lock(path, inside=inside)
    except OSError as cause:
        raise StateError(
            f"the lock '{path}' cannot be opened: {cause.strerror}",
            hint="make the state's folder writable",
        ) from cause


def file_holder(path: Path, *, inside: Path) -> str | None:
    """Return which process holds the lock of a file, None if none does; makes no file."""
    if not path.is_file():
        return None
    descriptor = open_lock(path, inside=inside)
    try:
        return None if _is_free(descriptor, path) else _holder(descriptor)
    finally:
        os.close(descriptor)


def _is_free(descriptor: int, path: Path) -> bool:
    """Lock an open file, unless another process has it; raises `StateError`."""
    try:
        return try_lock(descriptor)
    except OSError as cause:
        raise StateError(
            f"the lock '{path}' cannot be locked: {cause.strerror}",
            hint="keep the state on a file system that has locks",
        ) from cause


def _holder(descriptor: int) -> str:
    """Read who holds the lock; the first byte may be locked, so it is left out."""
    os.lseek(descriptor, 1, os.SEEK_SET)
    return os.read(descriptor, 64).decode("ascii", "replace").strip("\0 \n") or "unknown process"
