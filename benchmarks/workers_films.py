"""The films of one project by one worker, and by as many as there are cores, each on one core.

A worker on a core of its own is what another machine of one core would be. The server makes no
films, and rows are in PostgreSQL; server and database run on the same cores as the workers.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.measuring import Row
from benchmarks.studio_load import Line, Seen, studio
from storyboard.cores import cores
from tests.support.postgres_server import postgres_server

FILMS, SCENES = 8, 3
_BACKGROUND = {"type": "color", "color": "#CEEEDB"}
_NARRATION = (
    "This is part {0} of film {1}. We look at what changed since the last quarter, and what that "
    "means for your own team and its plan for the coming months."
)
_LONGEST_SECONDS = 600.0


def measure() -> Iterator[Row]:
    """Yield how long the films took with each number of workers, and what more of them gave."""
    one = _seconds(1)
    yield Row(f"{FILMS} films by one worker on one core", one, "s")
    if cores() > 1:
        every = _seconds(cores())
        name = f"{FILMS} films by {cores()} workers, a core each"
        yield Row(name, every, "s", "", f"{one / every:.2f} times as fast")


def _seconds(workers: int) -> float:
    """Return how long it takes until all films are ready, with programs that were warm before."""
    with (
        postgres_server() as server,
        tempfile.TemporaryDirectory() as folder,
        ExitStack() as opened,
    ):
        workspace = Path(folder, "workspace")
        variables = opened.enter_context(studio(workspace, server.url, "--films", "0"))
        for core in range(workers):
            opened.enter_context(_worker(workspace, server.url, core))
        asyncio.run(_films(variables, "warm", workers * 2))
        begun = time.perf_counter()
        asyncio.run(_films(variables, "made", FILMS))
        return time.perf_counter() - begun


@contextmanager
def _worker(workspace: Path, database: str, core: int) -> Iterator[None]:
    command = [sys.executable, "-m", "storyboard", "studio", "worker", "--films", "1"]
    with subprocess.Popen(
        ["taskset", "-c", str(core), *command, "--workspace", str(workspace)],
        env=os.environ | {"STORYBOARD_DATABASE": database},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            yield
        finally:
            child.terminate()


async def _films(variables: Mapping[str, str], name: str, count: int) -> None:
    """Have films made that share no scene, and wait until all are ready."""
    async with Line(variables, Seen()) as call:
        body = {"templateId": "jane", "background": _BACKGROUND}
        avatar = (await call("avatar/upsert", body))["id"]
        made = []
        for film in range(count):
            texts = [_NARRATION.format(part, f"{name} {film}") for part in range(SCENES)]
            scenes = [{"narration": {"text": text}} for text in texts]
            body = {"name": f"{name} {film}", "avatarId": avatar, "scenes": scenes}
            made.append((await call("video/add", body))["id"])
        for video in made:
            await call("video/generate", {"id": video})
        begun = time.perf_counter()
        for video in made:
            while (status := (await call("video/get", {"id": video}))["status"]) == "generating":
                assert time.perf_counter() - begun < _LONGEST_SECONDS, "the films take too long"
                await asyncio.sleep(0.1)
            assert status == "ready", status
