"""A request that asks for another protocol, or is none, leaves no line in the studio's log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from storyboard.studio.execution import served
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import open_test_studio
from tests.contract.test_exposure import spoken

_HEALTH = "GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
_WEBSOCKET = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


@pytest.mark.parametrize(
    ("request_of_port", "status"),
    [
        (f"{_HEALTH}Connection: Upgrade\r\nUpgrade: websocket\r\n{_WEBSOCKET}\r\n", 200),
        (f"{_HEALTH}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n", 200),
        ("no request of HTTP\r\n\r\n", 400),
    ],
)
def test_another_protocol_is_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, request_of_port: str, status: int
) -> None:
    """Anybody could fill the log, with advice to install packages."""
    caplog.set_level(logging.INFO)
    listener = bind("127.0.0.1", 0)
    port = listener.getsockname()[1]
    studio = open_test_studio(tmp_path / "w", public_url=url_of(listener, "127.0.0.1"))
    with served(studio, listener):
        answer = spoken(port, request_of_port.format(port=port).encode())
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert told == []
