"""All that a user has is the user's own: every action, by another user and by an admin."""

from __future__ import annotations

from typing import Any

import pytest

from storyboard.kaltura.wire import Action
from storyboard.studio.local import Studio
from storyboard.studio.session import ADMIN, USER
from tests.contract.studio_rig import BACKGROUND, HELLO, Caller, caller

NOBODYS = "0" * 24
SOURCES = {"formatType": "session-highlights", "duration": 60, "entryIds": ["1_talk0000"]}
OF_A_VIDEO: dict[Action, dict[str, Any]] = {
    Action.VIDEO_GET: {},
    Action.VIDEO_UPDATE: {"name": "taken", "scenes": []},
    Action.VIDEO_DELETE: {},
    Action.VIDEO_COMPOSE: SOURCES,
    Action.VIDEO_GENERATE: {},
    Action.VIDEO_RESET_STATUS: {},
    Action.VIDEO_PREVIEW_AUDIO: {"sceneId": 0},
    Action.VIDEO_PREVIEW_AUDIO_STREAM: {"sceneId": 0},
}
OF_AN_AVATAR = {Action.AVATAR_GET, Action.AVATAR_PREVIEW}
OF_ONESELF = {
    Action.TEMPLATE_LIST,
    Action.AVATAR_UPSERT,
    Action.VIDEO_ADD,
    Action.VIDEO_LIST,
    Action.CHECK_CONFIGURATION,
}


@pytest.fixture(params=[USER, ADMIN], ids=["user", "admin"])
def stranger(request: pytest.FixtureRequest, studio: Studio) -> Caller:
    return caller(studio, "stranger@example.com", kind=request.param)


def test_every_action_is_somebodys() -> None:
    assert {*OF_A_VIDEO, *OF_AN_AVATAR, *OF_ONESELF} == set(Action)


def test_a_strangers_video_is_no_video(user: Caller, stranger: Caller) -> None:
    video_id = user.video()
    before = user("video/get", id=video_id)
    for action, body in OF_A_VIDEO.items():
        theirs = stranger(action.value, id=video_id, **body)
        nobodys = stranger(action.value, id=NOBODYS, **body)
        assert theirs["code"] == nobodys["code"] == "VIDEO_NOT_FOUND", action
        assert str(theirs).replace(video_id, "") == str(nobodys).replace(NOBODYS, "")
    assert user("video/get", id=video_id) == before


def test_a_strangers_avatar_is_no_avatar(user: Caller, stranger: Caller) -> None:
    avatar_id = user.avatar()
    for action in OF_AN_AVATAR:
        assert stranger(action.value, id=avatar_id)["code"] == "AVATAR_NOT_FOUND"
    scene = {"narration": {"text": "Hello there.", "avatarId": avatar_id}}
    own = stranger.avatar()
    assert own != avatar_id
    for body in ({"avatarId": avatar_id}, {"avatarId": own, "scenes": [scene]}):
        assert stranger("video/add", name="x", **body)["code"] == "AVATAR_NOT_FOUND"


def test_each_sees_an_account_of_ones_own(user: Caller, stranger: Caller) -> None:
    user.video(HELLO)
    assert stranger("video/list") == {"objects": [], "totalCount": 0}
    made = stranger("avatar/upsert", templateId="jane", background=BACKGROUND)
    assert made["id"] != user.avatar()
    stranger.video(HELLO)
    for one in (user, stranger):
        assert one("video/list")["totalCount"] == 1


def test_a_user_and_an_admin_of_one_name_are_one(studio: Studio, user: Caller) -> None:
    video_id = user.video(HELLO)
    admin = caller(studio, kind=ADMIN)
    assert admin("video/get", id=video_id) == user("video/get", id=video_id)
