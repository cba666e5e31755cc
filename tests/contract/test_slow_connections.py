"""Who sends or reads too slowly is ended, and costs nobody else an answer: with real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from storyboard.studio import encrypted, serving
from storyboard.studio.api.avatar_api import HANDLERS
from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.connections import _TOLD_AT_ONCE, Connection, Connections
from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.open_files import allow_more_files
from storyboard.studio.records.guesses import FREE
from storyboard.studio.serving import Tls, bind, build_server, url_of
from storyboard.wire import Action
from tests.contract.studio_rig import caller, open_test_studio
from tests.contract.test_exposure import spoken, studio_process, write_certificate
from tests.support.databases import run_sql
from tests.support.passing_time import Clock, eventually

QUICK = ConnectionLimits(slowest_sender=10_000, of_an_address=20, between_looks=0.02)
"""Asked often; its clock is the test's, so that no machine is too slow for it."""

HALF_A_HEAD = b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
LARGE = 64 << 20
GET = "/api_v3/service/session/action/get"
"""Reads a body before it asks who sent it."""


@contextmanager
def studio_with(
    folder: Path, limits: ConnectionLimits, tls: Tls | None = None
) -> Iterator[tuple[Studio, int]]:
    listener = bind("127.0.0.1", 0)
    studio = open_test_studio(folder, public_url=url_of(listener, "127.0.0.1", tls))
    with served(studio, listener, limits, tls):
        yield studio, listener.getsockname()[1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def port(tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture) -> Iterator[int]:
    caplog.set_level(logging.INFO)
    with studio_with(tmp_path / "w", replace(QUICK, clock=clock)) as (_, port):
        yield port
    assert "Traceback" not in caplog.text
    assert "Exception" not in caplog.text


def connected(port: int, source: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 60, (source, 0))


def head(port: int, length: int, path: str = "/api/v1/video/list") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def ended(connection: socket.socket) -> bytes:
    """Return what comes until the other side ends the connection."""
    told = b""
    with contextlib.suppress(ConnectionError):
        while block := connection.recv(65_536):
            told += block
    return told


def ended_in_time(connection: socket.socket, clock: Clock) -> bytes:
    """Let time pass until the other side ends the connection; return what came."""
    with clock.running():
        return ended(connection)


def drip(connection: socket.socket, clock: Clock, piece: bytes) -> None:
    """Send a little each second until the other side ends the connection."""
    for _ in range(10_000):
        try:
            connection.sendall(piece)
        except ConnectionError:
            return
        clock.seconds += 1
        time.sleep(0.01)
    raise AssertionError("it is waited for")


def is_healthy(port: int) -> bool:
    request = b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port
    return spoken(port, request).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", b""),
        (b"G", b"HTTP/1.1 408 "),
        (HALF_A_HEAD, b"HTTP/1.1 408 "),
        (b"POST /api/v1/video/list HTTP/1.1\r\n", b"HTTP/1.1 408 "),
    ],
)
def test_half_a_head_is_not_waited_for(port: int, clock: Clock, sent: bytes, told: bytes) -> None:
    with connected(port) as connection:
        connection.sendall(sent)
        assert ended_in_time(connection, clock)[: len(told) or None] == told
    assert clock.seconds < 10 * QUICK.head


def test_a_head_that_drips_is_not_waited_for(port: int, clock: Clock) -> None:
    with connected(port) as connection:
        connection.sendall(HALF_A_HEAD)
        drip(connection, clock, b"x")


@pytest.mark.parametrize("path", ["/api/v1/video/list", GET])
@pytest.mark.parametrize("part", [b"", b'{"a":'])
def test_half_a_body_is_not_waited_for(port: int, clock: Clock, path: str, part: bytes) -> None:
    with connected(port) as connection:
        connection.sendall(head(port, 1000, path) + part)
        assert ended_in_time(connection, clock).startswith(b"HTTP/1.1 408 ")
    assert is_healthy(port)


