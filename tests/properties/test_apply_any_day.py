"""Whatever happened on the days before, one quiet apply brings the studio to what the files say."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from storyboard.errors import ExitCode, StoryboardError
from storyboard.video import Video
from tests.support.examples import examples
from tests.support.people import SharedStudio
from tests.support.tiny_studio import Fault
from tests.support.videos import ADAM, World, scene, video

TEXTS = ("Welcome to the overview.", "Here we see the metrics.", "Thank you for watching.")
FREELY = {"prune": True, "allow_empty": True, "allow_missing": True}
ADDRESSES = st.sampled_from(["a", "b", "b@en", "b@de"])
SCENES = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)
ACTIONS = st.sampled_from(
    ["video/add", "video/update", "video/generate", "video/list", "video/delete", "avatar/upsert"]
)
FAULTS = st.sampled_from(["before:500", "after:500", "after:garbage", "before:empty"])


class Killed(Exception):
    """The process ended here."""


class AnyDay(RuleBasedStateMachine):
    """Edits of the files and in the browser, lost answers, crashes, failures, in any order."""

    @initialize(ready_edits=st.sampled_from(["to-draft", "stays", "refused"]))
    def open(self, ready_edits: str) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.studio = SharedStudio(ready_edits=ready_edits)
        self.world = World(self.folder, self.studio)
        self.stranger = self.world.studio._video_add({"name": "Film a", "scenes": []})["id"]
        self.wanted: dict[str, Video] = {}

    @rule(address=ADDRESSES, texts=SCENES, name=st.sampled_from("XY"), adam=st.booleans())
    def write(self, address: str, texts: list[str], name: str, adam: bool) -> None:
        scenes = [scene(f"s{i}", text) for i, text in enumerate(texts)]
        scenes[-1] = replace(scenes[-1], avatar=ADAM if adam else None)
        self.wanted[address] = video(address, *scenes, name=f"{name} {address}")

    @rule(address=ADDRESSES)
    def remove(self, address: str) -> None:
        self.wanted.pop(address, None)

    @rule(fault=FAULTS, action=ACTIONS, times=st.integers(1, 6))
    def break_the_network(self, fault: str, action: str, times: int) -> None:
        if action == "video/delete" and fault == "before:empty":
            return  # an empty answer is how a studio says that it deleted
        self.world.studio.faults.append(Fault(action, fault, times))

    @rule(films=st.integers(1, 3))
    def let_films_fail(self, films: int) -> None:
        self.world.studio.failing_films = films

    @precondition(lambda self: self.ours())
    @rule(data=st.data(), text=st.sampled_from(TEXTS))
    def edit_in_the_browser(self, data: st.DataObject, text: str) -> None:
        chosen = data.draw(st.sampled_from(self.ours()))
        scenes = [{"narration": {"text": text}}]
        self.world.studio._video_update({"id": chosen, "scenes": scenes})

    @precondition(lambda self: self.ours())
    @rule(data=st.data())
    def delete_in_the_browser(self, data: st.DataObject) -> None:
        del self.world.studio.videos[data.draw(st.sampled_from(self.ours()))]

    @precondition(lambda self: self.ours())
    @rule(data=st.data())
    def generate_in_the_browser(self, data: st.DataObject) -> None:
        self.world.studio._video_generate({"id": data.draw(st.sampled_from(self.ours()))})

    @rule(after=st.integers(1, 25), films=st.booleans())
    def apply_and_be_killed(self, after: int, films: bool) -> None:
        left = [after]

        def checkpoint(point: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        self.world.options = replace(self.world.options, checkpoint=checkpoint)
        with suppress(Killed, ExceptionGroup, StoryboardError):
            self.world.apply(*self.wanted.values(), generate=films, **FREELY)
        self.world.options = replace(self.world.options, checkpoint=lambda point: None)

    @rule()
    def apply(self) -> None:
        with suppress(StoryboardError):
            self.world.apply(*self.wanted.values(), **FREELY)

    @rule(before=st.integers(1, 40), text=st.sampled_from(TEXTS), films=st.booleans())
    def apply_while_somebody_edits(self, before: int, text: str, films: bool) -> None:
        """He edits one of ours, whichever is there then, and may have it filmed."""

        def edit(studio: SharedStudio) -> bool:
            for chosen in self.ours()[-1:]:
                studio._video_update({"id": chosen, "scenes": [{"narration": {"text": text}}]})
                if films:
                    studio._video_generate({"id": chosen})
            return True

        self.studio.expect(before, edit)
        self.apply()
        self.studio.expect(0)

    @rule()
    def apply_on_a_quiet_day(self) -> None:
        self.world.studio.faults.clear()
        self.world.studio.failing_films = 0
        wanted = self.wanted.values()
        outcome = self.world.apply(*wanted, **FREELY)
        assert outcome.exit_code is ExitCode.OK, outcome
        assert not self.world.plan(*wanted, **FREELY).has_changes
        names = sorted(str(self.remote(id_)["name"]) for id_ in self.ours())
        assert names == sorted(video.name for video in wanted)
        assert self.stranger in self.world.studio.videos
        assert not outcome.state.retired
        for item in wanted:
            record = outcome.state.videos[item.address]
            texts = [s["narration"]["text"] for s in self.remote(record.current.id)["scenes"]]
            assert texts == [s.narration for s in item.scenes]
            assert record.film is not None
            assert record.successor is None
            if self.studio.ready_edits != "stays":
                # Where edited videos stay ready, nothing tells of an edit that was taken back.
                filmed = self.studio.shows[record.film.entry_id]["scenes"]
                assert [s["narration"]["text"] for s in filmed] == texts

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.apply_on_a_quiet_day()
            shutil.rmtree(self.folder)

    def ours(self) -> list[str]:
        return [id_ for id_ in self.world.studio.videos if id_ != self.stranger]

    def remote(self, video_id: str) -> dict[str, Any]:
        return self.world.studio.videos[video_id]


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=examples(60), stateful_step_count=12, deadline=None)
