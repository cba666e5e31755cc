"""Files applied to a studio of the newest generation: as they are, and each thing made once."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.apply import apply_plan
from storyboard.apply.observer import SilentObserver
from storyboard.apply.options import ApplyOptions
from storyboard.commands.connection import connect
from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.state.store import open_state
from storyboard.wire import NEXT
from tests.contract.studio_rig import write_movie
from tests.story.test_apply_local_studio import FIRST, SECOND, Bench, bench, settled
from tests.story.test_compose_apply import BRIEF, TALK, composed
from tests.support.project import Project
from tests.support.videos import video


def calls(b: Bench, action: str) -> list[dict[str, Any]]:
    told = b.user.control("GET", "journal")["objects"]
    return [call for call in told if call["action"] == action]


def test_each_avatar_is_made_once_in_any_number_of_runs(tmp_path: Path) -> None:
    with bench(tmp_path, NEXT) as b:
        settled(b, *b.apply(FIRST), films=1)
        settled(b, *b.apply(SECOND), films=2)
        made = b.user.catalog("avatar/list", filter={"adminTagsIn": ["storyboard"]})["objects"]
        assert sorted(each["name"] for each in made) == ["Adam", "Jane"]
        assert len(calls(b, "avatar/create")) == 2


@pytest.mark.parametrize("kind", ["drop-after", "garbage"])
def test_a_lost_answer_makes_no_second_avatar(tmp_path: Path, kind: str) -> None:
    with bench(tmp_path, NEXT) as b:
        fault = {"kind": kind, "action": "avatar/create", "call": 1}
        assert "objects" in b.user.control("POST", "faults", json=fault)
        settled(b, *b.apply(FIRST), films=1)
        assert b.user.catalog("avatar/list")["totalCount"] == 2


def test_an_avatar_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    with bench(tmp_path, NEXT) as b:
        settled(b, *b.apply(FIRST), films=1)
        for each in b.user.catalog("avatar/list")["objects"]:
            b.user.catalog("avatar/delete", id=each["id"])
        settled(b, *b.apply(FIRST), films=2)


def test_a_composition_is_asked_by_sources_and_made_once(tmp_path: Path) -> None:
    with bench(tmp_path, NEXT) as b:
        clip = write_movie(tmp_path / "talk.mp4", 90).read_bytes()
        b.user.control("POST", "media?entryId=1_talk0001&name=talk", content=clip)
        b.user.control("POST", "media/1_talk0001/captions", content=TALK.encode())
        wanted = composed(replace(BRIEF, format_type="video-explainer"))
        outcome, after = b.apply(wanted)
        assert outcome.exit_code is ExitCode.OK, outcome
        made = [each.action for each in outcome.actions]
        assert made == [Action.CREATE, Action.COMPOSE, Action.GENERATE]
        assert not after.has_changes, after.actions
        [found] = b.videos()
        params = found["composeParams"]
        assert params["formatType"] == "explainer-video"
        assert params["sources"] == [{"entryId": "1_talk0001"}]
        outcome, _ = b.apply(wanted)
        assert not outcome.actions
        assert len(calls(b, "video/compose")) == 1


class Gate(SilentObserver):
    """Lets the first film end once another is known to wait for it."""

    def __init__(self) -> None:
        self.opened = threading.Event()

    def noticed(self, message: str) -> None:
        if "waits until another film is made" in message:
            self.opened.set()


def test_films_are_made_in_turns_where_the_studio_makes_one_at_a_time(tmp_path: Path) -> None:
    """The second is refused once, and asked for again when the first is there."""
    gate = Gate()
    other = replace(video("q2", "Welcome to the outlook for next year."), name="Film q2")
    with bench(tmp_path, NEXT) as b:
        b.films.gate = gate.opened
        options = ApplyOptions(download=None, poll_seconds=0.05, visibility=(0.0,))

        async def run() -> Any:
            async with connect(b.environment) as client:
                state = open_state(b.store, client.principal)
                current = await fetch_current(client, state)
                plan = make_plan((FIRST, other), state, current, PlanOptions())
                return await apply_plan(plan, client, b.store, gate, options)

        outcome = asyncio.run(run())
        assert outcome.exit_code is ExitCode.OK, outcome
        assert [row.status for row in outcome.rows] == ["ready", "ready"]
        codes = [call["code"] for call in calls(b, "video/generate")]
        assert sorted(map(str, codes)) == ["None", "None", "VIDEO_GENERATION_ALREADY_IN_PROGRESS"]


@pytest.mark.slow
def test_a_project_goes_on_when_its_studio_becomes_a_newer_one(tmp_path: Path) -> None:
    """What was made by the guide is known again, and an edit needs the catalog's avatars alone."""
    files = {
        "storyboard.yaml": "environments: {local: {profile: guide}}\n",
        "storyboards/tour.yaml": "name: Tour\nscenes: [Welcome to our search engine.]\n",
    }
    project = Project.of(tmp_path, files)
    applied = project.run("apply", "--yes", "--no-generate")
    assert applied.code == 0, applied
    project.edit("storyboard.yaml", "guide", "next")
    planned = project.run("plan", "--no-generate", "--detailed-exitcode")
    assert planned.code == 0, planned
    project.edit("storyboards/tour.yaml", "our search", "our new search")
    assert project.run("apply", "--yes", "--no-generate").code == 0
    assert project.run("plan", "--no-generate", "--detailed-exitcode").code == 0
