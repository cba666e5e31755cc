"""Where the quick tests have their folders: in memory, if the machine has such a folder with room.

Thousands of tests write a database or a project and wait until the disk has it, which proves
nothing: what they look at is there for whoever asks the system, on a disk or not.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 4 << 30
"""Bytes; the quick tests leave less than one GiB."""
_ROOT: Final = "PYTEST_DEBUG_TEMPROOT"
"""The variable that tells pytest where to make `tmp_path`."""


def prefer_memory(config: pytest.Config) -> None:
    """Have `tmp_path` in memory, unless slow tests run too, or who started pytest says where."""
    if "not slow" in config.option.markexpr and not config.option.basetemp and _has_room(_MEMORY):
        os.environ.setdefault(_ROOT, str(_MEMORY))


def give_memory_back(config: pytest.Config) -> None:
    """Delete what a run without a failure left there."""
    folder: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    if folder.is_relative_to(_MEMORY) and not config.option.basetemp:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(folder: Path) -> bool:
    """Tell whether programs may be run from a folder, and all that tests write fits."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    mounted = os.statvfs(folder)
    runs = not mounted.f_flag & os.ST_NOEXEC
    return runs and mounted.f_bavail * mounted.f_frsize > _ROOM
