"""The studio's page: what it is made of, whom it is opened to, and what it may look at."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from storyboard.studio.local import Studio
from storyboard.studio.web.files import site_files
from storyboard.studio.web.overview import MOST
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    open_test_studio,
    write_movie,
)
from tests.contract.test_exposure import studio_process

LOOKS = ("overview", "work", "journal", "contract")
FILES = site_files()
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n"


def key_of(studio: Studio) -> str:
    return studio.page_url.partition("#key=")[2]


def opened(studio: Studio) -> Caller:
    """Open the page as its script does, and return who looks."""
    headers = {"Authorization": f"Bearer {key_of(studio)}"}
    told = Caller(studio, "").send("POST", "/__studio/session", headers=headers).json()
    return Caller(studio, told["ks"])


def look(who: Caller, path: str) -> dict:  # type: ignore[type-arg]
    headers = {"Authorization": f"Bearer {who.ks}"}
    return dict(who.send("GET", f"/__studio/{path}", headers=headers).json())


class Markup(HTMLParser):
    """Collects what an HTML file has in it that could do something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.written: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.written.append(data)


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_comes_with_its_type_under_a_strict_policy(user: Caller, name: str) -> None:
    kinds = {"css": "text/css", "js": "text/javascript", "html": "text/html", "svg": "image/svg"}
    response = user.send("GET", f"/__studio/web/{name}")
    assert response.content == FILES[name].read_bytes()
    assert response.headers["content-type"].startswith(kinds[name.rpartition(".")[2]])
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in response.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert not re.search(r"unsafe|data:|https?:|\*", response.headers["content-security-policy"])


def test_the_page_is_what_the_address_shows(user: Caller) -> None:
    response = user.send("GET", "/__studio/")
    assert response.content == FILES["index.html"].read_bytes()
    markup = Markup(response.text)
    assert markup.written == []
    for tag, attributes in markup.tags:
        assert tag not in ("base", "iframe", "object", "embed", "form")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href"):
            target = attributes.get(name) or "#"
            assert (
                target.startswith("#")
                or target == "/studio/"
                or (target.startswith("/__studio/web/") and target.rpartition("/")[2] in FILES)
            )


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "[::1]"])
def test_another_name_of_the_machine_leads_to_the_studios_own(user: Caller, host: str) -> None:
    response = user.send("GET", "/__studio/", headers={"Host": host})
    expected = f"{user.studio.public_url}/__studio/"
    assert (response.status_code, response.headers["location"]) == (307, expected)


def test_a_host_that_was_allowed_gets_the_page_and_leads_nowhere(tmp_path: Path) -> None:
    with open_test_studio(tmp_path, hosts=("studio.test:80",)) as studio:
        response = Caller(studio, "").send("GET", "/__studio/", headers={"Host": "studio.test:80"})
    assert response.content == FILES["index.html"].read_bytes()


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".js")))
def test_scripts_import_what_is_there_and_write_no_html(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    for imported in re.findall(r'from "(.+?)"', text):
        assert imported.removeprefix("./") in FILES
    forbidden = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|https?://"
    assert not re.search(forbidden, text)


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "../key.py",
        "..%2fkey.py",
        "%2e%2e/key.py",
        "..\\key.py",
        "main.js/",
        "MAIN.JS",
        "main.js%00.css",
        "/etc/passwd",
        "",
        "x" * 4000,
    ],
)
def test_no_other_file_is_served(user: Caller, name: str) -> None:
    response = user.send("GET", f"/__studio/web/{name}")
    assert response.status_code == 404
    assert b"import" not in response.content


def test_the_page_itself_tells_nothing_of_the_studio(user: Caller) -> None:
    user.video(name="A name to be found")
    for path in ("", *(f"web/{name}" for name in FILES)):
        text = user.send("GET", f"/__studio/{path}").text
        for secret in ("A name to be found", key_of(user.studio), str(user.studio.partner_id)):
            assert secret not in text


