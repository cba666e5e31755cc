"""Reads and writes objects of one bucket by obstore, which is imported when it is needed.

Each write has a condition. What comes of that, and which stores keep to it, is not known here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

from storyboard.buckets.failures import is_without_bucket
from storyboard.buckets.opening import BucketPatience, failing, obstore_package, open_bucket
from storyboard.buckets.stores import ObjectStore
from storyboard.buckets.variables import EndpointRefused, secrets_of
from storyboard.errors import StateAccessError, StateError
from storyboard.state.blobs import CALL_SECONDS, Blob, Moved
from storyboard.state.bucket_failures import bucket_failure, no_versions
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.local_names import MAX_STATE_BYTES
from storyboard.strict_json import parse_json

_AGAIN_SECONDS: Final = 4.0
"""Until when a call that failed is sent once more, as a store that slows callers down asks for."""

PATIENCE: Final = BucketPatience(CALL_SECONDS - _AGAIN_SECONDS, _AGAIN_SECONDS)
"""The last try that begins ends in time."""


class Bucket(Protocol):
    """Objects of a place, by the names of their blobs. Raises `StateError`."""

    def read(self, name: str) -> Blob | None:
        """Return an object as it is now."""
        ...

    def write(self, name: str, content: bytes, expected: str | None) -> str:
        """Replace the object of this tag, or make one; raises `Moved` for what is refused."""
        ...


class BucketClient:
    """Objects of a place; `variables` are the operator's, and have the credentials.

    Raises `MissingExtraError` where obstore is not installed.
    """

    def __init__(self, place: BucketPlace, variables: Mapping[str, str]) -> None:
        self._place = place
        self._obstore = obstore_package(f"the state '{place}'", "cloud")
        exceptions = self._obstore.exceptions
        self._failing = failing()
        self._refusing = (exceptions.AlreadyExistsError, exceptions.PreconditionError)
        self._secrets = secrets_of(place.store, variables)
        try:
            self._store = open_bucket(place.store, place.bucket, variables, PATIENCE)
        except EndpointRefused as cause:
            raise StateAccessError(str(cause), hint=cause.hint) from cause
        except self._failing as cause:
            raise bucket_failure(cause, place) from cause

    def read(self, name: str) -> Blob | None:
        """Return an object as it is now; raises `StateError`."""
        try:
            got = self._obstore.get(self._store, self._place.key(name))
            # Before the body is taken: whoever may write to the bucket could fill this machine's
            # memory.
            if got.meta["size"] > MAX_STATE_BYTES:
                raise StateError(
                    f"the object '{name}' of the state '{self._place}' is larger than "
                    f"{MAX_STATE_BYTES >> 20} MB"
                )
            return Blob(bytes(got.bytes()), self._tag(got.meta))
        except FileNotFoundError as cause:
            if is_without_bucket(cause):
                raise bucket_failure(cause, self._place) from cause
            return None
        except self._failing as cause:
            raise bucket_failure(cause, self._place) from cause

    def write(self, name: str, content: bytes, expected: str | None) -> str:
        """Write an object in one request; raises `Moved` and `StateError`."""
        mode: Any = "create" if expected is None else parse_json(expected)
        try:
            put: Any = self._obstore.put(
                self._store, self._place.key(name), content, mode=mode, use_multipart=False
            )
            return self._tag(put)
        except self._refusing as cause:
            if is_without_bucket(cause):
                raise bucket_failure(cause, self._place) from cause
            raise Moved from cause
        except self._failing as cause:
            raise bucket_failure(cause, self._place) from cause

    def _tag(self, told: Mapping[str, Any]) -> str:
        """Return what tells an object from what was or will be in its place."""
        # Google's store compares its count of writes. The others have versions where a bucket keeps
        # them, and compare ETags all the same.
        keys = ("e_tag", "version") if self._place.store is ObjectStore.GCS else ("e_tag",)
        facts = {key: told[key] for key in keys if told.get(key)}
        if not facts:
            raise no_versions(self._place)
        return json.dumps(facts, sort_keys=True)
