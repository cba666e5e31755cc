"""Names a place for the studio's files: a folder that machines share, or a prefix of a bucket.

The operator alone names it: no file of a project says where a login is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from storyboard.buckets.stores import ObjectStore, is_bucket, is_prefix, store_of
from storyboard.errors import UsageError

_SHAPES: Final = (
    "write s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, az://CONTAINER/PREFIX or file:///PATH"
)

_FOLDER: Final = re.compile("file://(?:localhost)?(/.*)", re.IGNORECASE | re.DOTALL)
_BEYOND_A_PATH: Final = frozenset("?#")


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that all machines of a studio have under this path."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.as_uri()


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """A bucket, and what the names of all objects there begin with; it may be empty."""

    store: ObjectStore
    bucket: str
    prefix: str

    def __str__(self) -> str:
        return f"{self.store.value}://{self.bucket}" + (f"/{self.prefix}" if self.prefix else "")


FilesPlace = FolderPlace | BucketPlace


def parse_files_place(text: str) -> FilesPlace:
    """Read an address; raises `UsageError` for what is none."""
    if "@" in text:
        # Not repeated: what stands before it may be a password.
        raise UsageError(
            "the address of the files has a user name or password before '@'",
            hint="write the address without it; credentials have variables of their own",
        )
    if text.lower().startswith("file:"):
        return _folder(text)
    found = store_of(text)
    if found is None:
        raise UsageError(f"'{text}' is not a place for files", hint=_SHAPES)
    store, rest = found
    bucket, _, prefix = rest.partition("/")
    prefix = prefix.rstrip("/")
    if not is_bucket(bucket):
        said = f"'{bucket}' in '{text}' is not the name of a {store.bucket}"
        raise UsageError(said, hint=_SHAPES)
    if prefix and not is_prefix(prefix):
        said = f"'{prefix}' in '{text}' is not a prefix"
        raise UsageError(said, hint=f"{_SHAPES}, in letters, digits, '-', '_' and '.'")
    return BucketPlace(store, bucket, prefix)


def _folder(text: str) -> FolderPlace:
    found = _FOLDER.fullmatch(text)
    path = unquote(found[1]) if found else ""
    if found is None or "\0" in path:
        raise UsageError(f"'{text}' names no folder of this machine", hint="write file:///PATH")
    if not _BEYOND_A_PATH.isdisjoint(text):
        raise UsageError(
            f"'{text}' has a '?' or '#'", hint="write %3F for '?' and %23 for '#' in file:///PATH"
        )
    return FolderPlace(Path(path))
