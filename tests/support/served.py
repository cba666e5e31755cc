"""A handler of HTTP requests served on loopback, whose connections stay open between requests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request: its path has its query, and its headers' names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is sent back; with `is_reset`, the connection is reset instead.

    With `is_cut`, it is closed after half of the body.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    is_reset: bool = False
    is_cut: bool = False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that went away."""


@contextmanager
def served(
    answer: Callable[[Asked], Answer], listener: socket.socket | None = None
) -> Iterator[str]:
    """Serve until the block ends, at a listening socket where one is given; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 1 << 16

        def _serve(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(size) if size else b""
            headers = {name.lower(): value for name, value in self.headers.items()}
            got = answer(Asked(self.command, self.path, headers, body))
            if got.is_reset:
                self.close_connection = True
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
                )
                self.connection.close()
                return
            self.send_response(got.status)
            for name, value in got.headers:
                self.send_header(name, value)
            if got.status != 204:
                self.send_header("content-length", str(len(got.body)))
            self.end_headers()
            if got.is_cut:
                self.close_connection = True
                self.wfile.write(got.body[: len(got.body) // 2])
            elif self.command != "HEAD":
                self.wfile.write(got.body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_LOCK = do_UNLOCK = _serve

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler, bind_and_activate=listener is None)
    if listener is not None:
        server.socket.close()
        server.socket, server.server_address = listener, listener.getsockname()
    host, port = server.server_address[:2]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://{host!s}:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


Fault = Callable[[Asked, Callable[[], Answer]], Answer]
"""Makes an answer; it may call the right one, before or never."""


def unanswered(asked: Asked, right: Callable[[], Answer]) -> Answer:
    """Take effect, and reset the connection."""
    right()
    return Answer(is_reset=True)


def unheard(asked: Asked, right: Callable[[], Answer]) -> Answer:
    """Reset the connection before any effect."""
    return Answer(is_reset=True)