def test_half_a_form_leaves_no_file(tmp_path: Path, clock: Clock) -> None:
    limits = replace(QUICK, clock=clock)
    with studio_with(tmp_path / "w", limits) as (studio, port), connected(port) as connection:
        path = "/api_v3/service/uploadToken/action/upload"
        asked = head(port, 10_000, path).replace(
            b"application/json", b"multipart/form-data; boundary=x"
        )
        file = b'--x\r\nContent-Disposition: form-data; name="fileData"; filename="a"\r\n\r\nabc'
        drafts = studio.workspace.path / "tmp"
        connection.sendall(asked + file)
        eventually(lambda: any(path.is_file() for path in drafts.rglob("*")))
        assert ended_in_time(connection, clock).startswith(b"HTTP/1.1 408 ")
        eventually(lambda: not any(path.is_file() for path in drafts.rglob("*")))


def test_a_body_that_drips_is_not_waited_for(port: int, clock: Clock) -> None:
    with connected(port) as connection:
        connection.sendall(head(port, 1000))
        drip(connection, clock, b" ")


class Wire(asyncio.Transport):
    """A connection's other side, which keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told, self.is_ended = b"", False

    def write(self, data: Any) -> None:
        self.told += data

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return self.is_ended

    def close(self) -> None:
        self.is_ended = True

    abort = close


@pytest.mark.parametrize(("pace", "stays"), [(200, True), (150, False)])
def test_an_honest_sender_may_be_slow(tmp_path: Path, clock: Clock, pace: int, stays: bool) -> None:
    """Longer than the silence in all, but never silent and faster than the slowest."""
    limits = replace(QUICK, clock=clock, slowest_sender=200)
    studio = open_test_studio(tmp_path / "w", public_url="http://127.0.0.1:8080")
    server = build_server(studio.app, None, limits)

    async def sent() -> bytes:
        server.config.load()
        connection: Connection = server.config.http_protocol_class(  # type: ignore[assignment,call-arg]
            config=server.config, server_state=server.server_state, app_state={}
        )
        wire, pause = Wire(), 0.75 * limits.silence_of_sender
        connection.connection_made(wire)
        connection.data_received(head(8080, round(20 * pause * pace)))
        for _ in range(20):
            clock.seconds += pause
            connection.look(pause)
            connection.data_received(b" " * round(pause * pace))
            await asyncio.sleep(0)
            if wire.is_ended:
                break
        async with asyncio.timeout(60):
            while not wire.told:
                await asyncio.sleep(0.01)
        return wire.told

    assert asyncio.run(sent()).startswith(b"HTTP/1.1 200 " if stays else b"HTTP/1.1 408 ")
    studio.close()


@pytest.mark.parametrize(("pace", "ends"), [(1, 20), (500, 40), (750, 80), (1000, None)])
def test_a_slow_body_is_ended_when_the_pages_say(
    tmp_path: Path, clock: Clock, pace: int, ends: int | None
) -> None:
    """With the limits that a studio is served with; after 35 seconds, 500 bytes a second stay."""
    limits = ConnectionLimits(clock=clock)
    studio = open_test_studio(tmp_path / "w", public_url="http://127.0.0.1:8080")
    server = build_server(studio.app, None, limits)

    async def stayed() -> int | None:
        server.config.load()
        connection: Connection = server.config.http_protocol_class(  # type: ignore[assignment,call-arg]
            config=server.config, server_state=server.server_state, app_state={}
        )
        wire = Wire()
        connection.connection_made(wire)
        connection.data_received(head(8080, 1_000_000))
        for second in range(1, 400):
            clock.seconds += 1
            connection.look(1)
            if wire.is_ended:
                assert wire.told.startswith(b"HTTP/1.1 408 ")
                return second
            connection.data_received(b" " * pace)
            await asyncio.sleep(0)
        connection.connection_lost(None)
        return None

    found = asyncio.run(stayed())
    assert found == ends if ends is None else found == pytest.approx(ends, abs=2)
    studio.close()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    """What a served studio takes, in order."""
    found: list[Connection] = []

    class Watched(Connections):
        def add(self, new: Connection) -> bool:
            found.append(new)
            return super().add(new)

    monkeypatch.setattr(serving, "Connections", Watched)
    return found


@contextmanager
def film_with(folder: Path, limits: ConnectionLimits) -> Iterator[tuple[int, bytes]]:
    """Give a port, and the request for a file that is larger than any buffer."""
    with studio_with(folder, limits) as (studio, port):
        user = caller(studio)
        made = user.control("POST", "media?name=a.txt", content=b"words " * 20)
        with studio.workspace.store.write() as tx:
            [row] = run_sql(tx, "SELECT blob FROM entries")
            run_sql(tx, "UPDATE entries SET size=?", LARGE)
        with studio.workspace.blobs.path(row["blob"]).open("r+b") as file:
            file.truncate(LARGE)
        path = f"/p/{studio.partner_id}/sp/1/raw/entry_id/{made['id']}"
        yield port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def test_a_reader_that_stops_is_ended(
    tmp_path: Path, clock: Clock, taken: list[Connection]
) -> None:
    with (
        film_with(tmp_path / "w", replace(QUICK, clock=clock)) as (port, request),
        connected(port) as connection,
    ):
        connection.sendall(request)
        assert connection.recv(12) == b"HTTP/1.1 200"
        with clock.running():
            eventually(lambda: taken[0].transport.is_closing())
        assert len(ended(connection)) < LARGE
        assert is_healthy(port)


def test_an_honest_reader_may_be_slow(tmp_path: Path, clock: Clock) -> None:
    received = 0
    with (
        film_with(tmp_path / "w", replace(QUICK, clock=clock)) as (port, request),
        connected(port) as connection,
    ):
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        while block := connection.recv(1 << 20):
            before, received = received, received + len(block)
            if before >> 22 != received >> 22:
                clock.seconds += QUICK.silence_of_reader / 4
                time.sleep(2 * QUICK.between_looks)
    assert received > LARGE
    assert clock.seconds > 3 * QUICK.silence_of_reader


def test_the_oldest_that_does_nothing_makes_room(port: int) -> None:
    idle = [connected(port) for _ in range(QUICK.of_an_address)]
    try:
        assert all(is_healthy(port) for _ in range(3))
        assert idle[0].recv(10) == b""
        assert not is_ended(idle[-1])
    finally:
        for each in idle:
            each.close()


@dataclass
class Working:
    """Calls of `video/list` that are begun, and end when the gate opens."""

    begun: int
    gate: threading.Event

    def has(self, calls: int) -> None:
        eventually(lambda: self.begun == calls)


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> Iterator[Working]:
    found, handler = Working(0, threading.Event()), HANDLERS[Action.VIDEO_LIST]

    def held(*given: Any) -> Any:
        found.begun += 1
        found.gate.wait(60)
        return handler(*given)

    monkeypatch.setitem(HANDLERS, Action.VIDEO_LIST, held)
    yield found
    found.gate.set()


def test_work_that_is_asked_for_is_never_ended_for_room(tmp_path: Path, working: Working) -> None:
    few = ConnectionLimits(of_an_address=2)
    with studio_with(tmp_path / "w", few) as (studio, port):
        asked = head(port, 2).replace(
            b"\r\n\r\n", b"\r\nAuthorization: Bearer %s\r\n\r\n" % caller(studio).ks.encode()
        )
        at_work = [connected(port) for _ in range(2)]
        for each in at_work:
            each.sendall(asked + b"{}")
        working.has(calls=2)
        with connected(port) as late:
            told = ended(late)
            assert told.startswith(b"HTTP/1.1 503 ")
            assert b"retry-after: 1" in told
        working.gate.set()
        for each in at_work:
            assert each.recv(100).startswith(b"HTTP/1.1 200 ")
            each.close()


def test_where_there_is_no_room_a_client_of_tls_is_told_so(
    tmp_path: Path, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encrypted, "_GOODBYE", 60.0)
    few, tls = ConnectionLimits(of_an_address=2), Tls(*write_certificate(tmp_path))
    trusting = ssl.create_default_context(cafile=str(tls.certificate))
    with studio_with(tmp_path / "w", few, tls) as (studio, port), contextlib.ExitStack() as stack:
        asked = head(port, 2).replace(
            b"\r\n\r\n", b"\r\nAuthorization: Bearer %s\r\n\r\n" % caller(studio).ks.encode()
        )
        for _ in range(2):
            at_work = trusting.wrap_socket(connected(port), server_hostname="127.0.0.1")
            stack.enter_context(at_work).sendall(asked + b"{}")
        working.has(calls=2)
        silent = [stack.enter_context(connected(port)) for _ in range(30)]
        eventually(lambda: sum(is_ended(each) for each in silent) >= 30 - _TOLD_AT_ONCE)
        assert sum(is_ended(each) for each in silent) == 30 - _TOLD_AT_ONCE
        for each in silent:
            each.close()
        url = f"https://127.0.0.1:{port}/__studio/health"
        for _ in range(2 * _TOLD_AT_ONCE):
            eventually(lambda: told_of_no_room(url, trusting))
        working.gate.set()


def told_of_no_room(url: str, trusting: ssl.SSLContext) -> bool:
    """Whether a client is told; it is not while others are being told, or are just leaving."""
    try:
        told = httpx.get(url, verify=trusting, trust_env=False, timeout=60)
    except httpx.TransportError:
        return False
    assert (told.status_code, told.headers["retry-after"]) == (503, "1")
    return True


def test_whoever_takes_all_room_must_be_faster_than_all_others(
    tmp_path: Path, clock: Clock, taken: list[Connection]
) -> None:
    """Twenty that sent just fast enough sent everybody else of the machine away."""
    few = replace(QUICK, clock=clock, of_an_address=20)
    with studio_with(tmp_path / "w", few) as (_, port), contextlib.ExitStack() as stack:
        sending = [stack.enter_context(connected(port)) for _ in range(20)]
        for number, each in enumerate(sending):
            each.sendall(head(port, 1_000_000, GET) + b"{" + b" " * (200_000 + 1000 * number))
        eventually(lambda: len(taken) == 20 and min(each.pace for each in taken) > 100_000)
        eventually(lambda: all(each.is_held for each in taken))
        assert is_healthy(port)
        assert sending[0].recv(12) == b"HTTP/1.1 408"
        assert not any(is_ended(each) for each in sending[1:])


def test_each_connection_has_files_for_what_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A film that is read is a file too: with one each, none was left for the database."""
    resource = pytest.importorskip("resource")
    limits = [(256, 4096)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, given: limits.append(given))
    assert ConnectionLimits().in_all == 64
    allow_more_files()
    assert limits[-1] == (3200, 4096)
    assert ConnectionLimits().in_all == 800
    limits.append((256, 300))
    allow_more_files()
    assert limits[-1] == (300, 300)


