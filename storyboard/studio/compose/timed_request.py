"""Makes one HTTP request that ends in time, whatever the other side sends. Knows no purpose of it.

A socket's patience is for one piece, and `http.client` takes any number of them before a body and
behind it, so a timer ends the connection at the deadline.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from storyboard.origins import Origin


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `content` is cut where it is longer than it may be, and is longer still then."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes


def ask(
    origin: Origin,
    method: str,
    target: str,
    *,
    headers: Mapping[str, str],
    most: int,
    deadline: float,
    body: bytes | None = None,
) -> Reply:
    """Return the answer to a request, with more than `most` bytes where there are too many.

    Raises `TimeoutError` at the `deadline`, which is of `time.monotonic`; and what `http.client`
    does: `OSError`, `HTTPException`.
    """
    secure = origin.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    left = max(0.1, deadline - time.monotonic())
    connection = connect(origin.host.strip("[]"), origin.port, timeout=left)
    try:
        connection.connect()
        with _ended_at(connection.sock, deadline):
            connection.request(method, target, body, dict(headers))
            with connection.getresponse() as response:
                return Reply(response.status, response.headers, _content(response, most))
    finally:
        connection.close()


def _content(response: http.client.HTTPResponse, most: int) -> bytes:
    content = b""
    while len(content) <= most and (piece := response.read1(65_536)):
        content += piece
    return content


@contextmanager
def _ended_at(connection: socket.socket, deadline: float) -> Iterator[None]:
    """End a connection at the deadline; raises `TimeoutError` where that comes before its end."""
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        with suppress(OSError):  # it has just been closed
            # Below TLS, whose own state is the reading thread's.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as cause:
        if is_over.is_set():
            raise TimeoutError("the answer came too slowly") from cause
        raise
    finally:
        timer.cancel()
    if is_over.is_set():
        raise TimeoutError("the answer came too slowly")
