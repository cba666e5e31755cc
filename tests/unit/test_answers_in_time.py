"""Whoever is asked over HTTP is left at the deadline, whatever it sends until then."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from storyboard.origins import origin_of
from storyboard.studio.compose import web_pages
from storyboard.studio.compose.remote import RemoteComposer
from storyboard.studio.compose.request import ComposeError, ComposeRequest, Format
from storyboard.studio.compose.web_pages import PageError, Pages
from tests.support.listening import listening
from tests.support.wire_server import Answer, wire_server

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
ENDLESS = [(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), (CHUNKED, b"Trailer: x\r\n")]
IDS = ["before the answer", "behind the answer"]


@contextmanager
def endless(begun: bytes, piece: bytes) -> Iterator[str]:
    """Give the address of a server that sends a piece again and again, until nobody takes it."""

    def take(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            connection.sendall(begun)
            while not listener.stopping.wait(0.005):
                connection.sendall(piece)

    with listening(take) as listener:
        yield listener.url


@pytest.mark.parametrize(("begun", "piece"), ENDLESS, ids=IDS)
def test_a_page_whose_answer_never_ends_is_left(
    begun: bytes, piece: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No byte of a body comes, and no wait for one is long: only the whole has no end."""
    monkeypatch.setattr(web_pages, "TIMEOUT_SECONDS", 0.5)
    with endless(begun, piece) as url, pytest.raises(PageError, match="does not answer"):
        pages_of(url).read(url)


@pytest.mark.parametrize(("begun", "piece"), ENDLESS, ids=IDS)
def test_a_composer_whose_answer_never_ends_is_left(begun: bytes, piece: bytes) -> None:
    with endless(begun, piece) as url, pytest.raises(ComposeError) as caught:
        RemoteComposer(url, timeout=0.5)(ComposeRequest(Format.VIDEO_EXPLAINER, 60, ()))
    assert caught.value.code == "composer-slow"


def test_a_page_that_takes_long_to_understand_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tag that never ends was looked at to the end of the page: 60 KB took a minute."""
    monkeypatch.setattr(web_pages, "TIMEOUT_SECONDS", 0.5)
    answer = Answer(raw=b"<a " * 20_000, headers={"content-type": "text/html"})
    with wire_server(answer) as server, pytest.raises(PageError):
        pages_of(server.url).read(server.url)


def pages_of(url: str) -> Pages:
    origin = origin_of(url)
    return Pages(frozenset({(origin.host, origin.port)}))
