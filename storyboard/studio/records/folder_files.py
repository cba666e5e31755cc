"""Files in a folder, of this machine or of many: moved there, never copied. Knows no entry."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from storyboard.studio.records.file_store import StoredFile

_SENT_AT_ONCE: Final = 1 << 18
"""Bytes in memory for each reader who stops; with a megabyte, some hundred readers held one GB."""


class FolderFiles:
    """Owns a folder, as `FileStore`; drafts lie on the same file system."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._root.mkdir(parents=True, exist_ok=True)

    names_at_once = False

    def send(self, draft: Path, name: str) -> None:
        """Do nothing: the draft is moved when it gets its name."""

    def settle(self, draft: Path, name: str) -> None:
        """Move a draft to its name."""
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
        _sync_directory(target.parent)

    def confirm(self, name: str) -> None:
        """Do nothing: it was moved there within the transaction."""

    def path(self, name: str) -> Path:
        """Return where the file itself is, which nobody may change."""
        return self._root / name

    def read(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Yield a stretch; a file that is removed meanwhile is read to its end."""
        return read_blocks(self.path(name), start, length)

    def size(self, name: str) -> int | None:
        """Return how large a file is, `None` where there is none."""
        try:
            facts = self.path(name).stat()
        except FileNotFoundError:
            return None
        return facts.st_size if stat.S_ISREG(facts.st_mode) else None

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; what the system keeps, because it is read, goes with a later sweep."""
        for name in names:
            with contextlib.suppress(OSError):
                self.path(name).unlink()

    def stored(self) -> Iterator[StoredFile]:
        """Yield all files that are there."""
        for path in self._root.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                name = path.relative_to(self._root).as_posix()
                yield StoredFile(name, facts.st_size, facts.st_mtime)


def read_blocks(path: Path, start: int, length: int) -> Iterator[bytes]:
    """Yield a stretch of a file; one that is removed meanwhile is read to its end."""
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (block := file.read(min(_SENT_AT_ONCE, length))):
            length -= len(block)
            yield block


def _sync_directory(directory: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
