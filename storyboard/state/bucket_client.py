"""Reads and writes objects of one bucket by obstore, which is imported when it is needed.

Each write has a condition. What comes of that, and which stores keep to it, is not known here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from storyboard.distribution import install_command
from storyboard.errors import MissingExtraError, StateError
from storyboard.state.blobs import CALL_SECONDS, Blob, Moved
from storyboard.state.bucket_failures import bucket_failure, is_without_bucket, no_versions
from storyboard.state.bucket_place import BucketPlace, ObjectStore
from storyboard.state.bucket_variables import endpoint, secrets_of, settings_of
from storyboard.state.copies import MAX_STATE_BYTES
from storyboard.strict_json import parse_json

if TYPE_CHECKING:
    from obstore.store import AzureStore, GCSStore, S3Store

_CONNECT_SECONDS: Final = 4.0
"""A wrong endpoint must not use the whole call up. A choice."""
_AGAIN_SECONDS: Final = 4.0
"""Until when a call that failed is sent once more, as a store that slows callers down asks for."""

_TRY_SECONDS: Final = CALL_SECONDS - _AGAIN_SECONDS
"""The longest that one try may take, so that the last one ends in time."""

_TRIES_AGAIN: Final = 3


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
        try:
            import obstore
            from obstore import exceptions
        except ModuleNotFoundError as cause:
            raise MissingExtraError(
                f"the state '{place}' needs the package 'obstore'", hint=install_command("cloud")
            ) from cause
        self._obstore = obstore
        self._failing = (exceptions.BaseError, ValueError, OSError, NotImplementedError)
        self._refusing = (exceptions.AlreadyExistsError, exceptions.PreconditionError)
        self._secrets = secrets_of(place.store, variables)
        origin = endpoint(place.store, variables)
        options = _options(is_near=origin is not None and origin.is_loopback)
        try:
            self._store = _opened(place, settings_of(place.store, variables), options)
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


_UNPROXIED: Final = {
    "proxy_url": "http://127.0.0.1:9",
    "proxy_excludes": "localhost,127.0.0.0/8,::1",
}
"""For a store on this machine: a proxy that nothing is sent by, in the place of HTTP_PROXY's."""


def _options(*, is_near: bool) -> dict[str, Any]:
    """Return how long a store is waited for, and that only this machine is asked in the clear."""
    return {
        "client_options": {
            "timeout": timedelta(seconds=_TRY_SECONDS),
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
            "allow_http": is_near,
            **(_UNPROXIED if is_near else {}),
        },
        "retry_config": {
            "max_retries": _TRIES_AGAIN,
            "retry_timeout": timedelta(seconds=_AGAIN_SECONDS),
        },
    }


def _opened(
    place: BucketPlace, settings: Mapping[str, Any], options: Mapping[str, Any]
) -> S3Store | GCSStore | AzureStore:
    from obstore import store

    match place.store:
        case ObjectStore.S3:
            # Of a process whose environment turns conditions off, none would be sent.
            return store.S3Store(place.bucket, conditional_put="etag", **settings, **options)
        case ObjectStore.GCS:
            return store.GCSStore(place.bucket, **settings, **options)
        case ObjectStore.AZURE:
            return store.AzureStore(place.bucket, **settings, **options)
