"""Who is let in at all: hosts, origins, types, sizes, paths; and what every reply carries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.local import Studio
from tests.contract.studio_rig import Caller, caller, open_test_studio

PATHS = [
    ("POST", "/api/v1/video/list"),
    ("POST", "/api_v3/service/session/action/start"),
    ("GET", "/__studio/media"),
    ("POST", "/__studio/reset"),
    ("GET", "/__studio/health"),
    ("GET", "/p/1/sp/100/playManifest/entryId/1_abcd1234/format/url"),
    ("GET", "/nowhere"),
]


@pytest.fixture(scope="module")
def outsider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """Who stays outside, and so changes nothing: one studio refuses them all."""
    with open_test_studio(tmp_path_factory.mktemp("door")) as studio:
        yield caller(studio)


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "127.0.0.1.nip.io",
        "127.0.0.1:81",
        "127.0.0.1@evil.test",
        "localhost.",
        "",
        "127.0.0.1:x",
        "[::2]",
        "\\",
    ],
)
def test_a_foreign_host_stays_outside(outsider: Caller, method: str, path: str, host: str) -> None:
    response = outsider.send(method, path, headers={"Host": host})
    assert response.status_code == 421
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_loopback_names_come_in(user: Caller, host: str) -> None:
    assert user.raw("video/list", headers={"Host": host}).json()["totalCount"] == 0


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1234"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_page_stays_outside(
    outsider: Caller, method: str, path: str, headers: dict[str, str]
) -> None:
    response = outsider.send(method, path, headers=headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


def test_the_studios_own_page_comes_in(user: Caller) -> None:
    headers = {"Origin": user.base, "Sec-Fetch-Site": "same-origin"}
    assert user.raw("video/list", headers=headers).json()["totalCount"] == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_api_takes_json_alone(user: Caller, kind: str) -> None:
    headers = {"Authorization": f"Bearer {user.ks}", "Content-Type": kind}
    response = user.send("POST", "/api/v1/video/list", content=b"{}", headers=headers)
    assert response.status_code == 415


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_every_reply_is_guarded(user: Caller, method: str, path: str) -> None:
    headers = user.send(method, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_bodies_have_limits(user: Caller) -> None:
    headers = {"Authorization": f"Bearer {user.ks}", "Content-Type": "application/json"}
    fits = b'{"filter": {}}'.ljust(MAX_JSON_BYTES)
    path = "/api/v1/video/list"
    assert user.send("POST", path, content=fits, headers=headers).status_code == 200
    assert user.send("POST", path, content=fits + b" ", headers=headers).status_code == 413

    async def chunks():  # type: ignore[no-untyped-def]
        for _ in range(3):
            yield b" " * (MAX_JSON_BYTES // 2)

    assert user.send("POST", path, content=chunks(), headers=headers).status_code == 413


@pytest.mark.parametrize(
    "entry_id", ["../../identity", "%2e%2e%2fx", "..\\x", "1_a/../../x", "1_" + "a" * 500, "1_A\0"]
)
def test_an_entry_id_is_no_path(user: Caller, entry_id: str) -> None:
    reply = user.control("POST", "media", params={"entryId": entry_id}, content=b"x")
    assert reply["code"] == "VALIDATION_ERROR"
    path = f"/p/{user.studio.partner_id}/sp/1/playManifest/entryId/{entry_id!r}/format/url"
    assert user.send("GET", path).status_code in (404, 421)


def test_html_in_names_comes_back_as_json(user: Caller) -> None:
    name = "<script>alert(1)</script>"
    response = user.raw("video/add", {"name": name, "avatarId": user.avatar()})
    assert response.headers["content-type"] == "application/json"
    assert response.json()["name"] == name


@pytest.mark.parametrize("path", ["video/list/", "video", "video/", "/video/list", "video/list/x"])
def test_a_path_is_exact(user: Caller, path: str) -> None:
    headers = {"Authorization": f"Bearer {user.ks}"}
    response = user.send("POST", f"/api/v1/{path}", json={}, headers=headers)
    assert response.status_code == 404


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/loader/", "/v1/static/modules/genie/x.js"])
def test_there_is_one_widget_and_the_rest_says_so(user: Caller, path: str) -> None:
    response = user.send("GET", path)
    assert (response.status_code, response.json()["code"]) == (404, "NOT_EMULATED")


def test_more_hosts_can_be_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    studio: Studio = open_test_studio(tmp_path, hosts=("studio.test:80",))
    headers = {"Host": "studio.test:80"}
    assert Caller(studio, "").send("GET", "/__studio/health", headers=headers).is_success
    studio.close()
