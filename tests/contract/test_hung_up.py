"""A client that hangs up amid its request: one line in the log, however many do."""

from __future__ import annotations

import asyncio
import logging
import socket
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect, Request

from storyboard.studio.api import failures
from storyboard.studio.api.failures import HungUp
from storyboard.studio.execution import served
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import caller, open_test_studio
from tests.contract.test_every_route import filled, routes
from tests.support.passing_time import Clock, eventually


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if "hung up" in record.message]


def test_thirty_half_sent_files_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(failures, "_TOLD_AGAIN_AFTER", 3600.0)
    caplog.set_level(logging.INFO)
    listener = bind("127.0.0.1", 0)
    studio = open_test_studio(tmp_path, public_url=url_of(listener, "127.0.0.1"))
    ks = caller(studio).ks
    field = 'Content-Disposition: form-data; name="{}"\r\n\r\n'
    head = (
        "POST /api_v3/service/uploadToken/action/upload HTTP/1.1\r\n"
        f"Host: {studio.public_url[7:]}\r\nContent-Length: 5000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        f"--x\r\n{field.format('ks')}{ks}\r\n--x\r\n{field.format('fileData')}half"
    )
    with served(studio, listener):
        for _ in range(30):
            with socket.create_connection(listener.getsockname(), timeout=60) as client:
                client.sendall(head.encode())
        eventually(lambda: lines(caplog))
    told = ["the client hung up in POST /api_v3/service/uploadToken/action/upload"]
    assert lines(caplog) == told
    assert ks not in caplog.text
    assert "Traceback" not in caplog.text


READ_ONLY = {"GET", "HEAD"}
FOR_A_KEY = {"/__studio/session", "/__studio/user-session"}
"""These hand out a session, and change nothing."""


def test_whoever_hangs_up_in_a_request_has_changed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A reset, a hold or a snapshot needs nothing of a body, and did not wait for its end."""
    monkeypatch.setattr(failures, "_TOLD_AGAIN_AFTER", 0.0)
    caplog.set_level(logging.INFO)
    listener = bind("127.0.0.1", 0)
    studio = open_test_studio(tmp_path, public_url=url_of(listener, "127.0.0.1"))
    ks = studio.admin_session()
    found = [each for each in routes(studio) if each[0] not in READ_ONLY]
    changing = [(method, path) for method, path in found if path not in FOR_A_KEY]
    assert ("POST", "/__studio/reset") in changing
    hung_up = set[str]()
    with served(studio, listener):
        for method, template in changing:
            path = filled(template)
            head = (
                f"{method} {path} HTTP/1.1\r\nHost: {studio.public_url[7:]}\r\n"
                f"Authorization: Bearer {ks}\r\nContent-Type: application/json\r\n"
                "Content-Length: 500\r\n\r\n{"
            )
            with socket.create_connection(listener.getsockname(), timeout=60) as client:
                client.sendall(head.encode())
            hung_up.add(f"the client hung up in {method} {path}")
        eventually(lambda: hung_up <= {*lines(caplog)})


def test_those_that_were_not_told_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    clock = Clock()
    hung_up = HungUp(clock)
    request = Request({"type": "http", "method": "GET", "path": "/p/1/ks/djJ8abc", "headers": []})
    for _ in range(5):
        asyncio.run(hung_up.answer(request, ClientDisconnect()))
    clock.seconds = 10.0
    asyncio.run(hung_up.answer(request, ClientDisconnect()))
    line = "the client hung up in GET /p/1/ks/…"
    assert lines(caplog) == [line, f"{line}, and 4 others since the last such line"]
