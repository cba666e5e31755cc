"""The kinds of object stores, and which names of buckets and prefixes all of them take."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final


class ObjectStore(Enum):
    """The kinds of object stores, by the scheme of an address."""

    S3 = "s3"
    GCS = "gs"
    AZURE = "az"

    @property
    def bucket(self) -> str:
        """What it calls a bucket."""
        return "container" if self is ObjectStore.AZURE else "bucket"


_BUCKET: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,61})[a-z0-9]")
"""The common ground of the three: all of them refuse capital letters."""

_PART: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=-]{0,99}")
_MOST_PARTS: Final = 10
"""A choice: `PROJECT/ENVIRONMENT` is two, and object stores take keys of 1,024 bytes."""


def store_of(text: str) -> tuple[ObjectStore, str] | None:
    """Return the kind of store that an address is of, and what follows; None for no such one."""
    scheme, _, rest = text.partition("://")
    try:
        return ObjectStore(scheme.lower()), rest
    except ValueError:
        return None


def is_bucket(name: str) -> bool:
    """Whether a name can be a bucket's in every store."""
    # Two dots are in no name of a bucket, and could lead up a path where one is part of it.
    return _BUCKET.fullmatch(name) is not None and ".." not in name


def is_prefix(text: str) -> bool:
    """Whether a text can stand before the names of objects: parts with slashes between."""
    parts = text.split("/")
    return len(parts) <= _MOST_PARTS and all(map(_PART.fullmatch, parts))
