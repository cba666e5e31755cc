"""Every route that the application has, found and not listed, before every kind of stranger."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from storyboard import __version__
from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.api.metrics import PATH as METRICS
from storyboard.studio.api.multipart import MAX_TEXT
from storyboard.studio.local import Studio
from storyboard.studio.web.widget import LOADER_PATH, MANIFEST, PATHS, RUNTIME_PATH
from storyboard.wire import MAX_NAME, MAX_NARRATION
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio

FRAME = "/v1/studio/"
PAGES = {"/__studio/", "/studio/", FRAME}
PARTS = {"/__studio/web/{file}", "/v1/studio/files/{state}/{rest:path}"}
CHOICES = {
    "/v1/studio/facts.json",
    "/v1/studio/templates/{template}.png",
    "/v1/studio/templates/{template}.mp3",
    "/v1/studio/backgrounds/{background}.jpg",
}
"""What the interface offers to choose from is the same for everyone."""
WIDGET = {LOADER_PATH, MANIFEST, RUNTIME_PATH}
"""Any page may load these, from wherever it is."""

PROBES = {"/healthz", "/readyz", "/__studio/health"}
OPEN_TO_ALL = {"/", *PROBES, "/v1", "/v1/{rest:path}", *PAGES, *PARTS, *CHOICES, *WIDGET}
NO_ACTION = "does not emulate 'session'"
FILLED = {
    "service": "session",
    "action": "start",
    "partner": "1",
    "sub": "100",
    "entry": "1_abcd1234",
    "rest": "format/1",
    "video": "0" * 24,
    "name": "snap",
    "file": "main.js",
    "avatar": "0" * 24,
    "index": "0",
    "captions": "1_abcd1234",
    "state": "0" * 20,
    "version": f"v{__version__}",
    "template": "jane",
    "background": "office-1",
}


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    with open_test_studio(tmp_path_factory.mktemp("routes"), workers=1) as studio:
        yield caller(studio)


def routes(studio: Studio) -> list[tuple[str, str]]:
    """Return every method and path template of the application behind the door."""
    inner = studio.app._app  # type: ignore[attr-defined]
    assert isinstance(inner, Starlette)
    found = [route for route in inner.routes if isinstance(route, Route)]
    assert len(found) == len(inner.routes)
    return [(method, route.path) for route in found for method in sorted(route.methods or ())]


def filled(template: str) -> str:
    told = FILLED | ({"file": "settings.js"} if template == RUNTIME_PATH else {})
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda name: told[name[1]], template)


STRANGERS: list[tuple[dict[str, str], int]] = [
    ({"Host": "evil.test"}, 421),
    ({"Host": "127.0.0.1.nip.io"}, 421),
    ({"Host": ""}, 421),
    ({"Origin": "http://evil.test"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "https://127.0.0.1"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "http://evil.test", "Access-Control-Request-Method": "POST"}, 403),
]
TYPES = ["", "application/json", "text/plain", "multipart/form-data; boundary=x", "text/html"]


@pytest.mark.parametrize(("headers", "status"), STRANGERS, ids=str)
def test_no_route_answers_a_stranger(user: Caller, headers: dict[str, str], status: int) -> None:
    known = {"Authorization": f"Bearer {user.studio.admin_session()}"}
    for method, template in routes(user.studio):
        if template in {FRAME, *WIDGET} and status == 403:
            continue
        for kind in TYPES[:3]:
            given = known | headers | {"Content-Type": kind}
            response = user.send(method, filled(template), headers=given, content=b"{}")
            assert response.status_code == status, (method, template)
            assert "access-control-allow-origin" not in response.headers
            assert not response.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("kind", TYPES)
def test_no_route_answers_without_a_session(user: Caller, kind: str) -> None:
    for method, template in routes(user.studio):
        if template in OPEN_TO_ALL:
            continue
        headers = {"Content-Type": kind} if kind else {}
        response = user.send(method, filled(template), headers=headers, content=b"{}")
        told = response.text
        statuses = (401,) if template == METRICS else (200, 400, 404, 415)
        assert response.status_code in statuses, (method, template, told)
        if response.status_code == 200 and method != "HEAD":
            wanted = ("MISSING_KS", "MISSING_MANDATORY_PARAMETER", "VALIDATION_ERROR", NO_ACTION)
            assert any(code in told for code in wanted), (method, template, told)


def test_the_control_plane_is_for_admins_alone(user: Caller) -> None:
    headers = {"Authorization": f"Bearer {user.ks}", "Content-Type": "application/json"}
    seen = 0
    for method, template in routes(user.studio):
        if template.startswith("/__studio/") and template not in OPEN_TO_ALL:
            response = user.send(method, filled(template), headers=headers, content=b"{}")
            if method != "HEAD":
                assert response.json()["code"] == "SERVICE_FORBIDDEN", (method, template)
                seen += 1
    assert seen > 20


@pytest.mark.slow
def test_every_route_answers_under_guard(user: Caller) -> None:
    admin = {"Authorization": f"Bearer {user.studio.admin_session()}"}
    for headers in ({}, admin, {"Host": "evil.test"}, {"Origin": "null"}):
        for method, template in routes(user.studio):
            response = user.send(method, filled(template), headers=headers, content=b"{}")
            told = response.headers
            assert told["x-content-type-options"] == "nosniff"
            is_kept = template in CHOICES and response.status_code == 200
            assert is_kept or told["cache-control"] == "no-store"
            is_shared = template in WIDGET and method in ("GET", "HEAD") and "Host" not in headers
            is_framed = template == FRAME and "Host" not in headers
            policy = "cross-origin" if is_shared or is_framed else "same-origin"
            assert told["cross-origin-resource-policy"] == policy
            assert told.get("x-frame-options") == (None if is_framed else "DENY")
            who = "http: https: file:" if is_framed else "'none'"
            assert f"frame-ancestors {who};" in told["content-security-policy"]
            assert told.get("access-control-allow-origin") == ("*" if is_shared else None)
            is_page = template in PAGES and response.status_code == 200
            assert told.get("content-type", "").startswith("text/html") == is_page


def test_no_method_but_the_routes_own(user: Caller) -> None:
    own = {filled(template): set() for _, template in routes(user.studio)}
    for method, template in routes(user.studio):
        own[filled(template)].add(method)
    for path, methods in own.items():
        others = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} - methods
        for method in others - ({"OPTIONS"} if path in PATHS else set()):
            is_unknown = method == "GET" and path.startswith("/v1/")  # whatever is left there
            status = 404 if is_unknown else 405
            assert user.send(method, path).status_code == status, (method, path)


@pytest.mark.parametrize("header", ["\\", "[", "a" * 5000, "http://[", "%00", "\t", "é".encode()])
@pytest.mark.parametrize("name", ["Host", "Origin", "Sec-Fetch-Site", "Authorization", "Range"])
def test_headers_that_are_noise_break_nothing(user: Caller, name: str, header: Any) -> None:
    headers = [(name.encode(), header if isinstance(header, bytes) else header.encode())]
    response = user.send("GET", "/__studio/media", headers=headers)
    assert response.status_code in (200, 403, 421)
    assert user.send("GET", "/__studio/health").status_code == 200


TRAVERSALS = [
    "..",
    "../identity.json",
    "..%2f..%2fidentity.json",
    "%2e%2e/%2e%2e/identity.json",
    "..\\..\\identity.json",
    "C:\\identity.json",
    "/etc/passwd",
    "\u2025/identity.json",
    "identity.json%00.mp4",
    "x" * 4000,
]


@pytest.mark.parametrize("name", TRAVERSALS)
def test_no_path_leads_out_of_the_workspace(user: Caller, name: str) -> None:
    partner = user.studio.partner_id
    admin = {"Authorization": f"Bearer {user.studio.admin_session()}"}
    for path in (
        f"/p/{partner}/sp/1/playManifest/entryId/{name}/format/url",
        f"/p/{partner}/thumbnail/entry_id/{name}/vid_sec/1",
        f"/p/{partner}/thumbnail/entry_id/1_abcd1234/{name}",
        f"/__studio/videos/{name}",
        f"/__studio/media/{name}/captions",
        f"/__studio/snapshots/{name}/load",
        f"/{name}",
    ):
        for method in ("GET", "POST"):
            response = user.send(method, path, headers=admin)
            is_start = response.headers.get("location") == "/studio/"
            assert response.status_code in (200, 404, 405) or is_start
            assert user.studio.admin_secret not in response.text
            if response.status_code == 200:
                assert "code" in response.json()


HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{7*7}}${7*7}",
    "]]><!--",
]


@pytest.mark.parametrize("text", HTML)
def test_html_stays_text_wherever_it_is_said(user: Caller, text: str) -> None:
    body = {
        "name": text,
        "avatarId": user.avatar(),
        "scenes": [{"narration": {"text": f"{text} long enough to be spoken."}}],
    }
    made = user.raw("video/add", body)
    assert (made.json()["name"], made.json()["scenes"]) == (text, body["scenes"])
    user("video/generate", id=made.json()["id"])
    entry = user.wait(made.json()["id"], "ready")["entryId"]
    form = {"ks": user.ks, "entryId": entry, "filter[entryIdEqual]": entry}
    assert user.service("media.get", **form)["name"] == text
    for asset in user.service("caption_captionAsset.list", **form)["objects"]:
        path = "/api_v3/service/caption_captionAsset/action/serve"
        data = {"captionAssetId": asset["id"], "ks": user.ks}
        response = user.send("POST", path, data=data)
        assert response.headers["content-type"].startswith(("text/plain", "text/vtt"))
        assert response.headers["x-content-type-options"] == "nosniff"
        assert asset["fileExt"] == "srt" or "<" not in response.text
    for path, params in (("/nowhere", {"q": text}), ("/api/v1/x/y", {"q": text})):
        response = user.send("GET", path, params=params)
        assert not response.headers["content-type"].startswith("text/html")
        assert text not in response.text


def test_a_limit_is_exact(user: Caller) -> None:
    for size, fine in ((MAX_NAME, True), (MAX_NAME + 1, False)):
        reply = user("video/add", name="x" * size, avatarId=user.avatar())
        assert ("id" in reply) == fine
    for size, fine in ((MAX_NARRATION, True), (MAX_NARRATION + 1, False)):
        scene = {"narration": {"text": "x" * size}}
        reply = user("video/add", name="x", avatarId=user.avatar(), scenes=[scene])
        assert ("id" in reply) == fine
    for count, fine in ((20, True), (21, False)):
        reply = user("video/add", name="x", avatarId=user.avatar(), scenes=[HELLO] * count)
        assert ("id" in reply) == fine
    path = "/api_v3/service/session/action/get"
    for size, status in ((MAX_JSON_BYTES, 200), (MAX_JSON_BYTES + 1, 413)):
        assert user.send("POST", path, content=b"x" * size).status_code == status
    for size, status in ((MAX_TEXT, 200), (MAX_TEXT + 1, 413)):
        files = {"fileData": ("x", b"x"), "ks": (None, "k" * size)}
        assert user.send("POST", path, files=files).status_code == status
    for size, status in ((MAX_JSON_BYTES, 200), (MAX_JSON_BYTES + 1, 413)):
        files = {"fileData": ("x", b"x" * size)}
        assert user.send("POST", path, files=files).status_code == status


def test_no_secret_is_ever_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with open_test_studio(tmp_path) as studio:
        user = caller(studio)
        token = studio.variables()["KALTURA_APP_TOKEN"]
        broken = user.ks[:-4] + "AAAA"
        user("video/get", id=user.ks[:90])
        user("video/update", id="0", name=user.ks)
        replies = [
            Caller(studio, broken).raw("video/list").text,
            str(user.service("media.get", ks=broken, entryId="1_x")),
            str(user.service("session.start", secret=token, partnerId=studio.partner_id)),
            str(user.control("GET", "journal")),
            str(user.control("GET", "contract")),
            user.send("GET", "/__studio/health").text,
        ]
        video_id = user.video({"narration": {"text": "No."}})
        user("video/generate", id=video_id)
        user.wait(video_id, "generate-error")
        out = capfd.readouterr()
        told = "\n".join([*replies, caplog.text, out.out, out.err])
        secrets = {"admin": studio.admin_secret, "token": token, "ks": user.ks, "broken": broken}
        assert "djJ8" not in told
        assert [name for name, secret in secrets.items() if secret in told] == []
