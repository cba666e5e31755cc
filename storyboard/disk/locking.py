"""A lock on an open file, which the system drops when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path


def is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one that a path leads to."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Lock the first byte; whoever waits may still read the rest."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def wait_for_lock(descriptor: int) -> None:
        """Lock the first byte as soon as whoever has it gives it back. Raises `OSError`."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        while True:
            try:
                return msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as cause:  # the system gives up after ten seconds
                if cause.errno not in (errno.EDEADLK, errno.EACCES):
                    raise

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock the whole file; return whether no other process has it. Raises `OSError`."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait_for_lock(descriptor: int) -> None:
        """Lock the whole file as soon as whoever has it gives it back. Raises `OSError`."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
