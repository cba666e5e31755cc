"""The newest generation: its catalog of avatars, its actions, and what each may refuse."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.api.catalog_payloads import TEMPLATES
from storyboard.studio.behavior.conditions import NEXT_CONDITIONS, OPERATIONS, catalog_of
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.refusal import StudioCode
from storyboard.studio.local import Studio
from storyboard.wire import (
    CATALOG_ACTIONS,
    GUIDE_ACTIONS,
    NEXT,
    NEXT_ACTIONS,
    TEMPLATE_IDS,
    Action,
    ErrorCode,
)
from tests.contract.studio_rig import CAST, HELLO, Caller, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_generation import broll, give
from tests.support.documents import pdf

NOBODY = "0" * 24
GREEN = {"type": "color", "value": "#6FED48"}
DECK, TALK = "1_deck0000", "1_talk0000"
SIX = [broll(f"1_clip{n}") for n in range(6)]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio that films nothing; more than 5 clips are refused at once."""
    folder = tmp_path_factory.mktemp("next")
    contract = Contract({"too_many_sources": "refuse"}, NEXT)
    opened = open_test_studio(folder / "w", contract=contract)
    opened.add_media(pdf(folder / "deck.pdf", "First slide.", "Second slide."), DECK)
    give(caller(opened), folder, TALK)
    yield opened
    opened.close()


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


def test_templates_are_the_guides_presenters_by_other_ids(user: Caller) -> None:
    told = user.catalog("avatar-template/list", pager={"offset": 0, "limit": 500})
    assert [each["name"].lower() for each in told["objects"]] == list(TEMPLATE_IDS)
    assert told["totalCount"] == len(TEMPLATE_IDS)
    jane = next(each for each in told["objects"] if each["name"] == "Jane")
    assert TEMPLATES[jane["id"]] == "jane"
    assert user.send("GET", jane["face"]["imageUrl"]).headers["content-type"] == "image/png"
    page = user.catalog("avatar-template/list", pager={"offset": 30, "limit": 30})
    assert page["objects"] == told["objects"][30:]
    only = user.catalog("avatar-template/list", filter={"idsIn": [jane["id"]]})
    assert only == {"objects": [jane], "totalCount": 1}


def test_an_avatar_is_one_more_each_time_and_lives(user: Caller) -> None:
    asked = {"templateId": CAST["adam"], "background": GREEN, "adminTags": ["mine"]}
    first, second = (user.catalog("avatar/create", **asked) for _ in range(2))
    assert first["id"] != second["id"]
    assert (first["name"], first["templateId"], first["background"]) == (
        "Adam",
        CAST["adam"],
        GREEN,
    )
    assert "adminTags" not in first
    found = user.catalog("avatar/list", filter={"adminTagsIn": ["mine", "others"]})
    assert [each["id"] for each in found["objects"]] == [second["id"], first["id"]]
    assert user.catalog("avatar/list", filter={"adminTagsIn": ["others"]})["totalCount"] == 0
    assert user.catalog("avatar/get", id=first["id"]) == first
    changed = user.catalog("avatar/update", id=first["id"], name="Host")
    assert (changed["name"], changed["background"]) == ("Host", GREEN)
    fixed = user.catalog("avatar/update", id=first["id"], templateId=CAST["jane"])
    assert fixed["code"] == "VALIDATION_ERROR"
    copy = user.catalog("avatar/clone", id=first["id"])
    assert copy["id"] != first["id"]
    assert copy["background"] == GREEN
    assert user.catalog("avatar/delete", id=first["id"]) is None
    assert user.catalog("avatar/get", id=first["id"])["code"] == "AVATAR_NOT_FOUND"


@pytest.mark.parametrize(
    ("ground", "drawn"),
    [
        (GREEN, b"color #6FED48"),
        ({"type": "color"}, b"color #FFFFFF"),
        ({"type": "visual", "value": "office-1"}, b"library office-1"),
    ],
)
def test_an_avatars_picture_is_at_its_address(
    user: Caller, ground: dict[str, str], drawn: bytes
) -> None:
    made = user.catalog("avatar/create", templateId=CAST["jane"], background=ground)
    picture = Caller(user.studio, "").send("GET", made["previewImageUrl"])
    assert picture.content == b"\x89PNGjane " + drawn
    assert user.send("GET", f"/catalog/pictures/{NOBODY}.png").status_code == 404


def test_each_generation_has_its_own_actions(tmp_path: Path, user: Caller) -> None:
    unknown = StudioCode.UNKNOWN_ACTION.value
    for action in set(GUIDE_ACTIONS) - set(NEXT_ACTIONS):
        assert user(action.value)["code"] == unknown
    for action in set(NEXT_ACTIONS) & set(GUIDE_ACTIONS):
        assert (user(action.value, id=NOBODY) or {}).get("code") != unknown
    studio = open_test_studio(tmp_path)
    guide = caller(studio)
    for action in CATALOG_ACTIONS:
        assert guide.catalog(action.value, id=NOBODY)["code"] == unknown
        if action not in GUIDE_ACTIONS:
            assert guide(action.value)["code"] == unknown
    assert guide("partner/initConfiguration")["code"] == unknown
    studio.close()


