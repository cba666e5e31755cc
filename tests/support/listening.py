"""A loopback port whose connections are handed on, one after the other, until the block ends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Listener:
    """Where it is, and whether it ends."""

    url: str
    stopping: threading.Event = field(default_factory=threading.Event)


@contextmanager
def listening(take: Callable[[socket.socket], None], port: int = 0) -> Iterator[Listener]:
    """Accept connections in a thread, and give each to `take`, which owns it from there on."""
    opened = socket.create_server(("127.0.0.1", port))
    listener = Listener(f"http://127.0.0.1:{opened.getsockname()[1]}")

    def work() -> None:
        while not listener.stopping.is_set():
            try:
                connection, _ = opened.accept()
            except OSError:
                return
            take(connection)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.stopping.set()
        opened.shutdown(socket.SHUT_RDWR)
        opened.close()
        thread.join(60)
