"""What the API refuses, with which code, and that it names the field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.studio.local import Studio
from storyboard.wire import Action
from tests.contract.studio_rig import BACKGROUND, HELLO, Caller, caller, open_test_studio
from tests.support.examples import examples

NOBODY = "0" * 24
SCENE = {"narration": {"text": "x"}, "broll": {"entryId": "1_abc123", "startTime": 0}}


def scene(**changes: Any) -> dict[str, Any]:
    return {"scenes": [SCENE, {**SCENE, **changes}]}


@pytest.mark.parametrize(
    ("action", "body", "field"),
    [
        ("video/add", {"name": None}, "name: must be a string"),
        ("video/add", {"name": ""}, "name: at least 1 characters"),
        ("video/add", {"name": "a\0"}, "the body is no JSON: it has the character U+0000"),
        ("video/add", {"avatarId": 7}, "avatarId: must be a string"),
        ("video/add", {"scenes": {}}, "scenes: must be an array"),
        ("video/add", {"scenes": [HELLO] * 21}, "scenes: at most 20 items"),
        ("video/add", {"scenes": ["x"]}, "scenes[0]: must be an object"),
        ("video/add", {"title": "x"}, "title: unknown field"),
        ("video/add", scene(layoutType="pip"), "scenes[1].layoutType: must be one of full-screen"),
        ("video/add", scene(narration={}), "scenes[1].narration.text: required"),
        ("video/add", scene(narration="x"), "scenes[1].narration: must be an object"),
        ("video/add", scene(broll={"startTime": 1}), "scenes[1].broll.entryId: required"),
        ("video/add", scene(broll={"entryId": "1_a"}), "scenes[1].broll.startTime: required"),
        (
            "video/add",
            scene(broll={"entryId": "1_a", "startTime": -1}),
            "scenes[1].broll.startTime: at least 0",
        ),
        (
            "video/add",
            scene(broll={"entryId": "1_a", "startTime": "30"}),
            "scenes[1].broll.startTime: must be a number",
        ),
        (
            "video/add",
            scene(broll={"entryId": "1_a", "startTime": True}),
            "scenes[1].broll.startTime: must be a number",
        ),
        ("video/add", scene(speed=2), "scenes[1].speed: unknown field"),
        ("video/get", {}, "id: required"),
        ("video/get", {"id": 5}, "id: must be a string"),
        ("video/update", {"name": "x"}, "id: required"),
        ("video/update", {"id": NOBODY, "status": "ready"}, "status: unknown field"),
        ("video/list", {"filter": {"orderBy": "name"}}, "filter.orderBy: must be one of"),
        ("video/list", {"filter": {"idEqual": "x"}}, "filter.idEqual: unknown field"),
        ("video/list", {"pager": {"offset": -1}}, "pager.offset: at least 0"),
        ("video/list", {"pager": {"limit": 0}}, "pager.limit: at least 1"),
        ("video/list", {"pager": {"limit": 1.5}}, "pager.limit: must be a whole number"),
        ("video/previewAudio", {"id": NOBODY}, "sceneId: required"),
        ("video/compose", {"id": NOBODY, "formatType": "x"}, "formatType: must be one of"),
        ("video/compose", {"id": NOBODY, "duration": 1201}, "duration: at most 1200"),
        ("avatar/upsert", {"background": BACKGROUND}, "templateId: required"),
        ("avatar/upsert", {"templateId": "jane"}, "background: required"),
        (
            "avatar/upsert",
            {"templateId": "jane", "background": {"type": "color"}},
            "background.color: required where type is 'color'",
        ),
        (
            "avatar/upsert",
            {"templateId": "jane", "background": {"type": "color", "color": "red"}},
            "background.color: must be a color",
        ),
        (
            "avatar/upsert",
            {"templateId": "jane", "background": {**BACKGROUND, "id": "office-1"}},
            "background.id: does not belong to type 'color'",
        ),
        (
            "avatar/upsert",
            {"templateId": "jane", "background": {"type": "library", "id": "Office_1"}},
            "background.id: must be lowercase",
        ),
        (
            "avatar/upsert",
            {"templateId": "jane", "background": {"type": "video", "id": "x"}},
            "background.type: must be one of color, library, entry",
        ),
        ("avatarTemplate/list", {"pager": {}}, "pager: unknown field"),
    ],
)
def test_a_wrong_field_is_named(
    user: Caller, action: str, body: dict[str, Any], field: str
) -> None:
    base = {"name": "x", "avatarId": NOBODY} if action == "video/add" else {}
    response = user.raw(action, {**base, **body})
    assert response.status_code == 200
    assert response.json()["objectType"] == "KalturaAPIException"
    assert response.json()["code"] == "VALIDATION_ERROR"
    assert field in response.json()["message"]
    assert user("video/list")["totalCount"] == 0


def test_all_faults_come_at_once(user: Caller) -> None:
    message = user("video/add", scenes=[{"narration": {}}], x=1)["message"]
    for fault in ("name: required", "avatarId: required", "scenes[0].narration.text", "x: unknown"):
        assert fault in message


def test_the_guides_codes(user: Caller) -> None:
    video_id = user.video(HELLO, {"narration": {"text": "  "}}, {"layoutType": "broll"})

    def code(action: str, **body: Any) -> str:
        return str(user(action, **body)["code"])

    assert code("video/previewAudio", id=video_id, sceneId=3) == "SCENE_NOT_FOUND"
    assert code("video/previewAudio", id=video_id, sceneId=-1) == "SCENE_NOT_FOUND"
    assert code("video/previewAudioStream", id=video_id, sceneId=1) == "SCENE_EMPTY_NARRATION"
    assert code("video/previewAudio", id=video_id, sceneId=2) == "SCENE_EMPTY_NARRATION"
    assert code("avatar/get", id=NOBODY) == "AVATAR_NOT_FOUND"
    assert code("video/add", name="x", avatarId=NOBODY) == "AVATAR_NOT_FOUND"
    assert code("video/update", id=video_id, avatarId=NOBODY) == "AVATAR_NOT_FOUND"
    stranger = {"narration": {"text": "Hello", "avatarId": NOBODY}}
    assert code("video/update", id=video_id, scenes=[stranger]) == "AVATAR_NOT_FOUND"
    unknown = {"templateId": "nobody", "background": BACKGROUND}
    assert code("avatar/upsert", **unknown) == "AVATAR_TEMPLATE_NOT_FOUND"
    beach = {"templateId": "jane", "background": {"type": "library", "id": "beach-99"}}
    assert code("avatar/upsert", **beach) == "BACKGROUND_NOT_FOUND"
    user("video/update", id=video_id, avatarId=None)
    assert code("video/generate", id=video_id) == "VIDEO_AVATAR_NOT_CONFIGURED"
    assert code("video/previewAudio", id=video_id, sceneId=0) == "VIDEO_AVATAR_NOT_CONFIGURED"
    six = [f"1_source{n}" for n in range(6)]
    compose = {"id": video_id, "formatType": "session-highlights", "duration": 60}
    assert code("video/compose", entryIds=six, **compose) == "TOO_MANY_SOURCES"
    assert code("video/nonsense") == "UNKNOWN_ACTION"


@pytest.mark.parametrize(
    ("switches", "call", "status", "code"),
    [
        ({"validation_status": "400"}, ("video/get", {}), 400, "VALIDATION_ERROR"),
        ({"unknown_fields": "ignore"}, ("video/list", {"x": 1}), 200, None),
        ({"avatar_required_on_add": "false"}, ("video/add", {"name": "x"}), 200, None),
    ],
)
def test_switches_of_the_wire(
    tmp_path: Path,
    switches: dict[str, str],
    call: tuple[str, dict[str, Any]],
    status: int,
    code: str | None,
) -> None:
    studio = open_test_studio(tmp_path, contract=switches)
    response = caller(studio).raw(*call)
    assert response.status_code == status
    assert response.json().get("code") == code
    studio.close()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
bodies = st.dictionaries(
    st.sampled_from(["id", "name", "avatarId", "scenes", "filter", "pager", "sceneId", "x"])
    | st.sampled_from(["templateId", "background", "duration", "entryIds", "formatType"]),
    json_values,
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    studio = open_test_studio(tmp_path_factory.mktemp("fuzzed"))
    yield caller(studio)
    studio.close()


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(action=st.sampled_from([action.value for action in Action]), body=bodies)
def test_no_body_breaks_the_studio(fuzzed: Caller, action: str, body: dict[str, Any]) -> None:
    response = fuzzed.raw(action, body)
    assert response.status_code == 200
    reply = response.json()
    assert set(reply) & {"objects", "code", "id", "ok"}


def test_a_body_that_is_no_json(studio: Studio, user: Caller) -> None:
    headers = {"Authorization": f"Bearer {user.ks}", "Content-Type": "application/json"}
    for content in (
        b"{",
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        b"1" * 5000,
        b'{"id": NaN}',
        b'{"id": "\\ud800"}',
    ):
        reply = user.send("POST", "/api/v1/video/get", content=content, headers=headers)
        assert reply.json()["code"] == "VALIDATION_ERROR"
