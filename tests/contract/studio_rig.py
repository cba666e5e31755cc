"""A studio in this process whose film maker makes tiny real films, and who speaks to it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np

from storyboard.studio.api.catalog_payloads import TEMPLATES
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.film.captions import chapter_title, chapters
from storyboard.studio.film.refusals import check_scenes, check_speech
from storyboard.studio.film.request import (
    Cancelled,
    Cue,
    Film,
    FilmOrder,
    FilmRequest,
    OnProgress,
    Progress,
    SceneProgress,
    SceneTiming,
)
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.local import Studio, open_studio
from storyboard.studio.stage.rooms.backdrop import Backdrop
from tests.support.databases import rows_of_run
from tests.support.made_once import made_once

BACKGROUND = {"type": "color", "color": "#CEEEDB"}
CAST = {name: id_ for id_, name in TEMPLATES.items()}
HELLO = {"layoutType": "full-screen", "narration": {"text": "Welcome to the training overview."}}
CHARACTERS_A_SECOND = 15


@made_once
def write_movie(
    path: Path, seconds: float, fps: int | Fraction = 25, size: tuple[int, int] = (64, 36)
) -> Path:
    """Write a small MP4 whose brightness moves."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast"})
        stream.thread_count = 1  # the same bytes on any machine
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for index in range(round(seconds * fps)):
            picture = np.full((size[1], size[0], 3), index % 256, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@made_once
def write_picture(path: Path) -> Path:
    """Write a small picture, of the kind that the suffix says."""
    codec = {".png": "png", ".jpg": "mjpeg"}[path.suffix]
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream(codec, rate=1)
        stream.width, stream.height = 64, 36
        stream.pix_fmt = "rgb24" if codec == "png" else "yuvj420p"
        picture = np.full((36, 64, 3), 90, np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


class TinyFilmMaker:
    """Test only: films 64x36 pixels large, as long as the narrations would take to speak.

    `gate` holds every film back until it is set, and `filming` tells that one has been begun: the
    studio has read all that it shows. `made` collects the requests that were filmed.
    """

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.filming = threading.Event()
        self.made: list[FilmRequest] = []

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        self.filming.set()
        request, rules, output = order.request, order.rules, order.output
        grounds = check_scenes(request, rules)
        spoken = [len(scene.narration) / CHARACTERS_A_SECOND for scene in request.scenes]
        check_speech(request.scenes, grounds, spoken, rules)
        timeline, start = [], 0
        for seconds in spoken:
            timeline.append(SceneTiming(start, round(seconds * 25)))
            start += timeline[-1].frames
        scenes = tuple(SceneProgress(scene.frames // 2, scene.frames) for scene in timeline)
        on_progress(Progress("frames", start // 2, start, scenes))
        while self.gate is not None and not self.gate.wait(0.02):
            if cancelled():
                raise Cancelled
        write_movie(output, start / 25)
        self.made.append(request)
        every = tuple(range(len(timeline)))
        cues = tuple(
            Cue(at.start_frame / 25, (at.start_frame + at.frames) / 25, scene.narration)
            for at, scene in zip(timeline, request.scenes, strict=True)
        )
        titles = [chapter_title(scene.narration) for scene in request.scenes]
        titled = chapters(titles, timeline, 25)
        return Film(output, start, 25, "en", tuple(timeline), every, cues, titled)


def speak(
    narration: str, presenter: str, narrations: Sequence[str], *, locale: str | None = None
) -> Iterator[bytes]:
    """Test only: bytes that tell what was asked to be spoken."""
    yield b"ID3"
    yield f"{presenter}: {narration} ({len(narrations)})".encode()


def time_scenes(
    narrations: Sequence[str], presenter: str, cache: Path, cancelled: Callable[[], bool]
) -> list[float]:
    """Test only: how long the tiny film's scenes last."""
    return [round(len(text) / CHARACTERS_A_SECOND * 25) / 25 for text in narrations]


def draw(presenter: str, backdrop: Backdrop) -> bytes:
    """Test only: bytes that tell what was asked to be drawn."""
    return b"\x89PNG" + f"{presenter} {backdrop.kind.value} {backdrop.value}".encode()


def open_test_studio(
    workspace: Path, film: Any = None, storyboard: Any = None, **options: Any
) -> Studio:
    """Open a studio that makes tiny films, its rows where this run of the tests has them."""
    options.setdefault("database", rows_of_run())
    makers = Makers(film or TinyFilmMaker(), speak, draw, timing=time_scenes, storyboard=storyboard)
    return open_studio(workspace, makers=makers, **options)


class Caller:
    """One user of a studio, in this process or over HTTP."""

    def __init__(self, studio: Studio, ks: str, base: str | None = None) -> None:
        self.studio, self.ks = studio, ks
        self.base = base or studio.public_url

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(self.studio.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.base) as client:
                return await client.request(method, path, **options)

        return asyncio.run(go())

    def raw(self, action: str, body: Any = None, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.ks}"} | options.pop("headers", {})
        return self.send("POST", f"/api/v1/{action}", json=body or {}, headers=headers, **options)

    def __call__(self, action: str, **body: Any) -> Any:
        response = self.raw(action, body)
        return response.json() if response.content else None

    def control(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.studio.admin_session()}"}
        return self.send(method, f"/__studio/{path}", headers=headers, **options).json()

    def service(self, name: str, **form: Any) -> Any:
        service, action = name.split(".")
        path = f"/api_v3/service/{service}/action/{action}"
        return self.send("POST", path, data={"format": "1", **form}).json()

    def catalog(self, action: str, **body: Any) -> Any:
        """Call the avatar catalog of the newest generation."""
        headers = {"Authorization": f"Bearer {self.ks}"}
        response = self.send("POST", f"/catalog/v1/{action}", json=body, headers=headers)
        return response.json() if response.content else None

    def avatar(self, template: str = "jane", **background: str) -> str:
        body = background or BACKGROUND
        if is_next(self.studio.workspace.contract):
            ground = {"type": "color", "value": body["color"]}
            return str(
                self.catalog("avatar/create", templateId=CAST[template], background=ground)["id"]
            )
        return str(self("avatar/upsert", templateId=template, background=body)["id"])

    def video(self, *scenes: dict[str, Any], name: str = "Overview") -> str:
        reply = self("video/add", name=name, avatarId=self.avatar(), scenes=list(scenes or [HELLO]))
        return str(reply["id"])

    def wait(self, video_id: str, status: str, seconds: float = 60) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            video: dict[str, Any] = self("video/get", id=video_id)
            if video["status"] == status:
                return video
            if video["status"] not in ("generating", "composing"):
                raise AssertionError(self.control("GET", f"videos/{video_id}"))
            time.sleep(0.02)
        raise AssertionError(f"{video['status']} instead of {status}")


def caller(studio: Studio, user: str = "creator@example.com", kind: int = 0) -> Caller:
    """Start a session as the guide does, and return who holds it."""
    nobody = Caller(studio, "")
    ks = nobody.service(
        "session.start",
        secret=studio.admin_secret,
        partnerId=studio.partner_id,
        type=kind,
        userId=user,
        expiry=86400,
    )
    assert isinstance(ks, str), ks
    return Caller(studio, ks)
