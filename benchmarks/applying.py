"""Applying many videos over HTTP, beside a bare loop of httpx that sends the same calls.

The loop remembers nothing: what apply takes beyond it is what it costs to know, after each effect,
what has been done. The loop of curl is what a shell script makes of the guide's examples: one call
after the other, or as many at once as apply sends.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from benchmarks.measuring import Row
from benchmarks.plain_studio import plain_studio
from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import GivenSession, Sessions
from storyboard.kaltura.transport import Transport
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.scene_origin import SceneOrigin
from storyboard.source.span import Span
from storyboard.state.local import LocalStore
from storyboard.state.store import open_state
from storyboard.video import Address, Avatar, Background, BackgroundKind, Layout, Scene, Video

AT_ONCE = 8
COUNTS = (125, 250, 500)
CHANGED = 1_000
CURLED = 200
PAUSE = 0.02

_SPAN = Span("many.yaml", 1, 1, 1, 2)
JANE = Avatar("jane", Background(BackgroundKind.COLOR, "#CEEEDB"))


def measure() -> Iterator[Row]:
    """Yield how many requests a second an apply sends, as a share of the loop's."""
    yield _studio_row()
    for number in COUNTS:
        yield _row(f"{number} new videos", _videos(number), (), pause=0.0)
    once = _videos(CHANGED)
    again = [_edited(video) for video in once]
    yield _row(f"{CHANGED} changed videos", again, once, pause=0.0)
    yield _row(f"{CHANGED} changed videos, {PAUSE * 1000:.0f} ms", again, once, pause=PAUSE)
    yield _beside_curl(again[:CURLED], once[:CURLED])


@dataclass(frozen=True, slots=True)
class _Took:
    """The seconds of some requests: by the clock, and of this process's CPU."""

    wall: float
    cpu: float
    requests: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.wall

    def __str__(self) -> str:
        each = 1000 * self.cpu / self.requests
        return f"{self.wall:.2f} s, {self.requests} requests of {each:.1f} ms CPU"


def _row(name: str, wanted: Sequence[Video], before: Sequence[Video], *, pause: float) -> Row:
    with tempfile.TemporaryDirectory() as folder, plain_studio(pause) as url:
        if before:
            asyncio.run(_apply(url, Path(folder), before))
        ours = asyncio.run(_apply(url, Path(folder), wanted))
    with plain_studio(pause) as url:
        loop = asyncio.run(_loop(url, wanted, before))
    bound = f"; requests × pause ÷ {AT_ONCE} is {ours.requests * pause / AT_ONCE:.1f} s"
    detail = f"{ours}; loop {loop}{bound if pause else ''}"
    return Row(f"{name}: requests a second, apply / loop", ours.rate / loop.rate, "×", "", detail)


def _studio_row() -> Row:
    """Measure the studio alone: it must answer more than any client here can ask."""
    with plain_studio(0.0) as url:
        rate = asyncio.run(_raw_rate(url))
    detail = f"an update of five scenes each, over {AT_ONCE} connections, with no client library"
    return Row("the studio of these rows: requests a second", rate, "", "", detail)


async def _raw_rate(url: str, each: int = 500) -> float:
    host, _, port = url.removeprefix("http://").partition(":")
    [video] = _videos(1)

    async def post(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, action: str, body: Any
    ) -> None:
        content = json.dumps(body).encode()
        head = f"POST /api/v1/{action} HTTP/1.1\r\ncontent-length: {len(content)}\r\n\r\n"
        writer.write(head.encode() + content)
        told = (await reader.readuntil(b"\r\n\r\n")).partition(b"content-length: ")[2]
        await reader.readexactly(int(told))

    async def ask(number: int) -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        body = video.payload({JANE: "av1"})
        await post(reader, writer, "video/add", body)
        for _ in range(each):
            await post(reader, writer, "video/update", {"id": f"v{number}", **body})
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*map(ask, range(AT_ONCE)))
    return AT_ONCE * each / (time.perf_counter() - begun)


def _beside_curl(wanted: Sequence[Video], before: Sequence[Video]) -> Row:
    name = f"{len(wanted)} changed videos, {PAUSE * 1000:.0f} ms: curl loop / apply"
    if shutil.which("curl") is None:
        return Row(name, float("nan"), "×", "", "skipped: there is no curl here")
    with tempfile.TemporaryDirectory() as folder, plain_studio(PAUSE) as url:
        asyncio.run(_apply(url, Path(folder), before))
        ours = asyncio.run(_apply(url, Path(folder), wanted))
        for index, video in enumerate(wanted):
            body = {"id": f"v{index}", **video.payload({JANE: "av1"})}
            (Path(folder) / f"{index}.body").write_text(json.dumps(body))
        one, eight = (_curl_seconds(Path(folder), url, at_once) for at_once in (1, AT_ONCE))
    version = subprocess.run(["curl", "--version"], stdout=subprocess.PIPE, text=True).stdout
    detail = f"{ours}; curl {one:.2f} s, {AT_ONCE} at once {eight:.2f} s ({version.split()[1]})"
    return Row(name, one / ours.wall, "×", "", detail)


