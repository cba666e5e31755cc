"""A film from before is never taken for the one that was asked for, however long it is shown."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.outcome import Ending
from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from tests.support.people import SharedStudio
from tests.support.tiny_studio import Fault, TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
THIRD = "And this is what we do about them."


def filmed(world: World, text: str) -> bool:
    """Whether the film that is recorded as published says this."""
    [record] = world.state.videos.values()
    assert record.film is not None
    scenes = world.studio.shows[record.film.entry_id]["scenes"]
    return [scene["narration"]["text"] for scene in scenes] == [text]


@dataclass
class LateLists(TinyStudio):
    """Its lists show what was `late` lists ago; what is asked for by its id is as it is now."""

    late: int = 0
    _lists: deque[str] = field(default_factory=deque)

    def _video_list(self, body: dict[str, Any]) -> Any:
        self._lists.append(json.dumps(super()._video_list(body)))
        while len(self._lists) > self.late + 1:
            self._lists.popleft()
        return json.loads(self._lists[0])


@pytest.mark.parametrize("ready_edits", ["to-draft", "stays-and-films"])
@pytest.mark.parametrize("late", [1, 3, 6])
def test_a_list_that_is_late_is_no_film(tmp_path: Path, late: int, ready_edits: str) -> None:
    """Three late lists were enough to record the old film as the new one."""
    studio = LateLists(ready_edits=ready_edits)
    world = World(tmp_path, studio)
    world.apply(video("q1", WELCOME))
    studio.late, studio.film_polls = late, late + 6
    outcome = world.apply(video("q1", METRICS))
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert filmed(world, METRICS)
    assert len(studio.films) == 2


@pytest.mark.parametrize("late", [1, 4])
def test_a_failure_that_a_late_list_shows_is_not_the_second_one(tmp_path: Path, late: int) -> None:
    studio = LateLists(late=late, film_polls=late + 6, failing_films=1)
    world = World(tmp_path, studio)
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert len(studio.films) == 2


@dataclass
class Forgetful(TinyStudio):
    """Accepts generations of ready videos, and makes none of the next `forgotten`."""

    ready_edits: str = "stays-and-films"
    forgotten: int = 0

    def _video_generate(self, body: dict[str, Any]) -> Any:
        if not self.forgotten:
            return super()._video_generate(body)
        self.forgotten -= 1
        return self.videos[body["id"]]


def test_a_film_that_never_comes_is_left_and_said(tmp_path: Path) -> None:
    world = World(tmp_path, Forgetful())
    world.apply(video("q1", WELCOME))
    world.studio.forgotten = 1  # type: ignore[attr-defined]
    outcome = world.apply(video("q1", METRICS))
    assert outcome.exit_code is ExitCode.DETACHED
    [film] = [each for each in outcome.actions if each.action is Action.GENERATE]
    assert film.ending is Ending.DETACHED
    assert "film from before" in (film.message or "")
    assert filmed(world, WELCOME)
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    assert filmed(world, METRICS)
    assert not world.plan(video("q1", METRICS)).has_changes


@dataclass
class OneEntry(TinyStudio):
    """Gives the next film of a video the entry of the one before: nothing tells them apart."""

    def _end_film(self, video: dict[str, Any]) -> None:
        before = self._last.get(video["id"]) if self.reuses else None
        super()._end_film(video)
        self._last.setdefault(video["id"], video["entryId"])
        if before is not None:
            video["entryId"] = before

    reuses: bool = False
    _last: dict[str, str] = field(default_factory=dict)


def test_a_film_under_the_old_entry_is_not_recorded(tmp_path: Path) -> None:
    studio = OneEntry(ready_edits="stays-and-films")
    world = World(tmp_path, studio)
    world.apply(video("q1", WELCOME))
    studio.reuses = True
    outcome = world.apply(video("q1", METRICS))
    assert outcome.exit_code is ExitCode.DETACHED
    assert filmed(world, WELCOME)
    studio.reuses = False
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    assert filmed(world, METRICS)


@pytest.mark.parametrize("early", [True, False])
def test_a_film_that_somebody_began_is_taken_where_entries_appear_early(
    tmp_path: Path, early: bool
) -> None:
    """The coming entry stands in the video before its film is ready (a later revision)."""
    world = World(tmp_path, SharedStudio())
    world.apply(video("q1", WELCOME))
    found = world.studio.by_name("Film q1")
    world.studio.edit(found["id"], status="draft", entryId=None)
    world.studio._video_generate({"id": found["id"]})
    if early:
        found["entryId"] = f"1_e{world.studio._now + 1}"
    outcome = world.apply(video("q1", WELCOME), max_generate=0)
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert outcome.rows[0].entry_id == found["entryId"]
    assert len(world.studio.films) == 2
    assert not world.plan(video("q1", WELCOME)).has_changes


@pytest.mark.parametrize("ready_edits", ["to-draft", "stays", "refused"])
def test_a_refused_film_of_a_video_that_is_newly_ready_is_a_success(
    tmp_path: Path, ready_edits: str
) -> None:
    """Somebody had our scenes filmed while the plan was being approved."""
    world = World(tmp_path, SharedStudio(ready_edits=ready_edits))
    wanted = video("q1", WELCOME)
    world.apply(wanted, generate=False)
    plan = world.plan(wanted)
    [found] = world.studio.videos.values()
    world.studio._video_generate({"id": found["id"]})
    world.studio._end_film(found)
    outcome = world.apply_planned(plan)
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert (len(world.studio.videos), len(world.studio.films)) == (1, 1)
    assert not outcome.state.ready_refuses_edits
    assert outcome.rows[0].entry_id == found["entryId"]
    assert not world.plan(wanted).has_changes


def test_an_unanswered_film_that_was_renamed_meanwhile_is_not_taken_for_made(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, Forgetful())
    world.apply(video("q1", WELCOME))
    world.studio.faults = [Fault("video/generate", "before:500")]
    truth = world.studio._looked

    def renamed(video_id: str) -> Any:
        if world.studio.count("video/generate") == 2:
            world.studio.edit(video_id, name="Film q1")
        return truth(video_id)

    world.studio._looked = renamed  # type: ignore[method-assign]
    outcome = world.apply(video("q1", METRICS))
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert filmed(world, METRICS)
