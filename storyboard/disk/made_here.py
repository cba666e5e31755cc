"""Tells a file that this program wrote on a machine from one that came with a repository.

Git gives what it checks out the time of the checkout and lets others read it. Backups, archives and
the caches of pipelines keep a file's time, and its rights.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

MADE_AT: Final = 1_000_000_000
"""The time that such a file bears, in 2001."""

_A_DAY: Final = 86_400
"""Some keep the local time, in steps of two seconds."""

_OTHERS: Final = 0o077


def mark_made_here(path: Path) -> None:
    """Give a file the time that says so; raises `OSError`."""
    os.utime(path, (MADE_AT, MADE_AT))


def bears_mark(facts: os.stat_result) -> bool:
    """Whether a file's time says that it was made here."""
    return abs(facts.st_mtime - MADE_AT) <= _A_DAY


def is_open_to_others(facts: os.stat_result) -> bool:
    """Whether others than its owner may use a file, where the system has such rights."""
    return os.name == "posix" and bool(stat.S_IMODE(facts.st_mode) & _OTHERS)


def is_made_here(path: Path) -> bool:
    """Whether a regular file, which is no link, bears the mark, and is its owner's alone."""
    with suppress(OSError):
        facts = path.lstat()
        return stat.S_ISREG(facts.st_mode) and bears_mark(facts) and not is_open_to_others(facts)
    return False
