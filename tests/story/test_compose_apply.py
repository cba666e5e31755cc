"""A storyboard with `compose`: composed once, and again when its block changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.apply.outcome import Ending
from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.plan.plan import Plan
from storyboard.video import Compose, Video
from tests.contract.studio_rig import write_movie
from tests.story.test_apply_local_studio import Bench, bench
from tests.support.videos import ADAM, video

TALK = "WEBVTT\n" + "".join(
    f"\n00:0{n * 8 // 60}:{n * 8 % 60:02}.000 --> 00:0{(n * 8 + 7) // 60}:{(n * 8 + 7) % 60:02}.500"
    f"\n{text}\n"
    for n, text in enumerate(
        (
            "Good morning everyone, can you hear me?",
            "Revenue grew by twelve percent, driven by new customers in Europe.",
            "In spring we announce the new search engine for every document.",
            "In summer the roadmap brings offline mode to the mobile product.",
            "Customers in the field asked for offline mode more than anything else.",
            "In autumn we announce the public interface for our partners.",
            "Partners can build their own products on top of the search engine.",
            "The new office in Lisbon opens in March with a large kitchen.",
        )
    )
)
BRIEF = Compose("session-highlights", 25.0, ("1_talk0001",), "the product roadmap")


def composed(compose: Compose = BRIEF) -> Video:
    return replace(video("q1", "unused"), scenes=(), compose=compose)


@pytest.fixture
def b(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as opened:
        clip = write_movie(tmp_path / "talk.mp4", 90).read_bytes()
        opened.user.control("POST", "media?entryId=1_talk0001&name=talk", content=clip)
        opened.user.control("POST", "media/1_talk0001/captions", content=TALK.encode())
        yield opened


def actions(plan: Plan) -> list[Action]:
    return [action for _, action in plan.actions]


def composings(b: Bench) -> int:
    """How many compositions the studio was asked for, dropped requests left out."""
    calls = b.user.control("GET", "journal")["objects"]
    return sum(call["action"] == "video/compose" and call["status"] is not None for call in calls)


def test_composed_once_and_filmed(b: Bench) -> None:
    outcome, after = b.apply(composed())
    assert outcome.exit_code is ExitCode.OK, outcome
    assert [a.action for a in outcome.actions] == [Action.CREATE, Action.COMPOSE, Action.GENERATE]
    assert not after.has_changes, after.actions
    [row] = outcome.rows
    assert row.status == "ready"
    [found] = b.videos()
    assert found["composeParams"]["userBrief"] == "the product roadmap"
    assert [s["layoutType"] for s in found["scenes"]] == ["full-screen", "broll"]
    outcome, after = b.apply(composed())
    assert not outcome.actions
    assert (composings(b), len(b.films.made)) == (1, 1)
    assert b.videos()[0] == found


def test_only_a_changed_block_composes_again(b: Bench) -> None:
    b.apply(composed())
    before = b.videos()[0]
    recast = replace(composed(), avatar=ADAM)
    outcome, after = b.apply(recast)
    assert [a.action for a in outcome.actions] == [Action.UPDATE, Action.GENERATE]
    assert b.videos()[0]["scenes"] == before["scenes"]
    assert not after.has_changes
    outcome, after = b.apply(composed(replace(BRIEF, user_brief="the office in Lisbon")))
    assert Action.COMPOSE in [a.action for a in outcome.actions]
    assert outcome.exit_code is ExitCode.OK, outcome
    assert "Lisbon" in str(b.videos()[0]["scenes"])
    assert not after.has_changes, after.actions
    assert (composings(b), len(b.films.made), len(b.videos())) == (2, 3, 1)


def test_what_was_edited_in_the_studio_stays(b: Bench) -> None:
    b.apply(composed())
    [found] = b.videos()
    found["scenes"][0]["narration"]["text"] = "Hello, and welcome to our roadmap."
    b.user("video/update", id=found["id"], scenes=found["scenes"])
    outcome, after = b.apply(composed())
    assert [a.action for a in outcome.actions] == [Action.GENERATE]
    assert b.videos()[0]["scenes"] == found["scenes"]
    assert not after.has_changes


def test_scenes_in_the_file_end_a_composition(b: Bench) -> None:
    b.apply(composed())
    _, after = b.apply(video("q1", "These words are ours, all of them."))
    assert not after.has_changes
    outcome, after = b.apply(composed())
    assert Action.COMPOSE in [a.action for a in outcome.actions]
    assert not after.has_changes
    assert composings(b) == 2


def test_the_studio_names_it_where_it_may(b: Bench) -> None:
    outcome, after = b.apply(composed(replace(BRIEF, generate_name=True)))
    assert outcome.exit_code is ExitCode.OK, outcome
    assert b.videos()[0]["name"] not in ("", "Film q1")
    assert not after.has_changes, after.actions


def test_no_captions_end_in_a_message_and_no_film(b: Bench) -> None:
    b.user.control("POST", "reset")
    outcome, after = b.apply(composed())
    endings = {a.action: a.ending for a in outcome.actions}
    assert endings[Action.COMPOSE] is Ending.FAILED
    assert endings[Action.GENERATE] is Ending.SKIPPED
    assert "CAPTIONS_NOT_FOUND" in str([a.message for a in outcome.actions])
    assert not outcome.state.operations
    assert actions(after) == [Action.COMPOSE, Action.GENERATE]


@pytest.mark.parametrize("kind", ["drop-before", "drop-after", "truncate", "garbage", "empty"])
def test_a_lost_answer_composes_nothing_twice(b: Bench, kind: str) -> None:
    fault = {"kind": kind, "action": "video/compose", "call": 1}
    b.user.control("POST", "faults", json=fault)
    outcome, after = b.apply(composed())
    assert outcome.exit_code is ExitCode.OK, outcome
    assert not after.has_changes
    assert len(b.films.made) == 1
    assert composings(b) == 1
