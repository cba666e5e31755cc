"""What a page loads to embed the studio: addresses, types, and who may load what from where."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from storyboard import __version__
from storyboard.studio.local import Studio
from storyboard.studio.web.application import FRAME, PARTS
from storyboard.studio.web.widget import LOADER, MANIFEST, MODULES, PATHS, WIDGET
from tests.contract.studio_rig import Caller, caller, open_test_studio

STRANGERS = [
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://portal.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"},
]
LEAST_LOADER = 1000
"""Kaltura's own test of its loader wants more bytes than these."""


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
@pytest.mark.parametrize("path", sorted(PATHS))
def test_any_page_may_load_the_modules(user: Caller, path: str, headers: dict[str, str]) -> None:
    got, head = (user.send(method, path, headers=headers) for method in ("GET", "HEAD"))
    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    for told in (got.headers, head.headers):
        assert told["access-control-allow-origin"] == "*"
        assert told["cross-origin-resource-policy"] == "cross-origin"
        assert told["x-content-type-options"] == "nosniff"
        assert not {"set-cookie", "access-control-allow-credentials"} & {*told}
    kind = got.headers["content-type"].partition(";")[0]
    assert kind == ("application/json" if path.endswith(".json") else "text/javascript")


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
@pytest.mark.parametrize("path", sorted(PATHS))
def test_a_stranger_may_do_nothing_else_there(
    user: Caller, path: str, headers: dict[str, str]
) -> None:
    assert user.send("OPTIONS", path, headers=headers).status_code == 204
    for method in ("POST", "PUT", "DELETE"):
        assert user.send(method, path, headers=headers).status_code == 403
    for other in (f"{path}/", f"{path}/../x", path.upper(), f"/{path}", f"{path}%00"):
        assert user.send("GET", other, headers=headers).status_code == 403


@pytest.mark.parametrize("path", [*sorted(PATHS), FRAME])
def test_another_host_gets_none_of_it(user: Caller, path: str) -> None:
    response = user.send("GET", path, headers={"Host": "evil.test", **STRANGERS[0]})
    assert (response.status_code, response.headers["x-frame-options"]) == (421, "DENY")
    assert "access-control-allow-origin" not in response.headers


def test_the_manifest_leads_to_the_runtime(user: Caller) -> None:
    told = user.send("GET", "/v1/runtime.json").json()
    (widget,) = told["versions"]["widgets"].items()
    assert widget == (WIDGET, {"runtimes": {"studio": {"version": __version__}}})
    folder = f"/v1/static/modules/vod-avatars/v{__version__}/runtime/studio/index.esm.js"
    assert MODULES[folder] == "runtime.js"
    for other in (folder.replace(__version__, "9.9.9"), folder.replace("index.esm", "loader")):
        missing = user.send("GET", other)
        assert (missing.status_code, missing.json()["code"]) == (404, "NOT_EMULATED")
    assert (told["env"], told["studio"]) == ("local", user.studio.public_url)


def test_under_another_name_the_manifest_leads_to_the_studios_own(user: Caller) -> None:
    told = user.send("GET", "/v1/runtime.json", headers={"Host": "localhost"}).json()
    assert told["studio"] == user.studio.public_url


def test_the_modules_are_small_and_depend_on_nothing(user: Caller) -> None:
    loader = user.send("GET", "/v1/loader/index.esm.js").content
    assert len(loader) > LEAST_LOADER
    assert sorted(path.name for path in LOADER.iterdir()) == sorted(MODULES.values())
    assert all(path.stat().st_size < 10_000 for path in LOADER.iterdir())
    together = b"".join(path.read_bytes() for path in LOADER.iterdir())
    assert len(gzip.compress(together)) < 10_000
    for path in LOADER.iterdir():
        imported = [line for line in path.read_text().splitlines() if line.startswith("import ")]
        assert all(line.endswith('from "./settings.js";') for line in imported)


def test_any_page_may_frame_the_frame_and_none_the_studios_own(user: Caller) -> None:
    framed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
    frame = user.send("GET", FRAME, headers=framed)
    assert frame.status_code == 200
    assert "x-frame-options" not in frame.headers
    policy = frame.headers["content-security-policy"]
    assert "frame-ancestors http: https: file:;" in policy
    assert "connect-src 'self';" in policy
    assert "access-control-allow-origin" not in frame.headers
    assert user.send("POST", FRAME, headers=framed).status_code == 403
    for page in ("/studio/", "/__studio/"):
        assert user.send("GET", page, headers=framed).status_code == 403
        own = user.send("GET", page)
        assert own.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in own.headers["content-security-policy"]


def test_pages_are_by_themselves_and_have_no_powers(user: Caller) -> None:
    for page in (FRAME, "/studio/", "/__studio/"):
        told = user.send("GET", page).headers
        assert told["origin-agent-cluster"] == "?1"
        for power in ("camera", "microphone", "geolocation", "usb"):
            assert f"{power}=()" in told["permissions-policy"]
        assert not {"autoplay", "fullscreen", "clipboard-write"} & {
            each.partition("=")[0].strip() for each in told["permissions-policy"].split(",")
        }


