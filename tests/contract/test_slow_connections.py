"""Who sends or reads too slowly is ended, and costs nobody else an answer: with real sockets."""

from __future__ import annotations

import contextlib
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from storyboard.studio.connections import Patience
from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import caller, open_test_studio
from tests.contract.test_exposure import spoken, studio_process

QUICK = Patience(
    head=0.6, silence_of_sender=0.6, silence_of_reader=1.0, slowest_sender=10_000, of_an_address=20
)
HALF_A_HEAD = b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
LARGE = 64 << 20


@contextmanager
def studio_with(folder: Path, patience: Patience) -> Iterator[tuple[Studio, int]]:
    listener = bind("127.0.0.1", 0)
    studio = open_test_studio(folder, public_url=url_of(listener, "127.0.0.1"))
    with served(studio, listener, patience):
        yield studio, listener.getsockname()[1]


@pytest.fixture
def port(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[int]:
    caplog.set_level(logging.INFO)
    with studio_with(tmp_path / "w", QUICK) as (_, port):
        yield port
    assert "Traceback" not in caplog.text
    assert "Exception" not in caplog.text


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


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
def test_half_a_head_is_not_waited_for(port: int, sent: bytes, told: bytes) -> None:
    begun = time.monotonic()
    with connected(port) as connection:
        connection.sendall(sent)
        assert ended(connection)[: len(told) or None] == told
    assert time.monotonic() - begun < 5


def test_a_head_that_drips_is_not_waited_for(port: int) -> None:
    begun = time.monotonic()
    with connected(port) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(HALF_A_HEAD)
        while time.monotonic() - begun < 8:
            connection.sendall(b"x")
            time.sleep(0.1)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("path", ["/api/v1/video/list", "/api_v3/service/session/action/get"])
@pytest.mark.parametrize("part", [b"", b'{"a":'])
def test_half_a_body_is_not_waited_for(port: int, path: str, part: bytes) -> None:
    begun = time.monotonic()
    with connected(port) as connection:
        connection.sendall(head(port, 1000, path) + part)
        assert ended(connection).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - begun < 5
    assert is_healthy(port)


def test_half_a_form_leaves_no_file(tmp_path: Path) -> None:
    with studio_with(tmp_path / "w", QUICK) as (studio, port), connected(port) as connection:
        path = "/api_v3/service/uploadToken/action/upload"
        asked = head(port, 10_000, path).replace(
            b"application/json", b"multipart/form-data; boundary=x"
        )
        file = b'--x\r\nContent-Disposition: form-data; name="fileData"; filename="a"\r\n\r\nabc'
        connection.sendall(asked + file)
        assert ended(connection).startswith(b"HTTP/1.1 408 ")
        time.sleep(0.2)
        drafts = studio.workspace.path / "tmp"
        assert not [path for path in drafts.rglob("*") if path.is_file()]


def test_a_body_that_drips_is_not_waited_for(port: int) -> None:
    begun = time.monotonic()
    with connected(port) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(head(port, 1000))
        while time.monotonic() - begun < 8:
            connection.sendall(b" ")
            time.sleep(0.1)
    assert time.monotonic() - begun < 5


def test_an_honest_sender_may_be_slow(port: int) -> None:
    """Longer than the silence in all, but never silent and faster than the slowest."""
    with connected(port) as connection:
        connection.sendall(head(port, 20 * 4000))
        for _ in range(20):
            connection.sendall(b" " * 4000)
            time.sleep(0.1)
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.fixture
def film(tmp_path: Path) -> Iterator[tuple[int, bytes]]:
    """A port, and the request for a file that is larger than any buffer."""
    with studio_with(tmp_path / "w", QUICK) as (studio, port):
        user = caller(studio)
        made = user.control("POST", "media?name=a.txt", content=b"words " * 20)
        with studio.workspace.store.write() as tx:
            blob = tx.execute("SELECT blob FROM entries").fetchone()[0]
            tx.execute("UPDATE entries SET size=?", (LARGE,))
        with studio.workspace.blobs.path(blob).open("r+b") as file:
            file.truncate(LARGE)
        path = f"/p/{studio.partner_id}/sp/1/raw/entry_id/{made['id']}"
        yield port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def test_a_reader_that_stops_is_ended(film: tuple[int, bytes]) -> None:
    port, request = film
    with connected(port) as connection:
        connection.sendall(request)
        assert connection.recv(12) == b"HTTP/1.1 200"
        time.sleep(3)
        assert len(ended(connection)) < LARGE
    assert is_healthy(port)


def test_an_honest_reader_may_be_slow(film: tuple[int, bytes]) -> None:
    port, request = film
    received, begun = 0, time.monotonic()
    with connected(port) as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        while block := connection.recv(4 << 20):
            received += len(block)
            time.sleep(0.05)
    assert received > LARGE
    assert time.monotonic() - begun > QUICK.silence_of_reader / 2


def test_the_oldest_that_does_nothing_makes_room(port: int) -> None:
    idle = [connected(port) for _ in range(QUICK.of_an_address)]
    try:
        time.sleep(0.1)
        assert all(is_healthy(port) for _ in range(3))
        idle[0].settimeout(0.2)
        assert idle[0].recv(10) == b""
        idle[-1].settimeout(0.05)
        with pytest.raises(TimeoutError):
            idle[-1].recv(10)
    finally:
        for each in idle:
            each.close()


def test_work_that_is_asked_for_is_never_ended_for_room(tmp_path: Path) -> None:
    few = Patience(of_an_address=3)
    with studio_with(tmp_path / "w", few) as (studio, port):
        user = caller(studio)
        user.control("POST", "faults", json={"kind": "delay", "delay": 1.5})
        asked = head(port, 2).replace(
            b"\r\n\r\n", b"\r\nAuthorization: Bearer %s\r\n\r\n" % user.ks.encode()
        )
        working = [connected(port) for _ in range(3)]
        for each in working:
            each.sendall(asked + b"{}")
        time.sleep(0.3)
        with connected(port) as late:
            told = ended(late)
            assert told.startswith(b"HTTP/1.1 503 ")
            assert b"retry-after: 1" in told
        for each in working:
            assert each.recv(100).startswith(b"HTTP/1.1 200 ")
            each.close()


def test_an_honest_client_is_answered_beside_five_hundred_half_open_ones(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (port, _), contextlib.ExitStack() as stack:
        for number in range(500):
            half_open = stack.enter_context(connected(port))
            half_open.sendall(HALF_A_HEAD if number % 2 else head(port, 1000) + b"{")
        slowest = 0.0
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as kept:
            for _ in range(20):
                begun = time.monotonic()
                assert kept.get("/__studio/health").is_success
                assert is_healthy(port)
                slowest = max(slowest, time.monotonic() - begun)
        assert slowest < 2
