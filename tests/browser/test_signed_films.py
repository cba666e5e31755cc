"""Films that a studio leads to in its bucket, as the page and the frame play and save them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.embedding import VIEW
from tests.browser.host_page import host_page, portal
from tests.browser.rig import served_studio
from tests.contract.studio_rig import caller, write_movie
from tests.support.bucket_server import BUCKET, BucketServer, bucket_server

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[BucketServer]:
    with bucket_server() as served:
        yield served


@pytest.fixture
def studio(server: BucketServer, tmp_path: Path) -> Iterator[Studio]:
    options = {"files": f"s3://{BUCKET}/team", "variables": server.variables}
    with served_studio(tmp_path, signed_files=True, **options) as opened:
        yield opened


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with browser(tmp_path / "profile") as opened:
        opened.screen(1280)
        yield opened


def playing(studio: Studio, clip: Path) -> str:
    """Return what plays a clip of a studio in a page of it, to the end of its first second."""
    entry = studio.add_media(write_movie(clip, 3))["id"]
    base = f"/p/{studio.partner_id}/sp/{studio.partner_id}00/playManifest/entryId/{entry}"
    return f"""new Promise((done) => {{
      const film = document.createElement("video");
      film.onseeked = () => done([film.videoWidth > 0, Math.round(film.duration)]);
      film.onerror = () => done(film.error.message);
      film.onloadedmetadata = () => {{ film.currentTime = 1; }};
      film.muted = true;
      film.src = {json.dumps(base + "/format/url")};
      document.body.append(film);
    }})"""


def test_the_page_plays_films_of_the_bucket(
    studio: Studio, server: BucketServer, tab: Tab, tmp_path: Path
) -> None:
    open_studio_page(tab, studio)
    play = playing(studio, tmp_path / "clip.mp4")
    server.asked.clear()
    assert tab.run(play) == [True, 3]
    assert any(asked.startswith("GET") and asked.endswith(".mp4") for asked in server.asked)
    assert tab.troubles == []


def test_the_frame_plays_them_in_a_page_of_elsewhere(
    studio: Studio, server: BucketServer, tab: Tab, tmp_path: Path
) -> None:
    ks = caller(studio).ks
    page = host_page(f"{studio.public_url}/v1", ks, studio.partner_id)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    play = playing(studio, tmp_path / "clip.mp4")
    with portal(tmp_path) as address:
        tab.open(f"{address}/page.html")
        tab.wait("window.isDone")
        frame = tab.frame()
        frame.wait(VIEW)
        server.asked.clear()
        assert frame.run(play) == [True, 3]
        assert any(asked.startswith("GET") and asked.endswith(".mp4") for asked in server.asked)
        tab.open("about:blank")
