"""The bytes of uploads that come in parts: each part a file, put together once. Knows no token.

A part of gigabytes is moved and not copied, so that the transaction that notes it is short.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Final, Protocol

NOTHING: Final = "none"
"""Where a name leads that is none of ours: no file is ever put there."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_]{1,64}")
_PARTS: Final = ".parts"
_BLOCK: Final = 1 << 20
_COPIED: Final = 1 << 20
"""Bytes: so small a part is written behind the last one; a file each would make thousands."""


class Uploads(Protocol):
    """Where the bytes of uploads are until they are an entry's. Raises `OSError`, `FilesError`."""

    def path(self, token: str) -> Path:
        """Return where an upload is on this machine, once it is joined."""
        ...

    def send(self, token: str, part: Path) -> None:
        """Bring a part to where it lasts, before it is received; that may take minutes."""
        ...

    def receive(self, token: str, part: Path, at: int, parts: str) -> tuple[int, str]:
        """Put a part behind the first `at` bytes, and return how many there are then.

        Within a moment, in the transaction that notes it; no other call receives meanwhile. The row
        keeps the `parts` that are returned, for the next call: what they mean is nobody else's.
        """
        ...

    def join(self, token: str, parts: str) -> None:
        """Make one file of a finished upload, at its `path`; that may take minutes."""
        ...

    def discard(self, token: str) -> None:
        """Remove all parts of an upload."""
        ...

    def discard_unknown(self, known: Collection[str], older_than: float) -> None:
        """Remove bytes of uploads that are not `known`, last written before a unix time."""
        ...


class UploadFiles:
    """Owns `uploads/` of a workspace: `<token>`, and `<token>.parts/<offset>` for further parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._joining = threading.Lock()

    def path(self, token: str) -> Path:
        """Return where the first part of an upload is, which outlives this process."""
        self._folder.mkdir(exist_ok=True)
        return self._folder / (token if _TOKEN.fullmatch(token) else NOTHING)

    def send(self, token: str, part: Path) -> None:
        """Flush a part to the disk; it is moved when it is received."""
        with part.open("rb+") as file:
            os.fsync(file.fileno())

    def receive(self, token: str, part: Path, at: int, parts: str) -> tuple[int, str]:
        """Put a part behind the first `at` bytes, and return how many there are then.

        Whoever calls has flushed the part to the disk, and lets no other call receive meanwhile.
        """
        size = part.stat().st_size
        if at == 0:
            self.discard(token)
            part.replace(self.path(token))
            return size, parts
        last, offset = self._cut(token, at)
        if size > _COPIED:
            further = self._further(token)
            further.mkdir(exist_ok=True)
            part.replace(further / str(at))
        else:
            _append(last, at - offset, part)
        return at + size, parts

    def join(self, token: str, parts: str) -> None:
        """Make one file of a finished upload, at its `path`; raises `OSError`.

        May take as long as a copy. What was put together before a crash is done again. The folder
        itself tells the parts.
        """
        del parts
        first, further = self.path(token), self._further(token)
        if not further.is_dir():
            return
        with self._joining:
            for offset, part in self._parts(token)[1:]:
                _append(first, offset, part)
                part.unlink()
            shutil.rmtree(further, ignore_errors=True)

    def discard(self, token: str) -> None:
        """Remove all parts of an upload."""
        shutil.rmtree(self._further(token), ignore_errors=True)
        self.path(token).unlink(missing_ok=True)

    def discard_unknown(self, known: Collection[str], older_than: float) -> None:
        """Remove bytes of uploads that are not `known`, last written before a unix time."""
        for path in self._folder.glob("*"):
            with contextlib.suppress(FileNotFoundError):
                token = path.name.removesuffix(_PARTS)
                if token in known or path.stat().st_mtime >= older_than:
                    continue
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()

    def _cut(self, token: str, size: int) -> tuple[Path, int]:
        """Forget parts behind `size` bytes; return the last one that is left, and where it begins.

        What it has behind them is written over by the part that follows.
        """
        parts = self._parts(token)
        for offset, part in parts:
            if offset >= size:
                part.unlink()
        offset, last = [each for each in parts if each[0] < size][-1]
        return last, offset

    def _further(self, token: str) -> Path:
        first = self.path(token)
        return first.with_name(first.name + _PARTS)

    def _parts(self, token: str) -> list[tuple[int, Path]]:
        further = ((int(path.name), path) for path in self._further(token).glob("*"))
        return [(0, self.path(token)), *sorted(further)]


def _append(whole: Path, at: int, part: Path) -> None:
    with whole.open("r+b") as file, part.open("rb") as more:
        file.truncate(at)
        file.seek(at)
        shutil.copyfileobj(more, file, _BLOCK)
        file.flush()
        os.fsync(file.fileno())
