"""Applies to a studio by HTTP and ends itself by SIGKILL at the nth passing of a checkpoint."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.state.local import LocalStore
from storyboard.state.store import open_state
from storyboard.video import Address, Compose, Video
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
STAGES = {
    "first": FIRST,
    "second": SECOND,
    "moved": MOVED,
    "composed": COMPOSED,
    "recomposed": RECOMPOSED,
}


async def plan_and_apply(
    url: str, folder: Path, wanted: tuple[Video, ...], options: ApplyOptions
) -> tuple[Plan, Outcome, Plan]:
    """Return the plan, what came of it, and the plan right after."""
    store = LocalStore(folder / "state.json")
    client, transport = connect(url)

    async def plan() -> Plan:
        state = open_state(store, client.principal)
        lifted = PlanOptions(prune=True)
        return make_plan(wanted, state, await fetch_current(client, state), lifted)

    try:
        planned = await plan()
        outcome = await apply_plan(planned, client, store, None, options)
        return planned, outcome, await plan()
    finally:
        await transport.aclose()


def options(folder: Path) -> ApplyOptions:
    return ApplyOptions(
        download=folder / "films", poll_seconds=0.01, visibility=(0.0,), concurrency=1
    )


def main(url: str, folder: str, stage: str, point: str, nth: str) -> None:
    passed: list[str] = []

    def checkpoint(name: str) -> None:
        passed.append(name)
        with (Path(folder) / "passed.txt").open("a") as file:
            file.write(f"{name}\n")
        if name == point and passed.count(name) == int(nth):
            os.kill(os.getpid(), signal.SIGKILL)

    settings = replace(options(Path(folder)), checkpoint=checkpoint)
    asyncio.run(plan_and_apply(url, Path(folder), STAGES[stage], settings))


if __name__ == "__main__":
    main(*sys.argv[1:])
