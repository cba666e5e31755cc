"""Opens a bucket by obstore, imported when it is needed. Says for how long it waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from storyboard.buckets.stores import ObjectStore
from storyboard.buckets.variables import endpoint, settings_of
from storyboard.distribution import install_command
from storyboard.errors import MissingExtraError

if TYPE_CHECKING:
    from obstore.store import AzureStore, GCSStore, S3Store

_CONNECT_SECONDS: Final = 4.0
"""A wrong endpoint must not use the whole call up. A choice."""

_UNPROXIED: Final = {
    "proxy_url": "http://127.0.0.1:9",
    "proxy_excludes": "localhost,127.0.0.0/8,::1",
}
"""For a store on this machine: a proxy that nothing is sent by, in the place of HTTP_PROXY's."""


_FIRST_PAUSE: Final = timedelta(milliseconds=100)
_LONGEST_PAUSE: Final = timedelta(seconds=1)
"""Between two tries. The client's own is 15 seconds, which steps over the moment in which a store
is back. A choice."""

_TIME_DECIDES: Final = 10_000
"""More tries than any time has room for: a store that answers at once that it is busy uses up a
small number within two seconds."""


@dataclass(frozen=True, slots=True)
class BucketPatience:
    """How many seconds a try may take, and until when a call that failed is sent again."""

    of_a_try: float
    again_until: float
    tries_again: int = _TIME_DECIDES


def obstore_package(what: str, extra: str) -> Any:
    """Return obstore; raises `MissingExtraError` for `what` needs it, where it is not installed."""
    try:
        import obstore
    except ModuleNotFoundError as cause:
        raise MissingExtraError(
            f"{what} needs the package 'obstore'", hint=install_command(extra)
        ) from cause
    return obstore


def failing() -> tuple[type[Exception], ...]:
    """Return all that a call of obstore raises for what is in its way."""
    from obstore import exceptions

    return (exceptions.BaseError, ValueError, OSError, NotImplementedError)


def open_bucket(
    store: ObjectStore, bucket: str, variables: Mapping[str, str], patience: BucketPatience
) -> S3Store | GCSStore | AzureStore:
    """Open a bucket as the operator's variables say; nothing is asked of it yet.

    Raises `EndpointRefused`, and what `failing` returns.
    """
    origin = endpoint(store, variables)
    options = _options(patience, is_near=origin is not None and origin.is_loopback)
    return _opened(store, bucket, settings_of(store, variables), options)


def _options(patience: BucketPatience, *, is_near: bool) -> dict[str, Any]:
    """Return how long a store is waited for, and that only this machine is asked in the clear."""
    return {
        "client_options": {
            "timeout": timedelta(seconds=patience.of_a_try),
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
            "allow_http": is_near,
            **(_UNPROXIED if is_near else {}),
        },
        "retry_config": {
            "max_retries": patience.tries_again,
            "retry_timeout": timedelta(seconds=patience.again_until),
            "backoff": {
                "init_backoff": _FIRST_PAUSE,
                "max_backoff": _LONGEST_PAUSE,
                "base": 2,
            },
        },
    }


def _opened(
    store: ObjectStore, bucket: str, settings: Mapping[str, Any], options: Mapping[str, Any]
) -> S3Store | GCSStore | AzureStore:
    from obstore import store as stores

    match store:
        case ObjectStore.S3:
            # Of a process whose environment turns conditions off, none would be sent.
            return stores.S3Store(bucket, conditional_put="etag", **settings, **options)
        case ObjectStore.GCS:
            return stores.GCSStore(bucket, **settings, **options)
        case ObjectStore.AZURE:
            return stores.AzureStore(bucket, **settings, **options)
