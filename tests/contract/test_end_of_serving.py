"""A studio that ends leaves no connection open, whenever it was taken, and ends in few words."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from storyboard.studio import serving
from storyboard.studio.execution import served
from storyboard.studio.serving import bind, build_server, url_of
from tests.contract.studio_rig import open_test_studio


@pytest.mark.parametrize("turns", range(4))
def test_who_connects_as_the_studio_ends_is_hung_up_on(turns: int) -> None:
    """Asyncio forgot a socket that was taken in the turn of the loop before, open as it was."""
    troubles: list[dict[str, Any]] = []

    async def run() -> bytes:
        listener = bind("127.0.0.1", 0)
        server = build_server(Starlette())
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        await server.startup([listener])
        asyncio.get_running_loop().set_exception_handler(lambda _, told: troubles.append(told))
        with socket.create_connection(listener.getsockname()) as client:
            for _ in range(turns):
                await asyncio.sleep(0)
            await server.shutdown([listener])
            client.settimeout(20)
            try:
                return client.recv(1)
            except ConnectionResetError:  # it was not taken yet
                return b""

    assert asyncio.run(run()) == b""
    assert troubles == []


def test_who_has_sent_half_of_a_file_as_the_studio_ends_is_told_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Thirty of them wrote 1,400 lines into the log."""
    monkeypatch.setattr(serving, "_GRACE_SECONDS", 0)
    listener = bind("127.0.0.1", 0)
    studio = open_test_studio(tmp_path, public_url=url_of(listener, "127.0.0.1"))
    head = (
        f"POST /__studio/media?name=a.mp4 HTTP/1.1\r\nHost: {studio.public_url[7:]}\r\n"
        f"Authorization: Bearer {studio.admin_session()}\r\nContent-Length: 5000\r\n\r\nhalf"
    )
    senders = [socket.socket() for _ in range(5)]
    begun = threading.Semaphore(0)
    monkeypatch.setattr(
        studio.workspace.blobs, "draft", lambda suffix: begun.release() or tmp_path / suffix
    )
    with served(studio, listener):
        for sender in senders:
            sender.settimeout(60)
            sender.connect(listener.getsockname())
            sender.sendall(head.encode())
        assert all(begun.acquire(timeout=60) for _ in senders)
    for sender in senders:
        told = sender.recv(1000)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 5\r\n" in told
        sender.close()
    errors = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "Traceback" not in caplog.text
    assert len(errors) <= 1
