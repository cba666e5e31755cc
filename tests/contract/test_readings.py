"""What the guide says in one word or not at all: decided once, in the table of switches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from storyboard.studio.api import avatar_api, service_calls
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.switches import SWITCHES, Certainty
from storyboard.studio.compose.request import ComposedScene, Composition
from storyboard.views.studio import render_contract_text
from storyboard.wire import GUIDE, Action
from tests.contract.studio_rig import BACKGROUND, HELLO, Caller, caller, open_test_studio
from tests.contract.test_compose import with_talk

Opened = Callable[..., Caller]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Open a studio with switches, for one user."""
    with ExitStack() as stack:

        def open_with(**contract: str) -> Caller:
            folder = tmp_path / "-".join(("w", *contract.values()))
            return caller(stack.enter_context(open_test_studio(folder, contract=contract)))

        yield open_with


def test_each_switch_says_where_it_comes_from() -> None:
    for switch in SWITCHES:
        assert len({*switch.values}) == len(switch.values) > 0
        assert switch.meaning
        assert switch.source
        documented = switch.certainty in (Certainty.DOCUMENTED, Certainty.INFERRED)
        assert not documented or "guide" in switch.source or "services" in switch.source


def test_a_switch_of_one_value_is_shown_without_others() -> None:
    told = render_contract_text(Contract().listing(), GUIDE)
    assert "    or ; " not in told
    assert "\n    inferred: guide §4, §6 and §12 name the refusals, and no order\n" in told


def test_a_deleted_video_is_answered_as_the_document_says(opened: Opened) -> None:
    """A generated client reads `null`; an empty body in JSON is none that it can read."""
    for contract, body in (({}, b"null"), ({"deleted_answer": "empty"}, b"")):
        user = opened(**contract)
        reply = user.raw("video/delete", {"id": user.video()})
        assert (reply.content, reply.headers["content-type"]) == (body, "application/json")
        document = user.control("GET", "openapi.json")
        content = document["paths"]["/video/delete"]["post"]["responses"]["200"]["content"]
        schema = {**content["application/json"]["schema"], "components": document["components"]}
        if body:
            jsonschema.validate(reply.json(), schema)
        refused = user("video/delete", id="gone")
        jsonschema.validate(refused, schema)
        assert refused["code"] == "VIDEO_NOT_FOUND"


def test_a_color_is_no_other_in_lower_case(opened: Opened) -> None:
    user = opened()
    first = user.avatar("jane", type="color", color="#CEEEDB")
    assert user.avatar("jane", type="color", color="#ceeedb") == first
    assert user("avatar/get", id=first)["background"] == BACKGROUND
    lower = user.avatar("adam", type="color", color="#abcdef")
    assert user("avatar/get", id=lower)["background"]["color"] == "#abcdef"
    assert user.avatar("adam", type="color", color="#ABCDEF") == lower
    other = opened(color_case="differs")
    shades = [other.avatar("jane", type="color", color=color) for color in ("#CEEEDB", "#ceeedb")]
    assert shades[0] != shades[1]


def test_a_background_entry_may_come_later(opened: Opened) -> None:
    background = {"type": "entry", "entryId": "1_nothing1"}
    later = opened()
    avatar = later.avatar("jane", **background)
    assert later("avatar/preview", id=avatar)["code"] == "BACKGROUND_NOT_FOUND"
    strict = opened(unknown_background_entry="refuse")
    told = strict("avatar/upsert", templateId="jane", background=background)
    assert told["code"] == "BACKGROUND_NOT_FOUND"


def test_a_video_needs_an_avatar_though_each_scene_has_one(opened: Opened) -> None:
    enough = {"scene_avatars": "enough"}
    for contract, code in (({}, "VIDEO_AVATAR_NOT_CONFIGURED"), (enough, None)):
        user = opened(**contract)
        spoken = {"narration": {"text": HELLO["narration"]["text"], "avatarId": user.avatar()}}
        video = user.video(spoken)
        assert user("video/update", id=video, avatarId=None)["avatarId"] is None
        told = user("video/generate", id=video)
        assert told.get("code") == code
        if code is None:
            assert user.wait(video, "ready")["entryId"]
            half = user.video(spoken, HELLO)
            user("video/update", id=half, avatarId=None)
            assert user("video/generate", id=half)["code"] == "VIDEO_AVATAR_NOT_CONFIGURED"


def test_equal_sources_count_once(opened: Opened, tmp_path: Path) -> None:
    six = {"formatType": "session-highlights", "duration": 20, "entryIds": ["1_talk0001"] * 6}
    for contract, code in (({}, None), ({"equal_sources": "each"}, "TOO_MANY_SOURCES")):
        user = with_talk(opened(**contract), tmp_path)
        assert user("video/compose", id=user.video(), **six).get("code") == code


