"""Exchanges of threads that wait: what a server may send, and for how long."""

from __future__ import annotations

import socket
import threading

import pytest

from storyboard.kaltura.blocking import BlockingTransport
from storyboard.kaltura.exchange_failures import NoReply, NotSent
from storyboard.kaltura.limits import Limits
from tests.support.dripping import dripping
from tests.support.served import Answer, served

TEN = Limits(reply_bytes=10, error_bytes=4)


@pytest.mark.parametrize(
    ("answer", "got"),
    [
        (Answer(200, b"0123456789"), b"0123456789"),
        (Answer(200, b"0123456789x"), "is larger than"),
        (Answer(500, b"0123456789x"), b"0123"),
        (Answer(200, b"x", (("content-encoding", "gzip"),)), "the answer is packed"),
        (Answer(302, b"", (("location", "http://127.0.0.1:1/"),)), b""),
        (Answer(is_reset=True), "the connection to"),
    ],
)
def test_a_reply_is_read_within_bounds(answer: Answer, got: bytes | str) -> None:
    with served(lambda asked: answer) as url:
        transport = BlockingTransport(seconds=20, limits=TEN)
        if isinstance(got, bytes):
            reply = transport.send("GET", url, content=None, headers={})
            assert (reply.status, reply.body) == (answer.status, got)
        else:
            with pytest.raises(NoReply, match=got):
                transport.send("POST", url, content=b"x", headers={})


@pytest.mark.parametrize(
    "begun",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
    ],
)
def test_a_reply_that_drips_ends_in_time(begun: bytes) -> None:
    """Each byte came within the time for one: the whole took as long as the server liked."""
    with dripping(begun) as (url, ended):
        with pytest.raises(NoReply, match="sends its answer too slowly"):
            BlockingTransport(seconds=0.4).send("GET", url, content=None, headers={})
        assert ended.wait(20), "the connection is shut down"
    assert not [each for each in threading.enumerate() if isinstance(each, threading.Timer)]


def test_a_server_that_takes_no_body_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(NoReply, match=r"too slowly|in time"):
            BlockingTransport(seconds=0.4).send("PUT", url, content=bytes(64 << 20), headers={})


def test_this_machine_is_reached_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with served(lambda asked: Answer(200, b"here")) as url:
        transport = BlockingTransport(seconds=20)
        assert transport.send("GET", url, content=None, headers={}).body == b"here"


def test_a_cookie_is_not_kept() -> None:
    seen: list[str | None] = []

    def answer(asked: object) -> Answer:
        seen.append(getattr(asked, "headers", {}).get("cookie"))
        return Answer(200, b"", (("set-cookie", "a=b; Path=/"),))

    with served(answer) as url:
        transport = BlockingTransport(seconds=20)
        for _ in range(2):
            transport.send("GET", url, content=None, headers={})
    assert seen == [None, None]


def test_what_was_not_sent_is_told_apart() -> None:
    with pytest.raises(NotSent, match=r"cannot connect to 127\.0\.0\.1:1"):
        BlockingTransport(seconds=20).send("GET", "http://127.0.0.1:1/", content=None, headers={})
