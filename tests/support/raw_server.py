"""A loopback HTTP server that sends whatever a function gives it, for as long as it gives it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.support.listening import listening

Pieces = Callable[[str], Iterable[bytes | float]]
"""What is sent for a path: bytes, and seconds to wait."""


@dataclass
class RawServer:
    """Where it is, and how many bytes went out."""

    url: str
    sent: int = 0
    paths: list[str] = field(default_factory=list)


@contextmanager
def raw_server(pieces: Pieces) -> Iterator[RawServer]:
    """Serve each connection by a thread of its own, until the client hangs up."""

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head = connection.recv(65536)
            path = head.split()[1].decode()
            server.paths.append(path)
            for piece in pieces(path):
                if listener.stopping.is_set():
                    return
                if isinstance(piece, float):
                    time.sleep(piece)
                else:
                    connection.sendall(piece)
                    server.sent += len(piece)

    def take(connection: socket.socket) -> None:
        threading.Thread(target=answer, args=(connection,), daemon=True).start()

    with listening(take) as listener:
        server = RawServer(listener.url)
        yield server


def head(*lines: str, status: str = "200 OK") -> bytes:
    """Return a reply's first lines."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()