def test_null_is_nothing_where_there_may_be_nothing(opened: Opened) -> None:
    """Where the guide's field may be left out of an object, null leaves it out, and is shown so."""
    user = opened()
    empty = {"narration": None, "broll": None}
    spoken = {"narration": {"text": "Hello there.", "avatarId": None}}
    added = user("video/add", name="x", avatarId=user.avatar(), scenes=[empty, spoken])
    assert added["scenes"] == [empty, spoken]
    assert user("video/previewAudio", id=added["id"], sceneId=0)["code"] == "SCENE_EMPTY_NARRATION"
    assert user("video/update", id=added["id"], avatarId=None)["avatarId"] is None
    layout = {"scenes": [{"layoutType": None}]}
    for body in ({"name": None}, {"scenes": None}, {"scenes": [None]}, layout):
        assert user("video/update", id=added["id"], **body)["code"] == "VALIDATION_ERROR"
    assert user("video/list", pager=None)["code"] == "VALIDATION_ERROR"
    assert Contract()["null_in_requests"] == "nothing"


def test_refusals_come_in_one_order(opened: Opened) -> None:
    """Session, action, fields, video, status, and then what the action itself looks at."""
    user = opened()
    video = user.video()
    nobody = Caller(user.studio, "")
    assert nobody("video/nothing", id=video)["code"] == "MISSING_KS"
    assert user("video/nothing", id=video)["code"] == "UNKNOWN_ACTION"
    many = {"formatType": "x", "duration": 0, "entryIds": [f"1_{n}" for n in range(6)]}
    assert user("video/compose", id="gone", **many)["code"] == "VALIDATION_ERROR"
    many |= {"formatType": "session-highlights", "duration": 1}
    assert user("video/compose", id="gone", **many)["code"] == "VIDEO_NOT_FOUND"
    assert user("video/compose", id=video, **many)["code"] == "TOO_MANY_SOURCES"
    user.control("POST", "hold")
    user("video/generate", id=video)
    assert user("video/compose", id=video, **many)["code"] == "VIDEO_CANNOT_COMPOSE"
    assert user("video/update", id=video, avatarId="gone")["code"] == "VIDEO_IS_PROCESSING"


@pytest.mark.parametrize("when", ["waiting", "composing"])
def test_a_composition_leaves_a_name_that_was_set_meanwhile(tmp_path: Path, when: str) -> None:
    import threading

    from storyboard.studio.jobs.makers import Makers
    from storyboard.studio.local import open_studio
    from tests.contract.studio_rig import TinyFilmMaker, draw, speak, time_scenes

    begun, gate = threading.Event(), threading.Event()

    def composer(request: Any) -> Composition:
        begun.set()
        assert gate.wait(60)
        return Composition((ComposedScene("It was made."),), "A generated name")

    makers = Makers(TinyFilmMaker(), speak, draw, composer, time_scenes)
    asked = {"formatType": "session-highlights", "duration": 20, "entryIds": ["1_talk0001"]}
    with open_studio(tmp_path / "w", makers=makers) as studio:
        user = with_talk(caller(studio), tmp_path)
        video, other = user.video(), user.video()
        user.control("POST", "hold")
        for each in (video, other):
            user("video/compose", id=each, **asked, generateName=True)
        if when == "waiting":
            user("video/update", id=video, name="Mine")
        user.control("DELETE", "hold")
        assert begun.wait(60)
        if when == "composing":
            user("video/update", id=video, name="Mine")
        gate.set()
        assert user.wait(video, "composed")["name"] == "Mine"
        assert user.wait(other, "composed")["name"] == "A generated name"


def test_a_reset_forgets_why_it_was_needed(opened: Opened) -> None:
    user = opened()
    video = user.video({"narration": {"text": "No."}})
    user("video/generate", id=video)
    user.wait(video, "generate-error")
    assert user.control("GET", f"videos/{video}")["reason"]
    user("video/resetStatus", id=video)
    assert user.control("GET", f"videos/{video}")["reason"] is None


@pytest.mark.parametrize("path", ["/api/v1/video/list", "/api_v3/service/media/action/list"])
def test_a_bug_is_told_as_the_document_says(
    opened: Opened, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any) -> None:
        raise ZeroDivisionError("secret words")

    user = opened()
    monkeypatch.setitem(service_calls.SERVICES, "media/list", broken)
    monkeypatch.setattr(avatar_api, "HANDLERS", {Action.VIDEO_LIST: broken})

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(user.studio.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=user.base) as client:
            headers = {"Authorization": f"Bearer {user.ks}"}
            return await client.post(
                path, json={"ks": user.ks} if "v3" in path else {}, headers=headers
            )

    told = asyncio.run(ask())
    assert (told.status_code, told.json()["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert "secret words" not in told.text
    assert told.headers["x-content-type-options"] == "nosniff"


def test_every_answer_that_is_no_success_is_declared(opened: Opened) -> None:
    document = opened().control("GET", "openapi.json")
    for path in document["paths"].values():
        told = path["post"]["responses"]
        assert {"200", "403", "413", "415", "421", "429", "500", "503"} <= told.keys()
        for status in ("413", "415", "429", "500"):
            assert "application/json" in told[status]["content"]
