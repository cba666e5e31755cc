"""A video is protected, or no more: that is between the files and the state, and sends nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.state.model import Refusals, VideoRecord
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
WRITES: Final = frozenset(
    {"avatar/upsert", "video/add", "video/update", "video/generate", "video/delete"}
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def written(studio: TinyStudio, since: int) -> list[str]:
    return [call for call in studio.calls[since:] if call in WRITES]


def held(studio: TinyStudio) -> dict[str, Any]:
    """Return the one video that a studio holds."""
    [found] = studio.videos.values()
    return found


def record(world: World) -> VideoRecord:
    [found] = world.state.videos.values()
    return found


def refuses_edits(world: World) -> None:
    """Let the state know a studio that was seen to refuse edits of ready videos."""
    refusals = Refusals().once_more("2026-01-01").once_more("2026-01-02")
    with world.store.locked():
        world.store.write(replace(world.state, refused_edits=refusals))
    assert world.state.ready_refuses_edits


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("ready_edits", ["to-draft", "stays", "refused"])
@pytest.mark.parametrize("first", [False, True])
def test_protection_alone_sends_nothing(
    world: World, ready_edits: str, first: bool, known: bool
) -> None:
    world.studio.ready_edits = ready_edits
    assert world.apply(video("q1", WELCOME, protect=first)).exit_code is ExitCode.OK
    if known:
        refuses_edits(world)
    before, calls = dict(held(world.studio)), len(world.studio.calls)
    wanted = video("q1", WELCOME, protect=not first)
    plan = world.plan(wanted)
    assert plan.changes[0].actions == (Action.UPDATE,)
    assert plan.refusals == ()
    assert not plan.changes[0].may_keep_film
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert written(world.studio, calls) == []
    assert held(world.studio) == before
    assert record(world).protect is not first
    assert not world.plan(wanted).has_changes


def test_a_new_name_beside_it_is_all_that_is_sent(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", WELCOME))
    refuses_edits(world)
    calls = len(world.studio.calls)
    wanted = video("q1", WELCOME, name="Another name", protect=True)
    assert world.apply(wanted).exit_code is ExitCode.OK
    assert written(world.studio, calls) == ["video/update"]
    assert held(world.studio)["status"] == "ready"
    assert record(world).protect
    assert not world.plan(wanted).has_changes


def test_it_waits_for_no_film(world: World) -> None:
    """A person has a film made, which takes hours: the studio takes no edit meanwhile."""
    world.apply(video("q1", WELCOME), generate=False)
    busy = held(world.studio)
    busy["status"] = "generating"
    world.studio._looks[busy["id"]] = 10_000
    wanted = video("q1", WELCOME, protect=True)
    assert world.apply(wanted, generate=False).exit_code is ExitCode.OK
    assert record(world).protect


def test_somebody_s_edit_since_the_plan_is_no_conflict_with_it(world: World) -> None:
    world.apply(video("q1", WELCOME))
    plan = world.plan(video("q1", WELCOME, protect=True))
    world.studio.edit(held(world.studio)["id"], name="Renamed by somebody")
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert record(world).protect
    assert held(world.studio)["name"] == "Renamed by somebody"


def test_it_is_recorded_where_a_rollback_keeps_the_scenes_of_another_film(world: World) -> None:
    """The file went back with the rollback; the studio would only replace the later scenes."""
    world.studio.ready_edits = "stays-and-films"
    for text in (WELCOME, METRICS):
        assert world.apply(video("q1", text)).exit_code is ExitCode.OK
    plan = world.plan(video("q1", METRICS))
    again = replace(plan.changes[0], publishes=record(world).films[0])
    world.apply_planned(replace(plan, changes=(again,)))
    refuses_edits(world)
    calls, wanted = len(world.studio.calls), video("q1", WELCOME, protect=True)
    plan = world.plan(wanted)
    assert (plan.changes[0].actions, plan.changes[0].keeps_scenes) == ((Action.UPDATE,), True)
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert written(world.studio, calls) == []
    assert record(world).protect
    assert not world.plan(wanted).has_changes
