"""A studio on machines that share a database and a bucket, and nothing of each other's disks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import HELLO, TinyFilmMaker, caller, open_test_studio, write_movie
from tests.contract.test_file_places import raw_path
from tests.support.bucket_server import BUCKET, BucketServer
from tests.support.moto_server import moto_server
from tests.support.postgres_server import postgres_server

pytestmark = pytest.mark.scale


@pytest.fixture
def places() -> Iterator[dict[str, Any]]:
    with postgres_server() as database, moto_server() as bucket:
        variables = BucketServer(url=bucket.url).variables
        yield {"database": database.url, "files": f"s3://{BUCKET}/team", "variables": variables}


def who_it_is(workspace: Path, folder: Path) -> Path:
    """Make a workspace that has of another one its identity alone."""
    folder.mkdir(mode=0o700)
    shutil.copy2(workspace / "identity.json", folder)
    return folder


def test_a_worker_films_and_an_empty_machine_serves(tmp_path: Path, places: dict[str, Any]) -> None:
    clip = write_movie(tmp_path / "clip.mp4", 3)
    with open_test_studio(tmp_path / "one", workers=0, **places) as studio:
        user = caller(studio)
        media = studio.add_media(clip)["id"]
        shown = {"layoutType": "broll", "broll": {"entryId": media, "startTime": 0}}
        video = user.video(HELLO, HELLO | shown)
        user("video/generate", id=video)
        working = who_it_is(tmp_path / "one", tmp_path / "two")
        with open_worker(working, films=1, film_maker=TinyFilmMaker(), **places):
            entry = user.wait(video, "ready")["entryId"]
        film = user.send("GET", raw_path(studio, entry)).content
        theirs = caller(studio, "local")
        assert theirs.service("media.delete", ks=theirs.ks, entryId=media) is None
    serving = who_it_is(tmp_path / "one", tmp_path / "three")
    for name in ("one", "two"):
        shutil.rmtree(tmp_path / name)
    with closing(open_test_studio(serving, **places)) as studio:
        user = caller(studio)
        assert user("video/get", id=video)["entryId"] == entry
        assert user.send("GET", raw_path(studio, entry)).content == film
        assert len(list(studio.workspace.blobs.strays(set(), 1e11))) == 1
