"""A composed video is held for its sources only where something that is due reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storyboard.plan.action import Action
from storyboard.plan.composed import as_composed, compose_fingerprint
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.plan.shown import film_fingerprint
from storyboard.stand_in import StandIn
from storyboard.video import Compose, Hold, Scene, Video
from storyboard.wire import VideoStatus
from tests.support.plans import IDS, applied, current, record, remote
from tests.support.videos import ADAM, scene, span, video

BRIEF = Compose("session-highlights", 25.0, ("1_a", "1_b"), "the roadmap")
FILES = {"1_a": "a" * 64, "1_b": "b" * 64}
SCENES = (scene("#1", "Hello."), scene("#2", "Look at this.", broll=("1_a", 3.0)))
BOTH = (*SCENES, scene("#3", "And at this.", broll=("1_b", 5.0)))
AVATARS = {id_: avatar for avatar, id_ in IDS.items()}


def wanting(*missing: str, **fields: Any) -> Video:
    """A video of two talks, held for those whose files are not there."""
    holds = tuple(Hold(f"no '{entry}'", "media-missing", None, None) for entry in missing)
    marked = tuple(replace(h, composed_from=e) for h, e in zip(holds, missing, strict=True))
    stand_ins = tuple(StandIn(entry, f"{entry}.mp4", span()) for entry in BRIEF.entry_ids)
    given: dict[str, Any] = {"compose": BRIEF, "holds": marked, "stand_ins": stand_ins}
    return video("q1", **{**given, **fields})


def planned(
    wanted: Video, *, status: VideoStatus = VideoStatus.READY, scenes: tuple[Scene, ...] = SCENES
) -> list[Action]:
    """Plan against a studio in which both talks were composed and filmed, with their files."""
    live = remote(replace(wanting(), scenes=scenes), status)
    composed = as_composed(wanting(), live, AVATARS, named=False)
    kept = record(composed, live)
    film = replace(kept.films[0], fingerprint=film_fingerprint(composed, FILES))
    kept = replace(kept, films=(film,), composed=compose_fingerprint(BRIEF))
    state = applied(composed).with_video(composed.address, kept)
    there = {entry: digest for entry, digest in FILES.items() if entry not in
             {hold.composed_from for hold in wanted.holds}}  # fmt: skip
    plan = make_plan([wanted], state, current(live), PlanOptions(media_digests=there))
    return [action for _, action in plan.actions]


@pytest.mark.parametrize("missing", [(), ("1_a",), ("1_b",), ("1_a", "1_b")])
def test_nothing_is_due_and_nothing_is_held(missing: tuple[str, ...]) -> None:
    assert planned(wanting(*missing)) == []
    assert planned(wanting(*missing), scenes=BOTH) == []


@pytest.mark.parametrize("missing", [("1_a",), ("1_b",)])
def test_another_composition_waits_for_each_source(missing: tuple[str, ...]) -> None:
    other = replace(BRIEF, user_brief="the office")
    assert planned(wanting(*missing, compose=other)) == [Action.HOLD]
    assert planned(wanting(*missing), status=VideoStatus.COMPOSE_ERROR) == [Action.HOLD]


def test_a_film_waits_for_what_it_shows_alone() -> None:
    assert planned(wanting("1_a", avatar=ADAM)) == [Action.HOLD]
    assert planned(wanting("1_b", avatar=ADAM)) == [Action.UPDATE, Action.GENERATE]


def test_a_name_waits_for_nothing() -> None:
    assert planned(wanting("1_a", name="Another")) == [Action.RENAME]


def test_what_is_missing_for_more_than_composing_is_waited_for() -> None:
    held = wanting("1_a")
    also = (*held.holds, Hold("it is not translated", "translation-missing", None))
    assert planned(replace(held, holds=also)) == [Action.HOLD]
