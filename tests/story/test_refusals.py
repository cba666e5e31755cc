"""What a studio refused once is evidence: it is counted, tried again, and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.apply.outcome import Outcome
from storyboard.errors import ExitCode
from storyboard.plan.plan import Plan
from storyboard.state.model import Refusals
from storyboard.video import Video, digest
from tests.support.people import SharedStudio, films_at_once
from tests.support.tiny_studio import Fault
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
THIRD = "And this is what we do about them."


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, SharedStudio())
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    return world


def actions(plan: Plan) -> list[str]:
    return [action.value for _, action in plan.actions]


def settled(world: World, outcome: Outcome, wanted: Video) -> None:
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert not world.plan(wanted).has_changes
    assert not outcome.state.operations
    [found] = world.studio.videos.values()
    assert found["scenes"][0]["narration"]["text"] == wanted.scenes[0].narration
    film = outcome.state.videos[wanted.address].film
    assert film is not None
    assert found["entryId"] == film.entry_id


@pytest.mark.parametrize("code", ["VIDEO_IS_PROCESSING", "INVALID_STATUS_TRANSITION"])
@pytest.mark.parametrize("times", [1, 4])
def test_an_edit_that_is_refused_for_a_moment_replaces_nothing(
    world: World, code: str, times: int
) -> None:
    known = set(world.studio.videos)
    world.studio.faults = [Fault("video/update", f"before:{code}", times)]
    outcome = world.apply(video("q1", METRICS))
    assert set(world.studio.videos) == known
    assert outcome.state.refused_edits == Refusals()
    settled(world, outcome, video("q1", METRICS))


def test_a_film_that_is_refused_for_a_moment_replaces_nothing(world: World) -> None:
    known = set(world.studio.videos)
    world.studio.ready_edits = "stays-and-films"
    world.studio.faults = [Fault("video/generate", "before:VIDEO_IS_PROCESSING", times=4)]
    outcome = world.apply(video("q1", METRICS))
    assert set(world.studio.videos) == known
    assert not outcome.state.ready_refuses_edits
    settled(world, outcome, video("q1", METRICS))


def test_refusals_are_counted_and_dated_and_each_costs_one_call(world: World) -> None:
    world.studio.ready_edits = "refused"
    outcome = world.apply(video("q1", METRICS))
    assert outcome.state.refused_edits.count == 1
    assert len(outcome.state.refused_edits.last) == len("2026-01-01")
    before = world.studio.count("video/update")
    plan = world.plan(video("q1", THIRD))
    assert actions(plan) == ["replace", "generate"]
    outcome = world.apply_planned(plan)
    assert outcome.state.refused_edits.count == 2
    assert world.studio.count("video/update") == before + 2  # the refused one, and the new name
    settled(world, outcome, video("q1", THIRD))


def test_a_studio_that_takes_edits_again_is_believed(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", METRICS))
    known = set(world.studio.videos)
    world.studio.ready_edits = "to-draft"
    plan = world.plan(video("q1", THIRD))
    assert actions(plan) == ["replace", "generate"]
    outcome = world.apply_planned(plan)
    assert set(world.studio.videos) == known
    assert not outcome.state.ready_refuses_edits
    settled(world, outcome, video("q1", THIRD))
    assert actions(world.plan(video("q1", WELCOME))) == ["update", "generate"]


def test_second_films_that_are_refused_are_tried_again_too(world: World) -> None:
    world.studio.ready_edits = "stays"
    outcome = world.apply(video("q1", METRICS))
    assert (outcome.state.refused_edits.count, outcome.state.refused_films.count) == (0, 1)
    settled(world, outcome, video("q1", METRICS))
    world.studio.ready_edits = "to-draft"
    outcome = world.apply(video("q1", THIRD))
    assert not outcome.state.ready_refuses_edits
    settled(world, outcome, video("q1", THIRD))


def test_the_word_of_an_older_program_is_tried_again(world: World) -> None:
    body = json.loads(world.store.path.read_text())
    del body["checksum"]
    body["readyRefusesEdits"] = True
    world.store.path.write_text(json.dumps({**body, "checksum": digest(body)}))
    known = set(world.studio.videos)
    outcome = world.apply(video("q1", METRICS))
    assert set(world.studio.videos) == known
    assert not outcome.state.ready_refuses_edits
    settled(world, outcome, video("q1", METRICS))


@pytest.mark.parametrize("number", range(1, 12))
def test_somebodys_own_film_tells_nothing_of_edits(world: World, number: int) -> None:
    """He has ours filmed just before an edit of ours, which is refused meanwhile."""

    def films_anew(studio: SharedStudio) -> bool:
        found = studio.only_video()
        assert found is not None
        if found["status"] == "ready":
            found["status"] = "draft"
        return films_at_once(studio)

    assert isinstance(world.studio, SharedStudio)
    plan = world.plan(video("q1", METRICS))
    world.studio.expect(number, films_anew)
    outcome = world.apply_planned(plan)
    assert not outcome.state.ready_refuses_edits
    world.studio.expect(0)
    settled(world, world.apply(video("q1", METRICS)), video("q1", METRICS))
