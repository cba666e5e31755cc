"""What one request does, another does not wait for."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from storyboard.narration import spoken_parts
from storyboard.studio import serving
from storyboard.studio.api.bodies import save_blocks
from storyboard.studio.connections import Connection, Connections
from storyboard.studio.execution import served
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.local import open_studio
from storyboard.studio.serving import bind, url_of
from storyboard.studio.stage.rooms.backdrop import Backdrop
from tests.contract.studio_rig import (
    Caller,
    TinyFilmMaker,
    caller,
    draw,
    open_test_studio,
    speak,
    time_scenes,
)


def test_a_kept_connection_is_answered_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply's head and body leave together: a client's delayed ACK costs 40 ms a call."""
    listener, taken = bind("127.0.0.1", 0), list[Connection]()

    class Watched(Connections):
        def add(self, new: Connection) -> bool:
            taken.append(new)
            return super().add(new)

    monkeypatch.setattr(serving, "Connections", Watched)
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(tmp_path / "workspace", public_url=url)
    with (
        served(studio, listener),
        httpx.Client(base_url=url, trust_env=False, timeout=60) as client,
    ):
        headers = {"Authorization": f"Bearer {caller(studio).ks}"}
        for _ in range(2):
            assert client.post("/api/v1/video/list", json={}, headers=headers).is_success
        (kept,) = taken
        connection = kept.transport.get_extra_info("socket")
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_busy_disk_keeps_no_other_request_waiting(tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    os.mkfifo(slow)
    reading = os.open(slow, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reading, True)

    async def blocks() -> AsyncIterator[bytes]:
        for _ in range(48):
            yield b"x" * (1 << 16)

    async def others() -> int:
        for _ in range(20):
            await asyncio.sleep(0.01)
        return await asyncio.to_thread(drained)

    def drained() -> int:
        size = 0
        while block := os.read(reading, 1 << 20):
            size += len(block)
        return size

    async def both() -> tuple[int, int]:
        saved, seen = await asyncio.gather(save_blocks(blocks(), slow, 4 << 20), others())
        return saved, seen

    relief = threading.Timer(120, os.close, (reading,))
    relief.start()
    assert asyncio.run(both()) == (3 << 20, 3 << 20)
    relief.cancel()
    os.close(reading)


def test_an_upload_that_is_flushed_keeps_no_writer_waiting(
    user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushing, flushed, flush = threading.Event(), threading.Event(), os.fsync

    def slow(descriptor: int) -> None:
        flushing.set()
        flushed.wait(60)
        flush(descriptor)

    token = user.service("uploadToken.add", ks=user.ks)["id"]
    path = "/api_v3/service/uploadToken/action/upload"
    form = {"format": "1", "ks": user.ks, "uploadTokenId": token}
    files = {"fileData": ("clip.mp4", b"clip")}
    monkeypatch.setattr(os, "fsync", slow)
    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(user.send, "POST", path, data=form, files=files)
        assert flushing.wait(60)
        begun = time.monotonic()
        assert user.video()
        assert time.monotonic() - begun < 50
        flushed.set()
        assert upload.result().json()["status"] == 2


def test_a_film_that_is_asked_for_is_not_read_out(
    user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was, to tell when its turn comes: a second for long narrations, as for the first of all.

    Other writers wait meanwhile.
    """
    read: list[str] = []
    monkeypatch.setattr(spoken_parts, "spoken_parts", lambda text, _: read.append(text))
    narration = {"text": "Nobody has read out this one, of 2025, before. " * 40}
    video = user(
        "video/add", name="Long", avatarId=user.avatar(), scenes=[{"narration": narration}]
    )
    assert user("video/generate", id=video["id"])["status"] == "generating"
    assert read == []


def test_a_server_loads_no_codec_to_have_films_made() -> None:
    """FFmpeg took a tenth of a second to load, in which no call was answered."""
    modules = ("local", "serving", "worker", "film.process_pool", "jobs.film_requests")
    loaded = [f"import storyboard.studio.{name}" for name in modules]
    order = "storyboard.studio.jobs.film_requests._rules('', __import__('storyboard').studio"
    program = "; ".join((*loaded, f"{order}.behavior.contract.Contract())", "import sys"))
    told = subprocess.run(
        [sys.executable, "-c", f"{program}; print({{'av', 'numpy'}} & {{*sys.modules}})"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "set()\n"


@pytest.mark.parametrize("action", ["avatar/preview", "video/previewAudioStream"])
def test_previews_keep_no_short_call_waiting(tmp_path: Path, action: str) -> None:
    gate = threading.Event()

    def held(presenter: str, backdrop: Backdrop) -> bytes:
        gate.wait(60)
        return draw(presenter, backdrop)

    def halting(
        narration: str, presenter: str, narrations: Sequence[str], *, locale: str | None = None
    ) -> Iterator[bytes]:
        for piece in speak(narration, presenter, narrations, locale=locale):
            yield piece
            gate.wait(60)

    async def crowd(user: Caller, body: dict[str, Any], video: str) -> list[int]:
        headers = {"Authorization": f"Bearer {user.ks}"}
        transport = httpx.ASGITransport(user.studio.app)
        async with httpx.AsyncClient(
            transport=transport, base_url=f"{user.base}/api/v1/", headers=headers
        ) as client:
            previews = [asyncio.ensure_future(client.post(action, json=body)) for _ in range(60)]
            await asyncio.sleep(0.3)
            async with asyncio.timeout(50):
                assert (await client.post("video/get", json={"id": video})).json()["id"] == video
            assert [preview.result().text for preview in previews if preview.done()] == []
            gate.set()
            return [reply.status_code for reply in await asyncio.gather(*previews)]

    makers = Makers(TinyFilmMaker(), halting, held, timing=time_scenes)
    with open_studio(tmp_path / "workspace", makers=makers) as studio:
        user = caller(studio)
        video = user.video()
        body = {"id": video, "sceneId": 0}
        if action == "avatar/preview":
            body = {"id": user.avatar()}
        try:
            assert asyncio.run(crowd(user, body, video)) == [200] * 60
        finally:
            gate.set()
