"""The table of conditions, held against the API: every code of the guide, wherever it applies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from storyboard.studio.behavior.conditions import CONDITIONS, GUIDE_CODES, OPERATIONS, codes_of
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.switches import SWITCHES
from storyboard.studio.behavior.transitions import Operation, Refused
from storyboard.studio.records import videos
from storyboard.wire import GUIDE_ACTIONS, Action, ErrorCode, VideoStatus
from tests.contract.studio_rig import BACKGROUND, HELLO, Caller, caller, open_test_studio

NOBODY = "0" * 24
SILENT, LAYOUT_ALONE = {"narration": {"text": " \n"}}, {"layoutType": "broll"}
COMPOSE = {"formatType": "session-highlights", "duration": 60}
SIX = [
    {**HELLO, "layoutType": "broll", "broll": {"entryId": f"1_source{n}", "startTime": 0}}
    for n in range(6)
]
Body = dict[str, Any]


@dataclass(frozen=True)
class Users:
    """A user, and somebody else whose avatars are not the user's."""

    user: Caller
    other: Caller


@dataclass(frozen=True)
class Way:
    """How to meet a condition: a video that has it, and a body that does."""

    body: Callable[[Users], Body] = lambda users: {}
    scenes: tuple[Body, ...] = (HELLO, SILENT, LAYOUT_ALONE)
    avatar: bool = True


def spoken_by(avatar_id: str) -> Body:
    return {"scenes": [HELLO, {"narration": {"text": "Hello there.", "avatarId": avatar_id}}]}


def upserted(template: str, **background: str) -> Way:
    return Way(lambda _: {"templateId": template, "background": background})


PREVIEWS = {
    ErrorCode.SCENE_NOT_FOUND: [
        Way(lambda _: {"sceneId": 3}),
        Way(lambda _: {"sceneId": -1}),
        Way(lambda _: {"sceneId": 10**12}),
    ],
    ErrorCode.SCENE_EMPTY_NARRATION: [
        Way(lambda _: {"sceneId": 1}),
        Way(lambda _: {"sceneId": 2}),
    ],
    ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED: [Way(lambda _: {"sceneId": 0}, avatar=False)],
}
WAYS: dict[Action, dict[ErrorCode, list[Way]]] = {
    Action.AVATAR_UPSERT: {
        ErrorCode.AVATAR_TEMPLATE_NOT_FOUND: [
            upserted("nobody", **BACKGROUND),
            upserted("Jane", **BACKGROUND),
        ],
        ErrorCode.BACKGROUND_NOT_FOUND: [upserted("jane", type="library", id="beach-99")],
    },
    Action.AVATAR_GET: {
        ErrorCode.AVATAR_NOT_FOUND: [
            Way(lambda _: {"id": NOBODY}),
            Way(lambda users: {"id": users.other.avatar()}),
        ]
    },
    Action.AVATAR_PREVIEW: {
        ErrorCode.AVATAR_NOT_FOUND: [
            Way(lambda _: {"id": NOBODY}),
            Way(lambda users: {"id": users.other.avatar()}),
        ],
        ErrorCode.BACKGROUND_NOT_FOUND: [
            Way(lambda users: {"id": users.user.avatar(type="entry", entryId="0_missing00")})
        ],
    },
    Action.VIDEO_ADD: {
        ErrorCode.AVATAR_NOT_FOUND: [
            Way(lambda _: {"name": "x", "avatarId": NOBODY}),
            Way(lambda users: {"name": "x", "avatarId": users.other.avatar()}),
            Way(lambda users: {"name": "x", "avatarId": users.user.avatar(), **spoken_by(NOBODY)}),
        ]
    },
    Action.VIDEO_UPDATE: {
        ErrorCode.AVATAR_NOT_FOUND: [
            Way(lambda _: {"avatarId": NOBODY}),
            Way(lambda users: {"avatarId": users.other.avatar()}),
            Way(lambda _: spoken_by(NOBODY)),
            Way(lambda users: spoken_by(users.other.avatar())),
        ]
    },
    Action.VIDEO_COMPOSE: {
        ErrorCode.TOO_MANY_SOURCES: [
            Way(lambda _: {**COMPOSE, "entryIds": [f"1_source{n}" for n in range(6)]})
        ],
        ErrorCode.CAPTIONS_NOT_FOUND: [
            Way(lambda _: {**COMPOSE, "entryIds": ["1_missing0"]}),
            Way(lambda _: {**COMPOSE, "entryIds": []}),
        ],
    },
    Action.VIDEO_GENERATE: {
        ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED: [Way(avatar=False)],
        ErrorCode.TOO_MANY_SOURCES: [Way(scenes=tuple(SIX))],
    },
    Action.VIDEO_PREVIEW_AUDIO: PREVIEWS,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: PREVIEWS,
}
CASES = [
    pytest.param(action, code, way, id=f"{action.value}-{code.value}-{number}")
    for action, codes in WAYS.items()
    for code, ways in codes.items()
    for number, way in enumerate(ways)
]
OF_VIDEOS = [case for case in CASES if case.values[0] in OPERATIONS]
OF_NO_VIDEO = [case for case in CASES if case.values[0] not in OPERATIONS]


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Users]:
    """A studio that films nothing; more than 5 clips are refused at once."""
    contract = {"too_many_sources": "refuse"}
    studio = open_test_studio(tmp_path_factory.mktemp("conditions"), contract=contract)
    yield Users(caller(studio), caller(studio, "other@example.com"))
    studio.close()


