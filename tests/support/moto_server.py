"""A bucket of moto's S3 on loopback: an implementation of that API that is not ours."""

from __future__ import annotations

import logging
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.support.bucket_server import BUCKET, BucketServer


@dataclass(frozen=True)
class MotoServer:
    """Where it is, and what its bucket has."""

    url: str

    @property
    def variables(self) -> dict[str, str]:
        """What the operator sets to reach it."""
        return BucketServer(url=self.url).variables

    @property
    def keys(self) -> set[str]:
        """Return what its objects are called."""
        return {*self._bucket.keys}

    @property
    def uploads_left(self) -> int:
        """Return how many objects were begun in parts, and neither put together nor given up."""
        return len(self._bucket.multiparts)

    @property
    def _bucket(self) -> Any:
        from moto.core import DEFAULT_ACCOUNT_ID
        from moto.s3.models import s3_backends

        return s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[BUCKET]


@contextmanager
def moto_server(*listeners: socket.socket) -> Iterator[MotoServer]:
    """Serve an empty bucket, a request at a time: moto looks at a condition, and then writes.

    It is served at each of the `listeners` too.
    """
    from moto.server import DomainDispatcherApplication, create_backend_app

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = _in_turn(DomainDispatcherApplication(create_backend_app))
    with ExitStack() as until_end:
        for each in listeners:
            until_end.enter_context(_serving(app, each))
        url = until_end.enter_context(_serving(app))
        for method, path in (("POST", "/moto-api/reset"), ("PUT", f"/{BUCKET}")):
            asked = urllib.request.Request(f"{url}{path}", method=method)
            urllib.request.urlopen(asked, timeout=60).close()
        yield MotoServer(url)


@contextmanager
def _serving(app: Callable[..., Any], listener: socket.socket | None = None) -> Iterator[str]:
    from werkzeug.serving import make_server

    fd = listener.fileno() if listener else None
    server = make_server("127.0.0.1", 0, app, threaded=False, fd=fd)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _in_turn(app: Callable[..., Iterable[bytes]]) -> Callable[..., list[bytes]]:
    """Return an application that answers one request after another, whichever thread asks."""
    turn = threading.Lock()

    def answer(*asked: Any) -> list[bytes]:
        with turn:
            return [*app(*asked)]

    return answer
