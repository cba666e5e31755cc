"""Files in a bucket, and copies of those in use on this machine. Knows no entry and no request."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from storyboard.studio.records.bucket_objects import BucketObjects
from storyboard.studio.records.content_types import content_type
from storyboard.studio.records.file_store import FilesError, StoredFile
from storyboard.studio.records.folder_files import read_blocks

KIND: Final = "blobs"
"""What copies are called among all else that is kept on this machine to be quick."""

_SENT_AT_ONCE: Final = 1 << 19
"""Bytes of a request for a reader, who may stop: some hundred of them hold them all."""

_LOG = logging.getLogger("storyboard.studio")


class Copies(Protocol):
    """Where copies are kept on this machine, by key: within a limit, the latest used longest."""

    def path(self, kind: str, key: str, suffix: str) -> Path: ...
    def find(self, kind: str, key: str, suffix: str) -> Path | None: ...
    def take(self, kind: str, key: str, suffix: str, draft: Path) -> None: ...
    def writing(self, kind: str, key: str, suffix: str) -> AbstractContextManager[Path]: ...


class BucketFiles:
    """Files below a prefix of a bucket, as `FileStore`, each called by the hash of its content.

    `fetched` is told when a copy came.
    """

    def __init__(
        self, objects: BucketObjects, copies: Copies, fetched: Callable[[], object] = lambda: None
    ) -> None:
        self._objects, self._in_hurry = objects, objects.in_hurry()
        self._copies = copies
        self._fetched = fetched

    names_at_once = True

    def send(self, draft: Path, name: str) -> None:
        """Write the object: what it is called says what is in it, whoever writes it."""
        self._objects.put(draft, name, content_type(name))

    def settle(self, draft: Path, name: str) -> None:
        """Make the draft the first copy on this machine: all that write wait for this."""
        self._copies.take(KIND, *_key(name), draft)

    def confirm(self, name: str) -> None:
        """See that it is there: an entry with the same content may have gone, and its file."""
        try:
            if self._objects.size(name) is None:
                self.send(self._copies.path(KIND, *_key(name)), name)
        except (FilesError, OSError) as cause:
            _LOG.warning("whether the file '%s' lasts cannot be seen: %s", name, cause)

    def path(self, name: str) -> Path:
        """Return a copy on this machine, fetched where there is none."""
        key = _key(name)
        kept = self._copies.find(KIND, *key)
        if kept is not None:
            return kept
        size = self._objects.size(name)
        if size is not None:
            with self._copies.writing(KIND, *key) as part:
                self._fetch(name, size, part)
            self._fetched()
        return self._copies.path(KIND, *key)

    def read(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Yield a stretch, from a copy where there is one, else a request for each block."""
        kept = self._copies.find(KIND, *_key(name))
        if kept is not None:
            yield from read_blocks(kept, start, length)
            return
        yield from self._objects.blocks(name, start, length, _SENT_AT_ONCE)

    def size(self, name: str) -> int | None:
        """Return how large an object is, `None` where there is none."""
        return self._objects.size(name)

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects and their copies; what the store does not remove now is swept later."""
        gone = tuple(names)
        for name in gone:
            self._copies.path(KIND, *_key(name)).unlink(missing_ok=True)
        try:
            self._in_hurry.remove(gone)
        except FilesError as cause:
            _LOG.warning("files that no entry has stay for now: %s", cause)

    def stored(self) -> Iterator[StoredFile]:
        """Yield all objects."""
        return self._objects.listed()

    def _fetch(self, name: str, size: int, part: Path) -> None:
        digest = hashlib.sha256()
        with part.open("wb") as file:
            for block in self._objects.blocks(name, 0, size):
                digest.update(block)
                file.write(block)
        if not name.endswith(f"/{digest.hexdigest()}{Path(name).suffix}"):
            raise FilesError(
                f"the object '{name}' is not what was sent: its content has another hash",
                hint="make the film again, or upload the file again",
            )


def _key(name: str) -> tuple[str, str]:
    """Return key and suffix of a file `ab/abc….mp4`; another name has no file anywhere."""
    path = Path(name)
    return path.stem, path.suffix
