"""What is recorded is what was filmed, whatever a person does before whichever request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.outcome import Outcome
from storyboard.errors import ExitCode
from storyboard.plan.shown import film_fingerprint
from storyboard.video import Video
from tests.support.people import (
    Deed,
    SharedStudio,
    act_at_each_request,
    edits,
    films,
    films_at_once,
    says,
)
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
THIRD = "And this is what we do about them."
THEIRS = "These are words of somebody in the browser."
READY_EDITS = ("to-draft", "stays", "refused")


def changes_the_avatar(studio: SharedStudio) -> bool:
    studio.avatars["av9"] = {"id": "av9", "templateId": "adam", "background": {}}
    return edits(avatarId="av9")(studio)


PEOPLE: dict[str, tuple[Deed, ...]] = {
    "an edit": (says(THEIRS),),
    "an edit and its undoing": (says(THEIRS), says(METRICS)),
    "an own film": (says(THEIRS), films),
    "an own film at once": (says(THEIRS), films_at_once),
    "an own film and its undoing": (says(THEIRS), films_at_once, says(METRICS)),
    "a film of our scenes": (films,),
    "a film of our scenes at once": (films_at_once,),
    "another avatar": (changes_the_avatar,),
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
    wanted = video("q1", METRICS)
    endings = act_at_each_request(
        tmp_path,
        lambda: SharedStudio(ready_edits=ready_edits, film_polls=1),
        PEOPLE[person],
        before=None if video_is == "new" else video("q1", WELCOME),
        wanted=wanted,
        holds=lambda world: claims_nothing_false(world, wanted),
        converges=lambda world: converges(world, wanted),
    )
    assert set(endings) <= {ExitCode.OK, ExitCode.CONFLICT}, endings


def in_a_studio_that_leaves_edited_videos_ready(folder: Path) -> World:
    world = World(folder, SharedStudio(ready_edits="stays"))
    world.apply(video("q1", WELCOME))
    assert world.apply(video("q1", METRICS)).state.refused_films.count == 1
    return world


def test_a_film_that_ended_while_nobody_looked_was_seen_before(tmp_path: Path) -> None:
    world = in_a_studio_that_leaves_edited_videos_ready(tmp_path)
    wanted = video("q1", THIRD)
    world.studio.film_polls = 10_000
    world.options = replace(world.options, film_seconds=30.0)
    assert world.apply(wanted).exit_code is ExitCode.DETACHED
    made = [v for v in world.studio.videos.values() if v["status"] == "generating"]
    world.studio._end_film(made[0])
    films_made = len(world.studio.films)
    converges(world, wanted)
    assert len(world.studio.films) == films_made


def test_a_film_of_an_interrupted_run_that_nobody_saw_is_made_anew(tmp_path: Path) -> None:
    """A person edits, films, and takes the edit back, before the next run looks."""
    world = in_a_studio_that_leaves_edited_videos_ready(tmp_path)

    def crash(point: str) -> None:
        if point == "generate:intended" and len(world.studio.videos) == 2:
            raise RuntimeError("crash")

    world.options = replace(world.options, checkpoint=crash)
    with pytest.raises(ExceptionGroup):
        world.apply(video("q1", THIRD))
    world.options = replace(world.options, checkpoint=lambda point: None)
    assert isinstance(world.studio, SharedStudio)
    for deed in (says(THEIRS), films_at_once, says(THIRD)):
        assert deed(world.studio)
    converges(world, video("q1", THIRD))
