"""What is recorded is what was filmed, whatever a person does before whichever request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.outcome import Outcome
from storyboard.errors import ExitCode
from storyboard.plan.shown import film_fingerprint
from storyboard.video import Video
from tests.support.people import Deed, SharedStudio, edits, films, films_at_once, says
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
THEIRS = "These are words of somebody in the browser."
READY_EDITS = ("to-draft", "stays", "refused")
PEOPLE: dict[str, tuple[Deed, ...]] = {
    "an edit": (says(THEIRS),),
    "an edit and its undoing": (says(THEIRS), says(METRICS)),
    "an own film": (says(THEIRS), films),
    "an own film at once": (says(THEIRS), films_at_once),
    "an own film and its undoing": (says(THEIRS), films_at_once, says(METRICS)),
    "a film of our scenes": (films,),
    "a film of our scenes at once": (films_at_once,),
    "another avatar": (edits(avatarId="av9"),),
    "a scene more": (edits(scenes=[{"narration": {"text": t}} for t in (METRICS, THEIRS)]),),
}


def shown(world: World, entry_id: str) -> list[str]:
    return [scene["narration"]["text"] for scene in world.studio.shows[entry_id]["scenes"]]


def claims_nothing_false(world: World, wanted: Video) -> None:
    """A film that is recorded as wanted shows what is wanted."""
    record = world.state.videos.get(wanted.address)
    fingerprint = film_fingerprint(wanted, {})
    for film in () if record is None else record.films:
        if film.fingerprint == fingerprint:
            assert shown(world, film.entry_id) == [s.narration for s in wanted.scenes]
            avatar = world.studio.shows[film.entry_id]["avatarId"]
            assert world.studio.avatars[avatar]["templateId"] == wanted.avatar.template_id


def converges(world: World, wanted: Video) -> Outcome:
    outcome = world.apply(wanted)
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert not world.plan(wanted).has_changes
    film = outcome.state.videos[wanted.address].film
    assert film is not None
    claims_nothing_false(world, wanted)
    assert not outcome.state.operations
    assert len(world.studio.videos) == 1
    return outcome


def act_at_each_request(
    folder: Path, deeds: Sequence[Deed], ready_edits: str, *, first: bool
) -> list[ExitCode]:
    """Apply once for each request, with the person acting from that one on, then apply again."""
    endings = []
    for number in range(1, 60):
        studio = SharedStudio(ready_edits=ready_edits, film_polls=1)
        world = World(folder / str(number), studio)
        world.folder.mkdir()
        if not first:
            world.apply(video("q1", WELCOME))
        wanted = video("q1", METRICS)
        plan = world.plan(wanted)
        studio.avatars["av9"] = {"id": "av9", "templateId": "adam", "background": {}}
        studio.expect(number, *deeds)
        outcome = world.apply_planned(plan)
        if studio.requests < number:
            return endings
        claims_nothing_false(world, wanted)
        studio.expect(0)
        endings.append(outcome.exit_code)
        converges(world, wanted)
    raise AssertionError("an apply without an end")


USUAL = (
    ("an edit", "to-draft", "edited"),
    ("an edit and its undoing", "to-draft", "new"),
    ("an own film at once", "refused", "new"),
)
"""What is tried each time; all else takes a minute."""


def combinations() -> Iterator[Any]:
    for usual in product(PEOPLE, READY_EDITS, ("new", "edited")):
        marks = () if usual in USUAL else pytest.mark.slow
        yield pytest.param(*usual, marks=marks)


@pytest.mark.parametrize(("person", "ready_edits", "video_is"), [*combinations()])
def test_a_person_at_each_request_is_never_filmed_as_ours(
    tmp_path: Path, person: str, ready_edits: str, video_is: str
) -> None:
    endings = act_at_each_request(tmp_path, PEOPLE[person], ready_edits, first=video_is == "new")
    assert set(endings) <= {ExitCode.OK, ExitCode.CONFLICT}, endings
