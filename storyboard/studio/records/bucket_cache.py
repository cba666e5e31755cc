"""What film makers share through a bucket: whatever one of them made, no other makes again.

It is there to be quick: while the bucket is away, all is made as if it were empty. Knows no film.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from storyboard.studio.records.bucket_objects import BucketObjects
from storyboard.studio.records.file_store import FilesError

_LEFT_ALONE_SECONDS: Final = 60.0
"""After a failure: each call waits as long as the store is waited for, and a film makes dozens."""

_LARGEST: Final = 4 << 30
"""Bytes of what is fetched: a whole film of hours."""

_LOG = logging.getLogger("storyboard.studio")


class BucketCache:
    """Objects `<kind>/<file>` below a prefix; it can be sent to another process."""

    def __init__(self, objects: BucketObjects, clock: Callable[[], float] = time.monotonic) -> None:
        self._objects = objects
        self._clock = clock
        self._away_until = float("-inf")

    def __reduce__(self) -> tuple[Any, ...]:
        return (BucketCache, (self._objects, self._clock))

    def fetch(self, name: str, part: Path) -> bool:
        """Write what is called so into a file; return whether it was there, and all of it came."""
        if self._clock() < self._away_until:
            return False
        try:
            size = self._objects.size(name)
            if size is None or size > _LARGEST:
                return False
            with part.open("wb") as file:
                file.writelines(self._objects.blocks(name, 0, size))
        except FileNotFoundError:
            return False
        except FilesError as cause:
            self._leave_alone(cause)
            return False
        return True

    def send(self, file: Path, name: str) -> None:
        """Share a finished file, if the bucket takes it."""
        if self._clock() < self._away_until:
            return
        try:
            self._objects.put(file, name)
        except FilesError as cause:
            self._leave_alone(cause)

    def _leave_alone(self, cause: FilesError) -> None:
        self._away_until = self._clock() + _LEFT_ALONE_SECONDS
        _LOG.warning("scenes are made without the shared cache for a while: %s", cause)
