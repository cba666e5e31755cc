"""What a state keeps of a rollback, and what a plan makes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.apply.options import ApplyOptions
from storyboard.errors import ExitCode
from storyboard.plan.plan import make_plan
from storyboard.plan.shown import film_fingerprint
from storyboard.state.format import format_state, parse_state
from storyboard.state.model import FilmRecord, ObjectRecord, Refusals, VideoRecord
from tests.support.plans import applied, current, remote
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
THIRD = "And this is what we do about them."


def film(entry_id: str) -> FilmRecord:
    return FilmRecord(f"of {entry_id}", entry_id, "2026-01-01T00:00:00Z")


def test_earlier_films_are_those_made_before_the_published_one() -> None:
    record = VideoRecord(ObjectRecord("v1"), films=(film("a"), film("b"), film("c")))
    assert [each.entry_id for each in record.earlier_films] == ["b", "a"]
    back = record.with_film(film("b"), rolled_back="of c")
    assert (back.entry_id, back.rolled_back) == ("b", "of c")
    assert [each.entry_id for each in back.earlier_films] == ["a"]
    forward = back.with_film(film("d"))
    assert (forward.entry_id, forward.rolled_back) == ("d", "")
    assert [each.entry_id for each in forward.earlier_films] == ["c", "b", "a"]
    assert VideoRecord(ObjectRecord("v1")).earlier_films == ()


def test_a_rollback_is_kept_in_the_state() -> None:
    wanted = video("q1", WELCOME)
    state = applied(wanted)
    record = state.videos[wanted.address]
    pinned = replace(record, rolled_back=film_fingerprint(wanted, {}))
    state = state.with_video(wanted.address, pinned)
    assert parse_state(format_state(state), where="test").videos == state.videos


def test_what_stays_is_not_replaced_for_an_edit_of_the_studio(tmp_path: Path) -> None:
    """A replacement needs a film, and none is made: the video would never be ready."""
    wanted = video("q1", WELCOME)
    world = World(tmp_path, TinyStudio())
    assert world.apply(wanted).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    pinned = replace(record, rolled_back=film_fingerprint(wanted, {}))
    state = replace(world.state, refused_edits=Refusals(2, "2026-01-01"))
    with world.store.locked():
        world.store.write(
            replace(state.with_video(wanted.address, pinned), serial=state.serial + 1)
        )
    [held] = world.studio.videos.values()
    held["scenes"][0]["narration"]["text"] = METRICS
    plan = world.plan(wanted)
    assert not plan.has_changes
    assert "'q1' stays at the earlier film" in plan.remarks[0]
    assert world.plan(wanted, forward=True).kinds >= {"replace", "generate"}


def test_a_film_that_a_person_makes_meanwhile_does_not_end_it() -> None:
    wanted = video("q1", WELCOME)
    state = applied(wanted)
    record = state.videos[wanted.address]
    other = replace(remote(wanted), entry_id="1_by_hand")
    pinned = replace(record, rolled_back=film_fingerprint(wanted, {}))
    plan = make_plan([wanted], state.with_video(wanted.address, pinned), current(other))
    assert not plan.has_changes


class Killed(BaseException):
    """The process is gone."""


def rolled_back(world: World) -> FilmRecord:
    """Make a good film and a bad one, and publish the good one again; returns it."""
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    plan = world.plan(video("q1", METRICS))
    [change] = plan.changes
    again = replace(plan, changes=(replace(change, publishes=record.films[0]),))
    assert world.apply_planned(again).exit_code is ExitCode.OK
    return record.films[0]


def test_it_stays_until_the_files_want_another_film(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio())
    good = rolled_back(world)
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert record.entry_id == good.entry_id
    assert world.plan(video("q1", METRICS, name="Q1")).kinds == {"rename"}
    assert world.plan(video("q1", THIRD)).kinds == {"update", "generate"}
    assert world.apply(video("q1", THIRD)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert (record.rolled_back, len(record.films), len(world.studio.films)) == ("", 4, 3)
    assert not world.plan(video("q1", THIRD)).has_changes


@pytest.mark.parametrize("ready_edits", ["to-draft", "stays-and-films"])
def test_a_file_that_goes_back_too_makes_no_film(tmp_path: Path, ready_edits: str) -> None:
    """The published film shows what the file says: the video in the studio is edited, and that is
    all, also where it stays ready and goes on naming the film that was rolled back."""
    world = World(tmp_path, TinyStudio(ready_edits=ready_edits))
    good = rolled_back(world)
    plan = world.plan(video("q1", WELCOME))
    assert plan.kinds == {"update"}
    assert f"'q1' keeps its film {good.entry_id}" in plan.remarks[0]
    outcome = world.apply_planned(plan)
    kept = "film kept" if ready_edits == "to-draft" else "ready"
    assert (outcome.exit_code, outcome.rows[0].status) == (ExitCode.OK, kept)
    [record] = world.state.videos.values()
    assert (record.entry_id, len(world.studio.films)) == (good.entry_id, 2)
    assert bool(record.rolled_back) is (ready_edits != "to-draft")
    assert not world.plan(video("q1", WELCOME)).has_changes
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert world.plan(video("q1", THIRD)).kinds >= {"generate"}
    if ready_edits == "to-draft":
        assert world.plan(video("q1", METRICS)).kinds == {"update", "generate"}


def test_a_video_that_can_only_be_replaced_is_not_for_a_film_that_is_there(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio(ready_edits="refused"))
    good = rolled_back(world)
    plan = world.plan(video("q1", WELCOME))
    assert not plan.has_changes
    assert "'q1' has the film of its file again" in plan.remarks[0]
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert (record.entry_id, len(world.studio.films)) == (good.entry_id, 2)
    assert world.plan(video("q1", THIRD)).kinds >= {"generate"}


def test_a_kill_after_the_edit_leaves_the_rollback_to_the_next_apply(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio())
    rolled_back(world)

    def kill(point: str) -> None:
        if point == "rollback:ended":
            raise Killed

    options = world.options
    world.options = replace(options, checkpoint=kill)
    with pytest.raises(Killed):
        world.apply(video("q1", WELCOME))
    world.options = options
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert (record.rolled_back, len(world.studio.films)) == ("", 2)


def test_forward_publishes_the_film_of_the_files_and_makes_none(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio())
    rolled_back(world)
    assert world.plan(video("q1", METRICS), forward=True).kinds == {"publish"}
    assert world.apply(video("q1", METRICS), forward=True).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert record.rolled_back == ""
    assert record.entry_id == record.films[1].entry_id
    assert len(world.studio.films) == 2
    plan = world.plan(video("q1", METRICS))
    assert not plan.has_changes
    assert not plan.remarks


@pytest.mark.parametrize("words", [WELCOME, METRICS], ids=["files went back", "files stay"])
def test_a_film_that_is_asked_for_once_more_ends_it(tmp_path: Path, words: str) -> None:
    world = World(tmp_path, TinyStudio())
    rolled_back(world)
    assert world.plan(video("q1", words), regenerate=("q1",)).kinds >= {"generate"}
    assert world.apply(video("q1", words), regenerate=("q1",)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert (record.rolled_back, len(world.studio.films)) == ("", 3)
    assert world.studio.shows[record.entry_id or ""]["scenes"][0]["narration"]["text"] == words
    assert not world.plan(video("q1", words)).has_changes


def test_a_killed_rollback_is_carried_to_its_end_by_the_next_apply(tmp_path: Path) -> None:
    films = tmp_path / "films"
    world = World(tmp_path, TinyStudio(), options=ApplyOptions(download=films, root=tmp_path))
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    bad, good = (films / "q1.mp4").read_bytes(), record.films[0]
    plan = world.plan(video("q1", METRICS))
    [change] = plan.changes

    def killed(point: str) -> None:
        if point == "publish:recorded":
            raise Killed

    world.options = replace(world.options, checkpoint=killed)
    with pytest.raises(Killed):
        world.apply_planned(replace(plan, changes=(replace(change, publishes=good),)))
    assert (films / "q1.mp4").read_bytes() == bad
    world.options = replace(world.options, checkpoint=lambda point: None)
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    [record] = world.state.videos.values()
    assert record.entry_id == good.entry_id
    assert (films / "q1.mp4").read_bytes() != bad
    assert len(world.studio.films) == 2
