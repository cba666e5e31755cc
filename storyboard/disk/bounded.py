"""Keeps a folder of files that anybody may delete below a size: the oldest go first."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_LEFT: Final = 0.75
"""Of the limit: a folder that is full is not looked through at each write."""

_A_DAY: Final = 86_400.0


def trim(folder: Path, suffix: str, limit: int) -> None:
    """Remove the oldest files that end in a suffix while there are more than `limit` bytes.

    What cannot be removed stays. `folder` is a real path: nothing is followed out of it.
    """
    found: list[tuple[float, int, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                facts = entry.stat(follow_symlinks=False)
                found.append((facts.st_mtime, facts.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    if total <= limit:
        return
    for _, size, path in sorted(found):
        if total <= limit * _LEFT:
            return
        with suppress(OSError):
            Path(path).unlink()
            total -= size


def mark_used(path: Path, now: float) -> None:
    """Give a file that is read the time of today, once a day, so that it is not the oldest.

    `now` is a unix time.
    """
    with suppress(OSError):
        if now - path.lstat().st_mtime > _A_DAY:
            os.utime(path, follow_symlinks=False)
