"""Of videos whose scenes the studio writes, too, what is recorded is what was filmed.

Their scenes are wanted as the studio has them, whoever edited them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.composed import as_composed
from storyboard.plan.shown import film_fingerprint
from storyboard.video import Compose, Video
from tests.story.test_old_films import LateLists
from tests.support.people import (
    Deed,
    SharedStudio,
    act_at_each_request,
    films,
    films_at_once,
    says,
)
from tests.support.videos import JANE, World, video

BRIEF = Compose("session-highlights", 25.0, ("1_talk",), "the roadmap")
OTHER = replace(BRIEF, user_brief="the office")
THEIRS = "These are words of somebody in the browser."
COMPOSED = "These are highlights for the roadmap."


def composed(compose: Compose) -> Video:
    return replace(video("q1", "unused"), scenes=(), compose=compose)


def composes_otherwise(studio: SharedStudio) -> bool:
    found = studio.only_video()
    body = {"entryIds": ["1_talk"], "userBrief": "something else"}
    return found is not None and "code" not in studio._video_compose({"id": found["id"], **body})


PEOPLE: dict[str, tuple[Deed, ...]] = {
    "an edit": (says(THEIRS),),
    "an edit and its undoing": (says(THEIRS), says(COMPOSED)),
    "an own film": (says(THEIRS), films),
    "an own film at once": (says(THEIRS), films_at_once),
    "a film of these scenes at once": (films_at_once,),
    "another composition": (composes_otherwise,),
}
USUAL = (("an edit", "to-draft", "new"), ("another composition", "to-draft", "edited"))


def claims_nothing_false(world: World) -> None:
    """Every film is recorded with the fingerprint of what it shows."""
    studio = world.studio
    avatars = dict.fromkeys(studio.avatars, JANE)
    for record in world.state.videos.values():
        for film in record.films:
            told = {"id": "x", "name": "x", "status": "ready", **studio.shows[film.entry_id]}
            shown = as_composed(composed(BRIEF), RemoteVideo.parse(told), avatars, named=True)
            assert film.fingerprint == film_fingerprint(shown, {})


def converges(world: World) -> None:
    wanted = composed(BRIEF)
    outcome = world.apply(wanted)
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert not world.plan(wanted).has_changes
    assert not outcome.state.operations
    claims_nothing_false(world)
    [found] = world.studio.videos.values()
    film = outcome.state.videos[wanted.address].film
    assert film is not None
    assert world.studio.shows[film.entry_id]["scenes"] == found["scenes"]


def combinations() -> Iterator[Any]:
    for usual in product(PEOPLE, ("to-draft", "stays", "refused"), ("new", "edited")):
        yield pytest.param(*usual, marks=() if usual in USUAL else pytest.mark.slow)


@pytest.mark.parametrize(("person", "ready_edits", "video_is"), [*combinations()])
def test_a_person_at_each_request_is_filmed_as_composed_or_not_recorded(
    tmp_path: Path, person: str, ready_edits: str, video_is: str
) -> None:
    endings = act_at_each_request(
        tmp_path,
        lambda: SharedStudio(ready_edits=ready_edits, film_polls=1),
        PEOPLE[person],
        before=None if video_is == "new" else composed(OTHER),
        wanted=composed(BRIEF),
        holds=claims_nothing_false,
        converges=converges,
    )
    told = {ExitCode.OK, ExitCode.CONFLICT, ExitCode.PARTIAL}  # 8: a compose that was refused
    assert set(endings) <= told, endings


@pytest.mark.parametrize("asked", [OTHER, BRIEF], ids=["another brief", "scenes that are gone"])
@pytest.mark.parametrize("late", [1, 4])
def test_a_list_that_is_late_is_no_composition(tmp_path: Path, late: int, asked: Compose) -> None:
    studio = LateLists()
    world = World(tmp_path, studio)
    world.apply(composed(BRIEF))
    [found] = studio.videos.values()
    if asked == BRIEF:
        studio.edit(found["id"], scenes=[], status="composed")
    plan = world.plan(composed(asked))
    studio.late, studio.film_polls = late, late + 6
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert len(studio.compositions) == 2
    assert str(asked.user_brief) in found["scenes"][0]["narration"]["text"]
    claims_nothing_false(world)


@dataclass
class Forgetful(SharedStudio):
    """Accepts compositions of composed videos, and makes none of the next `forgotten`."""

    forgotten: int = 0

    def _video_compose(self, body: dict[str, Any]) -> Any:
        if not self.forgotten:
            return super()._video_compose(body)
        self.forgotten -= 1
        return self.videos[body["id"]]


def test_a_composition_that_never_comes_is_left_and_said(tmp_path: Path) -> None:
    studio = Forgetful()
    world = World(tmp_path, studio)
    world.apply(composed(BRIEF), generate=False)
    studio.forgotten = 1
    outcome = world.apply(composed(OTHER), generate=False)
    assert outcome.exit_code is ExitCode.DETACHED
    assert "scenes from before" in str([each.message for each in outcome.actions])
    assert world.apply(composed(OTHER)).exit_code is ExitCode.OK
    assert not world.plan(composed(OTHER)).has_changes
    assert len(studio.compositions) == 2
    claims_nothing_false(world)
