"""Applies to a studio by HTTP in a process that ends itself by SIGKILL, at the nth passing of a
checkpoint; see `support.forking`."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, cast

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.apply.remote import Studio
from storyboard.kaltura.client import StudioClient
from storyboard.plan.current import fetch_current
from storyboard.plan.limits import Limit
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.state.store import open_state
from storyboard.video import Address, Compose, Video
from tests.support.forking import serve_forks
from tests.support.passing_time import no_wait
from tests.support.tiny_studio import connect
from tests.support.videos import scene, video

FIRST = (
    video("q1", "Welcome to the overview of this quarter.", scene("m", "Here it is in detail.")),
    video("q2", "Another film of the same project."),
)
SECOND = (video("q1", "Welcome to the review of this quarter.", scene("m", "Here it is.")),)
MOVED = (replace(FIRST[0], address=Address("q1", "en")), replace(FIRST[1], name="Film two"))
TALK = Compose("session-highlights", 60.0, ("1_talk0001",), "the roadmap")
COMPOSED = (replace(video("q1", "unused"), scenes=(), compose=TALK),)
RECOMPOSED = (replace(COMPOSED[0], compose=replace(TALK, user_brief="the office")),)
MANY = tuple(video(f"m{n}", f"Film number {n} of the same project.") for n in range(1, 6))
STAGES = {
    "many": MANY,
    "pruned": MANY[:2],
    "destroyed": (),
    "first": FIRST,
    "second": SECOND,
    "moved": MOVED,
    "composed": COMPOSED,
    "recomposed": RECOMPOSED,
}


APPROVED = PlanOptions(prune=True, generate=False, allow_empty=True, max_delete=Limit(None, None))
"""What `destroy` plans with, or who allows a large `--prune`."""


class WatchedStudio:
    """A client whose deletions are points to be killed at: before the request, and after it."""

    def __init__(self, client: StudioClient, checkpoint: Callable[[str], None]) -> None:
        self._client = client
        self._checkpoint = checkpoint

    async def delete_video(self, id: str) -> None:
        self._checkpoint("request:begins")
        await self._client.delete_video(id)
        self._checkpoint("request:ended")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


class WatchedStore(LocalStore):
    """A store whose writes are points to be killed at: before each, and after it."""

    def __init__(self, path: Path, checkpoint: Callable[[str], None]) -> None:
        super().__init__(path)
        self._checkpoint = checkpoint

    def write(self, state: State) -> None:
        self._checkpoint("write:begins")
        super().write(state)
        self._checkpoint("write:ended")


async def plan_and_apply(
    url: str,
    folder: Path,
    wanted: tuple[Video, ...],
    options: ApplyOptions,
    planning: PlanOptions | None = None,
) -> tuple[Plan, Outcome, Plan]:
    """Return the plan, what came of it, and the plan right after."""
    store = WatchedStore(folder / "state.json", options.checkpoint)
    client, transport = connect(url)
    studio = cast(Studio, WatchedStudio(client, options.checkpoint))

    async def plan() -> Plan:
        state = open_state(store, client.principal)
        lifted = planning or PlanOptions(prune=True)
        return make_plan(wanted, state, await fetch_current(client, state), lifted)

    try:
        planned = await plan()
        outcome = await apply_plan(planned, studio, store, None, options)
        return planned, outcome, await plan()
    finally:
        await transport.aclose()


def options(folder: Path) -> ApplyOptions:
    """Return options of a run that waits for nothing: each look at the time takes a second."""
    seconds = count()
    return ApplyOptions(
        download=folder / "films",
        visibility=(0.0,),
        concurrency=1,
        sleep=no_wait,
        clock=lambda: float(next(seconds)),
    )


def _apply(order: dict[str, Any]) -> int:
    folder, passed = Path(order["folder"]), list[str]()

    def checkpoint(name: str) -> None:
        passed.append(name)
        with (folder / "passed.txt").open("a") as file:
            file.write(f"{name}\n")
        if name == order["point"] and passed.count(name) == order["nth"]:
            os.kill(os.getpid(), signal.SIGKILL)

    deletes = order["stage"] in ("pruned", "destroyed")
    settings = replace(options(folder), checkpoint=checkpoint, concurrency=8 if deletes else 1)
    planning = APPROVED if deletes else None
    wanted = STAGES[order["stage"]]
    asyncio.run(plan_and_apply(order["url"], folder, wanted, settings, planning))
    return 0


if __name__ == "__main__":
    serve_forks(_apply)
