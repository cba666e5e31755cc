"""Makes one HTTP request that ends in time, whatever is sent. Knows no purpose of it."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from storyboard.deadline import Deadline
from storyboard.origins import Origin

_SLOW: Final = "the answer came too slowly"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `content` is cut where it is longer than it may be, and is longer still then."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes


def target_of(url: str) -> str:
    """Return what is asked of the host of an HTTP URL: its path and query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def ask(
    origin: Origin,
    method: str,
    target: str,
    *,
    headers: Mapping[str, str],
    most: int,
    deadline: Deadline,
    body: bytes | None = None,
    context: ssl.SSLContext | None = None,
) -> Reply:
    """Return the answer to a request, with more than `most` bytes where there are too many.

    An encrypted connection trusts whom `context` does, or the system.

    Raises `TimeoutError` at the deadline, and what `http.client` does: `OSError`, `HTTPException`.
    """
    connection = _connection(origin, deadline, context)
    try:
        connection.request(method, target, body, dict(headers))
        with connection.getresponse() as response:
            content = _content(response, most, deadline)
            reply = Reply(response.status, response.headers, content)
    except (OSError, http.client.HTTPException) as cause:
        if deadline.is_over:
            raise TimeoutError(_SLOW) from cause
        raise
    finally:
        connection.close()
    # A connection that was shut down ends like a body without a length: what came looks whole.
    if deadline.is_over:
        raise TimeoutError(_SLOW)
    return reply


def _connection(origin: Origin, deadline: Deadline, context: ssl.SSLContext | None) -> _Connection:
    host, port, seconds = origin.host.strip("[]"), origin.port, deadline.seconds_left
    connection = (
        _EncryptedConnection(host, port, timeout=seconds, context=context)
        if origin.scheme == "https"
        else _Connection(host, port, timeout=seconds)
    )
    connection.deadline = deadline
    return connection


class _Connection(http.client.HTTPConnection):
    """A connection that a deadline ends, from its first byte on."""

    deadline: Deadline

    def connect(self) -> None:
        super().connect()
        self.deadline.hold(self.sock)
        if self.deadline.is_over:  # a handshake over what was shut down may leave a socket open
            raise TimeoutError(_SLOW)


class _EncryptedConnection(http.client.HTTPSConnection, _Connection):
    """The same: what `HTTPSConnection` encrypts was connected, and is held, by the class behind."""


def _content(response: http.client.HTTPResponse, most: int, deadline: Deadline) -> bytes:
    content = bytearray()
    # What arrived before the connection was shut down may be read for long, byte by byte.
    while len(content) <= most and not deadline.is_over and (piece := response.read1(65_536)):
        content += piece
    return bytes(content)
