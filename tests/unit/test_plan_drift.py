"""What somebody did in the studio is told as drift, whether or not the files changed it too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storyboard.plan.plan import make_plan
from storyboard.state.model import State
from storyboard.video import Scene, Video
from tests.support.plans import applied, current, remote
from tests.support.videos import ADAM, scene, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
BYE = "That was all, see you next time."


def tour(*scenes: Scene, **fields: Any) -> Video:
    given = scenes or (
        scene("hi", WELCOME),
        scene("clip", METRICS, broll=("1_a", 1.5)),
        scene("bye", BYE),
    )
    return video("q1", *given, **{"name": "Tour", **fields})


def with_scene(number: int, new: Scene) -> Video:
    scenes = list(tour().scenes)
    scenes[number] = new
    return tour(*scenes)


def told(wanted: Video, held: Video, state: State | None = None) -> dict[str, bool]:
    plan = make_plan([wanted], state or applied(tour()), current(remote(held)))
    [change] = plan.changes
    assert ("drift" in plan.kinds) is any(item.drift for item in change.changes)
    return {item.path: item.drift for item in change.changes}


BOTH: dict[str, tuple[Video, Video, str]] = {
    "a name": (tour(name="Tour 2"), tour(name="Tour, by hand"), "name"),
    "a text": (
        with_scene(0, scene("hi", f"{WELCOME} Again.")),
        with_scene(0, scene("hi", f"{WELCOME} By hand.")),
        "scenes[hi].narration.text",
    ),
    "a clip": (
        with_scene(1, scene("clip", METRICS, broll=("1_b", 1.5))),
        with_scene(1, scene("clip", METRICS, broll=("1_c", 1.5))),
        "scenes[clip].broll.entryId",
    ),
    "a start": (
        with_scene(1, scene("clip", METRICS, broll=("1_a", 2.5))),
        with_scene(1, scene("clip", METRICS, broll=("1_a", 3.5))),
        "scenes[clip].broll.startTime",
    ),
    "a scene that the files lost": (
        tour(*tour().scenes[:2]),
        with_scene(2, scene("bye", f"{BYE} By hand.")),
        "scenes[bye]",
    ),
    "a scene that the studio lost": (
        with_scene(2, scene("bye", f"{BYE} Again.")),
        tour(*tour().scenes[:2]),
        "scenes[bye]",
    ),
}


@pytest.mark.parametrize(("wanted", "held", "path"), BOTH.values(), ids=BOTH)
def test_an_edit_is_drift_though_the_files_changed_too(
    wanted: Video, held: Video, path: str
) -> None:
    """An edit of a text in the studio was told as a change of the files alone."""
    assert told(wanted, held) == {path: True}


@pytest.mark.parametrize(
    "wanted",
    [*(each[0] for each in BOTH.values()), tour(avatar=ADAM), tour(*reversed(tour().scenes))],
    ids=[*BOTH, "an avatar", "an order"],
)
def test_a_change_of_the_files_alone_is_none(wanted: Video) -> None:
    found = told(wanted, tour())
    assert found
    assert not any(found.values())


def test_an_order_that_somebody_changed_is_drift() -> None:
    first, second, third = tour().scenes
    moved = told(tour(), tour(third, first, second))
    assert moved == {"scenes[bye]": True}


def test_an_edit_that_says_what_the_files_say_now_is_no_difference() -> None:
    both = with_scene(0, scene("hi", f"{WELCOME} Again."))
    assert told(both, both) == {}


def test_what_is_not_recorded_is_nobodys() -> None:
    state = applied(tour())
    [(address, kept)] = state.videos.items()
    bare = replace(kept, current=replace(kept.current, scenes=(), name=type(kept.current.name)()))
    wanted, held, path = BOTH["a text"]
    found = told(wanted, held, state.with_video(address, bare))
    assert found == {path: False}
