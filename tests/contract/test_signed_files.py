"""A studio that leads to films in its bucket, by addresses that are signed for a while."""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from storyboard.errors import ExitCode, StoryboardError, UsageError
from storyboard.studio.local import Studio
from storyboard.studio.records.signed_files import LIFETIME
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie
from tests.contract.test_file_places import raw_path
from tests.support.bucket_server import BUCKET, SECRET, BucketServer, bucket_server
from tests.support.moto_server import moto_server
from tests.support.project import Project


@pytest.fixture
def server() -> Iterator[BucketServer]:
    with bucket_server() as served:
        yield served


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_movie(tmp_path / "clip.mp4", 2)


@pytest.fixture
def studio(server: BucketServer, tmp_path: Path) -> Iterator[Studio]:
    with opened(tmp_path / "w", server.variables) as studio:
        yield studio


def opened(workspace: Path, variables: dict[str, str], **options: Any) -> Studio:
    options = {"files": f"s3://{BUCKET}/team", "signed_files": True} | options
    return open_test_studio(workspace, variables=variables, **options)


def paths(studio: Studio, entry: str) -> tuple[str, ...]:
    play = raw_path(studio, entry).replace("raw/entry_id", "playManifest/entryId")
    return raw_path(studio, entry), f"{play}/format/url", f"{play}/format/download"


def led(user: Caller, path: str, method: str = "GET") -> str:
    got = user.send(method, path, headers={"range": "bytes=2-5"})
    assert (got.status_code, got.content) == (302, b"")
    assert got.headers["cache-control"] == "no-store"
    return str(got.headers["location"])


@pytest.mark.parametrize("store", ["bucket", pytest.param("moto", marks=pytest.mark.scale)])
def test_who_asks_for_a_file_is_led_to_its_bytes(store: str, clip: Path, tmp_path: Path) -> None:
    with bucket_server() if store == "bucket" else moto_server() as server:
        variables = BucketServer(url=server.url).variables
        with opened(tmp_path / "w", variables) as studio:
            user, entry = caller(studio), str(studio.add_media(clip)["id"])
            for path in paths(studio, entry):
                place = led(user, path)
                assert place.startswith(f"{server.url}/{BUCKET}/team/storyboard-")
                assert SECRET not in place
                whole = httpx.get(place)
                assert (whole.status_code, whole.content) == (200, clip.read_bytes())
                part = httpx.get(place, headers={"range": "bytes=2-5"})
                assert (part.status_code, part.content) == (206, clip.read_bytes()[2:6])
                facts = httpx.head(led(user, path, "HEAD"))
                assert int(facts.headers["content-length"]) == clip.stat().st_size
                if store == "moto":
                    assert whole.headers["content-type"] == "video/mp4"


def test_an_address_that_is_over_or_changed_brings_nothing(
    studio: Studio, server: BucketServer, clip: Path
) -> None:
    place = led(caller(studio), raw_path(studio, str(studio.add_media(clip)["id"])))
    [mine] = [key for key in server.objects if key.endswith(".mp4")]
    [mark] = [key for key in server.objects if key.endswith("studio.txt")]
    for other in (place.replace(mine, mark), place.replace("Expires=", "Expires=9"), place[:-1]):
        assert other != place
        assert httpx.get(other).status_code == 403
    assert httpx.head(place).status_code == 403
    assert httpx.put(place, content=b"another film").status_code == 403
    assert httpx.get(place.partition("?")[0]).status_code == 403
    assert httpx.get(place).status_code == 200
    server.clock = lambda: time.time() + LIFETIME.total_seconds() + 1
    assert httpx.get(place).status_code == 403


def test_nobody_is_led_who_would_get_no_bytes(
    studio: Studio, server: BucketServer, clip: Path
) -> None:
    user, entry = caller(studio), str(studio.add_media(clip)["id"])
    path = raw_path(studio, entry)
    refused = (
        (path, {"host": "elsewhere.example"}, 421),
        (path, {"origin": "https://elsewhere.example"}, 403),
        (path.replace(f"/p/{studio.partner_id}/", "/p/7/"), {}, 404),
        (raw_path(studio, "1_nothing0"), {}, 404),
        (paths(studio, entry)[1].replace("/url", "/applehttp"), {}, 404),
    )
    for asked, headers, status in refused:
        got = user.send("GET", asked, headers=headers)
        assert (got.status_code, "location" in got.headers) == (status, False)
    known = sha256(clip.read_bytes()).hexdigest()[:32]
    unchanged = {"if-none-match": f'"{known}"'}
    assert user.send("GET", path, headers=unchanged).status_code == 304
    for key in [key for key in server.objects if key.endswith(".mp4")]:
        del server.objects[key]
    got = user.send("GET", path)
    assert got.status_code >= 400
    assert "location" not in got.headers