def test_the_account_is_checked(user: Caller) -> None:
    told = user("partner/initConfiguration")
    assert told["ok"] is True
    assert {"name": "source-only-conversion-profile", "valid": True} in told["results"]
    assert "vendor-catalog-item-avatar-vod" in {each["name"] for each in told["results"]}


def test_a_video_may_have_more_than_twenty_scenes(user: Caller) -> None:
    video_id = user.video(*[HELLO] * 60)
    assert len(user("video/get", id=video_id)["scenes"]) == 60


def test_a_deleted_avatar_is_an_error_of_the_server_where_it_is_to_be_heard(user: Caller) -> None:
    avatar = user.avatar()
    video_id = user("video/add", name="x", avatarId=avatar, scenes=[HELLO])["id"]
    assert user.raw("video/previewAudio", {"id": video_id, "sceneId": 0}).content.startswith(b"ID3")
    user.catalog("avatar/delete", id=avatar)
    for action in ("video/previewAudio", "video/previewAudioStream"):
        reply = user.raw(action, {"id": video_id, "sceneId": 0})
        assert reply.status_code == 500
        assert avatar not in reply.text
    assert user("video/update", id=video_id, scenes=[HELLO])["code"] == "AVATAR_NOT_FOUND"
    assert user("video/update", id=video_id, avatarId=user.avatar())["avatarId"] != avatar
    assert user.raw("video/previewAudio", {"id": video_id, "sceneId": 0}).status_code == 200


def test_one_film_at_a_time_is_made_of_a_users(tmp_path: Path) -> None:
    gate = threading.Event()
    with open_test_studio(tmp_path, TinyFilmMaker(gate), contract=Contract({}, NEXT)) as studio:
        user, other = caller(studio), caller(studio, "other@example.com")
        first, second = user.video(name="first"), user.video(name="second")
        user("video/generate", id=first)
        refused = user("video/generate", id=second)
        assert refused["code"] == "VIDEO_GENERATION_ALREADY_IN_PROGRESS"
        assert user("video/get", id=second)["status"] == "draft"
        assert user("video/generate", id=first)["code"] == "VIDEO_IS_BEING_GENERATED"
        assert other("video/generate", id=other.video())["status"] == "generating"
        gate.set()
        user.wait(first, "ready")
        user("video/generate", id=second)
        user.wait(second, "ready")


@dataclass(frozen=True)
class Way:
    """How a condition is met: the body, and for a video its scenes."""

    body: Callable[[Caller], dict[str, Any]] = lambda user: {}
    scenes: tuple[dict[str, Any], ...] = (HELLO,)
    avatar: bool = True


def slide(index: int, entry: str = DECK, flavor: str = "1_fdeck0000") -> dict[str, Any]:
    shown = {"type": "slide", "entryId": entry, "flavorAssetId": flavor, "index": index}
    return {"layoutType": "broll", "narration": {"text": "Look at this."}, "broll": shown}


def composed(form: str, *sources: dict[str, Any], **more: Any) -> Way:
    return Way(lambda _: {"formatType": form, "duration": 60, "sources": list(sources), **more})


def entries(count: int) -> list[dict[str, Any]]:
    return [{"entryId": f"1_none{n}"} for n in range(count)]


def urls(count: int) -> list[dict[str, Any]]:
    return [{"url": f"https://example.com/{n}"} for n in range(count)]


