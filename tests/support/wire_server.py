"""A loopback HTTP server that answers by a script, byte for byte: the bad days of a network."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from tests.support.listening import listening


@dataclass(frozen=True)
class Answer:
    """One scripted answer; `drop` closes the connection after reading the request instead."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    drop: bool = False


@dataclass
class Server:
    """What was asked (path, headers, body), and where."""

    url: str
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.requests]


@contextmanager
def wire_server(*answers: Answer, port: int = 0) -> Iterator[Server]:
    """Serve the answers in order, one a request; the last one serves for all that follow."""
    script = chain(answers, repeat(answers[-1] if answers else Answer()))

    def take(connection: socket.socket) -> None:
        with connection:
            server.requests.append(_read(connection))
            answer = next(script)
            if not answer.drop:
                connection.sendall(_bytes(answer))

    with listening(take, port) as listener:
        server = Server(listener.url)
        yield server


def _read(connection: socket.socket) -> tuple[str, dict[str, str], bytes]:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return first.split()[1], headers, body


def _bytes(answer: Answer) -> bytes:
    body = answer.raw if answer.raw is not None else json.dumps(answer.body).encode()
    headers = {"content-length": str(len(body)), "connection": "close", **answer.headers}
    headers.setdefault("content-type", "application/json")
    lines = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    return f"HTTP/1.1 {answer.status} X\r\n{lines}\r\n".encode() + body
