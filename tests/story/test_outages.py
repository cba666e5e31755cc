"""A studio that is away when a film is asked for: nothing failed, and the next apply makes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse, Response

from storyboard.apply.observer import SilentObserver
from storyboard.apply.outcome import Ending, Outcome
from storyboard.commands.outputs import outputs_of
from storyboard.errors import ExitCode, FailureCode, UnreachableError
from storyboard.kaltura.told_waits import tell_wait, telling_waits
from storyboard.plan.action import Action
from storyboard.source.file_facts import FileFacts
from storyboard.video import Address
from storyboard.views.apply_text import render_outcome_text
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WANTED = video("q1", "Welcome to the overview of this quarter.")


class Away(TinyStudio):
    """Answers calls of one action so, without any effect, as long as it is away."""

    action = "video/generate"
    answer: Callable[[], Response] | None = None

    def _answer(self, action: str, body: dict[str, Any]) -> Response:
        if action != self.action or self.answer is None:
            return super()._answer(action, body)
        return self.answer()


def unavailable() -> Response:
    return PlainTextResponse("the server is on holiday", 503)


def slow_down() -> Response:
    return PlainTextResponse("", 429, {"Retry-After": "0"})


def quota() -> Response:
    return PlainTextResponse('{"code": "QUOTA_EXCEEDED", "message": "no more"}')


def too_many() -> Response:
    return PlainTextResponse('{"code": "TOO_MANY_SOURCES", "message": "six of five"}')


@pytest.mark.parametrize(
    ("action", "answer", "told"),
    [
        ("video/generate", unavailable, "video/generate: the studio answered HTTP"),
        ("video/generate", slow_down, "video/generate: the studio asks"),
        ("video/get", unavailable, "video/get: the studio answered HTTP"),
    ],
)
def test_an_outage_is_no_failed_film(
    tmp_path: Path, action: str, answer: Callable[[], Response], told: str
) -> None:
    studio = Away(film_polls=1)
    world = World(tmp_path, studio)
    studio.action, studio.answer = action, answer
    outcome = world.apply(WANTED)
    assert outcome.exit_code is ExitCode.PARTIAL
    assert outcome.is_retryable
    [film] = [item for item in outcome.actions if item.action is Action.GENERATE]
    assert film.failure in (FailureCode.UNREACHABLE, FailureCode.OUTCOME_UNKNOWN)
    assert "run the command again" in film.hints[0]
    text = render_outcome_text(outcome)
    assert f"q1: film not made: the studio did not take the request: {told}" in text
    assert text.splitlines()[1].split()[:3] == ["q1", "not", "made"]
    studio.answer = None
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert len(studio.films) == 1


def test_a_plan_that_only_asks_promises_nothing_about_effects(tmp_path: Path) -> None:
    studio = Away()
    world = World(tmp_path, studio)
    studio.action, studio.answer = "video/list", unavailable
    with pytest.raises(UnreachableError) as caught:
        world.plan(WANTED)
    assert caught.value.hint == "run the command again in a few minutes"


def test_a_quota_is_no_failed_film(tmp_path: Path) -> None:
    studio = Away()
    studio.answer = quota
    world = World(tmp_path, studio)
    outcome = world.apply(WANTED)
    assert (outcome.exit_code, outcome.is_retryable) == (ExitCode.PARTIAL, False)
    told = "q1: film not made: the studio did not take the request: QUOTA_EXCEEDED: no more"
    assert told in render_outcome_text(outcome)
    assert not world.state.operations


def test_a_refusal_and_a_film_that_fails_end_with_9(tmp_path: Path) -> None:
    studio = Away()
    world = World(tmp_path, studio)
    studio.answer = too_many
    refused = world.apply(WANTED)
    studio.answer, studio.failing_films = None, 2
    failed = world.apply(WANTED)
    for outcome in (refused, failed):
        assert outcome.exit_code is ExitCode.GENERATION_FAILED
        assert "q1: film failed: " in render_outcome_text(outcome)


class Listening(SilentObserver):
    """Remembers what began."""

    def __init__(self) -> None:
        self.begun: list[Action] = []

    def taken(self, address: Address, action: Action) -> None:
        self.begun.append(action)


@pytest.mark.parametrize("answer", [unavailable, slow_down, quota])
def test_a_film_is_being_made_once_the_studio_took_the_request(
    tmp_path: Path, answer: Callable[[], Response]
) -> None:
    studio, heard = Away(), Listening()
    world = World(tmp_path, studio)
    studio.answer = answer
    world.apply(WANTED, observer=heard)
    assert Action.GENERATE not in heard.begun
    studio.answer = None
    assert world.apply(WANTED, observer=heard).exit_code is ExitCode.OK
    assert heard.begun.count(Action.GENERATE) == 1


def interrupted(world: World, lines: list[str], observer: Listening) -> Outcome:
    """Apply, and cancel the run when a wait is told, which then begins."""

    async def run() -> Outcome:
        def told(line: str) -> None:
            lines.append(line)
            applying.cancel()

        with telling_waits(told):
            applying = asyncio.ensure_future(world._apply((WANTED,), {}, observer))
            return await applying

    return asyncio.run(run())


def test_an_interrupt_while_the_studio_takes_nothing_says_so(tmp_path: Path) -> None:
    studio, heard = Away(), Listening()
    studio.answer = lambda: PlainTextResponse("", 429, {"Retry-After": "60"})
    world, lines = World(tmp_path, studio), list[str]()
    outcome = interrupted(world, lines, heard)
    [line] = lines
    assert line == "the studio asks to wait for 60 s; it is asked again then"
    [film] = [item for item in outcome.actions if item.action is Action.GENERATE]
    assert (film.message, film.ending) == ("interrupted; it was not asked for yet", Ending.SKIPPED)
    assert (outcome.exit_code, outcome.under_way) == (ExitCode.INTERRUPTED, {})
    assert Action.GENERATE not in heard.begun
    studio.answer = None
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert len(studio.films) == 1


def test_long_waits_are_told_with_their_end_and_short_ones_are_not() -> None:
    lines = list[str]()
    noon = datetime(2026, 3, 1, 12, 0)
    with telling_waits(lines.append):
        for asked, seconds in ((None, 8.0), (2.0, 2.0), (30.0, 30.0), (600.0, 60.0), (600.0, 60.0)):
            tell_wait(asked, seconds, lambda: noon)
    assert lines == [
        "the studio asks to wait for 30 s; it is asked again then",
        "the studio asks to wait until 12:10:00; it is asked again in 60 s",
    ]


def status(world: World) -> str:
    [output] = outputs_of(world.state, world.folder, FileFacts(None))
    return output.status


@pytest.mark.parametrize("refusal", [unavailable, slow_down, quota])
def test_what_an_outage_left_unmade_is_not_in_the_making_for_the_next_refusal(
    tmp_path: Path, refusal: Callable[[], Response]
) -> None:
    """The intent stays open after a 503, and a run that met a 429 waited for a film of it."""
    studio = Away()
    studio.answer = unavailable
    world = World(tmp_path, studio)
    assert world.apply(WANTED).exit_code is ExitCode.PARTIAL
    assert status(world) == "draft"
    studio.answer = refusal
    outcome = world.apply(WANTED)
    assert (outcome.exit_code, outcome.under_way) == (ExitCode.PARTIAL, {})
    assert [row.status for row in outcome.rows] == ["not made"]
    assert status(world) == "draft"
    studio.answer = None
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert (len(studio.films), status(world)) == (1, "ready")


def test_an_interrupt_after_a_look_that_found_nothing_leaves_nothing_in_the_making(
    tmp_path: Path,
) -> None:
    """Each try was answered 503, and a pipeline waited for a film that nobody made."""
    studio = Away()
    studio.answer = unavailable
    world = World(tmp_path, studio)

    looks = list[str]()

    async def run() -> Outcome:
        def looked() -> Response:
            looks.append("video/get")
            if len(looks) == 2:
                applying.cancel()
            return TinyStudio._answer(studio, "video/get", {"id": next(iter(studio.videos))})

        class Looking(Listening):
            def noticed(self, message: str) -> None:
                studio.action, studio.answer = "video/get", looked

        applying = asyncio.ensure_future(world._apply((WANTED,), {}, Looking()))
        return await applying

    outcome = asyncio.run(run())
    [film] = [item for item in outcome.actions if item.action is Action.GENERATE]
    assert film.ending is Ending.SKIPPED, film
    assert (outcome.exit_code, outcome.under_way) == (ExitCode.INTERRUPTED, {})
    assert status(world) == "draft"
    studio.answer = None
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert len(studio.films) == 1
