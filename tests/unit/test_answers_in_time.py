"""Whoever is asked over HTTP is left at the deadline, whatever it sends until then."""

from __future__ import annotations

import threading
from http.client import HTTPResponse
from typing import cast

import pytest

from storyboard.deadline import Deadline
from storyboard.origins import origin_of
from storyboard.studio.compose import web_pages
from storyboard.studio.compose.remote import RemoteComposer
from storyboard.studio.compose.request import ComposeError, ComposeRequest, Format
from storyboard.studio.compose.web_pages import PageError, Pages
from storyboard.timed_request import _content
from tests.support.dripping import dripping

OK = b"HTTP/1.1 200 OK\r\n"
ENDLESS = {
    "before the answer": ("http", b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "in its head": ("http", OK + b"X: ", b"x"),
    "in its body": ("http", OK + b"Content-Type: text/html\r\n\r\n", b"x"),
    "behind it": ("http", OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"Trailer: x\r\n"),
    "in a handshake": ("https", b"\x16\x03\x03\x3f\xff", b"x"),
}


@pytest.mark.parametrize(("scheme", "begun", "piece"), ENDLESS.values(), ids=ENDLESS)
def test_a_page_whose_answer_never_ends_is_left(
    scheme: str, begun: bytes, piece: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No wait for a byte is long: only the whole has no end."""
    monkeypatch.setattr(web_pages, "TIMEOUT_SECONDS", 0.3)
    with dripping(begun, piece) as (url, ended):
        url = url.replace("http", scheme)
        origin = origin_of(url)
        with pytest.raises(PageError, match="does not answer"):
            Pages(frozenset({(origin.host, origin.port)})).read(url)
        assert ended.wait(20), "the connection is shut down"
    assert not [each for each in threading.enumerate() if isinstance(each, threading.Timer)]


def test_what_came_before_the_end_is_not_read_on_after_it() -> None:
    """A server can send many pieces of one byte beforehand: reading them takes long."""
    deadline = Deadline(60)
    read = 0

    class Full:
        def read1(self, _: int) -> bytes:
            nonlocal read
            read += 1
            if read == 3:
                deadline.end()
            return b"x"

    _content(cast("HTTPResponse", Full()), 1_000_000, deadline)
    assert read == 3


@pytest.mark.parametrize("where", ["before the answer", "in its body", "in a handshake"])
def test_a_composer_whose_answer_never_ends_is_left(where: str) -> None:
    scheme, begun, piece = ENDLESS[where]
    with dripping(begun, piece) as (url, ended):
        composer = RemoteComposer(url.replace("http", scheme), timeout=0.3)
        with pytest.raises(ComposeError) as caught:
            composer(ComposeRequest(Format.VIDEO_EXPLAINER, 60, ()))
        assert ended.wait(20), "the connection is shut down"
    assert caught.value.code == "composer-slow"
