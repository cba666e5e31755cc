"""What second sendings of an add left in a studio: shown, swept if it is ours, else left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from storyboard.errors import ExitCode, StoryboardError
from storyboard.plan.leftovers import Fate
from storyboard.plan.nonce_mark import marked_name
from storyboard.plan.plan import Plan
from storyboard.state.model import ClosedAdd, Operation, OperationKind, State
from storyboard.video import Address
from tests.support.office import Office, applied_office
from tests.support.tiny_studio import PRINCIPAL, Fault, TinyStudio
from tests.support.videos import World, video

PLAN_SCHEMA = Path(__file__).parents[2] / "schemas" / "plan.schema.json"
WELCOME = "Welcome to the overview of this quarter."
WANTED = (video("q1", WELCOME), video("q2", WELCOME))


@dataclass
class Late(TinyStudio):
    """Shows a video only `late` lists after it was made, whoever asks and however."""

    late: int = 0
    listed: int = 0
    since: dict[str, int] = field(default_factory=dict)

    def _video_list(self, body: dict[str, Any]) -> Any:
        self.listed += 1
        kept = self.videos
        self.videos = {i: v for i, v in kept.items() if self.listed - self.since[i] > self.late}
        try:
            return super()._video_list(body)
        finally:
            self.videos = kept

    def _video_add(self, body: dict[str, Any]) -> Any:
        made = super()._video_add(body)
        self.since[made["id"]] = self.listed
        return made


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A studio that made q1 twice: its first sending shows only when the apply is over."""
    studio = Late(film_polls=1, late=100, faults=[Fault("video/add", "after:500")])
    world = World(tmp_path, studio)
    world.options = replace(world.options, concurrency=1)
    assert world.apply(*WANTED).exit_code is ExitCode.OK
    studio.late = 0
    assert len(studio.videos) == 3
    return world


def left(world: World) -> str:
    return min(world.studio.videos)


def fates(plan: Plan) -> list[tuple[str, str, Fate]]:
    return [(str(each.address), each.video.id, each.fate) for each in plan.leftovers]


def test_a_second_video_of_an_add_is_shown_and_deleted(world: World) -> None:
    plan = world.plan(*WANTED)
    assert fates(plan) == [("q1", left(world), Fate.DELETED)]
    assert plan.has_changes
    assert not plan.actions
    assert plan.digest != replace(plan, leftovers=()).digest
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert sorted(v["name"] for v in world.studio.videos.values()) == ["Film q1", "Film q2"]
    assert not world.plan(*WANTED).has_changes


@pytest.mark.parametrize("late", [4, 5, 6])
def test_one_that_shows_while_films_are_made_goes_in_the_same_run(
    tmp_path: Path, late: int
) -> None:
    studio = Late(late=late, film_polls=5, faults=[Fault("video/add", "after:500")])
    world = World(tmp_path, studio)
    assert world.apply(*WANTED).exit_code is ExitCode.OK
    studio.late = 0
    assert sorted(v["name"] for v in studio.videos.values()) == ["Film q1", "Film q2"]
    assert not world.plan(*WANTED).has_changes


def test_one_that_is_no_draft_is_kept_and_told(world: World) -> None:
    world.studio._video_generate({"id": left(world)})
    plan = world.plan(*WANTED)
    assert fates(plan) == [("q1", left(world), Fate.KEPT)]
    assert not plan.has_changes
    world.apply_planned(plan)
    assert len(world.studio.videos) == 3


def test_one_that_somebody_took_since_the_plan_is_kept(world: World) -> None:
    plan = world.plan(*WANTED)
    world.studio.edit(left(world), name="Mine")
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert world.studio.videos[left(world)]["name"] == "Mine"
    assert not world.plan(*WANTED).has_changes


def test_a_part_of_the_addresses_sweeps_only_its_own(world: World) -> None:
    assert not world.plan(*WANTED, scope=("q2",)).leftovers
    assert world.plan(*WANTED, scope=("q1",)).leftovers


def test_one_that_cannot_be_deleted_is_told_and_tried_again(world: World) -> None:
    world.studio.faults.append(Fault("video/delete", "before:500", times=99))
    assert world.apply(*WANTED).exit_code is ExitCode.PARTIAL
    world.studio.faults.clear()
    assert world.apply(*WANTED).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 2


def test_a_mark_that_no_state_of_ours_sent_proves_nothing(world: World) -> None:
    """Forged, or another project's: it is not deleted, not adopted, and no change."""
    world.apply(*WANTED)
    forged = [
        world.studio._video_add({"name": marked_name(name, nonce), "scenes": []})["id"]
        for name in ("Film q1", "Film q3")
        for nonce in ("f" * 16, "0123456789abcdef")
    ]
    wanted = (*WANTED, video("q3", WELCOME))
    plan = world.plan(*wanted)
    assert not plan.leftovers
    assert [str(change.address) for change, _ in plan.actions] == ["q3", "q3"]
    world.apply_planned(plan)
    world.apply(prune=True, allow_empty=True)
    assert sorted(world.studio.videos) == sorted(forged)


def test_the_nonce_of_a_film_proves_nothing(world: World) -> None:
    world.apply(*WANTED)
    nonces = {add.nonce for add in world.state.closed_adds}
    assert nonces == {"0" * 16, f"{1:016x}"}


