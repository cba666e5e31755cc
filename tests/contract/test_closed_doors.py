"""What stays shut: ended sessions, cookies, secrets in addresses, uploads that are pages."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from storyboard.studio.jobs import snapshots
from storyboard.studio.local import Studio
from storyboard.studio.records.schema import DATABASE
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.contract.test_every_route import filled, routes

PARTS = [
    "<script>alert(1)</script>",
    "<html><body onload=alert(1)>",
    "<!doctype html><script src=//evil.test></script>",
    "# heading\n<img src=x onerror=alert(1)>",
]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = open_test_studio(tmp_path / "w")
    yield studio
    studio.close()


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


def code_of(user: Caller) -> str | None:
    told: dict[str, str] = user("video/list")
    return told.get("code")


def test_an_ended_session_stays_ended(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w") as studio:
        user = caller(studio)
        assert user.control("PUT", "snapshots/before") == {"name": "before"}
        user.service("session.end", ks=user.ks)
        assert code_of(user) == "INVALID_KS"
        for method, path in (("POST", "snapshots/before/load"), ("POST", "reset")):
            user.control(method, path)
            assert code_of(user) == "INVALID_KS", path
    with open_test_studio(tmp_path / "w") as studio:
        assert code_of(Caller(studio, user.ks)) == "INVALID_KS"


def test_no_answer_sets_a_cookie_and_no_cookie_is_a_session(studio: Studio, user: Caller) -> None:
    """Ports share cookies: a page of another port would send them along."""
    admin = studio.admin_session()
    for method, template in routes(studio):
        known = {"Authorization": f"Bearer {admin}"}
        assert "set-cookie" not in user.send(method, filled(template), headers=known).headers
    cookies = {"Cookie": f"ks={admin}; session={admin}; Authorization=Bearer {admin}"}
    told = user.send("GET", "/__studio/overview", headers=cookies).json()
    assert told["code"] == "MISSING_KS"
    told = user.send("POST", "/api/v1/video/list", json={}, headers=cookies).json()
    assert told["code"] == "MISSING_KS"


@pytest.mark.parametrize("name", ["ks", "key", "token", "access_token", "authorization"])
def test_no_address_is_a_key(studio: Studio, user: Caller, name: str) -> None:
    key = studio.page_url.partition("#key=")[2]
    for secret in (key, studio.admin_session()):
        query = f"{name}={quote(secret)}"
        assert user.send("GET", f"/__studio/overview?{query}").json()["code"] == "MISSING_KS"
        assert user.send("POST", f"/__studio/session?{query}").json()["code"] == "MISSING_KS"
        refused = user.send("POST", f"/api/v1/video/list?{query}", json={}).json()
        assert refused["code"] == "MISSING_KS"


def test_the_page_tells_its_key_to_nobody(studio: Studio, user: Caller) -> None:
    """It stands behind `#`, which no browser sends; and no page learns where one came from."""
    address, _, key = studio.page_url.partition("#key=")
    assert len(key) >= 32
    assert key not in address
    for _, template in routes(studio):
        if template.startswith("/__studio/"):
            told = user.send("GET", filled(template))
            assert key not in told.text
            assert told.headers["referrer-policy"] == "no-referrer"


def test_a_redirect_takes_nothing_along(studio: Studio, user: Caller) -> None:
    path = f"/__studio/?ks={user.ks}&key=x"
    told = user.send("GET", path, headers={"Host": "localhost"})
    assert told.status_code == 307
    assert told.headers["location"] == f"{studio.public_url}/__studio/"
    for template in ("/__studio", "/api/v1/video/list/", "/__studio//"):
        assert user.send("GET", f"{template}?ks={user.ks}").status_code in (404, 405)


def test_a_session_in_an_address_is_neither_logged_nor_kept(
    studio: Studio, user: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = "/api_v3/service/session/action/get"
    ways = ("ks={0}", "KS={0}", "filter[ks]={0}", "x={0}", "{0}=x", "filter:{0}=x", "secret={1}",
            "Secret={1}", "a[secret]={1}", "tokenHash={1}", "tokenhash={1}")  # fmt: skip
    for way in ways:
        query = way.format(user.ks, studio.admin_secret)
        user.send("GET", f"{path}?format=1&{query}")
        user.send("POST", path, content=f"format=1&{query}".encode(), headers={
            "Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    kept = str(user.control("GET", "journal"))
    assert kept.count("session/get") >= 2 * len(ways)
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("httpx")]
    for told in (kept, "\n".join(ours)):
        assert user.ks not in told
        assert user.ks[8:40] not in told
        assert studio.admin_secret not in told


@pytest.mark.parametrize("name", ["x.html", "x.htm", "x.svg", "x.xhtml", "x.txt", "x.md", "x.js"])
@pytest.mark.parametrize("text", PARTS)
def test_an_upload_is_never_a_page_of_the_studio(
    studio: Studio, user: Caller, name: str, text: str
) -> None:
    content = (text + " and words enough to be a text. " * 20).encode()
    made = user.control("POST", "media", params={"name": name}, content=content)
    if "id" not in made:
        assert made["code"] == "MEDIA_NOT_SUPPORTED"
        return
    for way in ("raw/entry_id/{}", "playManifest/entryId/{}/format/url"):
        path = f"/p/{studio.partner_id}/sp/1/{way.format(made['id'])}"
        headers = user.send("GET", path).headers
        kind = headers["content-type"].partition(";")[0]
        assert kind in ("text/plain", "text/markdown")
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "blob", ["../../identity.json", "/etc/passwd", "../studio.sqlite3", "a/../../identity.json"]
)
def test_a_snapshot_that_names_another_file_is_refused(
    studio: Studio, user: Caller, blob: str
) -> None:
    """A snapshot may come from elsewhere: its rows name files of its own, and no others."""
    user.control("POST", "media?name=x.txt", content=b"words " * 50)
    user.control("PUT", "snapshots/foreign")
    rows = sqlite3.connect(studio.workspace.path / "snapshots" / "foreign" / DATABASE)
    rows.execute("UPDATE entries SET blob=?", (blob,))
    rows.commit()
    rows.close()
    told = user.control("POST", "snapshots/foreign/load")
    assert told["code"] == "SNAPSHOT_NOT_SUPPORTED"
    (kept,) = user.control("GET", "media")["objects"]
    got = user.send("GET", f"/p/{studio.partner_id}/sp/1/raw/entry_id/{kept['id']}")
    assert got.content == b"words " * 50
    assert snapshots.names(studio.workspace) == ["foreign"]
