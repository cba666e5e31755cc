"""Calls without a session wait, whoever shares their address starts a session at once all the same.

All that is behind one proxy has one address.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from storyboard.studio.api import bodies, parameters, service_calls, slow_calls
from storyboard.studio.api.bodies import READ_AT_ONCE
from storyboard.studio.api.turns import _PUT_OFF, Line, Turn
from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.connections import Connection
from storyboard.studio.local import Studio
from tests.contract.studio_rig import caller, open_test_studio
from tests.contract.test_slow_connections import connected, studio_with, taken
from tests.support.passing_time import eventually

__all__ = ["taken"]

MULTIREQUEST = "/api_v3/service/multirequest"
LOGIN = "/api_v3/service/session/action/startWidgetSession"
FEW = 5
SECONDS = 60
"""Longer than anything takes on a slow machine; what waits for the gate waits for ever."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let strangers wait longer than any machine is slow."""
    monkeypatch.setattr(slow_calls, "_STRANGERS_WAIT", 10 * SECONDS)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Opens for calls of `startWidgetSession` that have an `expiry` of a minute."""
    gate, start = threading.Event(), service_calls.SERVICES["session/startwidgetsession"]

    def held(workspace: Any, given: Any, visit: Any) -> Any:
        if given.text("expiry", default="") == "60":
            gate.wait(SECONDS)
        return start(workspace, given, visit)

    monkeypatch.setitem(service_calls.SERVICES, "session/startwidgetsession", held)
    yield gate
    gate.set()


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = open_test_studio(tmp_path / "w")
    yield studio
    studio.close()


class Asking:
    """Requests to one studio, many at once, from one address."""

    def __init__(self, studio: Studio, client: httpx.AsyncClient) -> None:
        self._studio, self._client = studio, client
        self.begun: list[asyncio.Task[httpx.Response]] = []

    def login(self) -> Any:
        widget = {"format": 1, "widgetId": f"_{self._studio.partner_id}"}
        return asyncio.wait_for(self._client.post(LOGIN, json=widget), SECONDS / 4)

    def begin(self, path: str, content: bytes, **headers: str) -> None:
        typed = {"content-type": "application/json", **headers}
        sent = self._client.post(path, content=content, headers=typed)
        self.begun.append(asyncio.create_task(sent))

    def several(self, count: int, **common: str) -> None:
        """Begin a multirequest that is held by the gate."""
        member = {
            "service": "session",
            "action": "startWidgetSession",
            "widgetId": f"_{self._studio.partner_id}",
        }
        held = {**member, "expiry": "60"}
        body = {"1": held, **{str(n): member for n in range(2, count + 1)}}
        self.begin(MULTIREQUEST, json.dumps({"format": 1, **common, **body}).encode())

    async def refused(self, count: int) -> list[httpx.Response]:
        """Wait until so many are answered, all of which are refused."""
        async with asyncio.timeout(SECONDS / 4):
            while len(done := [each for each in self.begun if each.done()]) < count:
                await asyncio.sleep(0.01)
        replies = [each.result() for each in done]
        assert {reply.status_code for reply in replies} == {429}
        for reply in replies:
            assert (reply.headers["retry-after"], reply.headers["connection"]) == ("1", "close")
        return replies

    async def statuses(self) -> list[int]:
        return [reply.status_code for reply in await asyncio.gather(*self.begun)]


@contextlib.asynccontextmanager
async def asking(studio: Studio, gate: threading.Event) -> AsyncIterator[Asking]:
    transport = httpx.ASGITransport(studio.app)
    base = studio.workspace.public_url
    async with httpx.AsyncClient(transport=transport, base_url=base, timeout=None) as client:
        found = Asking(studio, client)
        try:
            yield found
        finally:
            gate.set()
            await asyncio.gather(*found.begun, return_exceptions=True)


def test_whoever_starts_a_session_is_behind_no_multirequest(
    studio: Studio, gate: threading.Event
) -> None:
    """It took 12 seconds beside 240 connections, each of which sent fifty logins at once."""

    async def go() -> None:
        async with asking(studio, gate) as ask:
            for _ in range(60):
                ask.several(50)
            await asyncio.sleep(0.1)
            assert (await ask.login()).json()["objectType"] == "KalturaStartWidgetSessionResponse"
            assert not any(each.done() for each in ask.begun)
            gate.set()
            assert set(await ask.statuses()) == {200}

    asyncio.run(go())


@pytest.mark.parametrize("path", ["/api/v1/video/list", LOGIN])
def test_whoever_starts_a_session_is_behind_no_large_body(
    studio: Studio, gate: threading.Event, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    large = json.dumps({"a": "x" * 10 * READ_AT_ONCE}).encode()
    parse = bodies.parse_json

    def held(text: bytes, **limits: int) -> Any:
        if len(text) > READ_AT_ONCE:
            gate.wait(SECONDS)
        return parse(text, **limits)

    monkeypatch.setattr(bodies, "parse_json", held)
    monkeypatch.setattr(parameters, "parse_json", held)

    async def go() -> None:
        async with asking(studio, gate) as ask:
            for _ in range(10):
                ask.begin(path, large)
            await asyncio.sleep(0.1)
            assert (await ask.login()).status_code == 200
            assert not any(each.done() for each in ask.begun)

    asyncio.run(go())


def test_strangers_hear_after_a_while_when_to_come_again(
    tmp_path: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address has connections for others again then."""
    monkeypatch.setattr(slow_calls, "_STRANGERS_WAIT", 0.2)
    studio = open_test_studio(tmp_path / "w")

    async def go() -> None:
        async with asking(studio, gate) as ask:
            for _ in range(10):
                ask.several(50)
            told = (await ask.refused(8))[0]
            assert told.json()["code"] == "ACTION_BLOCKED"
            gate.set()
            assert sorted(await ask.statuses()) == [200] * 2 + [429] * 8

    asyncio.run(go())
    studio.close()