def _curl_seconds(folder: Path, url: str, at_once: int) -> float:
    """Send each body of a folder by a curl of its own."""
    call = f"curl -sS -o /dev/null -H 'Content-Type: application/json' {url}/api/v1/video/update"
    script = f"ls *.body | xargs -P {at_once} -I NAME {call} -d @NAME"
    begun = time.perf_counter()
    subprocess.run(["sh", "-c", script], cwd=folder, check=True)
    return time.perf_counter() - begun


def _videos(number: int) -> list[Video]:
    return [
        Video(
            Address(f"video-{index}", "en"),
            f"Video number {index}",
            JANE,
            tuple(scene_of(f"s{place}", f"Scene {place} of video {index}.") for place in range(5)),
            _SPAN,
        )
        for index in range(number)
    ]


def scene_of(id: str, text: str) -> Scene:
    """Return a scene of one narration."""
    return Scene(id, Layout.FULL_SCREEN, text, None, None, SceneOrigin(_SPAN, {}))


def _edited(video: Video) -> Video:
    return replace(video, scenes=(*video.scenes[:-1], scene_of("s4", f"{video.name} is new.")))


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[StudioClient]:
    """Open the client of a studio at a URL."""
    transport = Transport()
    sessions = Sessions(GivenSession(Secret("ks-of-a-benchmark")), f"{url}/api_v3", transport)
    calls = Calls(
        avatar_url=f"{url}/api/v1", service_url=None, sessions=sessions, transport=transport
    )
    try:
        yield StudioClient(calls, principal=Principal(1, "me", url))
    finally:
        await transport.aclose()


async def _apply(url: str, folder: Path, wanted: Sequence[Video]) -> _Took:
    """Return what an apply took, without its plan."""
    async with connected(url) as client:
        store = LocalStore(folder / "state.json")
        state = open_state(store, client.principal)
        options = PlanOptions(generate=False)
        plan = make_plan(wanted, state, await fetch_current(client, state), options)
        before = await requests_of(url)
        begun, cpu = time.perf_counter(), time.process_time()
        outcome = await apply_plan(plan, client, store, None, ApplyOptions(concurrency=AT_ONCE))
        wall, spent = time.perf_counter() - begun, time.process_time() - cpu
        assert outcome.exit_code == 0, outcome
        return _Took(wall, spent, await requests_of(url) - before - 1)


async def requests_of(url: str) -> int:
    """Return how many requests a plain studio got, this one included."""
    async with httpx.AsyncClient(timeout=None) as client:
        return int((await client.post(f"{url}/api/v1/studio/requests", json={})).json())


async def _loop(url: str, wanted: Sequence[Video], before: Sequence[Video]) -> _Took:
    """Send what a script would, and return what that took."""
    ids = {JANE: "av1"}
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", limits=limits) as client:
        gate = asyncio.Semaphore(AT_ONCE)

        async def call(action: str, body: dict[str, Any]) -> Any:
            async with gate:
                return (await client.post(action, json=body)).json()

        known = await asyncio.gather(*(call("video/add", v.payload(ids)) for v in before))
        begun, cpu, sent = time.perf_counter(), time.process_time(), 0
        body = {"filter": {"orderBy": "-createdAt"}, "pager": {"offset": 0, "limit": 100}}
        for page in range(max(1, -(-len(before) // 100))):
            body["pager"]["offset"] = 100 * page
            await call("video/list", body)
            sent += 1
        await call("avatar/upsert", JANE.payload())
        sent += 1

        async def settle(video: Video, id_: str | None) -> None:
            nonlocal sent
            if id_ is None:
                added = await call("video/add", video.payload(ids))
                await call("video/update", {"id": added["id"], "name": video.name})
                sent += 2
            else:
                await call("video/update", {"id": id_, **video.payload(ids)})
                sent += 1

        old = [video["id"] for video in known] or [None] * len(wanted)
        await asyncio.gather(*(settle(*pair) for pair in zip(wanted, old, strict=True)))
        return _Took(time.perf_counter() - begun, time.process_time() - cpu, sent)
