"""Parts of uploads as objects of a bucket: each may come to another server. Knows no token.

The row of an upload's token says which of them make it up: nothing is asked of the bucket in the
transaction that notes a part, which all others that write wait for.
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
"""What servers of earlier versions have in place of the row's list, beside the parts."""

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

    def receive(self, token: str, part: Path, at: int, parts: str) -> tuple[int, str]:
        """Put a part that was sent behind the first `at` bytes; return how many there are then."""
        size = part.stat().st_size
        chain = _cut(_chain(self._in_hurry, token, parts), at) if at else []
        return at + size, json.dumps([*chain, (part.stem, size)])

    def join(self, token: str, parts: str) -> None:
        """Make one file of a finished upload, at its `path`; raises `FileNotFoundError`."""
        target = self.path(token)
        with replacing(target, inside=self._folder) as whole, whole.open("wb") as file:
            for name, size in _chain(self._objects, token, parts):
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


def _chain(objects: BucketObjects, token: str, told: str) -> Chain:
    """Return what makes up an upload, as its row told, or a server of an earlier version."""
    name = f"{token}/{_LIST}"
    content = told.encode() or objects.content(name)
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
