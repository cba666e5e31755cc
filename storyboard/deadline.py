"""Ends an exchange of a waiting thread in time, whatever the other side does. Sends nothing.

The timeouts of an HTTP client are for each read and each write: a server that sends a byte now and
then, in its headers too, is waited for without end. So the connection itself is shut down.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

_CONNECTED: Final = ".connect_tcp.complete"
"""The end of the event of httpcore that has a new connection, to a proxy too: nothing was sent."""


class Deadline:
    """Holds the connections of one exchange, and shuts them down after some seconds.

    `is_over` says that it did: what was read by then may look whole, and is not.
    """

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._ends_at = time.monotonic() + seconds
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self.end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        for each in self._held:
            each.close()

    @property
    def seconds_left(self) -> float:
        """How long a step may take, never 0: that stands for one that does not wait at all."""
        return max(0.1, self._ends_at - time.monotonic())

    def hold(self, connection: socket.socket) -> None:
        """Have a connection end in time that is not encrypted yet: a handshake may last, too."""
        # A second descriptor: TLS takes the first one into an object of its own.
        held = connection.dup()
        with self._lock:
            self._held.append(held)
            # Connected just after the end: nothing would shut it down any more.
            if self.is_over:
                _shut(held)

    @property
    def extensions(self) -> Mapping[str, Callable[[str, Mapping[str, Any]], None]]:
        """What a request is sent with, so that its connections are known."""
        return {"trace": self._saw}

    def _saw(self, event: str, told: Mapping[str, Any]) -> None:
        if event.endswith(_CONNECTED):
            self.hold(told["return_value"].get_extra_info("socket"))

    def end(self) -> None:
        """Shut the connections down now, from any thread."""
        with self._lock:
            self.is_over = True
            for each in self._held:
                _shut(each)


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)