GROUNDS = {
    ErrorCode.AVATAR_INVALID_BACKGROUND_ID: Way(
        lambda _: {"background": {"type": "color", "value": "0x6FED48"}}
    ),
    ErrorCode.BACKGROUND_NOT_FOUND: Way(
        lambda _: {"background": {"type": "visual", "value": "beach-99"}}
    ),
}
AVATAR = {ErrorCode.AVATAR_NOT_FOUND: Way(lambda user: {"id": NOBODY})}
SLIDES = {
    ErrorCode.ENTRY_NOT_FOUND: Way(lambda _: {"scenes": [slide(0, "1_none")]}),
    ErrorCode.SLIDE_NOT_FOUND: Way(lambda _: {"scenes": [slide(2)]}),
}
PREVIEWS = {
    ErrorCode.SCENE_NOT_FOUND: Way(lambda _: {"sceneId": 7}),
    ErrorCode.SCENE_EMPTY_NARRATION: Way(
        lambda _: {"sceneId": 0}, ({"layoutType": "full-screen"},)
    ),
    ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED: Way(lambda _: {"sceneId": 0}, avatar=False),
}
WAYS: dict[Action, dict[ErrorCode, Way]] = {
    Action.AVATAR_CREATE: {
        ErrorCode.AVATAR_TEMPLATE_NOT_FOUND: Way(lambda _: {"templateId": "jane"}),
        ErrorCode.AVATAR_MISSING_VISUAL_RESOLUTION: Way(),
        **GROUNDS,
    },
    Action.AVATAR_GET: AVATAR,
    Action.AVATAR_UPDATE: {**AVATAR, **GROUNDS},
    Action.AVATAR_CLONE: AVATAR,
    Action.AVATAR_DELETE: AVATAR,
    Action.VIDEO_ADD: {ErrorCode.AVATAR_NOT_FOUND: Way(lambda _: {"avatarId": NOBODY}), **SLIDES},
    Action.VIDEO_UPDATE: {
        ErrorCode.AVATAR_NOT_FOUND: Way(lambda _: {"avatarId": NOBODY}),
        **SLIDES,
    },
    Action.VIDEO_COMPOSE: {
        ErrorCode.URLS_NOT_SUPPORTED: composed("presentation-narration", *urls(1)),
        ErrorCode.TOO_MANY_URLS: composed("explainer-video", *urls(6)),
        ErrorCode.TOO_MANY_SOURCES: composed("session-highlights", *entries(2)),
        ErrorCode.USER_BRIEF_REQUIRED: composed("explainer-video"),
        ErrorCode.PRESENTATION_REQUIRED: composed("presentation-narration"),
        ErrorCode.VIDEO_REQUIRED: composed("session-highlights", {"entryId": DECK}),
        ErrorCode.ENTRY_NOT_FOUND: composed("explainer-video", *entries(1)),
        ErrorCode.SLIDE_NOT_FOUND: composed(
            "presentation-narration", {"entryId": DECK, "slideIndexes": [0, 2]}
        ),
        ErrorCode.CAPTIONS_NOT_FOUND: composed("session-highlights"),
        ErrorCode.URL_NOT_ACCESSIBLE: composed("explainer-video", *urls(1)),
    },
    Action.VIDEO_GENERATE: {
        ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED: Way(avatar=False),
        ErrorCode.TOO_MANY_SOURCES: Way(scenes=tuple(SIX)),
        ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS: Way(),
    },
    Action.VIDEO_PREVIEW_AUDIO: PREVIEWS,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: PREVIEWS,
    Action.VIDEO_PREVIEW_URL: {
        ErrorCode.URL_PREVIEW_FAILED: Way(lambda _: {"url": "https://example.com/article"})
    },
}
USUAL: dict[Action, Callable[[Caller], dict[str, Any]]] = {
    Action.AVATAR_CREATE: lambda user: {"templateId": CAST["jane"]},
    Action.AVATAR_UPDATE: lambda user: {"id": user.avatar()},
    Action.VIDEO_ADD: lambda user: {"name": "x", "avatarId": user.avatar()},
    Action.VIDEO_PREVIEW_URL: lambda user: {},
}


def test_every_condition_has_a_way_to_meet_it() -> None:
    assert {action: set(codes) for action, codes in WAYS.items()} == {
        action: set(codes) for action, codes in NEXT_CONDITIONS.items()
    }


@pytest.mark.parametrize(
    ("action", "code", "way"),
    [
        pytest.param(action, code, way, id=f"{action.value}-{code.value}")
        for action, codes in WAYS.items()
        for code, way in codes.items()
    ],
)
def test_a_condition_has_its_code(user: Caller, action: Action, code: ErrorCode, way: Way) -> None:
    if code is ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS:
        user = caller(user.studio, "busy@example.com")
        user("video/generate", id=user.video())
    body = USUAL.get(action, lambda user: {})(user) | way.body(user)
    if action in OPERATIONS and "id" not in body:
        body["id"] = user.video(*way.scenes)
        if not way.avatar:
            user("video/update", id=body["id"], avatarId=None)
    ask = user.catalog if action in catalog_of(user.studio.workspace.contract) else user
    reply = ask(action.value, **body)
    assert (reply["objectType"], reply["code"]) == ("KalturaAPIException", code.value), reply


def test_anothers_avatars_are_none(user: Caller) -> None:
    stranger = caller(user.studio, "stranger@example.com")
    avatar = user.avatar()
    for action in ("get", "update", "clone", "delete"):
        assert stranger.catalog(f"avatar/{action}", id=avatar)["code"] == "AVATAR_NOT_FOUND"
    assert stranger.catalog("avatar/list")["totalCount"] == 0
    assert stranger("video/add", name="x", avatarId=avatar)["code"] == "AVATAR_NOT_FOUND"
    assert user.catalog("avatar/get", id=avatar)["id"] == avatar
