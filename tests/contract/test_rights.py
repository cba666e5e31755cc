"""The table of rights, row by row, against the application: each action by each kind of caller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.api.service_calls import SERVICES as ANSWERED
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.rights import API, CATALOG, CONTROL, RIGHTS, SERVICES, SessionKind
from storyboard.studio.local import Studio
from storyboard.wire import GUIDE_ACTIONS, NEXT, NEXT_ACTIONS
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio, write_movie

REFUSED = {"MISSING_KS", "INVALID_KS", "SERVICE_FORBIDDEN"}
SERVICE = "/api_v3/service/{service}/action/{action}"
SEVERAL = "/api_v3/service/{service}"
CALLED = {"/api/v1/{service}/{action}", "/catalog/v1/{service}/{action}"}
DISPATCHERS = {*CALLED, SERVICE, SERVICE + "/{rest:path}", SEVERAL}
FILLED = {"partner": "1", "sub": "100", "rest": "format/url", "file": "main.js", "index": "0"}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = open_test_studio(tmp_path_factory.mktemp("rights"))
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    contract = Contract(profile=NEXT)
    studio = open_test_studio(tmp_path_factory.mktemp("newest"), contract=contract)
    yield studio
    studio.close()


def started(studio: Studio, kind: int, privileges: str = "") -> str:
    form = {"secret": studio.admin_secret, "type": kind, "privileges": privileges}
    return str(Caller(studio, "").service("session.start", userId="someone", **form))


def widget(studio: Studio) -> str:
    told = Caller(studio, "").service(
        "session.startWidgetSession", widgetId=f"_{studio.partner_id}"
    )
    return str(told["ks"])


def page(studio: Studio) -> str:
    headers = {"Authorization": f"Bearer {studio.page_url.partition('#key=')[2]}"}
    told = Caller(studio, "").send("POST", "/__studio/session", headers=headers).json()
    return str(told["ks"])


def session(studio: Studio, kind: SessionKind) -> str:
    match kind:
        case SessionKind.NONE:
            return ""
        case SessionKind.WIDGET:
            return widget(studio)
        case SessionKind.ROLE:
            return started(studio, 2, "setrole:1234")
        case SessionKind.USER:
            return started(studio, 0)
        case SessionKind.ADMIN:
            return started(studio, 2)
        case SessionKind.PAGE:
            return page(studio)
        case SessionKind.FILE:
            return started(studio, 2, "downloadasset:1_none0000")


def routes(studio: Studio) -> Mapping[str, set[str]]:
    inner = studio.app._app  # type: ignore[attr-defined]
    assert isinstance(inner, Starlette)
    found = [route for route in inner.routes if isinstance(route, Route)]
    return {route.path: set(route.methods or ()) - {"HEAD"} for route in found}


def code(reply: Any) -> str | None:
    if reply.headers.get("x-kaltura", "").startswith("error- "):
        return str(reply.headers["x-kaltura"].removeprefix("error- "))
    if not reply.headers.get("content-type", "").startswith("application/json"):
        return None
    told = reply.json()
    return told.get("code") if isinstance(told, dict) else None


def calls(studio: Studio, row: str, ks: str) -> Iterator[str | None]:
    """Yield the code of each call that the row stands for."""
    user = Caller(studio, ks)
    headers = {"Authorization": f"Bearer {ks}"} if ks else {}
    if row.startswith((API, CATALOG)):
        yield code(user.send("POST", row, json={}, headers=headers))
    elif row.startswith(SERVICES):
        service, action = row.removeprefix(SERVICES).split("/")
        path = f"/api_v3/service/{service}/action/{action}"
        yield code(user.send("POST", path, data={"format": "1", "ks": ks}))
        if action != "end":
            yield code(user.send("GET", path, params={"format": "1", "ks": ks}))
    else:
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda name: FILLED.get(name[1], "x"), row)
        for method in routes(studio)[row]:
            yield code(user.send(method, path, headers=headers, content=b"{}"))


def test_every_route_service_and_action_has_a_row(studio: Studio) -> None:
    paths = {path for path in routes(studio) if path not in DISPATCHERS}
    services = {f"{SERVICES}{name}" for name in ANSWERED}
    rest = {row for row in RIGHTS if not row.startswith((API, CATALOG, SERVICES))}
    assert rest == paths
    assert {row for row in RIGHTS if row.startswith(SERVICES)} == services


@pytest.mark.parametrize("kind", SessionKind)
def test_every_row_holds(studio: Studio, newest: Studio, kind: SessionKind) -> None:
    """A row of an action that the guide lacks, in a studio of the newest generation."""
    newer = {f"{API}{action.value}" for action in set(NEXT_ACTIONS) - {*GUIDE_ACTIONS}}
    for row in RIGHTS:
        asked = newest if row in newer or row.startswith(CATALOG) else studio
        told = set(calls(asked, row, session(asked, kind)))
        assert told, row
        if row in (f"{CONTROL}session", f"{CONTROL}user-session"):
            assert told <= {"MISSING_KS", "SERVICE_FORBIDDEN"}, row
        elif kind in RIGHTS[row]:
            assert not REFUSED & told, (row, told)
        elif kind is SessionKind.NONE:
            assert told == {"MISSING_KS"}, (row, told)
        else:
            assert told == {"SERVICE_FORBIDDEN"}, (row, told)


def test_who_may_do_what_at_all() -> None:
    """The table itself: an anonymous session does nothing but become another."""
    for row, kinds in RIGHTS.items():
        if SessionKind.NONE in kinds:
            continue
        assert (SessionKind.FILE in kinds) == row.endswith("captionasset/serve"), row
        is_of_sessions = row.partition(SERVICES)[2] in (
            *("session/get", "session/end", "apptoken/startsession"),
        )
        assert (SessionKind.WIDGET in kinds) == is_of_sessions, row
        assert (SessionKind.ROLE in kinds) == is_of_sessions, row
        assert SessionKind.USER not in kinds or not row.startswith(CONTROL), row
        assert SessionKind.ADMIN in kinds, row


def test_an_anonymous_session_neither_uploads_nor_films_nor_reads(
    studio: Studio, tmp_path: Path
) -> None:
    user, stranger = caller(studio), Caller(studio, widget(studio))
    movie = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    user.control("POST", "media?entryId=1_clip0000", content=movie)
    told = user.control("POST", "media/1_clip0000/captions", content=b"1\n00:00 --> 00:01\nHi.\n")
    form = {"ks": stranger.ks, "captionAssetId": told["id"], "entryId": "1_clip0000"}
    path = "/api_v3/service/caption_captionAsset/action/serve"
    read = stranger.send("POST", path, data=form)
    assert (read.content, read.headers["x-kaltura"]) == (b"", "error- SERVICE_FORBIDDEN")
    for name in ("uploadToken.add", "media.add", "media.get", "caption_captionAsset.list"):
        assert stranger.service(name, **form)["code"] == "SERVICE_FORBIDDEN"
    video = {"name": "x", "avatarId": user.avatar(), "scenes": [HELLO]}
    refused = stranger("video/add", **video)
    assert refused["code"] == "SERVICE_FORBIDDEN"
    assert "appToken.startSession" in refused["message"]


def test_a_file_is_kept_for_whoever_may_upload_alone(studio: Studio) -> None:
    """An anonymous session costs nothing: it must not spool gigabytes onto the disk."""
    path = "/api_v3/service/uploadToken/action/upload"
    files = {"fileData": ("x", b"x" * (MAX_JSON_BYTES + 1))}
    for kind in SessionKind:
        data = {"ks": session(studio, kind), "uploadTokenId": "x", "format": "1"}
        reply = Caller(studio, "").send("POST", path, data=data, files=files)
        may = kind in RIGHTS[f"{SERVICES}uploadtoken/upload"]
        assert reply.status_code == (200 if may else 413), kind


@pytest.mark.parametrize("asked", ["edit:*", "list:*", "setrole:1", "*", "studiopage:1"])
def test_an_exchanged_session_is_not_widened_by_who_exchanges_it(
    studio: Studio, asked: str
) -> None:
    from tests.contract.test_sessions import exchange, new_token

    token = new_token(studio, hashType="SHA256", sessionUserId="robot")
    told = exchange(studio, token, sessionPrivileges=f"{asked},urirestrict:/api_v3/*|/api/v1/*")
    kept = told["privileges"].split(",")
    assert {name.partition(":")[0] for name in kept} == {"urirestrict", "sessionid", "apptoken"}


def test_a_role_of_players_is_an_anonymous_session(studio: Studio) -> None:
    player = Caller(studio, started(studio, 2, "setrole:PLAYBACK_BASE_ROLE"))
    assert player("video/list")["code"] == "SERVICE_FORBIDDEN"
    assert "userId" in player.service("session.get", ks=player.ks)


@pytest.mark.parametrize("limit", ["9" * 5000, "x", "", "-1", "٣"])
def test_a_limit_of_actions_that_is_no_number_allows_none(studio: Studio, limit: str) -> None:
    user = Caller(studio, started(studio, 0, f"actionslimit:{limit}"))
    assert user("video/list")["code"] == "INVALID_KS"
