"""A server on loopback that never comes to the end of its reply."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.listening import listening


@contextmanager
def dripping(begun: bytes, piece: bytes = b"x") -> Iterator[tuple[str, threading.Event]]:
    """Serve the beginning of a reply, then a piece again and again, until nobody takes it.

    Gives its address, and the event that a connection was ended on the other side.
    """
    ended = threading.Event()

    def drip(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(1 << 16)
            connection.sendall(begun)
            while not listener.stopping.wait(0.005):
                connection.sendall(piece)
            return
        ended.set()

    with listening(drip) as listener:
        yield listener.url, ended