@pytest.mark.slow
def test_an_honest_client_is_answered_beside_five_hundred_half_open_ones(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (port, _), contextlib.ExitStack() as stack:
        for number in range(500):
            half_open = stack.enter_context(connected(port))
            half_open.sendall(HALF_A_HEAD if number % 2 else head(port, 1000) + b"{")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as kept:
            for _ in range(20):
                assert kept.get("/__studio/health").is_success
                assert is_healthy(port)


@contextmanager
def encrypted_studio(
    folder: Path, limits: ConnectionLimits
) -> Iterator[tuple[int, ssl.SSLContext]]:
    tls = Tls(*write_certificate(folder))
    with studio_with(folder / "w", limits, tls) as (_, port):
        yield port, ssl.create_default_context(cafile=str(tls.certificate))


def is_healthy_encrypted(port: int, trusting: ssl.SSLContext) -> bool:
    url = f"https://127.0.0.1:{port}/__studio/health"
    return httpx.get(url, verify=trusting, trust_env=False, timeout=60).is_success


def is_ended(connection: socket.socket) -> bool:
    connection.settimeout(0.01)
    try:
        return connection.recv(10) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_a_handshake_is_not_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    waiting = (b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n")
    with (
        encrypted_studio(tmp_path, ConnectionLimits(head=0.5)) as (port, _),
        contextlib.ExitStack() as all_,
    ):
        connections = [all_.enter_context(connected(port)) for _ in waiting]
        for connection, sent in zip(connections, waiting, strict=True):
            connection.sendall(sent)
        for connection in connections:
            ended(connection)
    assert "Traceback" not in caplog.text


def test_connections_count_before_their_handshake(tmp_path: Path) -> None:
    few = ConnectionLimits(of_an_address=20)
    with encrypted_studio(tmp_path, few) as (port, trusting), contextlib.ExitStack() as stack:
        silent = [stack.enter_context(connected(port)) for _ in range(200)]
        assert is_healthy_encrypted(port, trusting)
        assert sum(not is_ended(each) for each in silent) < 20


def test_what_comes_with_the_end_of_a_handshake_is_answered(tmp_path: Path) -> None:
    """The last bytes of a handshake, and a request, in one piece."""
    with encrypted_studio(tmp_path, QUICK) as (port, trusting), connected(port) as plain:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = trusting.wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
        while True:
            try:
                client.do_handshake()
                break
            except ssl.SSLWantReadError:
                plain.sendall(outgoing.read())
                incoming.write(plain.recv(65_536))
        client.write(b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
        plain.sendall(outgoing.read())
        told = b""
        while b"\r\n\r\n" not in told:
            with contextlib.suppress(ssl.SSLWantReadError):
                told += client.read()
                continue
            incoming.write(plain.recv(65_536))
        assert told.startswith(b"HTTP/1.1 200 ")


class Poor(socket.socket):
    """A listening socket that finds no file for a connection at first."""

    left = 2 * serving._TAKEN_AT_ONCE

    def accept(self) -> tuple[socket.socket, Any]:
        if self.left:
            self.left -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


def test_no_file_for_a_connection_is_one_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asyncio.constants.ACCEPT_RETRY_DELAY", 0.05)
    listener = bind("127.0.0.1", 0)
    poor = Poor(fileno=listener.detach())
    studio = open_test_studio(tmp_path / "w", public_url=url_of(poor, "127.0.0.1"))
    with served(studio, poor):
        url = f"http://127.0.0.1:{poor.getsockname()[1]}/__studio/health"
        assert httpx.get(url, trust_env=False, timeout=60).is_success
    assert [line for line in caplog.messages if "Too many open files" in line] == [
        "connections have to wait: Too many open files; 'ulimit -n' may allow more"
    ]
    assert "Traceback" not in caplog.text


def test_a_server_that_ends_while_no_file_is_left_is_quiet(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What found no file is tried again later, by asyncio, on a socket that is closed by then."""
    monkeypatch.setattr("asyncio.constants.ACCEPT_RETRY_DELAY", 0.05)
    poor = Poor(fileno=bind("127.0.0.1", 0).detach())
    studio, port = open_test_studio(tmp_path / "w"), poor.getsockname()[1]

    async def end_at_once() -> None:
        server = build_server(studio.app)
        running = asyncio.create_task(server.serve(sockets=[poor]))
        with connected(port):
            while poor.left == 2 * serving._TAKEN_AT_ONCE:
                await asyncio.sleep(0.001)
            server.should_exit = True
            await running
        await asyncio.sleep(0.2)

    asyncio.run(end_at_once())
    studio.close()
    assert [line for line in caplog.messages if "have to wait" not in line] == []


def test_a_body_that_is_refused_is_not_read_on(port: int) -> None:
    """Ten seconds of the server's time and gigabytes, for whoever announces too much."""
    sent, block = 0, b" " * (1 << 20)
    with connected(port) as connection:
        connection.sendall(head(port, 99_000_000_000))
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
        with contextlib.suppress(ConnectionError):
            while sent < 400 << 20:
                connection.sendall(block)
                sent += len(block)
    assert sent < 100 << 20
    assert is_healthy(port)


def test_few_are_accepted_before_they_are_counted(tmp_path: Path) -> None:
    """So that a burst takes no more files than there are, and waits in the queue without loss."""
    studio = open_test_studio(tmp_path / "w")
    server = build_server(studio.app)
    assert server.config.backlog < 64
    studio.close()


CHUNKED = (
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


@pytest.mark.parametrize(
    "chunk", [b"1\r\n \r\n", b"1;a=%s\r\n \r\n" % (b"b" * 4000)], ids=["tiny", "extended"]
)
@pytest.mark.parametrize("path", [GET.encode(), b"/api/v1/video/list", b"/nowhere"])
def test_a_body_in_tiny_chunks_is_not_read_to_its_end(
    tmp_path: Path, chunk: bytes, path: bytes
) -> None:
    content = chunk * (65_536 // len(chunk))
    sent, most = 0, 24 << 20  # more than the buffers of both ends take
    with (
        studio_with(tmp_path / "w", ConnectionLimits()) as (_, port),
        connected(port) as connection,
    ):
        connection.sendall(CHUNKED % (path, port))
        with contextlib.suppress(ConnectionError):
            while sent < most:
                connection.sendall(content)
                sent += len(content)
        assert sent < most
        assert is_healthy(port)


def test_tiny_chunks_are_told_what_to_do(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(CHUNKED % (GET.encode(), port) + b"1\r\n \r\n" * 13_900)
        told = ended(connection)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert told.endswith(b"send a few hundred bytes in each\n")


def test_an_honest_sender_may_send_line_by_line(port: int) -> None:
    line = b"%x\r\n%s\r\n" % (40, b" " * 40)
    with connected(port) as connection:
        connection.sendall(CHUNKED % (GET.encode(), port) + line * 20_000 + b"0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")


def wrong(port: int, number: int) -> bytes:
    said = b'{"format":"1","ks":"wrong%d"}' % number
    return head(port, len(said), GET) + said


def test_guesses_that_wait_leave_room(tmp_path: Path) -> None:
    few = ConnectionLimits(of_an_address=40)
    with studio_with(tmp_path / "w", few) as (studio, port), contextlib.ExitStack() as stack:
        for number in range(40):
            guesser = stack.enter_context(connected(port))
            guesser.sendall(b"".join(wrong(port, 100 * number + each) for each in range(100)))
        guesses = studio.workspace.guesses
        eventually(lambda: sum(each.wrong for each in guesses._records.values()) > FREE + 20)
        assert all(is_healthy(port) for _ in range(5))


@pytest.mark.parametrize("pace", [1, 500])
def test_bodies_that_drip_make_room(tmp_path: Path, pace: int) -> None:
    few = ConnectionLimits(of_an_address=20)
    with studio_with(tmp_path / "w", few) as (_, port), contextlib.ExitStack() as stack:
        dripping = [stack.enter_context(connected(port)) for _ in range(20)]
        for each in dripping:
            each.sendall(head(port, 900_000, GET) + b"{")
        for _ in range(5):
            for each in dripping:
                with contextlib.suppress(ConnectionError):
                    each.sendall(b" " * pace)
            assert is_healthy(port)


def test_a_burst_of_bodies_that_begin_makes_room(tmp_path: Path) -> None:
    """For half a second each was fast enough to stay, and everybody else was sent away."""
    few = ConnectionLimits(of_an_address=20)
    with studio_with(tmp_path / "w", few) as (_, port), contextlib.ExitStack() as stack:
        for _ in range(20):
            each = stack.enter_context(connected(port))
            each.sendall(head(port, 900_000, GET) + b"{" + b" " * 40_000)
        assert is_healthy(port)


def test_readers_that_stop_make_room(tmp_path: Path, clock: Clock) -> None:
    """A page that pauses its films asks for the rest later."""
    few = replace(QUICK, clock=clock, of_an_address=5)
    with film_with(tmp_path / "w", few) as (port, request), contextlib.ExitStack() as stack:
        for _ in range(5):
            reader = stack.enter_context(connected(port))
            reader.sendall(request)
            assert reader.recv(12) == b"HTTP/1.1 200"
        with clock.running():
            eventually(lambda: is_healthy(port))


def test_this_machine_has_the_connections_of_one_address(tmp_path: Path) -> None:
    few = ConnectionLimits(of_an_address=20)
    with studio_with(tmp_path / "w", few) as (_, port), contextlib.ExitStack() as stack:
        here = [stack.enter_context(connected(port, f"127.0.0.{n % 3 + 1}")) for n in range(60)]
        assert is_healthy(port)
        assert sum(not is_ended(each) for each in here) <= 20


def test_a_form_that_never_begins_is_not_read_on(port: int) -> None:
    asked = CHUNKED % (GET.encode(), port)
    nothing = b"10000\r\n" + b"\r\n" * 32_768 + b"\r\n"
    sent = 0
    with connected(port) as connection:
        connection.sendall(asked.replace(b"application/json", b"multipart/form-data; boundary=x"))
        with contextlib.suppress(ConnectionError):
            while sent < 256 and not select.select([connection], [], [], 0.01)[0]:
                connection.sendall(nothing)
                sent += 1
        told = connection.recv(100)
    assert told.startswith(b"HTTP/1.1 413 ")
