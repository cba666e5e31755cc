"""Pages of other origins that the studio's owner has named: what they may do, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.errors import UsageError
from storyboard.studio.api.security import parse_origin
from storyboard.studio.local import open_studio
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie

PAGE = "http://localhost:3000"
SENT = {"Origin": PAGE, "Sec-Fetch-Site": "cross-site"}
ASKED = {**SENT, "Access-Control-Request-Method": "POST"}


@pytest.fixture
def user(tmp_path: Path) -> Iterator[Caller]:
    with open_test_studio(tmp_path / "w", guests=("http://LocalHost:3000",)) as studio:
        yield caller(studio)


def test_a_guests_page_plays_films_and_calls_the_api(user: Caller, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    user.control("POST", "media?entryId=1_clip0000", content=movie)
    url = user.service("media.get", entryId="1_clip0000", ks=user.ks)["dataUrl"]
    part = user.send("GET", url, headers={**SENT, "Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert "content-range" in part.headers["access-control-expose-headers"]
    listed = user.raw("video/list", headers=SENT)
    assert listed.json()["totalCount"] == 0
    for response in (part, listed):
        assert response.headers["access-control-allow-origin"] == PAGE
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert response.headers["vary"] == "origin"
        assert "access-control-allow-credentials" not in response.headers


def test_a_guests_browser_asks_first(user: Caller) -> None:
    for path in ("/api/v1/video/list", "/api_v3/service/session/action/start"):
        response = user.send("OPTIONS", path, headers=ASKED)
        assert (response.status_code, response.content) == (204, b"")
        assert response.headers["access-control-allow-origin"] == PAGE
        assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST"
        for name in ("authorization", "content-type", "range"):
            assert name in response.headers["access-control-allow-headers"]


@pytest.mark.parametrize("path", ["media", "journal", "contract", "health", "nowhere"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_the_control_plane_is_no_guests(user: Caller, method: str, path: str) -> None:
    headers = {**ASKED, "Authorization": f"Bearer {user.studio.admin_session()}"}
    response = user.send(method, f"/__studio/{path}", headers=headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost:3001"},
        {"Origin": "https://localhost:3000"},
        {"Origin": "http://localhost:3000.evil.test"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {**SENT, "Host": "evil.test"},
    ],
    ids=str,
)
def test_who_is_not_named_stays_outside(user: Caller, headers: dict[str, str]) -> None:
    response = user.raw("video/list", headers=headers)
    assert response.status_code in (403, 421)
    assert response.headers["vary"] == "origin"
    assert ("access-control-allow-origin" in response.headers) == (headers.get("Origin") == PAGE)


def test_two_origins_at_once_are_nobodys(user: Caller) -> None:
    headers = [("origin", PAGE), ("origin", "http://evil.test"), ("host", "127.0.0.1")]
    assert user.send("POST", "/api/v1/video/list", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        *("*", "null", "", "localhost:3000", "http://a/b", "http://a b", "file://x", "http://"),
        *("http://a@b", "http://a?b", "http://a#b", "http://a/", "http://a\\@b", "http://127.1"),
    ],
)
def test_only_an_exact_origin_can_be_named(tmp_path: Path, origin: str) -> None:
    with pytest.raises(UsageError, match="is not an origin"):
        parse_origin(origin)
    with pytest.raises(UsageError):
        open_studio(tmp_path / "w", guests=(origin,))
    assert not (tmp_path / "w").exists()


def test_an_origin_is_named_as_browsers_send_it() -> None:
    assert parse_origin("HTTPS://Pages.Example:443") == "https://pages.example"
    assert parse_origin("http://localhost:3000") == "http://localhost:3000"


def test_a_host_is_named_in_any_case(tmp_path: Path) -> None:
    studio = open_test_studio(tmp_path, hosts=("Studio.Test:80",))
    headers = {"Host": "studio.test:80"}
    assert Caller(studio, "").send("GET", "/__studio/health", headers=headers).is_success
    studio.close()


@pytest.mark.parametrize(
    ("named", "asked", "is_served"),
    [
        ("studio.test", "studio.test", True),
        ("studio.test", "studio.test:8390", True),
        ("studio.test", "studio.test:8391", False),
        ("studio.test:443", "studio.test", True),
        ("studio.test:9000", "studio.test:9000", True),
        ("studio.test:9000", "studio.test", False),
        ("studio.test:9000", "studio.test:8390", False),
        ("[2001:db8::1]", "[2001:db8::1]:8390", True),
    ],
)
def test_a_host_without_a_port_is_served_on_the_studios_own(
    tmp_path: Path, named: str, asked: str, is_served: bool
) -> None:
    url = "http://127.0.0.1:8390"
    with open_test_studio(tmp_path, hosts=(named,), public_url=url) as studio:
        answer = Caller(studio, "").send("GET", "/__studio/health", headers={"Host": asked})
    assert answer.is_success == is_served
    assert is_served or f"--allow-host {asked}\n" in answer.text
