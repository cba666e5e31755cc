"""A state that is older than the studio: another run's was never kept, or an old one came back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode, GuardError
from storyboard.plan.plan import Plan
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
THIRD = "And this is what we do about them."


def older(tmp_path: Path, *, dates: bool, **fields: Any) -> World:
    """Return a world whose state knows the film of WELCOME; the studio has one of METRICS."""
    mine = World(tmp_path / "mine", TinyStudio(dates_films=dates))
    mine.folder.mkdir()
    assert mine.apply(video("q1", WELCOME, **fields)).exit_code is ExitCode.OK
    shutil.copytree(mine.folder, tmp_path / "other")
    other = World(tmp_path / "other", mine.studio)
    assert other.apply(video("q1", METRICS, **fields)).exit_code is ExitCode.OK
    assert len(mine.studio.films) == 2
    return mine


def rules(plan: Plan) -> list[str]:
    return [refusal.rule for refusal in plan.refusals]


def test_a_film_that_is_proved_by_its_date_is_recorded_as_found(tmp_path: Path) -> None:
    world = older(tmp_path, dates=True)
    [(id_, found)] = world.studio.videos.items()
    assert not world.plan(video("q1", METRICS)).has_changes
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    assert list(world.studio.videos) == [id_]
    assert len(world.studio.films) == 2
    [record] = world.state.videos.values()
    assert record.entry_id == found["entryId"]
    asked = world.studio.count("media/list")
    assert not world.plan(video("q1", METRICS)).has_changes
    assert world.studio.count("media/list") == asked


def test_an_edit_of_what_was_found_is_drift(tmp_path: Path) -> None:
    """What was found is known as if this state had applied it."""
    world = older(tmp_path, dates=True)
    world.apply(video("q1", METRICS))
    [found] = world.studio.videos.values()
    found["scenes"][0]["narration"]["text"] = THIRD
    assert "drift" in world.plan(video("q1", METRICS)).kinds


def test_a_film_from_before_an_edit_is_not_recorded(tmp_path: Path) -> None:
    world = older(tmp_path, dates=True)
    [found] = world.studio.videos.values()
    found["updatedAt"] = "2031-01-01T00:00:00.000Z"
    assert "generate" in world.plan(video("q1", METRICS)).kinds


def test_a_film_of_other_scenes_is_not_recorded(tmp_path: Path) -> None:
    world = older(tmp_path, dates=True)
    assert world.plan(video("q1", THIRD)).kinds >= {"update", "generate"}


def test_the_plan_tells_that_a_film_that_nothing_proves_may_cost_the_video(tmp_path: Path) -> None:
    plan = older(tmp_path, dates=False).plan(video("q1", METRICS))
    [(change, action)] = plan.actions
    unknown, replaced = change.reasons(action)
    assert "does not know" in unknown
    assert "may be replaced" in replaced
    assert "replace" in plan.kinds


@pytest.mark.parametrize("dates", [True, False])
def test_a_first_film_that_no_state_knows_is_not_called_unmade(tmp_path: Path, dates: bool) -> None:
    world = World(tmp_path, TinyStudio(dates_films=dates))
    assert world.apply(video("q1", WELCOME), generate=False).exit_code is ExitCode.OK
    [found] = world.studio.videos.values()
    world.studio._video_generate({"id": found["id"]})
    world.studio._end_film(found)
    plan = world.plan(video("q1", WELCOME))
    reasons = [each for change, action in plan.actions for each in change.reasons(action)]
    assert plan.has_changes is not dates
    assert not any("no film was made yet" in each for each in reasons)


@pytest.mark.parametrize("limits", [{"max_replace": 0}, {}])
def test_what_forbids_replacing_refuses_before_anything_is_done(
    tmp_path: Path, limits: dict[str, int]
) -> None:
    """The plan passed, and its apply was refused halfway."""
    fields = {} if limits else {"protect": True}
    world = older(tmp_path, dates=False, **fields)
    wanted = video("q1", METRICS, **fields)
    plan = world.plan(wanted, **limits)
    assert rules(plan) == ["max-replace" if limits else "protect"]
    with pytest.raises(GuardError) as refused:
        world.apply_planned(plan)
    assert "state adopt q1" in (refused.value.hint or "")
    allowed = {"max_replace": 1} if limits else {"allow_protected": True}
    assert not rules(world.plan(wanted, **allowed))


def test_a_limit_of_replacements_lets_edits_of_ready_videos_pass(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.apply(video("q1", WELCOME))
    plan = world.plan(video("q1", METRICS), max_replace=0)
    assert "replace" not in plan.kinds
    assert not rules(plan)
