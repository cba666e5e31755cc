"""Places of shared states that a test and the processes it starts open by the same words.

A new kind of place is one more line in `PLACES`; the suite of shared states runs on all of them.
"""

from __future__ import annotations

import fcntl
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from storyboard.errors import StateError
from storyboard.state.blobs import Blob, Blobs, Moved
from storyboard.state.lease import Holder
from storyboard.state.lease_lock import LeaseLock
from storyboard.state.shared import SharedStore


class MemoryBlobs:
    """Blobs of this process. `away` calls fail; `lost` writes are done and not answered."""

    where = "memory"

    def __init__(self) -> None:
        self.blobs: dict[str, Blob] = {}
        self.away = 0
        self.lost = 0
        self._turn = threading.Lock()

    def get(self, name: str) -> Blob | None:
        with self._turn:
            self._fail()
            return self.blobs.get(name)

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        with self._turn:
            self._fail()
            now = self.blobs.get(name)
            if (None if now is None else now.tag) != expected:
                raise Moved
            self.blobs[name] = Blob(content, sha256(content).hexdigest())
            if self.lost:
                self.lost -= 1
                raise StateError("no answer")
            return self.blobs[name].tag

    def _fail(self) -> None:
        if self.away:
            self.away -= 1
            raise StateError("away")


class FolderBlobs:
    """Blobs that real processes share: a file each, with the lock of the system around it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.where = str(folder)

    def get(self, name: str) -> Blob | None:
        with self._alone():
            return self._read(name)

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        with self._alone():
            now = self._read(name)
            if (None if now is None else now.tag) != expected:
                raise Moved
            (self._folder / name).write_bytes(content)
            return sha256(content).hexdigest()

    def _read(self, name: str) -> Blob | None:
        path = self._folder / name
        if not path.is_file():
            return None
        content = path.read_bytes()
        return Blob(content, sha256(content).hexdigest())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / ".turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


PLACES: dict[str, Callable[[Path], Blobs]] = {"folder": FolderBlobs}
"""Kind → what opens it at a folder, which is empty at first."""


def open_store(kind: str, folder: Path, ttl: float, who: str = "test") -> SharedStore:
    """Open the shared state of a kind in a folder, for a run called `who`."""
    blobs = PLACES[kind](folder)
    return SharedStore(blobs, LeaseLock(blobs, Holder(who=who), ttl=ttl))


def described(**facts: object) -> str:
    """Return the line in which a process tells a test something."""
    return json.dumps(facts)