@pytest.mark.parametrize(
    ("bearer", "code"),
    [(None, "MISSING_KS"), ("x", "SERVICE_FORBIDDEN"), ("é", "SERVICE_FORBIDDEN")],
)
def test_without_the_key_there_is_no_session(user: Caller, bearer: str | None, code: str) -> None:
    headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}".encode("latin-1")}
    reply = user.send("POST", "/__studio/session", headers=headers).json()
    assert (reply["code"], "ks" in reply) == (code, False)


def test_no_session_opens_the_page_and_no_users_session_looks(user: Caller) -> None:
    for ks in (user.ks, user.studio.admin_session()):
        headers = {"Authorization": f"Bearer {ks}"}
        reply = user.send("POST", "/__studio/session", headers=headers).json()
        assert reply["code"] == "SERVICE_FORBIDDEN"
    for path in (*LOOKS, "avatars/x/picture", "captions/1_x"):
        assert look(user, path)["code"] == "SERVICE_FORBIDDEN"
        assert look(Caller(user.studio, ""), path)["code"] == "MISSING_KS"


def test_the_pages_session_looks_and_can_do_nothing_else(user: Caller) -> None:
    page = opened(user.studio)
    for path in LOOKS:
        assert "code" not in look(page, path)
    inner = user.studio.app._app  # type: ignore[attr-defined]
    assert isinstance(inner, Starlette)
    headers = {"Authorization": f"Bearer {page.ks}"}
    tried = 0
    for route in inner.routes:
        assert isinstance(route, Route)
        path = re.sub(r"\{(\w+)(:\w+)?\}", "x", route.path)
        reads = (*LOOKS, "avatars/x/picture", "captions/x", "health", "web/x", "session", "")
        if not path.startswith("/__studio/") or path.removeprefix("/__studio/") in reads:
            continue
        for method in (route.methods or set()) - {"HEAD"}:
            reply = user.send(method, path, headers=headers, content=b"{}").json()
            assert reply["code"] == "SERVICE_FORBIDDEN", (method, path)
            tried += 1
    assert tried > 15
    assert page("video/list")["code"] == "SERVICE_FORBIDDEN"
    assert page.service("media.list", ks=page.ks)["code"] == "SERVICE_FORBIDDEN"


def test_a_key_opens_its_own_studio_alone_and_lies_in_no_file(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "one") as one:
        user = caller(one)
        opened(one)
        for path in (tmp_path / "one").rglob("*"):
            assert not path.is_file() or key_of(one).encode() not in path.read_bytes()
        headers = {"Authorization": f"Bearer {key_of(one)}"}
        assert user.send("GET", "/__studio/overview", headers=headers).json()["code"]
    with open_test_studio(tmp_path / "one") as again:
        reply = Caller(again, "").send("POST", "/__studio/session", headers=headers).json()
        assert "ks" in reply, "the addresses of a studio outlast its restart"
    with open_test_studio(tmp_path / "other") as other:
        for _ in range(2):  # before it has a key, and then
            reply = Caller(other, "").send("POST", "/__studio/session", headers=headers).json()
            assert reply["code"] == "SERVICE_FORBIDDEN"
            assert f"Bearer {key_of(other)}" != headers["Authorization"]


