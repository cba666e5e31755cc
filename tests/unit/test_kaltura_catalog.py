"""The client of the newest generation: a catalog that numbers, made to speak the guide's words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from storyboard.errors import ApiError, StudioError, UnknownOutcomeError
from storyboard.kaltura.attempts import Pace
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.credentials import GivenSession
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport
from storyboard.wire import GUIDE, NEXT
from tests.support.wire_server import Answer, Server, wire_server

T = TypeVar("T")
JANE = {"id": "a" * 24, "name": "Jane", "voice": {"id": "v1"}, "face": {"id": "f1"}}
OTHER = {"id": "b" * 24, "name": "Zoe", "voice": {"id": "v2"}, "face": {"id": "f2"}}
TEMPLATES = Answer({"objects": [JANE, OTHER], "totalCount": 2})
NOTHING = Answer({"objects": [], "totalCount": 0})
COLOR = {"type": "color", "color": "#CEEEDB"}
WANTED = {"templateId": "jane", "background": COLOR}


def avatar(id_: str, **other: Any) -> dict[str, Any]:
    ground = {"type": "color", "value": "#ceeedb"}
    return {"id": id_, "templateId": JANE["id"], "background": ground} | other


def call(server: Server, act: Callable[[StudioClient], Awaitable[T]], profile: str = NEXT) -> T:
    async def no_sleep(seconds: float) -> None:
        return

    async def run() -> T:
        transport = Transport(read_seconds=20.0)
        pace = Pace(no_sleep, lambda: 1.0)
        try:
            calls = Calls(
                avatar_url=f"{server.url}/api/v1",
                service_url=f"{server.url}/api_v3",
                catalog_url=f"{server.url}/catalog" if profile == NEXT else None,
                sessions=Sessions(GivenSession(Secret("ks")), None, transport, pace=pace),
                transport=transport,
                pace=pace,
            )
            return await act(
                StudioClient(calls, principal=Principal(1, "me", "x"), profile=profile)
            )
        finally:
            await transport.aclose()

    return asyncio.run(run())


def bodies(server: Server) -> list[tuple[str, dict[str, Any]]]:
    return [(path, json.loads(body)) for path, _, body in server.requests]


def test_templates_have_the_guides_names_and_unknown_ones_their_ids() -> None:
    page = Answer({"objects": [JANE], "totalCount": 2})
    rest = Answer({"objects": [OTHER], "totalCount": 2})
    with wire_server(page, rest) as server:
        found = call(server, lambda c: c.list_templates())
    assert [(each.id, each.name) for each in found] == [("jane", "Jane"), (OTHER["id"], "Zoe")]
    assert [body["pager"]["offset"] for _, body in bodies(server)] == [0, 1]
    assert server.paths() == ["/catalog/avatar-template/list"] * 2
    assert server.requests[0][1]["authorization"] == "Bearer ks"


def test_an_avatar_of_ours_is_taken_before_one_is_made() -> None:
    """Once a client, whatever is asked for and however it is written: a list for all."""

    async def twice(client: StudioClient) -> list[str]:
        first = client.upsert_avatar(WANTED)
        second = client.upsert_avatar({**WANTED, "background": {**COLOR, "color": "#ceeedb"}})
        return [each.id for each in await asyncio.gather(first, second)]

    made = Answer({"objects": [avatar("new"), avatar("old")], "totalCount": 2})
    with wire_server(TEMPLATES, made) as server:
        assert call(server, twice) == ["old", "old"]
    path, asked = bodies(server)[-1]
    assert (path, asked["filter"]) == ("/catalog/avatar/list", {"adminTagsIn": ["storyboard"]})


def test_an_avatar_is_made_of_the_catalogs_template_and_marked() -> None:
    strange = [avatar("x1", background={"type": "color", "value": "#000000"}),
               avatar("x2", templateId=OTHER["id"]), avatar("x3", background=None)]  # fmt: skip
    listed = Answer({"objects": strange, "totalCount": 3})
    with wire_server(TEMPLATES, listed, Answer(avatar("a1"))) as server:
        found = call(server, lambda c: c.upsert_avatar(WANTED))
    assert (found.id, found.template_id) == ("a1", "jane")
    assert found.background == {"type": "color", "color": "#ceeedb"}
    path, asked = bodies(server)[-1]
    assert path == "/catalog/avatar/create"
    ground = {"type": "color", "value": "#CEEEDB"}
    named = {"name": "Jane", "adminTags": ["storyboard"]}
    assert asked == {"templateId": JANE["id"], "background": ground, **named}


@pytest.mark.parametrize(
    ("guide", "catalog"),
    [
        ({"type": "library", "id": "office-1"}, {"type": "visual", "value": "office-1"}),
        ({"type": "entry", "entryId": "1_abc"}, {"type": "visual", "value": "1_abc"}),
    ],
)
def test_pictures_behind_a_presenter_go_over_and_come_back(
    guide: dict[str, str], catalog: dict[str, str]
) -> None:
    body = {"templateId": "jane", "background": guide}
    with wire_server(TEMPLATES, NOTHING, Answer(avatar("a1", background=catalog))) as server:
        assert call(server, lambda c: c.upsert_avatar(body)).background == guide
    assert bodies(server)[-1][1]["background"] == catalog


def test_an_avatar_that_may_have_been_made_is_looked_for() -> None:
    lost, found = Answer(drop=True), Answer({"objects": [avatar("a1")], "totalCount": 1})
    with wire_server(TEMPLATES, NOTHING, lost, found) as server:
        assert call(server, lambda c: c.upsert_avatar(WANTED)).id == "a1"
    assert server.paths().count("/catalog/avatar/create") == 1
    with (
        wire_server(TEMPLATES, NOTHING, lost, NOTHING) as server,
        pytest.raises(UnknownOutcomeError),
    ):
        call(server, lambda c: c.upsert_avatar(WANTED))
    assert server.paths().count("/catalog/avatar/create") == 1


def test_a_template_that_the_catalog_lacks_is_told() -> None:
    with (
        wire_server(TEMPLATES) as server,
        pytest.raises(StudioError, match="no avatar template 'adam'"),
    ):
        call(server, lambda c: c.upsert_avatar({**WANTED, "templateId": "adam"}))


def test_a_template_is_told_by_the_face_where_its_id_is_not() -> None:
    """What a catalog shows of an avatar differs; both ways are read."""
    composed = {"face": {"id": "f1"}, "background": {"type": "color", "value": "#CEEEDB"}}
    shown = {"id": "a1", "visual": {"id": "x", "composition": composed}}
    with wire_server(TEMPLATES, Answer(shown)) as server:
        found = call(server, lambda c: c.get_avatar("a1"))
    assert found is not None
    assert (found.template_id, found.background) == ("jane", COLOR)
    gone = Answer(
        {"objectType": "KalturaAPIException", "code": "AVATAR_NOT_FOUND", "message": "no"}
    )
    with wire_server(TEMPLATES, gone) as server:
        assert call(server, lambda c: c.get_avatar("a1")) is None


def test_a_picture_is_fetched_without_the_session() -> None:
    picture = Answer(raw=b"\x89PNG\r\n\x1a\nx", headers={"content-type": "image/png"})
    with (
        wire_server(picture) as films,
        wire_server(Answer(avatar("a1", previewImageUrl=f"{films.url}/a1.png"))) as server,
    ):
        assert call(server, lambda c: c.preview_avatar("a1")).startswith(b"\x89PNG")
    assert "authorization" not in films.requests[0][1]
    inner = Answer(avatar("a1", previewImageUrl="http://169.254.169.254/a1.png"))
    with wire_server(inner) as server, pytest.raises(StudioError, match="the picture is at"):
        call(server, lambda c: c.preview_avatar("a1"))


def test_a_composition_is_asked_by_sources_and_read_by_entries() -> None:
    asked = {"formatType": "video-explainer", "duration": 60, "entryIds": ["1_a", "1_b"]}
    told = {
        "formatType": "explainer-video", "duration": 60,
        "sources": [{"entryId": "1_a"}, {"entryId": "1_b"}],
    }  # fmt: skip
    video = {"id": "v1", "name": "x", "status": "composing", "composeParams": told}
    with wire_server(Answer(video)) as server:
        live = call(server, lambda c: c.compose("v1", asked))
    assert bodies(server) == [("/api/v1/video/compose", {"id": "v1", **told})]
    assert live.compose_params == asked
    odd = {**told, "sources": [{"entryId": "1_a"}, {"url": "https://example.com"}]}
    read = RemoteVideo.parse({**video, "composeParams": odd})
    assert read.compose_params == odd


def test_the_account_is_checked_by_the_generations_own_action() -> None:
    with wire_server(Answer({"ok": True, "results": [{"name": "x", "valid": True}]})) as server:
        for profile in (GUIDE, NEXT):
            assert call(server, lambda c: c.check_configuration(), profile)[0].valid
    assert server.paths() == [
        "/api/v1/partner/checkConfiguration",
        "/api/v1/partner/initConfiguration",
    ]


def test_a_missing_video_is_told_by_either_code() -> None:
    for code in ("VIDEO_NOT_FOUND", "OBJECT_NOT_FOUND_OR_STATUS_CHANGED"):
        with wire_server(Answer({"code": code, "message": "no"})) as server:
            assert call(server, lambda c: c.get_video("v1")) is None
    changed = Answer({"code": "OBJECT_NOT_FOUND_OR_STATUS_CHANGED", "message": "no"})
    with wire_server(changed) as server, pytest.raises(UnknownOutcomeError):
        call(server, lambda c: c.generate("v1"))


@pytest.mark.parametrize("profile", [GUIDE, NEXT])
def test_another_generation_is_told_with_what_to_set(profile: str) -> None:
    unknown = Answer({"code": "UNKNOWN_ACTION", "message": "There is no action"})
    for answer in (unknown, Answer({"message": "Cannot POST"}, 404)):
        with wire_server(answer) as server, pytest.raises(ApiError) as caught:
            call(server, lambda c: c.list_templates(), profile)
        assert "set `profile` of the environment" in str(caught.value.hint)


@pytest.mark.parametrize("told", [{}, {"totalCount": None}])
def test_a_catalog_that_counts_nothing_is_read_to_its_end(told: dict[str, Any]) -> None:
    """It ended after its first page."""
    every = [{"id": f"t{n}", "name": f"T{n}", "face": {"id": f"f{n}"}} for n in range(150)]
    pages = [Answer({"objects": each, **told}) for each in (every[:100], every[100:], [])]
    with wire_server(*pages) as server:
        found = call(server, lambda c: c.list_templates())
    assert [each.id for each in found] == [each["id"] for each in every]
    assert [body["pager"]["offset"] for _, body in bodies(server)] == [0, 100]
