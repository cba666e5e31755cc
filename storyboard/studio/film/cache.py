"""Made things kept on disk by the hash of what made them. Knows no film: only bytes and keys."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from storyboard.disk.inside import files_below
from storyboard.disk.writing import discard_killed, made_folder, replacing

_MODE = 0o644
_IN_USE_SECONDS = 3600.0
"""Younger files are never trimmed: a film in the making may be about to read them."""


class _NotThere(Exception):
    """The shared cache has no such thing."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one kind of thing takes: how many files, how many bytes."""

    kind: str
    files: int
    size: int


class SharedCache(Protocol):
    """What several machines keep together; it is there to be quick, and may fail at any time."""

    def fetch(self, name: str, part: Path) -> bool:
        """Write what is called so into a file; return whether all of it came."""
        ...

    def send(self, file: Path, name: str) -> None:
        """Share a finished file, if that is possible now."""
        ...


class Cache:
    """A folder of files named by content, written atomically, safe for several films at once.

    What `shared` has is brought here when it is asked for, and what is made here goes there.
    """

    def __init__(
        self,
        root: Path,
        shared: SharedCache | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._root = root
        self._shared = shared
        self._clock = clock

    def alone(self) -> Cache:
        """Return the same folder, of which nothing is shared."""
        return Cache(self._root, clock=self._clock)

    def path(self, kind: str, key: str, suffix: str) -> Path:
        """Return where the thing is or would be."""
        return self._root / kind / f"{key}{suffix}"

    def find(self, kind: str, key: str, suffix: str) -> Path | None:
        """Return the file if it is kept, and remember that it was used."""
        path = self.path(kind, key, suffix)
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return None
            now = self._clock()
            os.utime(path, (now, now))
        except FileNotFoundError:
            return path if self._fetched(path) else None
        return path

    @contextmanager
    def writing(self, kind: str, key: str, suffix: str) -> Iterator[Path]:
        """Give a path to write to; keep it when the block ends well, else leave nothing."""
        path = self.path(kind, key, suffix)
        with replacing(path, inside=self._root, mode=_MODE) as part:
            yield part
        if self._shared is not None:
            self._shared.send(path, self._name(path))

    def take(self, kind: str, key: str, suffix: str, draft: Path) -> None:
        """Keep a finished file, which is moved; it lies on the same file system."""
        path = self.path(kind, key, suffix)
        made_folder(path.parent, inside=self._root)
        draft.replace(path)

    def shelves(self) -> tuple[Shelf, ...]:
        """Return what is kept, a row for each kind."""
        rows: dict[str, list[int]] = {}
        for path, size, _ in self._files():
            rows.setdefault(path.parent.name, []).append(size)
        return tuple(Shelf(kind, len(sizes), sum(sizes)) for kind, sizes in sorted(rows.items()))

    def trim(self, limit: int) -> int:
        """Delete what was used longest ago until `limit` bytes are left; return bytes freed.

        What was used within the hour stays, whatever its size. What killed runs left half-written
        goes, and nothing that a run is writing.
        """
        self._discard_killed()
        files = sorted(self._files(), key=lambda row: row[2])
        excess = sum(size for _, size, _ in files) - limit
        oldest = self._clock() - _IN_USE_SECONDS
        freed = 0
        for path, size, used in files:
            if used > oldest or freed >= excess:
                break
            path.unlink(missing_ok=True)
            freed += size
        return freed

    def clean(self) -> int:
        """Delete everything; return the bytes freed."""
        freed = 0
        for path, size, _ in list(self._files()):
            path.unlink(missing_ok=True)
            freed += size
        return freed

    def _discard_killed(self) -> None:
        for folder in {path.parent for path in files_below(self._root, depth=1)}:
            discard_killed(folder, inside=self._root, now=self._clock())

    def _fetched(self, path: Path) -> bool:
        if self._shared is None:
            return False
        with suppress(_NotThere), replacing(path, inside=self._root, mode=_MODE) as part:
            if not self._shared.fetch(self._name(path), part):
                raise _NotThere
            return True
        return False

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _files(self) -> Iterator[tuple[Path, int, float]]:
        for path in files_below(self._root, depth=1):
            with suppress(FileNotFoundError):
                facts = path.lstat()
                yield path, facts.st_size, facts.st_mtime


def digest(*values: Any) -> str:
    """Hash plain values (JSON) into a key; equal values, equal key, on every machine."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
