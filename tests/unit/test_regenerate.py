"""A film that is made again on demand is made once, wherever the run that makes it is killed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from storyboard.plan.plan import make_plan
from storyboard.state.format import format_state, parse_state
from storyboard.state.model import State
from storyboard.views.plan_text import plan_totals
from storyboard.wire import VideoStatus
from tests.support.plans import applied, current, remote
from tests.support.tiny_studio import PRINCIPAL, Fault, TinyStudio
from tests.support.videos import World, video

WANTED = video("q1", "Welcome to the overview of this quarter.")
BY_HAND = "These are words of somebody in the browser."
READY_EDITS = ("to-draft", "stays", "stays-and-films", "refused")


class Killed(BaseException):
    """The process is gone."""


def edited_by_hand(world: World) -> None:
    """Have a film made, and its words changed by a person and back by an apply, if that can be."""
    assert world.apply(WANTED).exit_code is ExitCode.OK
    if world.studio.ready_edits != "refused":
        [held] = world.studio.videos.values()
        scenes = [{**held["scenes"][0], "narration": {"text": BY_HAND}}]
        world.studio._video_update({"id": held["id"], "scenes": scenes})
        assert world.apply(WANTED).exit_code is ExitCode.OK
    assert len(world.studio.films) == 1


def checkpoints(folder: Path, ready_edits: str) -> list[str]:
    """Return the points that a run comes past which makes the film again."""
    world, points = World(folder, TinyStudio(ready_edits=ready_edits)), list[str]()
    edited_by_hand(world)
    world.options = replace(world.options, checkpoint=points.append)
    assert world.apply(WANTED, regenerate=("q1",)).exit_code is ExitCode.OK
    assert len(world.studio.films) == 2
    return points


@pytest.mark.parametrize("ready_edits", READY_EDITS)
def test_a_killed_run_is_taken_up_without_the_option(tmp_path: Path, ready_edits: str) -> None:
    (tmp_path / "all").mkdir()
    points = checkpoints(tmp_path / "all", ready_edits)
    for number, point in enumerate(points):
        folder = tmp_path / str(number)
        folder.mkdir()
        world = World(folder, TinyStudio(ready_edits=ready_edits))
        edited_by_hand(world)
        left = [number]

        def kill(_: str, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        options = world.options
        world.options = replace(options, checkpoint=kill)
        with pytest.raises((Killed, BaseExceptionGroup)):
            world.apply(WANTED, regenerate=("q1",))
        world.options = options
        for _ in range(2):
            assert world.apply(WANTED).exit_code is ExitCode.OK
        assert not world.plan(WANTED).has_changes, point
        assert not world.state.operations, point
        assert len(world.studio.films) == 2, point
        # No studio need make a second film of a ready video: it tells nothing of its edits.
        assert not world.state.ready_refuses_edits, point
        assert len(world.studio.videos) == 1, point
        [record] = world.state.videos.values()
        assert len({film.entry_id for film in record.films}) == 2, point


def test_what_was_refused_or_failed_is_not_made_by_the_next_apply(tmp_path: Path) -> None:
    for number, studio in enumerate((TinyStudio(), TinyStudio())):
        folder = tmp_path / str(number)
        folder.mkdir()
        world = World(folder, studio)
        edited_by_hand(world)
        if number:
            studio.failing_films = 2
        else:
            studio.faults = [Fault("video/generate", "before:QUOTA_EXCEEDED", 3)]
        assert world.apply(WANTED, regenerate=("q1",)).exit_code is not ExitCode.OK
        made, [record] = len(studio.films), world.state.videos.values()
        assert world.apply(WANTED).exit_code is ExitCode.OK
        assert (len(studio.films), record.film_kept) == (made, True)
        assert "keeps its film" in world.plan(WANTED).remarks[0]


@pytest.mark.parametrize("status", [VideoStatus.DRAFT, VideoStatus.GENERATE_ERROR])
def test_a_video_without_its_film_is_told_of(status: VideoStatus) -> None:
    [told] = make_plan([WANTED], applied(WANTED), current(remote(WANTED, status))).remarks
    assert "'q1' keeps its film 1_film" in told
    assert "`storyboard apply --regenerate q1`" in told


def test_many_are_told_of_in_one_line() -> None:
    videos = [video(f"v{number}", "Welcome to all of you.") for number in range(30)]
    held = [remote(each, VideoStatus.DRAFT, f"v{number}") for number, each in enumerate(videos, 1)]
    [told] = make_plan(videos, applied(*videos), current(*held)).remarks
    assert told.startswith("30 videos keep their films")
    assert len(told) < 500


def test_numbers_of_a_thousand_are_written_in_one_way() -> None:
    videos = [video(f"v{number}", "Welcome to all of you.") for number in range(1200)]
    totals = plan_totals(make_plan(videos, State.fresh(PRINCIPAL), current()))
    assert totals.startswith("1,200 to create, 1,200 films to make")


def test_a_ready_video_as_the_files_say_is_not_told_of() -> None:
    assert not make_plan([WANTED], applied(WANTED), current(remote(WANTED))).remarks


def test_that_a_film_is_kept_is_in_the_state() -> None:
    state = applied(WANTED)
    [(address, record)] = state.videos.items()
    state = state.with_video(address, replace(record, film_kept=True))
    assert parse_state(format_state(state), where="test").videos == state.videos