def test_one_look_has_all_that_the_page_shows(user: Caller, tmp_path: Path) -> None:
    other = caller(user.studio, "other@example.com")
    made, failing, draft = user.video(), user.video({"narration": {"text": "No."}}), other.video()
    for video_id, status in ((made, "ready"), (failing, "generate-error")):
        user("video/generate", id=video_id)
        user.wait(video_id, status)
    clip = user.studio.add_media(write_movie(tmp_path / "clip.mp4", 2))
    user.control("POST", f"media/{clip['id']}/captions", content=VTT)
    seen = look(opened(user.studio), "overview")

    by_id = {video["id"]: video for video in seen["videos"]}
    assert (set(by_id), seen["videoCount"]) == ({made, failing, draft}, 3)
    assert by_id[draft]["userId"] == "other@example.com"
    assert by_id[draft]["film"] is by_id[draft]["job"] is None
    assert by_id[draft]["scenes"] == [HELLO]
    assert "speech-too-short" in by_id[failing]["reason"]
    film = by_id[made]["film"]
    assert film["id"] == user("video/get", id=made)["entryId"]
    assert [asset["isChapters"] for asset in film["captions"]] == [False, True]
    assert [medium["id"] for medium in seen["media"]] == [clip["id"]]
    assert [asset["language"] for asset in seen["media"][0]["captions"]] == ["English"]
    assert {avatar["userId"] for avatar in seen["avatars"]} == {
        "creator@example.com",
        "other@example.com",
    }
    path = f"/p/{seen['partnerId']}/sp/1/playManifest/entryId/{film['id']}/format/url"
    assert user.send("GET", path).headers["content-type"] == "video/mp4"


def test_a_film_in_work_shows_how_far_it_is_scene_by_scene(tmp_path: Path) -> None:
    gate = Event()
    with open_test_studio(tmp_path, TinyFilmMaker(gate)) as studio:
        user = caller(studio)
        video_id = user.video(HELLO, HELLO)
        user("video/generate", id=video_id)
        page, job = opened(studio), None
        while not (job and job["scenes"]):
            [video] = look(page, "overview")["videos"]
            job = video["job"]
        assert (video["status"], job["state"], len(job["scenes"])) == ("generating", "leased", 2)
        assert job | {"lacksWorker": False} in user.control("GET", "progress")["objects"]
        gate.set()
        user.wait(video_id, "ready")


@pytest.mark.slow
def test_a_look_is_as_long_as_it_says(user: Caller) -> None:
    for _ in range(MOST + 1):
        newest = user.video()
    seen = look(opened(user.studio), "overview")
    assert (len(seen["videos"]), seen["videoCount"]) == (MOST, MOST + 1)
    assert seen["videos"][0]["id"] == newest


def test_pictures_and_captions_are_anybodys(user: Caller) -> None:
    avatar, video_id = user.avatar("adam"), user.video()
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    page = opened(user.studio)
    headers = {"Authorization": f"Bearer {page.ks}"}
    picture = page.send("GET", f"/__studio/avatars/{avatar}/picture", headers=headers)
    assert picture.headers["content-type"] == "image/png"
    assert picture.content == user.raw("avatar/preview", {"id": avatar}).content
    assert look(page, "avatars/nobody/picture")["code"] == "AVATAR_NOT_FOUND"
    film = next(v for v in look(page, "overview")["videos"] if v["id"] == video_id)["film"]
    text = page.send("GET", f"/__studio/captions/{film['captions'][0]['id']}", headers=headers)
    assert text.headers["content-type"].startswith("text/plain")
    assert text.text.startswith("WEBVTT")
    assert look(page, "captions/1_nothing0")["code"] == "CAPTION_ASSET_ID_NOT_FOUND"


def test_looking_leaves_no_trace_in_the_journal(user: Caller) -> None:
    user.avatar()
    page = opened(user.studio)
    before = look(page, "journal")
    for path in LOOKS:
        look(page, path)
    assert look(page, "journal") == before


@pytest.mark.slow
def test_the_command_says_where_to_look_on_stderr(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (port, lines):
        told = [line for line in lines if "#key=" in line]
        base, key = rf"http://127\.0\.0\.1:{port}", r"#key=[\w-]{32}\n"
        assert re.fullmatch(f"make videos at {base}/studio/{key}", told[0])
        assert re.fullmatch(f"see requests and films at {base}/__studio/{key}", told[1])
        assert told[0].partition("#")[2] == told[1].partition("#")[2]
