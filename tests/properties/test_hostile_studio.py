"""Whatever JSON a studio answers with: an apply ends, in words, and never with a wrong "done"."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.apply.outcome import Ending, Outcome
from storyboard.errors import ExitCode, StoryboardError
from tests.support.examples import examples
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import ADAM, World, scene, video

pytestmark = pytest.mark.slow

ACTIONS = (
    "avatar/upsert",
    "avatar/get",
    "video/add",
    "video/get",
    "video/update",
    "video/list",
    "video/generate",
    "media/get",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.sampled_from([0.5, -1, 1e300, 10**30])
    | st.sampled_from(["", "v1", "../../x", "\x1b[2J", "12", "-1", "ready", "1_e4", "file:///x"])
    | st.text(max_size=8)
)
KEYS = st.text(max_size=4) | st.sampled_from(
    ["id", "objects", "totalCount", "status", "scenes", "name", "entryId", "code", "message"]
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


@dataclass
class Liar(TinyStudio):
    """Answers the nth call of an action, and those after it, with other JSON or a mutated reply."""

    action: str = ""
    nth: int = 0
    lies: list[Any] = field(default_factory=list)
    mutate: Any = None

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        return self.told(action, super()._act(action, body))

    def told(self, action: str, truth: Any) -> Any:
        if action != self.action:
            return truth
        self.nth -= 1
        if self.nth >= 0:
            return truth
        if self.mutate is not None:
            return self.mutate(copy.deepcopy(truth))
        return self.lies.pop(0) if self.lies else truth


def desired() -> list[Any]:
    return [
        video("a", scene("s1", "Welcome to the overview."), scene("s2", "Look.", avatar=ADAM)),
        video("b", scene("s1", "Here we see it.", broll=("1_b", 3.5))),
    ]


def applied(studio: TinyStudio) -> Outcome | StoryboardError:
    folder = Path(tempfile.mkdtemp())
    world = World(folder, studio)
    world.options = replace(world.options, download=folder / "films")
    began = time.monotonic()
    try:
        return world.apply(*desired())
    except StoryboardError as error:
        return error
    finally:
        assert time.monotonic() - began < 60
        shutil.rmtree(folder)


def check(studio: TinyStudio) -> None:
    outcome = applied(studio)
    if isinstance(outcome, StoryboardError):
        assert outcome.message
        return
    json.dumps([action.message for action in outcome.actions]).encode()
    made = {action.address for action in outcome.actions if action.ending is Ending.DONE}
    if outcome.exit_code is ExitCode.OK:
        assert len(made) == 2
        texts = {
            name: [s["narration"]["text"] for s in studio.by_name(name)["scenes"]]
            for name in ("Film a", "Film b")
        }
        assert texts == {
            "Film a": ["Welcome to the overview.", "Look."],
            "Film b": ["Here we see it."],
        }
        for item in ("Film a", "Film b"):
            assert studio.by_name(item)["id"] in {video_id for video_id, _ in studio.films}


SEARCHING = settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@SEARCHING
@given(st.sampled_from(ACTIONS), st.integers(0, 3), st.lists(JSON, min_size=1, max_size=6))
def test_any_json_ends_in_words(action: str, nth: int, lies: list[Any]) -> None:
    check(Liar(action=action, nth=nth, lies=lies))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else []
    parts = enumerate(value) if isinstance(value, list) else parts
    return [path, *(place for key, part in parts for place in _places(part, (*path, key)))]


def _put(truth: Any, seed: int, value: Any) -> Any:
    places = _places(truth)
    *way, last = places[seed % len(places)] or (None,)
    if last is None:
        return value
    inner = truth
    for key in way:
        inner = inner[key]
    inner[last] = value
    return truth


@SEARCHING
@given(st.sampled_from(ACTIONS), st.integers(0, 3), st.integers(0, 40), JSON)
def test_a_right_reply_with_one_wrong_value_ends_in_words(
    action: str, nth: int, seed: int, value: Any
) -> None:
    check(Liar(action=action, nth=nth, mutate=lambda truth: _put(truth, seed, value)))
