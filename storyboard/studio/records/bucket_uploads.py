"""Parts of uploads as objects of a bucket: each may come to another server. Knows no token.

A list beside the parts says which of them make up the upload. It is written in the transaction
that notes the part, and small, so that this takes a moment whatever the part has.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from storyboard.disk.writing import replacing
from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.records.bucket_objects import BucketObjects
from storyboard.studio.records.file_store import FilesError
from storyboard.studio.records.upload_files import UploadFiles

_LOG: Final = logging.getLogger("storyboard.studio")
_LIST: Final = "parts.json"

Chain = list[tuple[str, int]]
"""Names of parts and how many bytes of each count, in order."""


class BucketUploads:
    """Objects `<token>/<part>`, as `Uploads`; `folder` has what was put together here."""

    def __init__(self, objects: BucketObjects, folder: Path) -> None:
        self._objects, self._in_hurry = objects, objects.in_hurry()
        self._folder = folder
        self._here = UploadFiles(folder)

    def path(self, token: str) -> Path:
        """Return where an upload is on this machine, once it is joined."""
        return self._here.path(token)

    def send(self, token: str, part: Path) -> None:
        """Write a part where every server finds it; that may take minutes."""
        self._objects.put(part, f"{token}/{part.stem}")

    def receive(self, token: str, part: Path, at: int) -> int:
        """Put a part that was sent behind the first `at` bytes; return how many there are then."""
        size = part.stat().st_size
        chain = _cut(_chain(self._in_hurry, token), at) if at else []
        self._write(token, [*chain, (part.stem, size)])
        return at + size

    def join(self, token: str) -> None:
        """Make one file of a finished upload, at its `path`; raises `FileNotFoundError`."""
        target = self.path(token)
        with replacing(target, inside=self._folder) as whole, whole.open("wb") as file:
            for name, size in _chain(self._objects, token):
                file.writelines(self._objects.blocks(f"{token}/{name}", 0, size))

    def discard(self, token: str) -> None:
        """Remove all parts of an upload; what the store does not remove now is swept later."""
        self._here.discard(token)
        try:
            self._in_hurry.remove([part.name for part in self._in_hurry.listed(token)])
        except FilesError as cause:
            _LOG.warning("parts of an upload stay for now: %s", cause)

    def discard_unknown(self, known: Collection[str], older_than: float) -> None:
        """Remove bytes of uploads that are not `known`, last written before a unix time."""
        self._here.discard_unknown(known, older_than)
        self._objects.remove(
            [
                file.name
                for file in self._objects.listed()
                if file.modified < older_than and file.name.partition("/")[0] not in known
            ]
        )

    def _write(self, token: str, chain: Chain) -> None:
        self._in_hurry.put(json.dumps(chain).encode(), f"{token}/{_LIST}")


def _chain(objects: BucketObjects, token: str) -> Chain:
    name = f"{token}/{_LIST}"
    content = objects.content(name)
    try:
        rows: Any = parse_json(content)
        return [(str(part), int(length)) for part, length in rows]
    except (NotJson, TypeError, ValueError) as cause:
        raise FileNotFoundError(name) from cause


def _cut(chain: Chain, size: int) -> Chain:
    """Return what makes up the first `size` bytes."""
    kept: Chain = []
    for name, length in chain:
        if size <= 0:
            break
        kept.append((name, min(length, size)))
        size -= length
    return kept
