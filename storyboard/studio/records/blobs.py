"""Files kept by their content: written beside, flushed, renamed. Knows no entry and no format."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from storyboard.studio.records.owner import is_surely_dead, this_process
from storyboard.studio.records.upload_files import NOTHING, UploadFiles

_BLOCK: Final = 1 << 20
_SENT_AT_ONCE: Final = 1 << 18
"""Bytes in memory for each reader who stops; with a megabyte, some hundred readers held one GB."""

BLOB_NAME: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,8}")
"""Every name that `keep` gives; any other could lead elsewhere."""


def is_blob(name: str) -> bool:
    """Whether this names a kept file: the hash of its bytes, and so never a path to elsewhere."""
    return BLOB_NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Blob:
    """A kept file: `name` is relative to the blobs, `size` in bytes."""

    name: str
    sha256: str
    size: int


class Blobs:
    """Owns `tmp/` and `uploads/` of a workspace, and `blobs/` of its folder of data."""

    def __init__(self, workspace: Path, data: Path) -> None:
        self._root = data / "blobs"
        self._tmp = workspace / "tmp"
        self.uploads = UploadFiles(workspace / "uploads")
        self.spared = set[tuple[str, str]]()
        """Entries that are gone and their files, which films in work may use."""

        self._own = self._tmp / this_process(f"files-{secrets.token_hex(4)}")
        self._root.mkdir(parents=True, exist_ok=True)
        self._own.mkdir(parents=True, exist_ok=True)

    def draft(self, suffix: str) -> Path:
        """Return a new path to write to; it is swept once this process is dead."""
        self._own.mkdir(parents=True, exist_ok=True)
        return self._own / f"{secrets.token_hex(8)}{suffix}"

    def path(self, name: str) -> Path:
        """Return where a blob's bytes are; a name that is no blob's leads to no file."""
        return self._root / (name if is_blob(name) else NOTHING)

    def measure(self, draft: Path, suffix: str) -> Blob:
        """Return what a finished draft will be as a blob; its bytes are on the disk then."""
        digest, size = hashlib.sha256(), 0
        with draft.open("r+b") as file:
            for block in iter(lambda: file.read(_BLOCK), b""):
                digest.update(block)
                size += len(block)
            os.fsync(file.fileno())
        sha = digest.hexdigest()
        return Blob(f"{sha[:2]}/{sha}.{suffix}", sha, size)

    def keep(self, draft: Path, blob: Blob) -> None:
        """Move a draft that was measured among the blobs, durably, which takes a moment.

        Within the transaction that stores its entry: what has none is removed in another one.
        """
        target = self._root / blob.name
        target.parent.mkdir(exist_ok=True)
        draft.replace(target)
        _sync_directory(target.parent)

    def remove(self, name: str) -> None:
        """Remove a blob that no entry has, within the transaction that found that out.

        What the system keeps, because somebody reads it, goes with the next start.
        """
        with contextlib.suppress(OSError):
            self.path(name).unlink()

    def sweep(self) -> None:
        """Remove what dead processes left half-written."""
        for directory in self._tmp.iterdir():
            if is_surely_dead(directory.name):
                shutil.rmtree(directory, ignore_errors=True)

    def discard(self, kept: Collection[str], older_than: float) -> None:
        """Remove blobs that are not among `kept` and were last written before a unix time."""
        for path in self._root.glob("??/*"):
            name = path.relative_to(self._root).as_posix()
            with contextlib.suppress(FileNotFoundError):
                if name not in kept and path.stat().st_mtime < older_than:
                    path.unlink()

    def close(self) -> None:
        """Remove this process's own drafts."""
        shutil.rmtree(self._own, ignore_errors=True)

    def read(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Return a stretch of a blob, block by block, of which the first is read.

        Raises `FileNotFoundError`; what is removed later is read to its end.
        """
        blocks = self._blocks(name, start, length)
        return chain((next(blocks, b""),), blocks)

    def _blocks(self, name: str, start: int, length: int) -> Iterator[bytes]:
        with self.path(name).open("rb") as file:
            file.seek(start)
            while length > 0 and (block := file.read(min(_SENT_AT_ONCE, length))):
                length -= len(block)
                yield block


def flush(path: Path) -> None:
    """Return once a file's bytes are on the disk; that may take seconds."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_directory(directory: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
