"""Calls that a studio refuses, or answers with nothing: they mean one thing, whoever sends them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse, Response

from storyboard.apply.outcome import NOT_MADE, Ending
from storyboard.commands.apply import _settings
from storyboard.commands.compiled_project import compile_request, environment_of
from storyboard.commands.request import find_request
from storyboard.errors import ExitCode, FailureCode
from storyboard.video import Compose, Video
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WANTED = video("q1", "Welcome to the overview of this quarter.")
IN_TURN = {"code": "VIDEO_GENERATION_ALREADY_IN_PROGRESS", "message": "another one"}


def composed(brief: str = "the launch") -> Video:
    return video("q1", compose=Compose("session-highlights", 60, ("1_abc",), brief))


class OneAtATime(TinyStudio):
    """Somebody else's film of the account is made for so many requests."""

    refusals = 0
    most = 1 << 30

    def _video_generate(self, body: dict[str, Any]) -> Any:
        if self.refusals == self.most:
            return super()._video_generate(body)
        self.refusals += 1
        return IN_TURN


def test_a_film_that_waits_for_its_turn_is_not_in_the_making(tmp_path: Path) -> None:
    """A pipeline that was told so went on to wait for a film that nobody had begun."""
    studio = OneAtATime()
    world = World(tmp_path, studio)

    async def interrupted() -> Any:
        plan = await world._plan([WANTED], {})
        task = asyncio.create_task(world._execute(plan, None))
        while studio.refusals < 3:
            await asyncio.sleep(0)
        task.cancel()
        return await task

    outcome = asyncio.run(interrupted())
    assert outcome.exit_code is ExitCode.INTERRUPTED
    [film] = [each for each in outcome.actions if each.action.value == "generate"]
    assert (film.ending, studio.films) == (Ending.SKIPPED, [])
    studio.most = studio.refusals
    assert world.apply(WANTED).exit_code is ExitCode.OK


class OneOfOurs(TinyStudio):
    """Makes one film of the account at a time, and refuses others as long."""

    def _video_generate(self, body: dict[str, Any]) -> Any:
        if any(each["status"] == "generating" for each in self.videos.values()):
            return IN_TURN
        return super()._video_generate(body)


def test_films_that_wait_for_one_of_ours_ask_once_it_is_made_and_one_by_one(tmp_path: Path) -> None:
    """Each was asked for in each round, though the run itself knew what was being made."""
    studio = OneOfOurs(film_polls=6)
    wanted = [video(f"q{n}", f"Welcome to overview {n} of this quarter.") for n in range(3)]
    assert World(tmp_path, studio).apply(*wanted).exit_code is ExitCode.OK
    assert len(studio.films) == 3
    assert studio.count("video/generate") == 5, "two are refused when all begin, and none later"


@pytest.mark.parametrize("films", [1, 3])
def test_a_turn_that_does_not_come_is_waited_for_until_a_limit(tmp_path: Path, films: int) -> None:
    """An apply waited for as long as others had films made, and no option ended it."""
    studio = OneAtATime()
    world = World(tmp_path, studio)
    world.options = replace(world.options, turn_seconds=60.0, film_seconds=60.0)
    wanted = [video(f"q{n}", f"Welcome to overview {n} of this quarter.") for n in range(films)]
    outcome = world.apply(*wanted)
    made = [each for each in outcome.actions if each.action.value == "generate"]
    assert {(each.ending, each.failure) for each in made} == {
        (Ending.FAILED, FailureCode.STUDIO_BUSY)
    }
    assert all(each.is_untaken for each in made)
    assert {row.status for row in outcome.rows} == {NOT_MADE}
    assert (outcome.exit_code, outcome.is_retryable, studio.films) == (ExitCode.PARTIAL, True, [])
    assert not outcome.under_way
    studio.most = studio.refusals
    assert world.apply(*wanted).exit_code is ExitCode.OK
    assert len(studio.films) == films
    assert not world.plan(*wanted).has_changes


def test_films_of_ours_that_follow_each_other_are_no_wait_for_others(tmp_path: Path) -> None:
    studio = OneAtATime()
    studio.most, studio.film_polls = 0, 30
    world = World(tmp_path, studio)
    world.options = replace(world.options, turn_seconds=60.0)
    wanted = [video(f"q{n}", f"Welcome to overview {n} of this quarter.") for n in range(3)]
    assert world.apply(*wanted).exit_code is ExitCode.OK


@pytest.mark.parametrize(("given", "turn"), [(None, 3600.0), (5.0, 5.0)])
def test_how_long_a_film_is_waited_for_is_the_operators_to_say(
    tmp_path: Path, given: float | None, turn: float
) -> None:
    (tmp_path / "a.yaml").write_text("scenes: [Hello and welcome.]\n")
    request = replace(find_request(["a.yaml"], tmp_path), film_timeout=given)
    compilation = compile_request(request)
    environment = environment_of(request, compilation.project)
    settings = _settings(request, compilation, environment, None, None)
    assert (settings.film_seconds, settings.turn_seconds) == (given, turn)


class FilmedMeanwhile(TinyStudio):
    """Somebody has a ready video filmed anew just before its scenes are taken from it."""

    is_next = False

    def _video_update(self, body: dict[str, Any]) -> Any:
        found = self.videos[body["id"]]
        if self.is_next and found["status"] == "ready" and body.get("scenes") == []:
            self.is_next = False
            self._video_generate({"id": found["id"]})
        return super()._video_update(body)


def test_a_composition_waits_for_a_film_that_somebody_began(tmp_path: Path) -> None:
    """It ended the whole apply, of all videos, as a bug."""
    studio = FilmedMeanwhile()
    world = World(tmp_path, studio)
    assert world.apply(composed()).exit_code is ExitCode.OK
    studio.is_next = True
    outcome = world.apply(composed("another brief"))
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert not studio.is_next
    assert not world.plan(composed("another brief")).has_changes


class ComposesNothing(TinyStudio):
    is_empty = True

    def _looked(self, video_id: str) -> Any:
        found = super()._looked(video_id)
        kept = self.videos.get(video_id)
        if self.is_empty and kept is not None and kept["status"] == "composed":
            kept["scenes"] = []
        return found


def test_an_empty_composition_is_asked_for_again(tmp_path: Path) -> None:
    """Each later apply told the same, and the studio was never asked again."""
    studio = ComposesNothing()
    world = World(tmp_path, studio)
    outcome = world.apply(composed())
    assert any("composed no scenes" in (each.message or "") for each in outcome.actions)
    studio.is_empty = False
    assert world.apply(composed()).exit_code is ExitCode.OK


class Busy(TinyStudio):
    """Takes no call from the first that makes something."""

    is_away = False

    def _answer(self, action: str, body: dict[str, Any]) -> Response:
        self.is_away = self.is_away or action in ("video/compose", "video/generate")
        if self.is_away:
            return PlainTextResponse("slow down", 429, {"Retry-After": "0"})
        return super()._answer(action, body)


@pytest.mark.parametrize("wanted", [WANTED, composed()], ids=["film", "composition"])
def test_what_was_not_taken_is_not_in_the_making(tmp_path: Path, wanted: Video) -> None:
    """A film failed, and a composition was waited for."""
    world = World(tmp_path, Busy())
    outcome = world.apply(wanted)
    assert outcome.exit_code is ExitCode.PARTIAL
    assert not outcome.under_way
    assert not world.state.operations
