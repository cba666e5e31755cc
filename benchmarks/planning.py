"""Planning thousands of storyboards in ten locales of which none changed, beside a bare loop.

The loop is what a script would do: it lists the videos page by page with httpx, and compares each
with what should be there. It knows no state, no drift and no films.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.applying import JANE, connected, requests_of, scene_of
from benchmarks.measuring import Row
from benchmarks.plain_studio import plain_studio
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.plan.confirmed import confirmed_record
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.plan.shown import remote_shown
from storyboard.source.span import Span
from storyboard.state.layered import Layered
from storyboard.state.local import LocalStore
from storyboard.state.model import State, VideoRecord
from storyboard.video import Address, Video

STORYBOARDS: Final = 5_000
LOCALES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "ja", "ko", "zh")
_SPAN: Final = Span("many.yaml", 1, 1, 1, 2)
_IDS: Final = {JANE: "av1"}
_PUT: Final = 1_000


def measure() -> Iterator[Row]:
    """Yield how long a plan without changes takes, what it asks, and what memory it needs."""
    videos = _videos(STORYBOARDS)
    bodies = [_body(video, number) for number, video in enumerate(videos)]
    with tempfile.TemporaryDirectory() as folder, plain_studio(0.0) as url:
        asyncio.run(_put(url, bodies))
        store = LocalStore(Path(folder) / "state.json")
        with store.locked():
            store.write(_state(url, videos, bodies))
        size = store.path.stat().st_size
        read, fetched, planned, calls = asyncio.run(_plan(url, store, videos))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        loop = asyncio.run(_loop(url, videos))
    whole = read + fetched + planned
    name = f"{len(videos)} videos, none changed"
    yield Row(
        f"{name}: requests", calls, "", f"{-(-len(videos) // 100)} + 1", "pages and an avatar"
    )
    parts = f"state {read:.1f} s ({size >> 20} MB), list {fetched:.1f} s, compare {planned:.1f} s"
    yield Row(f"{name}: plan / loop", whole / loop, "×", "", f"{parts}; loop {loop:.1f} s")
    yield Row(f"{name}: memory at most", most, "MB", "", "files' videos, state, list, plan, bodies")


def _videos(storyboards: int) -> list[Video]:
    return [
        Video(
            Address(f"video-{index}", locale),
            f"Video number {index} in {locale}",
            JANE,
            tuple(scene_of(f"s{n}", f"Scene {n} of {index} in {locale}.") for n in range(5)),
            _SPAN,
        )
        for index in range(storyboards)
        for locale in LOCALES
    ]


def _body(video: Video, number: int) -> dict[str, Any]:
    at = "2026-01-01T00:00:00Z"
    made = {"id": f"v{number}", "status": "draft", "createdAt": at, "updatedAt": at}
    return {**made, **video.payload(_IDS), "entryId": None}


async def _put(url: str, bodies: Sequence[dict[str, Any]]) -> None:
    async with httpx.AsyncClient(base_url=f"{url}/api/v1") as client:
        await client.post("avatar/upsert", json=JANE.payload())
        for start in range(0, len(bodies), _PUT):
            part = list(bodies[start : start + _PUT])
            await client.post("studio/put", json={"videos": part})


def _state(url: str, videos: Sequence[Video], bodies: Sequence[dict[str, Any]]) -> State:
    records = {
        video.address: VideoRecord(
            confirmed_record(
                body["id"], video, remote_shown(RemoteVideo.parse(body), {"av1": JANE})
            )
        )
        for video, body in zip(videos, bodies, strict=True)
    }
    fresh = State.fresh(Principal(1, "me", url))
    return replace(fresh, serial=1, avatars={JANE.fingerprint: "av1"}, videos=Layered.of(records))


async def _plan(
    url: str, store: LocalStore, videos: Sequence[Video]
) -> tuple[float, float, float, int]:
    """Return the seconds of reading, listing and comparing, and how many requests were sent."""
    asked = await requests_of(url)
    async with connected(url) as client:
        begun = time.perf_counter()
        state = store.read()
        assert state is not None
        read = time.perf_counter()
        current = await fetch_current(client, state)
        fetched = time.perf_counter()
        plan = make_plan(videos, state, current, PlanOptions(generate=False))
        planned = time.perf_counter()
    assert not plan.has_changes
    calls = await requests_of(url) - asked - 1
    return read - begun, fetched - read, planned - fetched, calls


async def _loop(url: str, videos: Sequence[Video]) -> float:
    begun, found = time.perf_counter(), dict[str, Any]()
    async with httpx.AsyncClient(base_url=f"{url}/api/v1") as client:
        total = 1
        while len(found) < total:
            pager = {"offset": len(found), "limit": 100}
            body = {"filter": {"orderBy": "-createdAt"}, "pager": pager}
            page = (await client.post("video/list", json=body)).json()
            found.update((video["name"], video) for video in page["objects"])
            total = page["totalCount"]
    same = all(found[video.name]["scenes"] == video.payload(_IDS)["scenes"] for video in videos)
    assert same
    return time.perf_counter() - begun
