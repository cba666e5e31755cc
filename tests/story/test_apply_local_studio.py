"""The local studio over HTTP, with each of its open switches and each of its bad days."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.commands.connection import connect
from storyboard.commands.environment import resolve_environment
from storyboard.errors import ExitCode
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.state.local import LocalStore
from storyboard.state.store import open_state
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from storyboard.video import Video
from storyboard.wire import GUIDE, PROFILES
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.support.videos import ADAM, scene, video

DETAIL = scene("detail", "Here it is once more, in detail.", avatar=ADAM)
FIRST = video("q1", "Welcome to the overview of this quarter.", DETAIL)
SECOND = video("q1", "Welcome to the review of this quarter.", DETAIL)
READINGS = (
    *product(["true"], ["editable", "ready"], ["ready", "kept", "early"]),
    *product(["false"], ["ready"], ["ready", "kept", "early"]),
)


class Bench:
    """A served studio, and the compiler's side of it with a state of its own."""

    def __init__(self, studio: Studio, films: TinyFilmMaker, folder: Path) -> None:
        self.films = films
        self.user: Caller = caller(studio)
        variables = studio.variables(user_id="maker")
        self.user.ks = variables["KALTURA_KS"]
        self.environment = resolve_environment("kaltura", {}, variables, folder)
        self.store = LocalStore(folder / "state.json")
        self.folder = folder

    def apply(self, *wanted: Video) -> tuple[Outcome, Plan]:
        """Return what came of an apply, and the plan right after it."""
        return asyncio.run(self._apply(wanted))

    async def _apply(self, wanted: tuple[Video, ...]) -> tuple[Outcome, Plan]:
        options = ApplyOptions(
            download=self.folder / "films", poll_seconds=0.05, visibility=(0.0, 0.05, 0.1)
        )
        async with connect(self.environment) as client:

            async def plan() -> Plan:
                state = open_state(self.store, client.principal)
                return make_plan(wanted, state, await fetch_current(client, state), PlanOptions())

            outcome = await apply_plan(await plan(), client, self.store, None, options)
            return outcome, await plan()

    def videos(self) -> list[dict[str, Any]]:
        return list(self.user("video/list")["objects"])


@contextmanager
def bench(folder: Path, profile: str = GUIDE, **contract: str) -> Iterator[Bench]:
    listener = bind("127.0.0.1", 0)
    films = TinyFilmMaker()
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(
        folder / "w", films, public_url=url, contract=Contract(contract, profile)
    )
    with served(studio, listener):
        yield Bench(studio, films, folder)


def settled(bench: Bench, outcome: Outcome, after: Plan, films: int) -> None:
    assert outcome.exit_code is ExitCode.OK, outcome
    assert not after.has_changes, after.actions
    [found] = bench.videos()
    assert (found["name"], found["status"]) == ("Film q1", "ready")
    [row] = outcome.rows
    assert (row.video_id, row.entry_id) == (found["id"], found["entryId"])
    assert (bench.folder / "films" / "q1.mp4").stat().st_size > 1000
    assert len(bench.films.made) == films
    assert not outcome.state.operations
    assert not outcome.state.retired


@pytest.mark.parametrize(("editable", "status", "entry"), READINGS)
def test_an_edit_converges_under_every_reading_of_the_guide(
    tmp_path: Path, editable: str, status: str, entry: str
) -> None:
    contract = {
        "ready_videos_editable": editable,
        "ready_edit_status": status,
        "entry_id_while_generating": entry,
    }
    with bench(tmp_path, **contract) as b:
        settled(b, *b.apply(FIRST), films=1)
        settled(b, *b.apply(SECOND), films=2)
        settled(b, *b.apply(SECOND), films=2)
        text = b.videos()[0]["scenes"][0]["narration"]["text"]
        assert text == "Welcome to the review of this quarter."


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_a_second_apply_makes_nothing_under_any_profile(tmp_path: Path, profile: str) -> None:
    """A film, an edit of the finished video, and one of a video whose film failed."""
    with bench(tmp_path, profile) as b:
        settled(b, *b.apply(FIRST), films=1)
        settled(b, *b.apply(SECOND), films=2)
        broken, _ = b.apply(video("q1", "No.", DETAIL))
        assert broken.exit_code is not ExitCode.OK
        assert b.videos()[0]["status"] == "generate-error"
        before = len(b.films.made)
        settled(b, *b.apply(FIRST), films=before + 1)
        calls = len(b.user.control("GET", "journal")["objects"])
        settled(b, *b.apply(FIRST), films=before + 1)
        after = b.user.control("GET", "journal")["objects"][calls:]
        made = {"video/add", "video/update", "video/generate", "video/delete"}
        assert not made & {call["action"] for call in after}


@pytest.mark.parametrize("kind", ["drop-before", "drop-after", "truncate", "garbage", "empty"])
@pytest.mark.parametrize("action", ["video/add", "video/generate"])
def test_a_lost_answer_makes_nothing_twice(tmp_path: Path, action: str, kind: str) -> None:
    with bench(tmp_path) as b:
        reply = b.user.control("POST", "faults", json={"kind": kind, "action": action, "call": 1})
        assert "objects" in reply, reply
        settled(b, *b.apply(FIRST), films=1)
