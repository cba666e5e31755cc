"""The local studio, with a person at each call of an apply: captions say what a film shows."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.commands.connection import connect
from storyboard.errors import ExitCode
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.plan.shown import film_fingerprint
from storyboard.state.local import LocalStore
from storyboard.state.store import open_state
from storyboard.video import Video
from tests.story.test_apply_local_studio import Bench, bench
from tests.support.videos import video

FIRST = video("q1", "Welcome to the overview of this quarter.")
WANTED = video("q1", "Here we see the key metrics of it.")
THEIRS = "These are words of somebody in the browser."
OURS = WANTED.scenes[0].narration or ""
Person = Callable[[Bench], None]


class Attended:
    """A client before whose call `number`, counted from 1, a person acts."""

    def __init__(self, client: Any, number: int, act: Callable[[], None]) -> None:
        self._client, self._number, self._act = client, number, act
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if not inspect.iscoroutinefunction(found):
            return found

        async def attended(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self._number:
                await asyncio.to_thread(self._act)
            return await found(*arguments, **options)

        return attended


def apply(b: Bench, wanted: Video, number: int, person: Person) -> tuple[Outcome, int]:
    """Apply, with the person acting before a call; returns how many calls there were too."""

    async def run() -> tuple[Outcome, int]:
        options = ApplyOptions(poll_seconds=0.02, visibility=(0.0, 0.01))
        async with connect(b.environment) as client:
            made = await plan_of(b, client, wanted)
            attended = Attended(client, number, lambda: person(b))
            return await apply_plan(made, attended, b.store, None, options), attended.calls

    return asyncio.run(run())


async def plan_of(b: Bench, client: Any, wanted: Video) -> Plan:
    state = open_state(b.store, client.principal)
    return make_plan((wanted,), state, await fetch_current(client, state), PlanOptions())


def plan(b: Bench, wanted: Video) -> Plan:
    async def run() -> Plan:
        async with connect(b.environment) as client:
            return await plan_of(b, client, wanted)

    return asyncio.run(run())


def only_video(b: Bench) -> str:
    return str(max(b.videos(), key=lambda item: item["createdAt"])["id"])


def edit(b: Bench, text: str = THEIRS) -> dict[str, Any]:
    scenes = [{"layoutType": "full-screen", "narration": {"text": text}}]
    answer: dict[str, Any] = b.user("video/update", id=only_video(b), scenes=scenes)
    return answer


def edit_and_undo(b: Bench) -> None:
    if "code" not in edit(b):
        edit(b, OURS)


def film_own_words(b: Bench) -> None:
    if "code" not in edit(b):
        film(b)


def film_and_undo(b: Bench) -> None:
    film_own_words(b)
    edit(b, OURS)


def film(b: Bench) -> None:
    found = only_video(b)
    if "code" not in b.user("video/generate", id=found):
        b.user.wait(found, "ready")


def step_to_failure(b: Bench) -> None:
    """End what is being made, by the control plane, in a failure."""
    found = only_video(b)
    b.user.control("POST", f"videos/{found}/status", json={"status": "generate-error"})


PEOPLE: dict[str, Person] = {
    "edits": lambda b: edit(b) and None,
    "edits and undoes": edit_and_undo,
    "films own words": film_own_words,
    "films own words and undoes": film_and_undo,
    "films ours": film,
    "steps to a failure": step_to_failure,
}
CONTRACTS: dict[str, dict[str, str]] = {
    "editable": {},
    "stays ready": {"ready_edit_status": "ready", "entry_id_while_generating": "early"},
    "locked": {"ready_videos_editable": "false", "entry_id_while_generating": "kept"},
}


def says_ours(b: Bench, entry_id: str) -> bool:
    """Whether the captions of a film are the wanted words and no others."""
    form = {"filter[entryIdEqual]": entry_id, "ks": b.user.ks}
    assets = b.user.service("caption_captionAsset.list", **form)["objects"]
    [asset] = [each["id"] for each in assets if each["isDefault"]]
    path = "/api_v3/service/caption_captionAsset/action/serve"
    served = b.user.send("POST", path, data={"captionAssetId": asset, "ks": b.user.ks}).text
    return OURS in " ".join(served.split()) and THEIRS not in " ".join(served.split())


def claims_nothing_false(b: Bench, outcome: Outcome) -> None:
    for film in outcome.state.videos[WANTED.address].films:
        if film.fingerprint == film_fingerprint(WANTED, {}):
            assert says_ours(b, film.entry_id)


def combinations() -> Iterator[Any]:
    yield from product(PEOPLE, CONTRACTS)


@pytest.mark.slow
@pytest.mark.parametrize(("person", "contract"), [*combinations()])
def test_the_captions_of_what_is_recorded_say_what_is_wanted(
    tmp_path: Path, person: str, contract: str
) -> None:
    with bench(tmp_path, **CONTRACTS[contract]) as b:
        for number in range(1, 60):
            b.store = LocalStore(tmp_path / str(number) / "state.json")
            b.user.control("POST", "reset")
            apply(b, FIRST, 0, PEOPLE[person])
            outcome, calls = apply(b, WANTED, number, PEOPLE[person])
            if calls < number:
                return
            assert outcome.exit_code in (ExitCode.OK, ExitCode.CONFLICT), (number, outcome)
            claims_nothing_false(b, outcome)
            outcome, _ = apply(b, WANTED, 0, PEOPLE[person])
            assert outcome.exit_code is ExitCode.OK, (number, outcome)
            assert not plan(b, WANTED).has_changes
            claims_nothing_false(b, outcome)
            [row] = outcome.rows
            assert row.entry_id is not None
            assert says_ours(b, row.entry_id)
            assert len(b.videos()) == 1
    raise AssertionError("an apply without an end")
