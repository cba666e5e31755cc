"""A network between an applier and a tiny studio: spoils replies, kills, and lets others act.

It counts the requests of a run, and does to a request what the run's `Day` says for its number.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import httpx

from tests.support.tiny_studio import TinyStudio

Deed = Callable[[], bool]
"""What others do; False if it was not possible yet, and is tried before the next request."""


class Fault(Enum):
    """What happens to a request: before it has its effect, after it, or long after its answer."""

    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
    RESET_BEFORE = "reset-before"
    RESET_AFTER = "reset-after"
    CUT = "cut"
    GARBAGE_BEFORE = "garbage-before"
    GARBAGE_AFTER = "garbage-after"
    ERROR_BEFORE = "500-before"
    ERROR_AFTER = "500-after"
    CODE_BEFORE = "code-before"
    CODE_AFTER = "code-after"
    LATE = "late"
    VERY_LATE = "late-after-run"
    KILL_BEFORE = "kill-before"
    KILL_AFTER = "kill-after"

    @property
    def kills(self) -> bool:
        """Whether the applier is ended by it."""
        return self in (Fault.KILL_BEFORE, Fault.KILL_AFTER)

    @property
    def has_effect(self) -> bool:
        """Whether the studio does what it was asked, before the answer."""
        return self is Fault.CUT or self.value.endswith("-after")


_LATE_BY = {Fault.LATE: 2, Fault.VERY_LATE: 1_000_000}
"""Requests after which an effect comes that was answered with a gateway's timeout; or the run."""

_CODE = {
    "objectType": "KalturaAPIException",
    "code": "INTERNAL_SERVERL_ERROR",
    "message": "an error occurred",
}
_ANSWERS: Mapping[str, tuple[int, str, bytes]] = {
    "garbage": (200, "text/html", b"<html>welcome to this hotel</html>"),
    "500": (500, "text/plain", b"oops"),
    "code": (200, "application/json", json.dumps(_CODE).encode()),
    "late": (504, "text/html", b"<html>gateway timeout</html>"),
}


@dataclass
class Day:
    """One run over this network: which faults at which requests, and who else acts, and when.

    `pid` is told by who started the applier, before it sends anything.
    """

    faults: Mapping[int, Fault] = field(default_factory=dict)
    deeds: Mapping[int, Deed] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    pid: int = 0
    waiting: list[Deed] = field(default_factory=list)
    late: list[tuple[int, _Asked]] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """Requests until now."""
        return len(self.log)


@dataclass(frozen=True)
class _Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Network:
    """One loopback port, and behind it the studio of the case that runs now."""

    def __init__(self) -> None:
        self.url = ""
        self.day = Day()
        self._others = False
        self._studio: httpx.AsyncClient | None = None

    def open(self, studio: TinyStudio) -> None:
        """Begin a case: with this studio from now on."""
        self._studio = httpx.AsyncClient(transport=httpx.ASGITransport(studio.app))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, until a fault or the client ends it."""
        with suppress(OSError, asyncio.IncompleteReadError):
            while asked := await _read(reader):
                if not await self._answer(asked, writer):
                    break
        writer.close()

    async def _answer(self, asked: _Asked, writer: asyncio.StreamWriter) -> bool:
        day = self.day
        if self._others:  # the run itself waits for its answer meanwhile
            return await _send(writer, await self._ask(asked))
        day.log.append(asked.path.removeprefix("/api/v1/").removeprefix("/api_v3/service/"))
        number = day.requests
        await self._others_act(day, number)
        fault = day.faults.get(number)
        if fault is None:
            return await _send(writer, await self._ask(asked))
        day.log[-1] += f"  <- {fault.value}"
        answer = await self._ask(asked) if fault.has_effect else None
        if fault.kills:
            os.kill(day.pid, signal.SIGKILL)
            return False
        if fault in _LATE_BY:
            day.late.append((number + _LATE_BY[fault], asked))
        if fault is Fault.CUT and answer is not None:
            return await _send(writer, answer, cut=True)
        if fault.value.startswith("reset"):
            made = writer.get_extra_info("socket")
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        told = _ANSWERS.get(fault.value.partition("-")[0])
        return told is not None and await _send(writer, told)

    async def _others_act(self, day: Day, number: int) -> None:
        """Late effects and other people's deeds; these ask the studio, maybe over this network."""
        for due in [each for each in day.late if each[0] <= number]:
            day.late.remove(due)
            day.log[-1] += f"  (first: {due[1].path} takes effect)"
            await self._ask(due[1])
        if number in day.deeds:
            day.waiting.append(day.deeds[number])
        for deed in list(day.waiting):
            self._others = True
            done = await asyncio.to_thread(deed)
            self._others = False
            if done:
                day.waiting.remove(deed)
                day.log[-1] += "  (first: others acted)"

    async def settle(self) -> None:
        """Let what is late come in; nobody asks anything any more."""
        while self.day.late:
            await self._ask(self.day.late.pop()[1])

    async def _ask(self, asked: _Asked) -> tuple[int, str, bytes]:
        assert self._studio is not None
        reply = await self._studio.request(
            asked.method, self.url + asked.path, headers=asked.headers, content=asked.body
        )
        return reply.status_code, reply.headers.get("content-type", ""), reply.content


async def _read(reader: asyncio.StreamReader) -> _Asked | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode().rstrip().split("\r\n")
    headers = {key.lower(): value.strip() for key, _, value in (li.partition(":") for li in lines)}
    method, path, _ = first.split()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return _Asked(method, path, headers, body)


async def _send(
    writer: asyncio.StreamWriter, answer: tuple[int, str, bytes], *, cut: bool = False
) -> bool:
    """Send an answer, or the first half of it; returns whether the connection lives on."""
    status, kind, body = answer
    head = f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + (body[: len(body) // 2] if cut else body))
    await writer.drain()
    return not cut


@contextmanager
def network() -> Iterator[Network]:
    """Serve a network in a thread, until the block ends."""
    made = Network()
    ready = threading.Event()
    stop: list[Callable[[], Any]] = []

    async def work() -> None:
        ended = asyncio.Event()
        server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
        made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        loop = asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(ended.set))
        ready.set()
        await ended.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(work()), daemon=True)
    thread.start()
    ready.wait(60)
    try:
        yield made
    finally:
        stop[0]()
        thread.join(60)