def test_an_add_that_is_pruned_while_open_is_remembered(tmp_path: Path) -> None:
    """Its video came when its address was gone from the files."""
    studio = Late(late=100, faults=[Fault("video/add", "after:500", times=2)])
    world = World(tmp_path, studio)
    assert world.apply(WANTED[0], generate=False).exit_code is ExitCode.PARTIAL
    assert world.state.operations
    studio.late = 0
    plan = world.plan(prune=True, allow_empty=True)
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert (studio.videos, world.state.operations) == ({}, ())
    late = studio._video_add({"name": marked_name("Film q1", "0" * 16), "scenes": []})
    assert fates(world.plan()) == [("q1", late["id"], Fate.DELETED)]


def test_a_video_of_an_open_add_waits_for_its_address(tmp_path: Path) -> None:
    studio = Late(late=100, faults=[Fault("video/add", "after:500", times=2)])
    world = World(tmp_path, studio)
    world.apply(WANTED[0], generate=False)
    studio.late = 0
    first = left(world)
    waiting = fates(world.plan(WANTED[1], complete=False))
    assert ("q1", first, Fate.WAITING) in waiting
    assert not fates(world.plan(WANTED[0]))


@pytest.mark.slow
def test_whenever_it_is_killed_one_video_is_left_of_each(tmp_path: Path) -> None:
    """The answer is lost, the list is late, and the process ends at each point in turn."""

    class Killed(Exception):
        pass

    for number in range(1, 14):
        points = iter(range(number))

        def die(point: str, points: Any = points) -> None:
            if next(points, None) is None:
                raise Killed

        studio = Late(late=6, film_polls=1, faults=[Fault("video/add", "after:500", times=2)])
        folder = tmp_path / str(number)
        folder.mkdir()
        world = World(folder, studio)
        world.options = replace(world.options, checkpoint=die, concurrency=1)
        with suppress(Killed, ExceptionGroup, StoryboardError):
            world.apply(*WANTED)
        world.options = replace(world.options, checkpoint=lambda point: None)
        world.apply(*WANTED)
        studio.late = 0
        assert world.apply(*WANTED).exit_code is ExitCode.OK
        assert sorted(v["name"] for v in studio.videos.values()) == ["Film q1", "Film q2"]
        assert not world.plan(*WANTED).has_changes, number


def test_a_state_remembers_the_last_adds() -> None:
    state = State.fresh(PRINCIPAL)
    for number in range(700):
        opened = Operation(OperationKind.ADD, Address("a"), f"{number:016x}", f"2026-{number:04}")
        state = state.with_operation(opened)
        state = state.without_operation(opened.nonce).remembering(state)
    assert len(state.closed_adds) == 500
    assert state.closed_adds[-1] == ClosedAdd(f"{699:016x}", Address("a"), "2026-0699")
    assert state.remembering(state) is state


HELLO = "name: Hello\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n"
FILES = {"storyboard.yaml": 'storyboards: ["*.yaml"]\n', "hello.yaml": HELLO}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with applied_office(tmp_path, FILES, TinyStudio(film_polls=1)) as office:
        yield office


@pytest.mark.slow
def test_people_are_told_of_leftovers_everywhere(office: Office) -> None:
    (nonce,) = [text.split()[0] for text in json.loads(office.state.read_text())["closedAdds"]]
    ours = office.studio._video_add({"name": marked_name("Hello", nonce), "scenes": []})["id"]
    other = office.studio._video_add({"name": marked_name("Other", "f" * 16), "scenes": []})["id"]
    told = f"1 draft video left by interrupted adds; deleted by the next apply: {ours} (hello)"
    for command in (("plan",), ("plan", "--format", "markdown"), ("status",)):
        assert told in office.run(*command).out
    for command in (("plan", "--json"), ("status", "--json")):
        assert office.run(*command).json()["leftovers"] == [
            {"address": "hello", "videoId": ours, "status": "draft", "fate": "deleted"}
        ]
    plan = office.run("plan", "--json")
    Draft7Validator(json.loads(PLAN_SCHEMA.read_text())).validate(plan.json())
    assert office.run("plan", "--detailed-exitcode").code == 2
    assert "plan: 1 leftover to delete, 1 unchanged · plan id" in office.run("plan").out
    doctor = office.run("doctor").out
    assert f"1 video ({ours} of hello) left by interrupted runs" in doctor
    assert f"1 video ({other}, 'sb-{'f' * 16} Other') with the mark of an interrupted" in doctor
    applied = office.run("apply", "--yes")
    assert (applied.code, applied.out.splitlines()[-1]) == (0, "1 leftover deleted")
    assert f"video '{ours}', left by an interrupted add of 'hello': deleted" in applied.err
    assert "no changes" in office.run("plan").out
    assert other in office.studio.videos
    assert "left by interrupted adds" not in office.run("doctor").out


def test_a_state_brought_back_remembers_what_later_ones_added(office: Office) -> None:
    """A run was killed behind its add, and an older state was brought back."""
    (first,) = json.loads(office.state.read_text())["closedAdds"]
    office.project.write("bye.yaml", HELLO.replace("Hello", "Bye"))
    assert office.run("apply", "--yes", "--no-generate").code == 0
    later = json.loads(office.state.read_text())["closedAdds"]
    assert len(later) == 2
    copies = office.run("state", "copies").out
    serial = copies.split()[0]
    assert office.run("state", "restore", serial, "--force").code == 0
    body = json.loads(office.state.read_text())
    assert (body["closedAdds"], "bye" in body["videos"]) == (later, False)
    assert first in later
