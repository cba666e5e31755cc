"""Any order of requests, failures and restarts: the studio does what a few lines of model do.

The model is written from the guide (§3, §6, §9, §12) and shares nothing with the studio.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
)
from storyboard.studio.film.request import Cancelled, Film, FilmOrder, OnProgress
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.local import open_studio
from tests.contract.studio_rig import (
    Caller,
    TinyFilmMaker,
    caller,
    draw,
    speak,
    time_scenes,
    write_movie,
)
from tests.support.examples import examples

USERS = ("ann@example.com", "bob@example.com")
DAY = 86_400
GOOD = {"narration": {"text": "Long enough to be spoken aloud."}}
OTHER = {"layoutType": "full-screen", "narration": {"text": "Something else, as long as that."}}
SHORT = {"narration": {"text": "Too short."}}
SCENES = st.lists(st.sampled_from([GOOD, OTHER, SHORT]), min_size=1, max_size=3)
NAMES = st.sampled_from(["One", "Two", "Zwei — 二"])
INDEX = st.sampled_from(USERS)
TALK = "1_talk0001"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nSomebody says something here.\n"
REFUSED = "nothing of this"
BRIEFS = st.sampled_from(["the beginning", "the end", REFUSED])


@dataclass
class Model:
    """A video as its user should see it."""

    owner: str
    name: str
    scenes: list[dict[str, Any]]
    status: str = "draft"
    entry: str | None = None
    asked: dict[str, Any] | None = None
    was_composed: bool = False

    @property
    def editable(self) -> str:
        """Return the status to which a generated video goes back."""
        return "composed" if self.was_composed else "draft"


def composed_of(brief: str) -> list[dict[str, Any]]:
    """Return the scenes that the composer below writes."""
    said = {"layoutType": "full-screen", "narration": {"text": f"This is about {brief}."}}
    shown = {"layoutType": "broll", "narration": {"text": "And here it can be seen."}}
    return [said, {**shown, "broll": {"entryId": TALK, "startTime": 0.5}}]


class GatedFilmMaker(TinyFilmMaker):
    """Looks at nothing before its gate is open, so that a film ends when the test wants it to."""

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        assert self.gate is not None
        while not self.gate.wait(0.005):
            if cancelled():
                raise Cancelled
        return super().__call__(order, on_progress, cancelled)


class GatedComposer:
    """Composes once its gate is open, and fails where the brief says so."""

    def __init__(self, gate: threading.Event) -> None:
        self.gate = gate

    def __call__(self, request: ComposeRequest) -> Composition:
        self.gate.wait()
        if request.brief == REFUSED:
            raise ComposeError("composer-failed", "the brief cannot be followed")
        said, shown = (scene["narration"]["text"] for scene in composed_of(request.brief))
        name = f"On {request.brief}" if request.wants_name else None
        return Composition((ComposedScene(said), ComposedScene(shown, TALK, 0.5)), name)


class Lifecycle(RuleBasedStateMachine):
    """Two users of one studio, and the model of what they have."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.gate = threading.Event()
        self.composer_gate = threading.Event()
        self.now = time.time()
        self.model: dict[str, Model] = {}
        self.gone: set[str] = set()
        self.entries: set[str] = set()

    def open(self) -> None:
        films, composer = GatedFilmMaker(self.gate), GatedComposer(self.composer_gate)
        makers = Makers(films, speak, draw, composer, time_scenes)
        self.studio = open_studio(
            self.folder / "w", makers=makers, clock=lambda: self.now, workers=2
        )
        self.studio.start()
        self.users: dict[str, Caller] = {}
        self._log_in()

    @initialize()
    def begin(self) -> None:
        self.open()
        clip = write_movie(self.folder / "talk.mp4", 8).read_bytes()
        user = self.users[USERS[0]]
        user.control("POST", f"media?entryId={TALK}&name=talk.mp4", content=clip)
        user.control("POST", f"media/{TALK}/captions", content=CAPTIONS.encode())

    def teardown(self) -> None:
        self.composer_gate.set()
        self.studio.close()
        shutil.rmtree(self.folder)

    @rule(target=ids, user=INDEX, name=NAMES, scenes=SCENES)
    def add(self, user: str, name: str, scenes: list[dict[str, Any]]) -> Any:
        who = self.users[user]
        made = who("video/add", name=name, avatarId=who.avatar(), scenes=scenes)
        assert made["id"] not in self.model
        assert (made["status"], made["entryId"], made["userId"]) == ("draft", None, user)
        self.model[made["id"]] = Model(user, name, scenes)
        return made["id"] if len(self.model) < 12 else multiple()

    @rule(video=ids, name=NAMES)
    def rename(self, video: str, name: str) -> None:
        if self._tell(video, "video/update", name=name) is None:
            self.model[video].name = name

    @rule(video=ids, scenes=SCENES)
    def rewrite(self, video: str, scenes: list[dict[str, Any]]) -> None:
        busy = self._status(video) in ("generating", "composing")
        locked = "VIDEO_IS_PROCESSING" if busy else None
        refused = self._tell(video, "video/update", scenes=scenes)
        assert refused == (self._code(video) or locked)
        if refused is None:
            model = self.model[video]
            if model.status == "ready" and model.scenes != scenes:
                model.status = model.editable
            model.scenes = scenes

    @rule(video=ids)
    def generate(self, video: str) -> None:
        refused = self._tell(video, "video/generate")
        expected = {"draft": None, "composed": None, "generating": "VIDEO_IS_BEING_GENERATED"}
        status = self._status(video)
        assert refused == (self._code(video) or expected.get(status, "VIDEO_CANNOT_GENERATE"))
        if refused is None:
            self.model[video].status = "generating"

    @rule(video=ids, brief=BRIEFS, wants_name=st.booleans())
    def compose(self, video: str, brief: str, wants_name: bool) -> None:
        asked = {
            "formatType": "session-highlights",
            "duration": 10,
            "entryIds": [TALK],
            "userBrief": brief,
            "generateName": wants_name,
        }
        refused = self._tell(video, "video/compose", **asked)
        assert refused == (self._code(video) or self._no_composing(video))
        if refused is None:
            self.model[video].status = "composing"
            self.model[video].asked = asked

    @rule(video=ids)
    def compose_of_nothing(self, video: str) -> None:
        asked = {"formatType": "session-highlights", "duration": 10, "entryIds": ["1_nothing1"]}
        refused = self._tell(video, "video/compose", **asked)
        none = self._no_composing(video) or "CAPTIONS_NOT_FOUND"
        assert refused == (self._code(video) or none)

    @rule(video=ids)
    def reset(self, video: str) -> None:
        refused = self._tell(video, "video/resetStatus")
        failed = self._status(video) in ("generate-error", "compose-error")
        assert refused == (self._code(video) or (None if failed else "CANNOT_RESET_STATUS"))
        if refused is None:
            model = self.model[video]
            model.status = "draft" if model.status == "compose-error" else model.editable

    @rule(video=ids)
    def fail_by_hand(self, video: str) -> None:
        if video in self.gone:
            return
        who = self.users[self.model[video].owner]
        path = f"videos/{video}/status"
        for busy, failed in (("generating", "generate-error"), ("composing", "compose-error")):
            reply = who.control("POST", path, json={"status": failed, "reason": "a test"})
            if self._status(video) == busy:
                self.model[video].status = failed
            else:
                assert reply["code"] == "INVALID_STATUS_TRANSITION"

    @rule()
    def let_all_films_end(self) -> None:
        self.gate.set()
        for video, model in self.model.items():
            if model.status == "generating":
                good = SHORT not in model.scenes
                model.status = "ready" if good else "generate-error"
                seen = self.users[model.owner].wait(video, model.status)
                if good:
                    assert seen["entryId"] not in self.entries | {None}
                    self.entries.add(seen["entryId"])
                    model.entry = seen["entryId"]
        self.gate.clear()

    @rule()
    def let_all_compositions_end(self) -> None:
        self.composer_gate.set()
        for video, model in self.model.items():
            if model.status == "composing":
                assert model.asked is not None
                brief = model.asked["userBrief"]
                model.status = "compose-error" if brief == REFUSED else "composed"
                self.users[model.owner].wait(video, model.status)
                if brief != REFUSED:
                    model.was_composed = True
                    model.scenes = composed_of(brief)
                    model.name = f"On {brief}" if model.asked["generateName"] else model.name
        self.composer_gate.clear()

    @rule(video=consumes(ids))
    def delete(self, video: str) -> None:
        assert self._tell(video, "video/delete") == self._code(video)
        self.model.pop(video, None)
        self.gone.add(video)

    @rule()
    def expire_sessions(self) -> None:
        self.now += DAY + 1
        for who in self.users.values():
            assert who("video/list")["code"] == "EXPIRED_KS"
        self._log_in()

    @rule()
    def restart(self) -> None:
        self.studio.close()
        self.open()

    @rule(video=ids)
    def look_at_what_is_anothers(self, video: str) -> None:
        if video in self.gone:
            return
        other = self.users[next(user for user in USERS if user != self.model[video].owner)]
        for action in ("get", "update", "generate", "resetStatus", "delete"):
            assert other(f"video/{action}", id=video)["code"] == "VIDEO_NOT_FOUND"
        asked = {"formatType": "video-explainer", "duration": 10, "entryIds": [TALK]}
        assert other("video/compose", id=video, **asked)["code"] == "VIDEO_NOT_FOUND"

    @invariant()
    def every_user_sees_the_model(self) -> None:
        for user, who in self.users.items():
            reply = who("video/list", pager={"limit": 500})
            expected = [video for video, model in self.model.items() if model.owner == user]
            assert reply["totalCount"] == len(expected)
            assert [video["id"] for video in reply["objects"]] == expected[::-1]
            for video in reply["objects"]:
                model = self.model[video["id"]]
                told = (video["name"], video["status"], video["scenes"], video["entryId"])
                assert told == (model.name, model.status, model.scenes, model.entry)
                assert video["composeParams"] == model.asked

    @invariant()
    def every_film_is_a_medium_of_its_own(self) -> None:
        media = self.users[USERS[0]].control("GET", "media")["objects"]
        assert {medium["id"] for medium in media} == self.entries | {TALK}

    def _log_in(self) -> None:
        self.users = {user: caller(self.studio, user) for user in USERS}

    def _status(self, video: str) -> str:
        return "" if video in self.gone else self.model[video].status

    def _no_composing(self, video: str) -> str | None:
        """Return the code with which a video's status refuses to be composed."""
        can = self._status(video) in ("draft", "composed")
        return None if can else "VIDEO_CANNOT_COMPOSE"

    def _code(self, video: str) -> str | None:
        return "VIDEO_NOT_FOUND" if video in self.gone else None

    def _tell(self, video: str, action: str, **body: Any) -> str | None:
        """Send as the owner; return the code that it was refused with."""
        user = USERS[0] if video in self.gone else self.model[video].owner
        reply = self.users[user](action, id=video, **body)
        return None if reply is None else reply.get("code")


Lifecycle.TestCase.settings = settings(
    max_examples=examples(15),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestLifecycle = Lifecycle.TestCase
