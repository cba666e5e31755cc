"""All that a user has is the user's own: every action, by another user and by an admin."""

from __future__ import annotations

from typing import Any

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records.session import ADMIN, USER
from storyboard.wire import GUIDE_ACTIONS, Action
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
    assert {*OF_A_VIDEO, *OF_AN_AVATAR, *OF_ONESELF} == set(GUIDE_ACTIONS)


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


CHANGES: dict[str, dict[str, str]] = {
    "media.update": {"mediaEntry:name": "taken"},
    "media.addContent": {"resource:token": "x"},
    "caption_captionAsset.add": {"captionAsset:language": "English"},
    "caption_captionAsset.setContent": {"contentResource:content": "00:00 --> 00:01\nTaken."},
    "caption_captionAsset.delete": {},
    "media.delete": {},
    "baseEntry.delete": {},
}


@pytest.mark.parametrize("service", CHANGES)
def test_an_entry_is_changed_by_its_user_or_an_admin(
    studio: Studio, user: Caller, service: str
) -> None:
    """A user's session of somebody else may look at an entry, and change nothing of it."""
    entry = user.service("media.add", ks=user.ks, **{"entry:name": "mine"})["id"]
    asset = user.service("caption_captionAsset.add", ks=user.ks, entryId=entry)["id"]
    form = {"entryId": entry, "id": asset, "captionAssetId": asset, **CHANGES[service]}
    stranger = caller(studio, "stranger@example.com")
    assert stranger.service("media.get", ks=stranger.ks, entryId=entry)["name"] == "mine"
    assert stranger.service(service, ks=stranger.ks, **form)["code"] == "INVALID_KS"
    assert user.service("media.get", ks=user.ks, entryId=entry)["name"] == "mine"
    boss = caller(studio, "boss@example.com", kind=ADMIN)
    told = boss.service(service, ks=boss.ks, **form) or {}
    assert told.get("code") in (None, "UPLOAD_TOKEN_NOT_FOUND")


@pytest.mark.parametrize(("named", "allowed"), [("{}", True), ("*", True), ("1_another0", False)])
def test_a_session_may_be_made_to_edit(
    studio: Studio, user: Caller, named: str, allowed: bool
) -> None:
    entry = user.service("media.add", ks=user.ks, **{"entry:name": "mine"})["id"]
    granted = user.service(
        "session.start",
        secret=studio.admin_secret,
        partnerId=studio.partner_id,
        userId="editor@example.com",
        privileges=f"edit:{named.format(entry)}",
    )
    reply = user.service("media.update", ks=granted, entryId=entry, **{"mediaEntry:name": "new"})
    assert (reply.get("name") == "new") is allowed
