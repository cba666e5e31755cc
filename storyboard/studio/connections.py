"""What a connection of the served studio may cost: time for its parts, and room beside others.

Uvicorn ends connections that are kept and say nothing; whoever sends or reads too slowly is ended
here. Knows no path and no session.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from storyboard.studio.api.fault_injection import DROP, RESET

_LINGER_NOT: Final = struct.pack("ii", 1, 0)
"""On, for no seconds: closing resets the connection."""

_A_MOMENT: Final = 2.0
_MOST: Final = 512
_LATE: Final = b"HTTP/1.1 408 Request Timeout\r\n"
_FULL: Final = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n"
_CLOSING: Final = b"content-length: 0\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for what, in seconds, and how many connections there may be.

    A browser that pauses a film stops reading it, and asks for the rest when it goes on: so it
    does no harm to end its connection after a minute.
    """

    head: float = 10.0
    silence_of_sender: float = 20.0
    silence_of_reader: float = 60.0
    slowest_sender: int = 1000
    """Bytes a second that a body has at least, over all of it."""
    of_an_address: int = 256
    in_all: int = field(default_factory=lambda: min(_MOST, _files_at_once() // 2))


class Phase(Enum):
    """What a connection does, the least worth keeping first."""

    NEW = auto()
    KEPT = auto()
    SENDING = auto()
    ANSWERED = auto()


class Connections:
    """Owns the connections of one server: looks at each now and then, and makes room."""

    def __init__(self, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self._open: dict[Connection, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        times = self.patience
        shortest = min(times.head, times.silence_of_sender, times.silence_of_reader)
        self._pause = min(1.0, shortest / 4)

    def add(self, new: Connection) -> bool:
        """Take a connection, if need be in the place of one that does nothing; else say no."""
        beside = [each for each in self._open if each.address == new.address]
        if len(beside) >= self.patience.of_an_address and not _end_one(beside):
            return False
        if len(self._open) >= self.patience.in_all and not _end_one(self._of_the_greediest()):
            return False
        self._open[new] = None
        self._watch()
        return True

    def remove(self, old: Connection) -> None:
        """Forget a connection that has ended."""
        self._open.pop(old, None)

    def _of_the_greediest(self) -> list[Connection]:
        by_address: dict[str, list[Connection]] = {}
        for each in self._open:
            by_address.setdefault(each.address, []).append(each)
        return max(by_address.values(), key=len)

    def _watch(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._pause, self._look)

    def _look(self) -> None:
        self._timer = None
        for each in list(self._open):
            each.look(self._pause)
        if self._open:
            self._watch()


def _end_one(candidates: list[Connection]) -> bool:
    """End the first that does nothing, oldest first; return whether there was one."""
    for phase in (Phase.NEW, Phase.KEPT, Phase.SENDING):
        idle = [each for each in candidates if each.phase is phase and not each.is_busy]
        if idle:
            idle[0].end()
            return True
    return False


class Connection(H11Protocol):
    """One connection; also lets the application cut it, for injected faults."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._all = connections
        self._patience = connections.patience
        self.address = ""
        self._since = self._heard = self._read = self.loop.time()
        self._waited, self._received, self._unsent = 0.0, 0, 0

    @property
    def phase(self) -> Phase:
        """Return what the connection does."""
        if self.cycle is None:
            return Phase.NEW
        if self.cycle.response_complete:
            return Phase.KEPT
        return Phase.SENDING if self.cycle.more_body else Phase.ANSWERED

    @property
    def is_busy(self) -> bool:
        """Return whether a body came a moment ago, or waits for us and not for its sender."""
        if self.phase is not Phase.SENDING:
            return False
        return self.flow.read_paused or self.loop.time() - self._heard < _A_MOMENT

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or answer 503 where there is no room."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        if not self._all.add(self):
            transport.write(_FULL + _CLOSING)
            transport.close()
            return
        self._let_app_cut(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._all.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Note that the sender is there."""
        self._heard = self.loop.time()
        self._received += len(data)
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._since = self.loop.time()
        self._waited, self._received = 0.0, 0
        super().on_response_complete()

    def look(self, passed: float) -> None:
        """End the connection if its sender or its reader took too long."""
        now = self.loop.time()
        self._look_at_reader(now)
        if self.transport.is_closing():
            return
        match self.phase:
            case Phase.NEW | Phase.KEPT:
                if now - self._since > self._patience.head:
                    self.end()
            case Phase.SENDING:
                self._look_at_sender(now, passed)
            case Phase.ANSWERED:
                pass

    def _look_at_sender(self, now: float, passed: float) -> None:
        if self.flow.read_paused:  # it is this studio that is not ready for more
            self._heard = now
            return
        self._waited += passed
        silence = self._patience.silence_of_sender
        slack = silence + self._received / self._patience.slowest_sender
        if now - self._heard > silence or self._waited > slack:
            self.end()

    def _look_at_reader(self, now: float) -> None:
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent < self._unsent:
            self._read = now
        self._unsent = unsent
        if now - self._read > self._patience.silence_of_reader:
            self.transport.abort()

    def end(self) -> None:
        """Close the connection, and say why if somebody waits for an answer."""
        self._all.remove(self)
        is_asked = self.phase is Phase.SENDING and not self.cycle.response_started
        if is_asked or (self._received and self.phase in (Phase.NEW, Phase.KEPT)):
            self.transport.write(_LATE + _CLOSING)
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            self.transport.close()

    def _let_app_cut(self, transport: asyncio.Transport) -> None:
        inner = self.app

        def reset() -> None:
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
            transport.abort()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {}).update({DROP: transport.abort, RESET: reset})
            await inner(scope, receive, send)

        self.app = app


def _files_at_once() -> int:
    """Return how many files a process may have open, of which a connection is one."""
    try:
        import resource
    except ImportError:  # where Windows has no such limit
        return 2 * _MOST
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2 * _MOST if soft == resource.RLIM_INFINITY else soft
