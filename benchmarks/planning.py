"""Planning thousands of storyboards in ten locales, none changed, beside octoDNS and a loop.

octoDNS plans as many records, each with the texts of a video, from one folder of YAML to another:
it asks no server. The loop is what a script would do that has its videos at hand: it lists those of
the studio page by page with httpx, and compares each. It knows no files, no state and no drift.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.applying import JANE, requests_of, scene_of
from benchmarks.measuring import Cost, Row
from benchmarks.octodns_plan import beside_octodns
from benchmarks.plain_studio import plain_studio
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.plan.confirmed import confirmed_record
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
    videos = videos_of(STORYBOARDS)
    with tempfile.TemporaryDirectory() as folder, plain_studio(0.0) as url:
        root = Path(folder)
        _write_project(root / "project", videos)
        state = put_all(url, root / "state.json", videos)
        asked = asyncio.run(requests_of(url))
        ours = _planned(root / "project", url, state)
        calls = asyncio.run(requests_of(url)) - asked - 1
        loop = asyncio.run(_loop(url, videos))
        yield from _rows(ours, calls, state.stat().st_size, loop)
        took = Cost(sum(ours["seconds"].values()), ours["cpu"])
        yield beside_octodns(root / "octodns", _texts(videos), took)


def _rows(ours: Mapping[str, Any], calls: int, size: int, loop: float) -> Iterator[Row]:
    number = STORYBOARDS * len(LOCALES)
    name, pages = f"{number} videos, none changed", -(-number // 100)
    took = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in ours["seconds"].items())
    needed = ", ".join(f"{step} {most:.0f}" for step, most in ours["memory"].items())
    yield Row(f"{name}: requests", calls, "", f"{pages} + 1", "pages and an avatar")
    whole = sum(ours["seconds"].values())
    yield Row(
        f"{name}: plan",
        whole,
        "s",
        "",
        f"CPU {ours['cpu']:.1f} s; {took}; the state has {size >> 20} MB",
    )
    rest = (whole - ours["seconds"]["compile"]) / loop
    yield Row(f"{name}: plan without compiling / loop", rest, "×", "", f"loop {loop:.1f} s")
    yield Row(f"{name}: memory at most", ours["memory"]["compare"], "MB", "", f"after {needed}")


def _planned(project: Path, url: str, state: Path) -> Any:
    """Plan in a process that has nothing else in its memory."""
    command = [sys.executable, "-m", "benchmarks.planning_process", project, url, state]
    root = Path(__file__).parents[1]
    ran = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ran.stdout)


def _write_project(root: Path, videos: Sequence[Video]) -> None:
    """Write the files that these videos are compiled from: storyboards, and nine catalogs each."""
    (root / "storyboards").mkdir(parents=True)
    (root / "storyboard.yaml").write_text(f"locales: [{', '.join(LOCALES)}]\n")
    source = videos[0]
    for video in videos:
        name = video.address.storyboard
        if video.address.locale == LOCALES[0]:
            source = video
            (root / "storyboards" / f"{name}.yaml").write_text(_storyboard(video))
            continue
        folder = root / "locales" / str(video.address.locale)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.po").write_text(_catalog(source, video))


def _storyboard(video: Video) -> str:
    name = video.name.removesuffix(f" in {LOCALES[0]}")
    scenes = "".join(f"  - {{id: {s.id}, narration: '{s.narration}'}}\n" for s in video.scenes)
    avatar = "avatar: {templateId: jane, background: '#CEEEDB'}"
    return f'name: "{name} in {{{{ locale }}}}"\n{avatar}\nscenes:\n{scenes}'


def _catalog(source: Video, video: Video) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    pairs = zip(source.scenes, video.scenes, strict=True)
    texts = (
        f'msgctxt "{ours.id}.narration"\nmsgid "{ours.narration}"\nmsgstr "{theirs.narration}"\n'
        for ours, theirs in pairs
    )
    return "\n".join((head, *texts))


def _texts(videos: Sequence[Video]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Map each storyboard to its locales' texts."""
    texts: dict[str, dict[str, Sequence[str]]] = {}
    for video in videos:
        said = [str(scene.narration) for scene in video.scenes]
        texts.setdefault(video.address.storyboard, {})[str(video.address.locale)] = said
    return texts


def videos_of(storyboards: int) -> list[Video]:
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


def put_all(url: str, path: Path, videos: Sequence[Video], *, known_as: str = "") -> Path:
    """Put the videos into the studio and into a state; returns its file.

    The state is of a studio at `url`, or of one that is `known_as` another address.
    """
    bodies = [_body(video, number) for number, video in enumerate(videos)]
    asyncio.run(_put(url, bodies))
    store = LocalStore(path)
    with store.locked():
        store.write(_state(known_as or url, videos, bodies))
    return store.path


async def _put(url: str, bodies: Sequence[dict[str, Any]]) -> None:
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=None) as client:
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
