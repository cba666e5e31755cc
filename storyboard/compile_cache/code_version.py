"""What may make other results of the same files: this program, its packages, Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from storyboard.distribution import DISTRIBUTION

_PACKAGE: Final = Path(__file__).parents[1]
_INSTALLED: Final = DISTRIBUTION.replace("-", "_")


@cache
def code_version(package: Path = _PACKAGE) -> str:
    """Return a text that differs wherever another program could compile otherwise.

    An installed program is known by the digests that its installer recorded, so that machines of a
    pipeline agree. In a checkout it is known by the size and time of each module.
    """
    told = blake2b(digest_size=16)
    for part in _parts(package):
        told.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return told.hexdigest()


def _parts(package: Path) -> Iterator[str]:
    yield from (sys.version, sys.platform)
    yield from _distributions()
    records = sorted(package.parent.glob(f"{_INSTALLED}-*.dist-info/RECORD"))
    if records:
        yield from (record.read_text("utf-8") for record in records)
    else:
        yield from sorted(_modules(str(package)))


def _distributions() -> list[str]:
    """Return the names of all that is installed, which have its version."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(path.name for path in Path(folder or ".").glob("*-info"))
    return sorted(found)


def _modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _modules(entry.path)
            else:
                facts = entry.stat()
                yield f"{entry.path} {facts.st_size} {facts.st_mtime_ns}"