def test_what_the_studio_makes_or_names_comes_from_itself(studio: Studio, clip: Path) -> None:
    user, entry = caller(studio), str(studio.add_media(clip)["id"])
    still = user.send("GET", f"/p/{studio.partner_id}/thumbnail/entry_id/{entry}")
    assert (still.status_code, still.headers["content-type"]) == (200, "image/jpeg")
    browser = {"sec-fetch-mode": "navigate", "sec-fetch-site": "same-origin"}
    saved = user.send("GET", paths(studio, entry)[2], headers=browser)
    assert (saved.status_code, saved.content) == (200, clip.read_bytes())
    assert "clip.mp4" in saved.headers["content-disposition"]
    played = user.send("GET", paths(studio, entry)[1], headers=browser)
    assert played.status_code == 302


@pytest.mark.parametrize("page", ["/__studio/", "/studio/", "/v1/studio/"])
def test_pages_may_show_films_of_the_bucket_and_nothing_else(
    studio: Studio, server: BucketServer, tmp_path: Path, page: str
) -> None:
    told = caller(studio).send("GET", page).headers["content-security-policy"]
    with opened(tmp_path / "plain", server.variables, signed_files=False) as other:
        plain = caller(other).send("GET", page).headers["content-security-policy"]
    assert server.url not in plain
    assert told.replace(f" {server.url}", "") == plain
    named = [rule.split()[0] for rule in told.split("; ") if server.url in rule]
    assert named == ["img-src", "media-src"]


def test_the_frame_shows_films_that_no_bucket_opens_to_pages(
    studio: Studio, server: BucketServer
) -> None:
    told = caller(studio).send("GET", "/v1/studio/").headers
    assert told["cross-origin-embedder-policy"] == "credentialless"


def test_a_studio_without_the_option_sends_films_itself(
    server: BucketServer, clip: Path, tmp_path: Path
) -> None:
    with opened(tmp_path / "w", server.variables, signed_files=False) as studio:
        entry = str(studio.add_media(clip)["id"])
        got = caller(studio).send("GET", raw_path(studio, entry))
        assert (got.status_code, got.content) == (200, clip.read_bytes())


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_folder_is_refused_before_anything_is_opened(tmp_path: Path, is_shared: bool) -> None:
    place = (tmp_path / "shared").as_uri() if is_shared else ""
    with pytest.raises(UsageError, match="--signed-files needs a bucket"):
        opened(tmp_path / "w", {}, files=place)
    assert not (tmp_path / "shared").exists()


def test_a_store_that_cannot_sign_is_refused_at_the_start(tmp_path: Path) -> None:
    variables = {
        "AZURE_STORAGE_ACCOUNT_NAME": "account",
        "AZURE_STORAGE_SAS_TOKEN": "sv=1&sig=word-of-the-login",
    }
    with pytest.raises(StoryboardError, match="can be signed") as raised:
        opened(tmp_path / "w", variables, files=f"az://{BUCKET}/team")
    assert "--signed-files" in str(raised.value.hint)
    assert "word-of-the-login" not in f"{raised.value}{raised.value.hint}"
    assert not list(tmp_path.glob("w/data-*/*.sqlite3"))


def test_no_one_is_led_to_a_store_that_only_this_machine_reaches(
    server: BucketServer, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="which only this machine reaches"):
        opened(tmp_path / "w", server.variables, public_url="https://films.acme.example")


@pytest.mark.parametrize("how", ["option", "variable"])
def test_the_command_tells_what_is_wrong_before_it_serves(tmp_path: Path, how: str) -> None:
    project = Project.of(tmp_path / "p", {"storyboard.yaml": ""})
    words = ("--signed-files",) if how == "option" else ()
    variables = {} if how == "option" else {"STORYBOARD_SIGNED_FILES": "1"}
    ran = project.run("studio", "--port", "0", *words, **variables)
    assert ran.code == ExitCode.USAGE
    assert "error: --signed-files needs a bucket, and there is none" in ran.err
