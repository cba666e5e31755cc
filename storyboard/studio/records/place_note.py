"""Notes in a folder of data that tell where its rows and its files are, once they are elsewhere.

A command that is not told the place would find an empty studio, and fill it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from storyboard.disk.inside import read_inside
from storyboard.disk.writing import write_whole

_LONGEST: Final = 1000


def read_note(note: Path) -> str:
    """Return the place that a note tells; raises `FileRefused`."""
    return read_inside(note, note.parent, _LONGEST).decode("utf-8", "replace").strip()


def write_note(note: Path, place: str) -> None:
    """Note a place, which has no login; raises `OSError`."""
    write_whole(note, f"{place}\n".encode(), inside=note.parent, mode=0o600)
