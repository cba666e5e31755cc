"""A bucket of moto's S3 on loopback: an implementation of that API that is not ours."""

from __future__ import annotations

import logging
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.bucket_server import BUCKET


@dataclass(frozen=True)
class MotoServer:
    """Where it is."""

    url: str


@contextmanager
def moto_server() -> Iterator[MotoServer]:
    """Serve an empty bucket, a request at a time: moto looks at a condition, and then writes."""
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, app, threaded=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        for method, path in (("POST", "/moto-api/reset"), ("PUT", f"/{BUCKET}")):
            asked = urllib.request.Request(f"{url}{path}", method=method)
            urllib.request.urlopen(asked, timeout=60).close()
        yield MotoServer(url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
