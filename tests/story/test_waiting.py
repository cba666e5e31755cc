"""Waiting for films that somebody else started: ready, failed, too long, silent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.observer import Observer, SilentObserver, silent
from storyboard.apply.outcome import ActionOutcome
from storyboard.commands.wait import End, Patience, Waited, exit_code_of, recorded, watch_films
from storyboard.errors import ExitCode, StudioError, UsageError
from storyboard.hints import FAILURE_HINTS
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.objects import FilmShare
from storyboard.video import Address
from storyboard.views.status import render_waited_json, render_waited_text
from tests.support.tiny_studio import Fault, connect
from tests.support.videos import World, video

Ended = tuple[tuple[str, End], ...]


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.apply(video("one", "The first film says something."), generate=False)
    world.apply(
        video("one", "The first film says something."),
        video("two", "The second film says something else."),
        generate=False,
    )
    return world


def wait(world: World, *scope: str, **how: Any) -> tuple[Ended, ExitCode, float]:
    waited, seconds = watch(world, *scope, **how)
    ended = tuple((str(item.address), item.end) for item in waited)
    return ended, exit_code_of(waited), seconds


def watch(
    world: World,
    *scope: str,
    timeout: float | None = None,
    start: tuple[str, ...] = (),
    meanwhile: Callable[[float], None] = lambda seconds: None,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
) -> tuple[tuple[Waited, ...], float]:
    seconds = 0.0

    async def sleep(pause: float) -> None:
        nonlocal seconds
        seconds += pause
        meanwhile(seconds)

    async def work() -> tuple[Waited, ...]:
        client, transport = connect(world.studio)
        try:
            records = recorded(world.state, scope)
            for name in start:
                await client.generate(records[Address(name)].written.id)
            patience = Patience(timeout, sleep, lambda: seconds)
            return await watch_films(client, world.state, scope, 10.0, patience, observing)
        finally:
            await transport.aclose()

    return asyncio.run(work()), seconds


def test_a_film_gets_ready_and_one_list_a_poll_tells_it(world: World) -> None:
    before = world.studio.count("video/list")
    ended, code, seconds = wait(world, start=("one",))
    assert ended == (("one", End.READY), ("two", End.IDLE))
    assert code is ExitCode.OK
    assert seconds == 10.0 * (world.studio.count("video/list") - before - 1) > 0
    assert world.studio.count("video/get") == 0


def test_films_that_are_seen_to_end_together_are_told_in_order(tmp_path: Path) -> None:
    world = World(tmp_path)
    names = [f"film-{letter}" for letter in "abcdefgh"]
    world.apply(*(video(name, f"This is {name} of eight.") for name in names), generate=False)
    world.studio.film_polls = 2
    told: list[str] = []

    class Heard(SilentObserver):
        def ended(self, outcome: ActionOutcome) -> None:
            told.append(str(outcome.address))

    watch(world, start=tuple(reversed(names)), observing=lambda: nullcontext(Heard()))
    assert told == names


def test_nothing_under_way_is_told_at_once(world: World) -> None:
    assert wait(world, "two") == ((("two", End.IDLE),), ExitCode.OK, 0.0)


def test_a_film_fails(world: World) -> None:
    world.studio.failing_films = 1
    ended, code, _ = wait(world, start=("one", "two"))
    assert {end for _, end in ended} == {End.FAILED, End.READY}
    assert code is ExitCode.GENERATION_FAILED


def test_why_a_film_failed_is_told_as_by_an_apply(world: World) -> None:
    """`wait` said "scene 1", and nothing about what to do."""
    world.studio.reason = "clip-too-short: scene 0: the clip ends"
    world.studio.failing_films = 1
    waited, _ = watch(world, "one", start=("one",))
    text = render_waited_text(waited)
    assert "scene 's1': the clip ends (clip-too-short)\n  hint: start the clip earlier" in text
    told = json.loads(render_waited_json(waited))["videos"]["one"]
    assert told["hint"] == FAILURE_HINTS["clip-too-short"]


def test_the_timeout_is_kept_to_the_second(world: World) -> None:
    world.studio.film_polls = 1000
    ended, code, seconds = wait(world, "one", timeout=25.0, start=("one",))
    assert (ended, code, seconds) == ((("one", End.RUNNING),), ExitCode.DETACHED, 25.0)


def test_a_video_that_somebody_deleted(world: World) -> None:
    world.studio.videos.pop(world.state.videos[Address("one")].current.id)
    ended, code, _ = wait(world)
    assert ended == (("one", End.GONE), ("two", End.IDLE))
    assert code is ExitCode.FAILURE


@pytest.mark.parametrize(("failing_calls", "ends_well"), [(12, True), (1000, False)])
def test_a_short_silence_is_forgiven(world: World, failing_calls: int, ends_well: bool) -> None:
    world.studio.film_polls = 3
    world.studio.faults.append(Fault("video/list", "before:500", times=0))

    def fall_silent(seconds: float) -> None:
        if seconds == 10.0:
            world.studio.faults[0].times = failing_calls

    if ends_well:
        ended, _, _ = wait(world, "one", start=("one",), meanwhile=fall_silent)
        assert ended == (("one", End.READY),)
        assert world.studio.faults[0].times == 0
    else:
        with pytest.raises(StudioError):
            wait(world, "one", start=("one",), meanwhile=fall_silent)


def test_that_no_worker_is_there_is_told_once_after_a_while(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Films wait until somebody starts one; a worker that is replaced is not worth a word."""
    world.studio.film_polls = 6
    lacking = [False, True, False, True, True, True, True]
    told: list[str] = []

    async def progress(client: StudioClient, ids: Sequence[str]) -> dict[str, FilmShare]:
        lacks = lacking.pop(0) if lacking else False
        return {each: FilmShare(0.0, lacks_worker=lacks) for each in ids}

    class Heard(SilentObserver):
        def noticed(self, message: str) -> None:
            told.append(message)

    monkeypatch.setattr(StudioClient, "film_progress", progress)
    watch(world, "one", start=("one",), observing=lambda: nullcontext(Heard()))
    [only] = told
    assert only.startswith("one: waits, and no worker of the local studio is there to make it")
    assert only.endswith("storyboard studio worker")


def test_a_name_that_was_never_applied(world: World) -> None:
    with pytest.raises(UsageError, match="'three' names no applied video"):
        recorded(world.state, ("three",))
