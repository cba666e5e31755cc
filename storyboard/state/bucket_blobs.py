"""Keeps blobs as objects of a bucket, whose conditional writes are tried before they are trusted.

A write whose answer is a failure may have been done: what is there afterwards tells.
"""

from __future__ import annotations

import secrets
import threading
from contextlib import suppress
from typing import Final

from storyboard.errors import StateError
from storyboard.state.blobs import Blob, Moved
from storyboard.state.bucket_client import Bucket
from storyboard.state.bucket_place import BucketPlace

PROBE: Final = "probe"
"""The name of the object that writes are tried on. It stays: nothing needs a right to delete."""

_MARK: Final = b'{"probe": '
"""What it begins with: anything else there is not ours to replace."""

_TRIES: Final = 3
"""Of a write that was refused though nothing changed: S3 says so while others write the object."""

_RACES: Final = 5
"""Of the trial, which runs that begin at once make on one object."""


class BucketBlobs:
    """Blobs of a bucket. Nothing is written before its store proved that it keeps conditions."""

    def __init__(self, bucket: Bucket, place: BucketPlace) -> None:
        self.where = str(place)
        self._bucket = bucket
        self._is_proved = False
        self._proving = threading.Lock()

    def get(self, name: str) -> Blob | None:
        """Return an object as it is now; raises `StateError`."""
        return self._bucket.read(name)

    def probe(self) -> None:
        """Write an object that is there for it, and see what the store refuses.

        Raises `StateError` where it takes a write that it should refuse, or refuses a right one.
        """
        self._see_second_creation_refused()
        for _ in range(_RACES):
            blob = self._bucket.read(PROBE)
            if blob is None:
                continue
            if not blob.content.startswith(_MARK):
                raise StateError(
                    f"the object '{PROBE}' of the state '{self.where}' is not storyboard's",
                    hint="name another prefix in `state`; nothing was changed",
                )
            with suppress(Moved):  # another run tries it out
                self._see_stale_refused(blob.tag, self._bucket.write(PROBE, _mark(), blob.tag))
                return
        raise self._unfit(f"refused {_RACES} writes whose condition held")

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        """Write an object; raises `Moved` and `StateError`."""
        with self._proving:
            if not self._is_proved:
                self.probe()
                self._is_proved = True
        for _ in range(_TRIES):
            failure = None
            try:
                return self._bucket.write(name, content, expected)
            except Moved:
                pass
            except StateError as cause:
                failure = cause
            tag = self._settled(name, content, expected, failure)
            if tag is not None:
                return tag
        raise StateError(
            f"the store of the state '{self.where}' refuses a write, though nothing changed there",
            hint="run it again",
        )

    def _settled(
        self, name: str, content: bytes, expected: str | None, failure: StateError | None
    ) -> str | None:
        """Return the tag of a write that was done all the same, None for one to try again."""
        try:
            now = self._bucket.read(name)
        except StateError as cause:
            # The first failure is the one to tell: the look at it failed for the same reason, most
            # likely.
            raise failure or cause from None
        if now is not None and now.content == content:
            return now.tag
        if (None if now is None else now.tag) != expected:
            raise Moved
        if failure is not None:
            raise failure
        return None

    def _see_second_creation_refused(self) -> None:
        """Create the probe; it is there afterwards, so creating it again has to be refused."""
        for _ in range(2):
            try:
                self._bucket.write(PROBE, _mark(), None)
            except Moved:
                return
        raise self._unfit("creates an object that is there already")

    def _see_stale_refused(self, stale: str, new: str) -> None:
        """Replace a version that is not there any more, which has to be refused."""
        if stale == new:
            raise self._unfit("tells no versions of an object apart")
        try:
            self._bucket.write(PROBE, _mark(), stale)
        except Moved:
            return
        raise self._unfit("replaces an object that has changed meanwhile")

    def _unfit(self, what: str) -> StateError:
        return StateError(
            f"the store of '{self.where}' cannot keep a state: it {what}",
            hint="use a store with conditional writes (If-Match, If-None-Match), or keep the state "
            "in git: two runs would overwrite each other there",
        )


def _mark() -> bytes:
    """Return a content that was never there."""
    return _MARK + f'"{secrets.token_hex(16)}"}}\n'.encode()
