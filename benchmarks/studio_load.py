"""A studio under load: 200 clients read and write over HTTP, first alone, then beside 20 films.

Every client writes to a video of its own and reads back what it wrote: a lost update is seen at
once, and again in the list at the end. What films cost a call is the ratio of the two halves of
one run, since clients, studio and encoder share this machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.measuring import Row

CLIENTS, FILMS = 200, 20
ALONE_SECONDS = 20.0
PAUSE_SECONDS = 1.0
"""Between two calls of one client: 200 people, not one that hammers."""

_LONGEST_SECONDS = 600.0
_BACKGROUND = {"type": "color", "color": "#CEEEDB"}
_NARRATION = "Good morning. Two ships came in during the night, and one has left again."


def measure(database: str = "", servers: int = 1) -> Iterator[Row]:
    """Yield what the clients saw while the films were made; rows are in the `database`, if any.

    A database serves several `servers`, to which clients are sent in turn, as a proxy does. The
    first one makes the films.
    """
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as serving:
        workspace = Path(folder, "workspace")
        options: list[tuple[str, ...]] = [(), *[("--films", "0")] * (servers - 1)]
        served = [serving.enter_context(studio(workspace, database, *each)) for each in options]
        asyncio.run(load(served, seen))
    alone, beside = _figures(seen.alone), _figures(seen.beside)
    making = max(seen.films)
    yield Row("updates lost", seen.lost, "", "0", f"of {seen.written}")
    yield Row("calls refused", seen.refused, "", "0")
    yield Row(f"{FILMS} films together", making, "s", "", f"{making / FILMS:.1f} s a film")
    for what, *pair in zip(("the median", "99 of 100", "the slowest"), alone, beside, strict=True):
        detail = f"{pair[0]:.0f} ms without films"
        yield Row(f"a call beside films, {what}", pair[1], "ms", "", detail)
    yield Row("99 of 100 calls, beside films / without", beside[1] / alone[1], "×")
    share = beside[2] / 1000 / (making / FILMS)
    yield Row("the slowest call / a film", share, "×", "< 0.1", f"{len(seen.beside)} calls")


def _figures(seconds: list[float]) -> tuple[float, float, float]:
    """Return median, 99th percentile and maximum in milliseconds."""
    ordered = sorted(1000 * each for each in seconds)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100], ordered[-1]


@dataclass(slots=True)
class Seen:
    """What all clients saw; times in seconds."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    films: list[float] = field(default_factory=list)
    written: int = 0
    lost: int = 0
    refused: int = 0
    filming: bool = False

    def note(self, seconds: float) -> None:
        (self.beside if self.filming else self.alone).append(seconds)


@contextmanager
def studio(workspace: Path, database: str, *options: str) -> Iterator[Mapping[str, str]]:
    """Serve a workspace from a process of its own; yield the variables that point to it."""
    command = [sys.executable, "-m", "storyboard", "studio", "--port", "0", *options]
    with subprocess.Popen(
        [*command, "--workspace", str(workspace)],
        env=os.environ
        | {"PYTHONPATH": str(Path(__file__).parents[1]), "STORYBOARD_DATABASE": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        variables: dict[str, str] = {}
        while "STORYBOARD_STUDIO_CONTROL" not in variables:
            words = shlex.split(child.stdout.readline())
            assert words, "the studio did not start"
            name, _, value = words[-1].partition("=")
            variables[name] = value
        try:
            yield variables
        finally:
            child.terminate()


class Line:
    """One client's connection, kept open; a client library would take more time than the studio."""

    def __init__(self, variables: Mapping[str, str], seen: Seen) -> None:
        self._url = urlsplit(variables["KALTURA_VOD_AVATAR_URL"])
        self._ks = variables["KALTURA_KS"]
        self._seen = seen

    async def __aenter__(self) -> Line:
        streams = await asyncio.open_connection(self._url.hostname, self._url.port)
        self._reader, self._writer = streams
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def __call__(self, action: str, body: Mapping[str, Any]) -> Any:
        begun = time.perf_counter()
        while (reply := await self._answered(action, json.dumps(body).encode())).get("code"):
            assert reply["code"] == "ACTION_BLOCKED", reply
            self._seen.refused += 1
            # Refused and hung up on, since all others were there first: a client comes again.
            await self.__aexit__()
            await asyncio.sleep(PAUSE_SECONDS / 10)
            await self.__aenter__()
        self._seen.note(time.perf_counter() - begun)
        return reply

    async def _answered(self, action: str, content: bytes) -> Any:
        self._writer.write(
            f"POST {self._url.path}/{action} HTTP/1.1\r\nHost: {self._url.netloc}\r\n"
            f"Authorization: Bearer {self._ks}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n".encode()
            + content
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        assert length is not None, head
        return json.loads(await self._reader.readexactly(int(length[1])))


async def load(served: Sequence[Mapping[str, str]], seen: Seen) -> None:
    """Have all clients write and read, first alone, then beside films; note what they see."""
    over = asyncio.Event()
    async with Line(served[0], seen) as call:
        body = {"templateId": "jane", "background": _BACKGROUND}
        avatar = (await call("avatar/upsert", body))["id"]
    async with asyncio.TaskGroup() as group:
        lines = [Line(each, seen) for each in islice(cycle(served), FILMS + CLIENTS)]
        for number, line in enumerate(lines[FILMS:]):
            group.create_task(_client(line, seen, avatar, number, over))
        await asyncio.sleep(ALONE_SECONDS)
        seen.filming = True
        films = [group.create_task(_film(lines[n], seen, avatar, n)) for n in range(FILMS)]
        await asyncio.wait(films)
        over.set()
    async with Line(served[-1], seen) as call:
        listed = await call("video/list", {"pager": {"limit": 500}})
    assert listed["totalCount"] == CLIENTS + FILMS


async def _client(line: Line, seen: Seen, avatar: str, number: int, over: asyncio.Event) -> None:
    """Write and read one video in turn until the films are done."""
    await asyncio.sleep(PAUSE_SECONDS * number / CLIENTS)
    async with line as call:
        video = (await call("video/add", {"name": f"{number}/0", "avatarId": avatar}))["id"]
        turn = 0
        while not over.is_set():
            turn += 1
            name = f"{number}/{turn}"
            await call("video/update", {"id": video, "name": name})
            seen.written += 1
            await asyncio.sleep(PAUSE_SECONDS)
            read = await call("video/get", {"id": video})
            seen.lost += read["name"] != name
            await asyncio.sleep(PAUSE_SECONDS)


async def _film(line: Line, seen: Seen, avatar: str, number: int) -> None:
    """Generate a video that no other film shares a scene with, and wait for it."""
    scenes = [{"narration": {"text": f"{_NARRATION} Number {number}."}}]
    async with line as call:
        body = {"name": f"film {number}", "avatarId": avatar, "scenes": scenes}
        video = (await call("video/add", body))["id"]
        begun = time.perf_counter()
        await call("video/generate", {"id": video})
        status = "generating"
        while status == "generating" and time.perf_counter() - begun < _LONGEST_SECONDS:
            await asyncio.sleep(0.5)
            status = (await call("video/get", {"id": video}))["status"]
    assert status == "ready", status
    seen.films.append(time.perf_counter() - begun)