def test_a_page_that_is_isolated_may_show_the_frame(user: Caller) -> None:
    told = user.send("GET", FRAME).headers
    assert told["cross-origin-embedder-policy"] == "require-corp"
    assert told["cross-origin-resource-policy"] == "cross-origin"
    assert user.send("GET", "/studio/").headers["cross-origin-resource-policy"] == "same-origin"


def test_a_link_leads_to_the_studios_page_and_to_nothing_else(user: Caller) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    link["Sec-Fetch-Dest"] = "document"
    page = user.send("GET", "/studio/", headers=link)
    assert (page.status_code, page.headers["x-frame-options"]) == (200, "DENY")
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    for worse in ({"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Mode": "no-cors"}, {"Origin": "null"}):
        assert user.send("GET", "/studio/", headers=link | worse).status_code == 403
    assert user.send("POST", "/studio/", headers=link).status_code == 403
    for path in ("/__studio/", "/__studio/health", "/api/v1/video/list", "/studio"):
        assert user.send("GET", path, headers=link).status_code == 403


def test_the_pages_differ_in_who_may_frame_them_alone(user: Caller) -> None:
    frame, own = (user.send("GET", path) for path in (FRAME, "/studio/"))
    assert frame.content == own.content
    policy = own.headers["content-security-policy"].replace(
        "'none'; base", "http: https: file:; base"
    )
    assert frame.headers["content-security-policy"] == policy


def test_parts_are_kept_for_good_under_a_name_of_their_content(user: Caller) -> None:
    page = user.send("GET", "/studio/").text
    (state,) = {part.partition("/")[0] for part in page.split(PARTS)[1:]}
    part = f"{PARTS}{state}/app/main.js"
    got = user.send("GET", part)
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["content-type"].startswith("text/javascript")
    assert user.send("GET", page.split('src="')[1].partition('"')[0]).content == got.content
    for other in ("0" * 20, state[:-1], f"../{state}"):
        missing = user.send("GET", f"{PARTS}{other}/app/main.js")
        assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")
    for name in ("app/index.html", "app", "../widget.py", "vendor/vendor.json", "", "app//main.js"):
        assert user.send("GET", f"{PARTS}{state}/{name}").status_code == 404
    assert user.send("GET", part, headers=STRANGERS[1]).status_code == 403
    for page_path in ("/studio/", FRAME, "/v1/loader/index.esm.js"):
        assert user.send("GET", page_path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_the_api_stays_closed_to_the_pages_that_embed(
    user: Caller, headers: dict[str, str]
) -> None:
    known = {"Authorization": f"Bearer {user.ks}", **headers}
    for method, path in (
        ("POST", "/api/v1/video/list"),
        ("POST", "/api_v3/service/media/action/list"),
        ("POST", "/__studio/user-session"),
        ("GET", "/v1/studio/facts.json"),
        ("POST", "/v1/studio/lengths"),
    ):
        assert user.send(method, path, headers=known, json={}).status_code == 403


def test_the_key_gives_a_session_of_the_local_user_who_is_no_admin(
    user: Caller, studio: Studio
) -> None:
    key = studio.studio_url.partition("#key=")[2]
    headers = {"Authorization": f"Bearer {key}"}
    told = user.send("POST", "/__studio/user-session", headers=headers).json()
    assert told["partnerId"] == studio.partner_id
    local = Caller(studio, told["ks"])
    seen = local.service("session.get", ks=local.ks)
    assert (seen["userId"], seen["sessionType"], seen["privileges"]) == ("local", 0, "")
    local.video(name="Mine")
    assert local("video/list")["totalCount"] == 1
    assert user("video/list")["totalCount"] == 0
    for path in ("media", "overview", "journal", "faults"):
        reply = local.send(
            "GET", f"/__studio/{path}", headers={"Authorization": f"Bearer {local.ks}"}
        )
        assert reply.json()["code"] == "SERVICE_FORBIDDEN"


REGION = "unisphere.nvp1.ovp.kaltura.com"


@pytest.mark.parametrize(
    ("host", "origin"), [(REGION, f"https://{REGION}"), ("studio.test:80", "http://studio.test")]
)
def test_pages_under_an_allowed_name_are_the_studios_own(
    tmp_path: Path, host: str, origin: str
) -> None:
    with open_test_studio(tmp_path, hosts=(host,)) as studio:
        user = caller(studio)
        own = {"Host": host, "Origin": origin, "Sec-Fetch-Site": "same-origin"}
        assert user.raw("video/list", headers=own).json()["totalCount"] == 0
        assert "studio" not in user.send("GET", MANIFEST, headers=own).json()
        assert user.send("GET", FRAME, headers={"Host": host}).status_code == 200
        for other in (f"{origin}.evil.test", origin.replace("://", "://x."), f"{origin}:8443"):
            refused = user.raw("video/list", headers=own | {"Origin": other})
            assert refused.status_code == 403
        cross = own | {"Sec-Fetch-Site": "cross-site"}
        assert user.raw("video/list", headers=cross).status_code == 403
