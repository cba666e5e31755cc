"""Applies of many videos: their requests and writes, and a studio that asks to slow down.

Everything is counted, nothing is timed: what one of them takes on this machine tells nothing.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.errors import ExitCode
from storyboard.kaltura.attempts import Pace
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import GivenSession, Sessions
from storyboard.kaltura.transport import Transport
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.state.store import open_state
from storyboard.video import Video
from tests.support.tiny_studio import BASE, PRINCIPAL, TinyStudio
from tests.support.videos import World, video

AT_ONCE = 4
AGAIN = "Welcome back."


def videos(number: int, text: str = "Welcome to the overview of this quarter.") -> list[Video]:
    return [video(f"v{index}", text, f"This is part {index}.") for index in range(number)]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, options=ApplyOptions(concurrency=AT_ONCE))


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "changed"])
def test_a_video_costs_its_own_calls_and_the_lists_are_shared(world: World, is_new: bool) -> None:
    if not is_new:
        world.apply(*videos(120), generate=False)
    plan = world.plan(*videos(120, AGAIN), generate=False)
    world.studio.calls.clear()
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    pages = 2
    calls = {"video/update": 120, "video/list": 2 * pages, "avatar/upsert": 1}
    if is_new:
        calls |= {"video/add": 120, "video/list": 1 + pages}
    assert {action: world.studio.count(action) for action in set(world.studio.calls)} == calls


def test_a_film_costs_a_look_before_it_and_its_own_calls(world: World) -> None:
    world.studio.film_polls = 1
    plan = world.plan(*videos(60))
    world.studio.calls.clear()
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    counted = {action: world.studio.count(action) for action in set(world.studio.calls)}
    assert counted.pop("video/list") < 8  # each poll is one for all
    assert counted == {
        "avatar/upsert": 1, "video/add": 60, "video/update": 60,
        "video/get": 60, "video/generate": 60,
    }  # fmt: skip


@dataclass
class SlowStore(LocalStore):
    """A state that is kept slowly: each write waits for `go`; it counts the videos of each."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.go = threading.Event()
        self.together: list[int] = []

    def write(self, state: State) -> None:
        assert self.go.wait(60), "the run waits for this write with all of its calls"
        before = self.read()
        assert before is not None
        changed = [a for a, record in state.videos.items() if record != before.videos[a]]
        self.together.append(len(changed))
        super().write(state)


def test_calls_go_on_while_what_they_did_is_kept(world: World) -> None:
    world.apply(*videos(40), generate=False)
    store = SlowStore(world.folder / "state.json")

    class Counting(TinyStudio):
        def _video_update(self, body: dict[str, Any]) -> Any:
            if self.count("video/update") > 2 * AT_ONCE:
                store.go.set()
            return super()._video_update(body)

    world.studio.__class__ = Counting
    plan = world.plan(*videos(40, AGAIN), generate=False)
    world.studio.calls.clear()
    world.studio.most_at_once = 0
    outcome = asyncio.run(_applied(world, plan, store))
    assert outcome is ExitCode.OK
    assert world.studio.most_at_once == AT_ONCE
    # Of the calls that were begun when the first write ended, as many were not done as run at once.
    assert max(store.together) >= AT_ONCE, "records of many videos go out together"


async def _applied(world: World, plan: Any, store: LocalStore) -> ExitCode:
    client, transport = _connect(world.studio, Pace(_no_sleep, lambda: 1.0))
    try:
        return (await apply_plan(plan, client, store, None, world.options)).exit_code
    finally:
        await transport.aclose()


async def _no_sleep(seconds: float) -> None:
    await asyncio.sleep(0)


def _connect(studio: TinyStudio, pace: Pace) -> tuple[StudioClient, Transport]:
    transport = Transport(app=studio.app)
    service = f"{BASE}/api_v3"
    sessions = Sessions(GivenSession(Secret("ks-of-the-tests")), service, transport)
    calls = Calls(
        avatar_url=f"{BASE}/api/v1",
        service_url=service,
        sessions=sessions,
        transport=transport,
        pace=pace,
    )
    return StudioClient(calls, principal=PRINCIPAL), transport


@dataclass
class Limited(TinyStudio):
    """A studio that takes so many calls a second of a clock that only moves by sleeping."""

    a_second: int = 5
    at_once: int = 100
    refused: int = 0
    all_in_all: int = 1000
    blocks: bool = False
    seconds: float = 0.0
    taken: dict[int, int] = field(default_factory=dict)
    _sleepers: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Sleep beside others: the clock moves to the first that wakes up."""
        until = self.seconds + seconds
        self._sleepers.append(until)
        while self.seconds < until:
            await asyncio.sleep(0.001)
            if self._sleepers and not self._at_once:
                self.seconds = max(self.seconds, min(self._sleepers))
        self._sleepers.remove(until)

    def _answer(self, action: str, body: dict[str, Any]) -> Response:
        second = int(self.seconds)
        is_full = self.taken.get(second, 0) >= self.a_second or self._at_once > self.at_once
        if is_full or sum(self.taken.values()) >= self.all_in_all:
            self.refused += 1
            if self.blocks:
                return JSONResponse({"code": "ACTION_BLOCKED", "message": "slow down"})
            return JSONResponse({}, 429, {"retry-after": "1"})
        self.taken[second] = self.taken.get(second, 0) + 1
        return super()._answer(action, body)


@pytest.mark.parametrize(
    "limits",
    [{"a_second": 5}, {"a_second": 5, "blocks": True}, {"at_once": 2, "a_second": 1000}],
    ids=["calls a second", "blocked", "calls at once"],
)
def test_a_studio_that_asks_to_slow_down_is_asked_for_less(
    world: World, limits: dict[str, Any]
) -> None:
    """Each video is updated, though eight at once are more than the studio bears."""
    world.apply(*videos(60), generate=False)
    studio = Limited(videos=world.studio.videos, avatars=world.studio.avatars, **limits)
    assert _updated(world, studio) is ExitCode.OK
    assert not world.plan(*videos(60, AGAIN), generate=False).has_changes
    assert studio.refused <= 60, "as many as at first, and then a few for each that is taken"


def test_a_studio_that_refuses_for_good_is_waited_for_once(world: World) -> None:
    """A quota of the day is used up: not each of the videos waits for minutes."""
    world.apply(*videos(60), generate=False)
    studio = Limited(videos=world.studio.videos, avatars=world.studio.avatars, all_in_all=15)
    assert _updated(world, studio) is ExitCode.PARTIAL
    assert studio.seconds < 20, "each call waits three times a second before it gives up"
    assert studio.refused < 60 + 40
    assert len(world.plan(*videos(60, AGAIN), generate=False).actions) > 40


def _updated(world: World, studio: Limited) -> ExitCode:
    async def run() -> ExitCode:
        client, transport = _connect(studio, Pace(studio.sleep, lambda: 1.0))
        try:
            state = open_state(world.store, PRINCIPAL)
            current = await fetch_current(client, state)
            plan = make_plan(videos(60, AGAIN), state, current, PlanOptions(generate=False))
            options = replace(world.options, concurrency=8)
            return (await apply_plan(plan, client, world.store, None, options)).exit_code
        finally:
            await transport.aclose()

    return asyncio.run(run())