def test_strangers_wait_by_how_many_calls_they_make_and_small_requests_first(
    tmp_path: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A player sends five calls in one: the fifty of others are refused for it."""
    monkeypatch.setattr(slow_calls, "_STRANGERS_WAITING", 100)
    studio = open_test_studio(tmp_path / "w")

    async def go() -> None:
        async with asking(studio, gate) as ask:
            for _ in range(5):
                ask.several(50)
            await ask.refused(1)
            ask.several(FEW)
            await ask.refused(2)
            assert not ask.begun[-1].done()
            gate.set()
            assert sorted(await ask.statuses()) == [200] * 4 + [429] * 2

    asyncio.run(go())
    studio.close()


def test_a_large_request_is_not_put_off_for_ever() -> None:
    """Small ones go first, but not all that ever come."""

    async def go() -> None:
        def turn(size: int) -> Turn:
            return Turn(size, 1, asyncio.get_running_loop().create_future())

        line, large = Line(10_000), turn(50)
        line.add(large)
        for size in (4, 2, 3, 2):
            line.add(turn(size))
        assert [line.take().size for _ in range(4)] == [2, 2, 3, 4]
        gone = 0
        line.add(turn(2))
        while line.first is not large:
            gone += line.take().size
            line.add(turn(2))
            assert gone < 50 * _PUT_OFF
        assert gone > 40 * _PUT_OFF

    asyncio.run(go())


def test_a_user_waits_by_how_many_calls_they_make(studio: Studio, gate: threading.Event) -> None:
    """A hundred requests at once may not be five thousand; what is short waits for none of them."""
    user = caller(studio)

    async def go() -> None:
        async with asking(studio, gate) as ask:
            for _ in range(25):
                ask.several(50, ks=user.ks)
            await ask.refused(3)
            listed = await asyncio.wait_for(asyncio.to_thread(user, "video/list"), SECONDS / 4)
            assert listed["totalCount"] == 0
            gate.set()
            assert sorted(await ask.statuses()) == [200] * 22 + [429] * 3

    asyncio.run(go())


def test_a_login_beside_a_flood_takes_a_few_of_its_turns(tmp_path: Path) -> None:
    """It waited for all requests that were there before it."""
    with studio_with(tmp_path / "w", ConnectionLimits()) as (studio, port):
        login = request(studio, port, "me", count=1)
        with flooded(request(studio, port, "flood", count=50), port, 40) as answered:
            eventually(lambda: answered)
            fewest = 40
            for _ in range(10):
                with connected(port) as me:
                    before = len(answered)
                    me.sendall(login)
                    assert me.recv(12) == b"HTTP/1.1 200"
                    fewest = min(fewest, len(answered) - before)
            assert fewest < 20


@contextlib.contextmanager
def flooded(sent: bytes, port: int, count: int) -> Iterator[list[int]]:
    """Have so many connections send the same again and again; grows by each answer."""
    answered, over = list[int](), threading.Event()

    def send(index: int) -> None:
        with connected(port) as connection:
            while not over.is_set():
                connection.sendall(sent)
                head, _, body = connection.recv(1 << 16).partition(b"\r\n\r\n")
                left = int(head.lower().partition(b"content-length: ")[2].split()[0]) - len(body)
                while left:
                    left -= len(connection.recv(1 << 16))
                answered.append(index)

    with ThreadPoolExecutor(count) as pool:
        sending = [pool.submit(send, index) for index in range(count)]
        try:
            yield answered
        finally:
            over.set()
        for each in sending:
            each.result(SECONDS)


def test_what_nobody_waits_for_is_not_begun(
    tmp_path: Path,
    gate: threading.Event,
    taken: list[Connection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever sends and hangs up had each call made, before those of who waits for an answer."""
    made = list[str]()
    start = service_calls.SERVICES["session/startwidgetsession"]

    def counted(workspace: Any, given: Any, visit: Any) -> Any:
        made.append(given.text("userId", default=""))
        return start(workspace, given, visit)

    monkeypatch.setitem(service_calls.SERVICES, "session/startwidgetsession", counted)
    with (
        studio_with(tmp_path / "w", ConnectionLimits()) as (studio, port),
        contextlib.ExitStack() as stack,
    ):
        for _ in range(2):
            stack.enter_context(connected(port)).sendall(request(studio, port, "held", expiry=60))
        eventually(lambda: made.count("held") == 2)
        for _ in range(20):
            with connected(port) as gone:
                gone.sendall(request(studio, port, "gone"))
        late = stack.enter_context(connected(port))
        late.sendall(request(studio, port, "late"))
        eventually(lambda: len(taken) == 23 and all(_is_lost(each) for each in taken[2:22]))
        gate.set()
        assert late.recv(12) == b"HTTP/1.1 200"
    assert sorted(made) == ["held"] * 4 + ["late"] * 2


def _is_lost(connection: Connection) -> bool:
    return connection.transport.is_closing()


def request(studio: Studio, port: int, user: str, count: int = 2, **more: int) -> bytes:
    """Return the request for several sessions at once, of one name."""
    member = {"service": "session", "action": "startWidgetSession", "userId": user, **more}
    member["widgetId"] = f"_{studio.partner_id}"
    pairs = {
        f"{number}:{name}": value
        for number in range(1, count + 1)
        for name, value in member.items()
    }
    body = urlencode({"format": 1, **pairs})
    return (
        f"POST {MULTIREQUEST} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
