"""What a studio sends is read up to a bound in size and in time, whatever it goes on sending."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import shutil
import socket
import time
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import StoryboardError, UnreachableError
from storyboard.kaltura.attempts import Pace
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.credentials import GivenSession
from storyboard.kaltura.exchange_failures import NoReply
from storyboard.kaltura.limits import Limits
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.told_waits import telling_waits, watched
from storyboard.kaltura.transport import Reply, Transport
from storyboard.wire import Action
from tests.support.listening import listening
from tests.support.raw_server import head, raw_server
from tests.support.small_films import film

SMALL = Limits(
    reply_bytes=1 << 20,
    error_bytes=1 << 12,
    film_bytes=4 << 20,
    slow_bytes=1 << 10,
    slow_seconds=0.5,
)
ENDLESS = {
    "json": (head(), b'["' + b"x" * 65536),
    "chunked": (head("Transfer-Encoding: chunked"), b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    "huge by its own word": (head(f"Content-Length: {1 << 50}"), b"x" * 65536),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 65536 + b"\r\n"),
    "interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000),
}


def ask(
    call: Callable[[Transport], Awaitable[Reply]],
    limits: Limits = SMALL,
    read_seconds: float = 0.5,
    loop: asyncio.AbstractEventLoop | None = None,
) -> Reply:
    async def run() -> Reply:
        transport = Transport(read_seconds=read_seconds, limits=limits)
        try:
            return await call(transport)
        finally:
            await transport.aclose()

    with asyncio.Runner(loop_factory=(lambda: loop) if loop else None) as runner:
        return runner.run(run())


def forever(first: bytes, then: bytes) -> Callable[[str], Iterable[bytes | float]]:
    return lambda path: itertools.chain([first], itertools.repeat(then))


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("verb", ["post", "get"])
def test_an_endless_reply_ends(name: str, verb: str) -> None:
    with raw_server(forever(*ENDLESS[name])) as server:
        tracemalloc.start()
        with pytest.raises(NoReply):
            ask(lambda t: getattr(t, verb)(server.url))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 16 << 20


def test_an_endless_error_is_read_as_far_as_it_is_shown() -> None:
    with raw_server(forever(head(status="500 Oops"), b"no " * 1000)) as server:
        reply = ask(lambda t: t.post(server.url))
    assert reply.status == 500
    assert len(reply.body) == SMALL.error_bytes


def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()


def test_a_packed_bomb_is_not_unpacked() -> None:
    packed = _bomb()
    reply = head("Content-Encoding: gzip", f"Content-Length: {len(packed)}") + packed
    with raw_server(lambda path: [reply]) as server:
        tracemalloc.start()
        with pytest.raises(NoReply, match=r"larger than 1\.0 MB"):
            ask(lambda t: t.get(server.url))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 16 << 20


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd", "compress"])
def test_a_packing_that_was_not_asked_for_is_refused(packing: str) -> None:
    reply = head(f"Content-Encoding: {packing}", "Content-Length: 2") + b"{}"
    with raw_server(lambda path: [reply]) as server, pytest.raises(NoReply, match="not asked for"):
        ask(lambda t: t.get(server.url))


@pytest.mark.parametrize("packing", ["gzip", "br", "GZIP", "x-gzip, identity"])
def test_a_packed_film_is_refused(packing: str, tmp_path: Path) -> None:
    """What came would be no film, and what it unpacks to has no bound."""
    packed = gzip.compress(film(1.0, "packed"))
    reply = head(f"Content-Encoding: {packing}", f"Content-Length: {len(packed)}") + packed
    with raw_server(lambda path: [reply]) as server, pytest.raises(NoReply, match="is packed"):
        save(server.url, tmp_path / "film")
    assert not (tmp_path / "film").exists()


def test_a_packed_answer_is_read() -> None:
    packed = gzip.compress(b'{"id": 1}')
    reply = head("Content-Encoding: gzip", f"Content-Length: {len(packed)}") + packed
    with raw_server(lambda path: [reply]) as server:
        assert ask(lambda t: t.get(server.url)).json() == {"id": 1}


DRIPS: dict[str, list[Any]] = {
    "body": [head("Content-Length: 1000000"), *[b" ", 0.1] * 100],
    "headers": [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n", 0.1] * 100],
}


@pytest.mark.parametrize("name", DRIPS)
def test_an_answer_that_drips_ends(name: str) -> None:
    drip = DRIPS[name]
    with raw_server(lambda path: drip) as server, pytest.raises(NoReply, match="too slowly"):
        ask(lambda t: t.post(server.url))


EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\n\r\n"
HOLDS: dict[str, tuple[list[Any], int]] = {
    "a body that drips": (DRIPS["body"], 1),
    "headers that drip": (DRIPS["headers"], 1),
    "interim answers without end": ([EARLY_HINTS, 0.1] * 100, 1),
    "half an answer, cut just in time": ([head("Content-Length: 99"), *[b" ", 0.1] * 11], 2),
}


@pytest.mark.parametrize("name", HOLDS)
def test_all_tries_of_a_call_together_take_no_longer_than_one_may(name: str) -> None:
    """Four tries of two minutes each held a call for eight, and nothing was on the terminal."""
    pieces, most = HOLDS[name]
    with raw_server(lambda path: pieces) as server, pytest.raises(UnreachableError):
        ask_a_studio(server.url, read_seconds=0.5)
    assert 1 <= len(server.paths) <= most


def test_that_a_call_waits_is_told_once() -> None:
    lines: list[str] = []

    async def run() -> None:
        silent = asyncio.Event()
        with watched("video/get", 0.01), watched("video/list", 0.01):
            while not lines:
                await asyncio.sleep(0.01)
        with watched("video/add", 0.01):
            asyncio.get_running_loop().call_later(0.05, silent.set)
            await silent.wait()

    with telling_waits(lines.append):
        asyncio.run(run())
    assert [line.split(" has ")[0] for line in lines] in (
        ["waiting: video/get"],
        ["waiting: video/list"],
    )


def ask_a_studio(url: str, read_seconds: float) -> None:
    """List the videos of a studio, of whose answer no piece may take so long."""

    async def run() -> None:
        transport = Transport(read_seconds=read_seconds)
        sessions = Sessions(GivenSession(Secret("a-given-session")), None, transport)
        pace = Pace(jitter=lambda: 0.0)
        calls = Calls(
            avatar_url=url, service_url=None, sessions=sessions, transport=transport, pace=pace
        )
        try:
            await calls.act(Action.VIDEO_LIST, {}, lambda body: body)
        finally:
            await transport.aclose()

    asyncio.run(run())


def test_an_upload_may_take_longer_than_its_answer() -> None:
    limits = Limits()
    with contextlib.closing(SkippingLoop()) as loop, listening(_take_an_upload) as listener:
        whole = limits.whole_reads * 20
        slow: Any = SlowFile(24 << 20, lambda: loop.skip(whole / 2))
        reply = ask(lambda t: t.put_file(listener.url, slow, headers={}), limits, 20, loop)
        assert reply.status == 200
        assert loop.skipped > 10 * whole


class SkippingLoop(asyncio.SelectorEventLoop):
    """A loop on whose clock time can be skipped."""

    skipped = 0.0

    def time(self) -> float:
        return super().time() + self.skipped

    def skip(self, seconds: float) -> None:
        self.skipped += seconds


@dataclass
class SlowFile:
    """A path and its file: so much passes before each piece that is read."""

    left: int
    passes: Callable[[], None]

    def open(self, mode: str) -> contextlib.nullcontext[SlowFile]:
        del mode
        return contextlib.nullcontext(self)

    def read(self, most: int) -> bytes:
        self.passes()
        piece = bytes(min(most, self.left))
        self.left -= len(piece)
        return piece


def _take_an_upload(connection: socket.socket) -> None:
    with connection:
        end = b""
        while piece := connection.recv(1 << 16):
            end = (end + piece)[-16:]
            if end.endswith(b"0\r\n\r\n"):
                connection.sendall(head("Content-Length: 2") + b"{}")


def save(url: str, path: Path, limits: Limits = SMALL, read_seconds: float = 0.5) -> Reply:
    return ask(lambda t: t.download(url, path), limits, read_seconds)


def test_a_film_that_drips_ends(tmp_path: Path) -> None:
    drip = [head("Content-Length: 100000"), *[b"x" * 50, 0.1] * 100]
    with raw_server(lambda path: drip) as server, pytest.raises(NoReply, match="too slowly"):
        save(server.url, tmp_path / "film")


def test_a_slow_film_is_waited_for(tmp_path: Path) -> None:
    whole = film(2.0)
    step = len(whole) // 12 + 1
    limits = Limits(slow_bytes=step, slow_seconds=30.0, whole_reads=0.05)
    pieces: list[Any] = [head(f"Content-Length: {len(whole)}")]
    for start in range(0, len(whole), step):
        pieces += [whole[start : start + step], 0.1]
    with raw_server(lambda path: pieces) as server:
        began = time.monotonic()
        assert save(server.url, tmp_path / "film", limits, read_seconds=20).status == 200
    assert time.monotonic() - began > 1.0
    assert (tmp_path / "film").read_bytes() == whole


@pytest.mark.parametrize("length", [[], [f"Content-Length: {1 << 50}"]], ids=["untold", "told"])
def test_an_endless_film_ends(tmp_path: Path, length: list[str]) -> None:
    with raw_server(forever(head(*length), b"x" * 65536)) as server:
        with pytest.raises(StoryboardError, match=r"larger than 4\.2 MB"):
            save(server.url, tmp_path / "film")
        assert server.sent < 64 << 20


@pytest.mark.parametrize("length", [[], ["Content-Length: 3000000"]], ids=["untold", "told"])
def test_a_film_leaves_room_on_the_disk(
    tmp_path: Path, length: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=SMALL.spare_bytes + 2_000_000)
    told = itertools.chain([usage], itertools.repeat(usage._replace(free=SMALL.spare_bytes - 1)))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: next(told))
    with (
        raw_server(forever(head(*length), b"x" * 65536)) as server,
        pytest.raises(StoryboardError, match=r"the disk of .* has \d+ MB left.* MB stay free"),
    ):
        save(server.url, tmp_path / "film", replace(SMALL, film_bytes=64 << 20))


def test_a_link_in_the_place_of_a_part_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / "film").symlink_to(other)
    whole = film(1.0)
    with raw_server(lambda path: [head(f"Content-Length: {len(whole)}"), whole]) as server:
        save(server.url, tmp_path / "film")
    assert other.read_text() == "mine"
    assert (tmp_path / "film").read_bytes() == whole