def test_every_condition_has_a_way_to_meet_it() -> None:
    assert {action: tuple(codes) for action, codes in WAYS.items()} == dict(CONDITIONS)


def test_every_code_of_the_guide_is_some_actions() -> None:
    told = {
        code
        for switch in SWITCHES
        if switch.name != "actions"
        for value in switch.values
        for editable in ("true", "false")
        for action in GUIDE_ACTIONS
        for code in codes_of(
            action, Contract({"ready_videos_editable": editable, switch.name: value})
        )
    }
    assert len(GUIDE_CODES) == 14
    assert told == GUIDE_CODES


@pytest.mark.parametrize(("action", "code", "way"), OF_NO_VIDEO)
def test_a_condition_without_a_video(
    users: Users, action: Action, code: ErrorCode, way: Way
) -> None:
    before = users.user("video/list")["totalCount"]
    assert users.user(action.value, **way.body(users))["code"] == code.value
    assert users.user("video/list")["totalCount"] == before


@pytest.mark.parametrize(("action", "code", "way"), OF_VIDEOS)
def test_a_condition_in_every_status(
    users: Users, action: Action, code: ErrorCode, way: Way
) -> None:
    """The status is looked at first; where it allows the action, the condition has its code."""
    user = users.user
    video_id = user.video(*way.scenes)
    if not way.avatar:
        user("video/update", id=video_id, avatarId=None)
    for status in VideoStatus:
        with user.studio.workspace.store.write() as tx:
            videos.change(tx, video_id, 0, status=status)
        before = user("video/get", id=video_id)
        reply = user(action.value, id=video_id, **way.body(users))
        cell = user.studio.workspace.rules[OPERATIONS[action][-1]][status]
        assert reply["objectType"] == "KalturaAPIException", status
        assert reply["code"] == (cell.code if isinstance(cell, Refused) else code).value, status
        assert user("video/get", id=video_id) == before, status


@pytest.mark.parametrize("action", OPERATIONS, ids=lambda action: action.value)
def test_the_first_condition_comes_first(users: Users, action: Action) -> None:
    """All conditions of an action at once, in a video that its status allows to be asked."""
    conditions = CONDITIONS.get(action, ())
    if len(conditions) < 2:
        assert conditions in ((), (ErrorCode.AVATAR_NOT_FOUND,))
        return
    user = users.user
    video_id = user.video(SILENT, *SIX)
    user("video/update", id=video_id, avatarId=None)
    body = {
        Action.VIDEO_COMPOSE: {**COMPOSE, "entryIds": [f"1_missing{n}" for n in range(6)]},
        Action.VIDEO_GENERATE: {},
        Action.VIDEO_PREVIEW_AUDIO: {"sceneId": 0},
        Action.VIDEO_PREVIEW_AUDIO_STREAM: {"sceneId": 0},
    }[action]
    shown = conditions[1 if "sceneId" in body else 0]
    assert user(action.value, id=video_id, **body)["code"] == shown.value


def test_the_document_names_the_codes(users: Users) -> None:
    paths = users.user.control("GET", "openapi.json")["paths"]
    told = {action: paths[f"/{action.value}"]["post"]["x-error-codes"] for action in GUIDE_ACTIONS}
    assert told[Action.VIDEO_GENERATE] == [
        "VIDEO_CANNOT_GENERATE",
        "VIDEO_IS_BEING_GENERATED",
        "VIDEO_AVATAR_NOT_CONFIGURED",
        "TOO_MANY_SOURCES",
    ]
    assert told[Action.VIDEO_LIST] == told[Action.TEMPLATE_LIST] == []


def test_every_operation_is_some_actions() -> None:
    asked = {operation for operations in OPERATIONS.values() for operation in operations}
    assert asked == set(Operation)
