"""What a connection of the served studio may cost: time for its parts, and room beside others.

Uvicorn ends connections that are kept and say nothing; whoever sends or reads too slowly is ended
here. Knows no path and no session.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import defaultdict
from enum import Enum, auto
from typing import Any, Final

from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from storyboard.studio.api.cut_connections import DROP, RESET
from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.framing import Framing
from storyboard.studio.records.networks import network_of
from storyboard.studio.short_answers import CLOSING, ENDING, LATE, NO_ROOM, TINY

_LINGER_NOT: Final = struct.pack("ii", 1, 0)
"""On, for no seconds: closing resets the connection."""

_A_MOMENT: Final = 2.0
_REFUSED_BYTES: Final = 32 << 20
"""Of a body that was answered before its end: whoever sends it honestly hears the answer then."""

_TOLD_AT_ONCE: Final = 8
"""Handshakes that are made only to say that there is no room."""


class Phase(Enum):
    """What a connection does, the least worth keeping first."""

    NEW = auto()
    KEPT = auto()
    SENDING = auto()
    ANSWERED = auto()


class Connections:
    """Owns the connections of one server: looks at each now and then, and makes room."""

    def __init__(self, limits: ConnectionLimits | None = None) -> None:
        self.limits = limits or ConnectionLimits()
        self._open: defaultdict[str, dict[Connection, None]] = defaultdict(dict)
        """By address, and the oldest of each first."""
        self._timer: asyncio.TimerHandle | None = None
        self._told = 0
        self._looked = self.limits.clock()

    def add(self, new: Connection) -> bool:
        """Take a connection, if need be in the place of one that does little; else say no."""
        beside = self._open.get(new.address, {})
        if len(beside) >= self.limits.of_an_address and not _end_one([*beside]):
            return False
        if self._count() >= self.limits.in_all and not _end_one(self._of_the_greediest()):
            return False
        self._open[new.address][new] = None
        self._watch()
        return True

    def begin_to_tell(self) -> bool:
        """Return whether one more may shake hands to be told that there is no room."""
        if self._told >= _TOLD_AT_ONCE:
            return False
        self._told += 1
        return True

    def have_told(self) -> None:
        """Note that one was told, or gave up."""
        self._told -= 1

    def remove(self, old: Connection) -> None:
        """Forget a connection that has ended."""
        beside = self._open[old.address]
        beside.pop(old, None)
        if not beside:
            del self._open[old.address]

    def _count(self) -> int:
        return sum(map(len, self._open.values()))

    def _of_the_greediest(self) -> list[Connection]:
        return [*max(self._open.values(), key=len)]

    def _watch(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.limits.between_looks, self._look)
            self._looked = self.limits.clock()

    def _look(self) -> None:
        self._timer = None
        passed = self.limits.clock() - self._looked
        for each in [each for beside in self._open.values() for each in beside]:
            each.look(passed)
        if self._open:
            self._watch()


def _end_one(candidates: list[Connection]) -> bool:
    """End the first that does nothing, or else one that is slow; return whether there was one.

    Oldest first: whoever asks for something short is done before it is the oldest. Where none is
    slow, the one with the least pace: whoever takes all room must be faster than all others.
    """
    for phase in (Phase.NEW, Phase.KEPT, Phase.SENDING):
        idle = [each for each in candidates if each.phase is phase and not each.is_busy]
        if idle:
            idle[0].end()
            return True
    held = [each for each in candidates if each.is_held]
    slow = [each for each in held if each.is_slow]
    if slow:
        min(slow, key=lambda each: each.since).end()
    elif held:
        min(held, key=lambda each: each.pace).end()
    return bool(held)


class Connection(H11Protocol):
    """One connection; also lets the application cut it, for injected faults."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self.conn = self._framing = Framing()
        self._all = connections
        self.limits = connections.limits
        self._now = self.limits.clock
        self.address = ""
        self.since = self._heard = self._read = self._now()
        self._waited, self._received, self._answered, self._taken = 0.0, 0, 0, 0

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
        return self.flow.read_paused or self._now() - self._heard < _A_MOMENT

    @property
    def is_held(self) -> bool:
        """Return whether its sender or its reader is waited for, and not this studio."""
        if self.transport.get_write_buffer_size():
            return True
        return self.phase is Phase.SENDING and not self.flow.read_paused

    @property
    def is_slow(self) -> bool:
        """Return whether whoever holds it makes little of it."""
        if self.transport.get_write_buffer_size() and self._now() - self._read > _A_MOMENT:
            return True
        return self.pace < self.limits.slow

    @property
    def pace(self) -> float:
        """Return how many bytes a second were sent, or read."""
        unsent = self.transport.get_write_buffer_size()
        # What a moment asks for is asked at once: else a few bytes make whoever just came fast,
        # and a burst of them has no room for anybody.
        seconds = max(self._now() - self.since, _A_MOMENT)
        return (self._answered - unsent if unsent else self._received) / seconds

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or answer 503 where there is no room."""
        super().connection_made(transport)
        self.address = network_of(self.client[0]) if self.client else ""
        if self._all.add(self):
            self.begin(transport)
        else:
            self.refuse()

    def begin(self, transport: asyncio.Transport) -> None:
        """Begin to speak, once there is room."""
        self._let_app_cut(transport)

    def speak_over(self, transport: asyncio.Transport) -> None:
        """Go on over another transport than the one that was taken."""
        super().connection_made(transport)
        self._let_app_cut(transport)

    def refuse(self) -> None:
        """Answer that there is no room."""
        self.transport.write(NO_ROOM)
        self.transport.close()

    def forget(self) -> None:
        """Count no longer."""
        self._all.remove(self)
        self.connections.discard(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._all.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Note that the sender is there."""
        self._heard = self._now()
        self._received += len(data)
        super().data_received(data)
        if self._framing.is_excessive:
            self._say_and_close(TINY if self.phase is Phase.SENDING else b"")
        elif self._received > _REFUSED_BYTES and self.phase is Phase.KEPT:
            self._say_and_close(b"")

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self.since = self._now()
        self._waited, self._received, self._answered, self._taken = 0.0, 0, 0, 0
        super().on_response_complete()

    def look(self, passed: float) -> None:
        """End the connection if its sender or its reader took too long."""
        now = self._now()
        self._look_at_reader(now)
        if self.transport.is_closing():
            return
        match self.phase:
            case Phase.NEW | Phase.KEPT:
                if now - self.since > self.limits.head:
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
        silence = self.limits.silence_of_sender
        slack = silence + self._received / self.limits.slowest_sender
        if now - self._heard > silence or self._waited > slack:
            self.end()

    def _look_at_reader(self, now: float) -> None:
        unsent = self.transport.get_write_buffer_size()
        taken = self._answered - unsent
        if not unsent or taken > self._taken:
            self._read = now
        self._taken = taken
        if now - self._read > self.limits.silence_of_reader:
            self.transport.abort()

    def end(self) -> None:
        """Close the connection, and say why if somebody waits for an answer."""
        is_begun = self._received and self.phase in (Phase.NEW, Phase.KEPT)
        self._say_and_close(LATE + CLOSING if is_begun or self.phase is Phase.SENDING else b"")

    def _cut_off(self) -> None:
        """Leave a request unanswered as the server ends, which is no failure of its own."""
        self._say_and_close(ENDING)
        self.cycle.disconnected = True

    def _say_and_close(self, told: bytes) -> None:
        self._all.remove(self)
        is_answering = self.phase is not Phase.KEPT and self.cycle and self.cycle.response_started
        if told and not is_answering:
            self.transport.write(told)
        if not self.transport.get_write_buffer_size():
            self.transport.close()
        self.transport.abort()  # wait for no other side that should say goodbye

    def _let_app_cut(self, transport: asyncio.Transport) -> None:
        inner = self.app

        def reset() -> None:
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
            transport.abort()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            async def counted(message: Message) -> None:
                self._answered += len(message.get("body", b""))
                await send(message)

            scope.setdefault("extensions", {}).update({DROP: transport.abort, RESET: reset})
            try:
                await inner(scope, receive, counted)
            except asyncio.CancelledError:  # the server ends, and waited long enough
                self._cut_off()

        self.app = app
