"""Studios that cut, fold and rewrite names: the mark of an add survives, and a plan stays empty."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.plan.nonce_mark import marked_name, nonce_of
from storyboard.video import Video
from tests.support.office import applied_office
from tests.support.tiny_studio import Fault, TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
LONG = (
    "Überblick  über das »erste Quartal« – what's new & what comes next, "
    "told by those who made it, in all of our offices around the whole world"
)
NONCE = "0123456789abcdef"

STUDIOS: dict[str, Callable[[str], str]] = {
    "cut at 60": lambda name: name[:60],
    "cut at 90": lambda name: name[:90],
    "cut at 60 bytes": lambda name: name.encode()[:60].decode(errors="ignore"),
    "spaces collapsed, and cut at 60": lambda name: " ".join(name.split())[:60].strip(),
    "quotes typographic": lambda name: name.replace("'", "’").replace("-", "–"),
    "only ASCII": lambda name: name.encode("ascii", errors="ignore").decode(),
    "only letters, digits and spaces": lambda name: "".join(
        char for char in name if char.isalnum() or char == " "
    ),
    "capitals": str.upper,
    "HTML": lambda name: name.replace("&", "&amp;").replace("'", "&#39;"),
}


@dataclass
class Changing(TinyStudio):
    """Stores another name than the one sent. `echoes`: its answers say what was sent."""

    change: Callable[[str], str] = lambda name: name
    echoes: bool = False

    def _stored(self, body: dict[str, Any]) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads(json.dumps(body))
        return {**stored, "name": self.change(stored["name"])} if "name" in stored else stored

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        told = super()._act(action, body)
        if self.echoes and "name" in body and isinstance(told, dict):
            return {**told, "name": body["name"]}
        return told


def wanted(name: str = LONG) -> Video:
    return video("q1", WELCOME, name=name)


@pytest.fixture(params=STUDIOS)
def world(tmp_path: Path, request: pytest.FixtureRequest) -> World:
    studio = Changing(change=STUDIOS[request.param], film_polls=1)
    return World(tmp_path, studio)


@pytest.mark.parametrize("change", STUDIOS.values(), ids=STUDIOS)
def test_the_mark_survives(change: Callable[[str], str]) -> None:
    marked = marked_name(LONG, NONCE)
    assert len(marked) <= 60
    assert nonce_of(change(marked)) == NONCE


@pytest.mark.parametrize(
    "name",
    ["Film q1", LONG, "sb-0123 is not one", "sb-intro", f"Copy of sb-{NONCE} Film", "⟦sb:n0⟧ Film"],
)
def test_no_other_name_is_marked(name: str) -> None:
    """A copy that a person made of a marked video is theirs: studios name it in front."""
    assert nonce_of(name) is None


def test_marks_of_older_programs_are_known() -> None:
    assert nonce_of("Film q1 ⟦sb:0123456789abcdef⟧") == NONCE


def test_an_unanswered_add_makes_one_video(world: World) -> None:
    world.studio.faults.append(Fault("video/add", "after:500"))
    assert world.apply(wanted()).exit_code is ExitCode.OK
    assert (len(world.studio.videos), world.studio.count("video/add")) == (1, 1)
    assert not world.state.operations


def test_a_plan_after_an_apply_is_empty_and_an_edit_is_seen(world: World) -> None:
    world.apply(wanted())
    assert not world.plan(wanted()).has_changes
    (held,) = world.studio.videos.values()
    made = held["name"]
    for edited in (made[:30], f"{made} (draft)", "Mine"):
        world.studio.edit(held["id"], name=edited)
        (change,) = world.plan(wanted()).changes
        assert [(item.path, item.drift) for item in change.changes] == [("name", True)]
    assert world.apply(wanted()).exit_code is ExitCode.OK
    assert held["name"] == made
    other = wanted("Another name")
    assert [action for _, action in world.plan(other).actions] == [Action.RENAME]
    world.apply(other)
    assert not world.plan(other).has_changes


@pytest.mark.parametrize("films", [True, False], ids=["with films", "without films"])
def test_what_an_answer_says_is_not_what_is_stored(world: World, films: bool) -> None:
    """The answer to an edit told the name that was sent, and each plan told it was edited since."""
    assert isinstance(world.studio, Changing)
    world.studio.echoes = True
    world.apply(wanted(), generate=films)
    assert not world.plan(wanted(), generate=films).has_changes
    (held,) = world.studio.videos.values()
    world.studio.edit(held["id"], name=held["name"][:30])
    (change,) = world.plan(wanted(), generate=films).changes
    assert [(item.path, item.drift) for item in change.changes] == [("name", True)]


class RenamedAtOnce(Changing):
    """Somebody gives a video another name as soon as it has one."""

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        told = super()._act(action, body)
        if action == "video/update" and "name" in body:
            self.edit(body["id"], name="Mine")
        return told


def test_a_name_that_somebody_wrote_meanwhile_is_theirs(tmp_path: Path) -> None:
    """Recorded as what the studio made of ours, it would stay, and no plan would tell it."""
    studio = RenamedAtOnce(change=STUDIOS["cut at 60"], echoes=True, film_polls=1)
    world = World(tmp_path, studio)
    world.apply(wanted())
    (change,) = world.plan(wanted()).changes
    assert [(item.path, item.drift) for item in change.changes] == [("name", True)]


def test_a_lost_state_makes_no_twins(world: World) -> None:
    """A name that the studio changed was no longer known for the one that was wanted."""
    world.apply(wanted())
    (known,) = world.studio.videos
    shutil.rmtree(world.store.copies.folder)
    world.store.path.unlink()
    plan = world.plan(wanted())
    assert [refusal.rule for refusal in plan.refusals] == ["twins"]
    assert plan.changes[0].twin is not None
    assert plan.changes[0].twin.video.id == known


@pytest.mark.slow
def test_a_video_whose_name_was_cut_is_taken_in_again(tmp_path: Path) -> None:
    """`state adopt` looked for the whole name, and found none."""
    files = {
        "storyboard.yaml": 'storyboards: ["*.yaml"]\n',
        "long.yaml": f'name: "{LONG}"\nscenes: [{{id: hi, narration: {WELCOME}}}]\n',
    }
    studio = Changing(change=STUDIOS["cut at 60"], film_polls=1)
    with applied_office(tmp_path, files, studio) as office:
        shutil.rmtree(office.state.parent)
        assert "refused by twins" in office.run("plan").out
        assert office.run("state", "adopt").code == 0
        assert office.run("apply", "--yes").code == 0
        assert "no changes" in office.run("plan").out
    assert (len(studio.videos), len(studio.films)) == (1, 1)
