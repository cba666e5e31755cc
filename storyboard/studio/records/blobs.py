"""Files kept by their content: what drafts become, and when they go. Knows no entry and format."""

from __future__ import annotations

import hashlib
import math
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from storyboard.studio.records.file_store import FilesAway, FileStore
from storyboard.studio.records.folder_files import FolderFiles
from storyboard.studio.records.owner import is_of_this_machine, is_surely_dead, this_process
from storyboard.studio.records.upload_files import NOTHING, UploadFiles, Uploads

_BLOCK: Final = 1 << 20
_GONE_SECONDS: Final = 86_400.0
"""After which another machine is gone that wrote nothing: no draft takes a day."""

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
    """Owns `tmp/` of a workspace; `files` has what is kept, by default its `data`.

    Raises `FilesError` and `OSError`.
    """

    def __init__(
        self,
        workspace: Path,
        data: Path,
        files: FileStore | None = None,
        uploads: Uploads | None = None,
    ) -> None:
        self._files = files or FolderFiles(data / "blobs")
        self._tmp = workspace / "tmp"
        self.uploads = uploads or UploadFiles(workspace / "uploads")
        self.keeps_all = False
        """Whether nothing is removed: other rows may name what these do not."""

        self.spared = set[tuple[str, str]]()
        """Entries that are gone and their files, which films in work may use."""

        self._own = self._tmp / this_process(f"files-{secrets.token_hex(4)}")
        self._own.mkdir(parents=True, exist_ok=True)

    @property
    def folder(self) -> Path:
        """Return on which disk drafts are: that of the files, if they are in a folder."""
        return self._tmp.parent

    @property
    def names_at_once(self) -> bool:
        """Return whether what is sent has its name then, before a row has it."""
        return self._files.names_at_once

    def draft(self, suffix: str) -> Path:
        """Return a new path to write to; it is swept once this process is dead.

        Raises `FilesAway` where the place is gone: made anew, it would be another one, such as the
        empty folder below a share that is not mounted any more.
        """
        if not self._tmp.parent.is_dir():
            raise FilesAway(f"'{self._tmp.parent}' is gone")
        self._own.mkdir(parents=True, exist_ok=True)
        return self._own / f"{secrets.token_hex(8)}{suffix}"

    def path(self, name: str) -> Path:
        """Return where a blob's bytes are on this machine, brought there if they are elsewhere.

        A name that is no blob's, or of one that is gone, leads to no file.
        """
        return self._files.path(_known(name))

    def has(self, name: str) -> bool:
        """Return whether there is such a blob."""
        return self._files.size(_known(name)) is not None

    def measure(self, draft: Path, suffix: str) -> Blob:
        """Return what a finished draft will be as a blob: `send` it then."""
        digest, size = hashlib.sha256(), 0
        with draft.open("r+b") as file:
            for block in iter(lambda: file.read(_BLOCK), b""):
                digest.update(block)
                size += len(block)
            os.fsync(file.fileno())
        sha = digest.hexdigest()
        return Blob(f"{sha[:2]}/{sha}.{suffix}", sha, size)

    def send(self, draft: Path, blob: Blob) -> None:
        """Have the bytes of a draft that was measured last, under a name that no row has yet.

        May take minutes: outside of transactions.
        """
        self._files.send(draft, blob.name)

    def keep(self, draft: Path, blob: Blob) -> None:
        """Have a draft that was sent among the blobs, durably, which takes a moment.

        Within the transaction that stores its entry: what has none is removed in another one. After
        that, `confirm` it.
        """
        self._files.settle(draft, blob.name)

    def confirm(self, blob: Blob) -> None:
        """See, once its entry is stored, that a blob was not removed before that.

        Outside of transactions: it may take minutes. Raises nothing.
        """
        self._files.confirm(blob.name)

    def take(self, source: Path, name: str) -> None:
        """Have a file of elsewhere as the blob with this name, unless there is one.

        By a second name of the file where that is possible; from elsewhere it may take minutes.
        """
        if self.has(name):
            return
        draft = self.draft(Path(name).suffix)
        link_or_copy(source, draft)
        self._files.send(draft, name)
        self._files.settle(draft, name)

    def remove(self, *names: str) -> None:
        """Remove blobs that no entry has, within a transaction that found that out.

        What cannot be removed now goes with the next start.
        """
        if not self.keeps_all:
            self._files.remove(map(_known, names))

    def sweep(self) -> None:
        """Remove what dead processes left half-written, here, or on a machine that is gone."""
        oldest = self._folder_time() - _GONE_SECONDS
        for directory in self._tmp.iterdir():
            owner = directory.name
            is_lost = not is_of_this_machine(owner) and _written(directory) < oldest
            if is_lost or is_surely_dead(owner):
                shutil.rmtree(directory, ignore_errors=True)

    def _folder_time(self) -> float:
        """Return what time it is where the drafts are: a clock of ours that is days ahead would
        have another machine's drafts look as if they had been left."""
        asked = self.draft(".time")
        asked.touch()
        try:
            return asked.stat().st_mtime
        finally:
            asked.unlink()

    def strays(self, kept: Collection[str], older_than: float) -> Iterator[str]:
        """Yield blobs that are not among `kept`, may go, and came before a unix time."""
        for file in () if self.keeps_all else self._files.stored():
            if file.name not in kept and file.modified < older_than and is_blob(file.name):
                yield file.name

    def has_any(self, names: Collection[str] | None = None) -> bool:
        """Return whether there is any blob, or any of these."""
        stored = (file.name for file in self._files.stored() if is_blob(file.name))
        return any(names is None or name in names for name in stored)

    def close(self) -> None:
        """Remove this process's own drafts."""
        shutil.rmtree(self._own, ignore_errors=True)

    def read(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Return a stretch of a blob, block by block, of which the first is read.

        Raises `FileNotFoundError`; what is removed later is read to its end from a folder.
        """
        blocks = self._files.read(_known(name), start, length)
        return chain((next(blocks, b""),), blocks)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name, or a copy where the file system has no links."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _written(directory: Path) -> float:
    """Return the unix time when a folder was written to last; infinity where it is gone."""
    try:
        return max(path.stat().st_mtime for path in (directory, *directory.iterdir()))
    except OSError:
        return math.inf


def _known(name: str) -> str:
    return name if is_blob(name) else NOTHING
