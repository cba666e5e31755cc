"""A database that cannot be reached is waited for by whoever asks: 503, and when to come again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records import sqlite_file
from storyboard.studio.records.postgres import PostgresStore
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.support.databases import ALONE_IN_SQLITE
from tests.support.postgres_server import postgres_server

CALLS = ("video/add", "video/get", "video/list", "video/delete", "video/generate")


@contextmanager
def kept_busy(studio: Studio) -> Iterator[None]:
    """Write to a file as another program does that does not end, such as a backup."""
    [file] = studio.workspace.path.glob("data-*/studio.sqlite3")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def check_told(told: httpx.Response) -> None:
    assert (told.status_code, told.headers["retry-after"]) == (503, "5"), told.text
    assert told.json()["objectType"] == "KalturaAPIException"
    assert told.json()["code"] == "SERVICE_UNAVAILABLE"
    assert "try again" in told.json()["message"]


def body_of(user: Caller, action: str, video: str, avatar: str) -> dict[str, object]:
    if action == "video/add":
        return {"name": "x", "avatarId": avatar, "scenes": []}
    return {} if action == "video/list" else {"id": video}


@ALONE_IN_SQLITE
def test_what_a_busy_file_does_not_take_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "_BUSY_SECONDS", 0.05)
    with closing(open_test_studio(tmp_path / "w", workers=0)) as studio:
        user = caller(studio)
        video, avatar = user.video(), user.avatar()
        with kept_busy(studio):
            for action in ("video/add", "video/delete", "video/generate"):
                check_told(user.raw(action, body_of(user, action, video, avatar)))
            path = "/api_v3/service/media/action/add"
            form = {"format": "1", "ks": user.ks, "entry[name]": "x", "entry[mediaType]": "1"}
            check_told(user.send("POST", path, data=form))
            told = user.send("POST", f"{path}?format=2", data=form | {"format": "2"})
            assert (told.status_code, told.headers["content-type"]) == (
                503,
                "text/xml; charset=utf-8",
            )
            assert user("video/get", id=video)["id"] == video
        assert user.raw("video/delete", {"id": video}).status_code == 200


@pytest.mark.scale
def test_what_a_server_that_is_away_does_not_take_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        postgres_server() as server,
        closing(open_test_studio(tmp_path / "w", workers=0, database=server.url)) as studio,
    ):
        store = studio.workspace.store
        assert isinstance(store, PostgresStore)
        monkeypatch.setattr(store, "_patience", 0.0)
        user = caller(studio)
        video, avatar, admin = user.video(), user.avatar(), studio.admin_session()
        server.stop()
        for action in CALLS:
            check_told(user.raw(action, body_of(user, action, video, avatar)))
        for path in ("media", "progress", "overview", f"videos/{video}"):
            headers = {"Authorization": f"Bearer {admin}"}
            check_told(user.send("GET", f"/__studio/{path}", headers=headers))
        check_told(user.send("GET", f"/p/{studio.partner_id}/thumbnail/entry_id/1_abcd1234"))
        form = {"format": "1", "ks": user.ks, "uploadTokenId": "0123456789"}
        files = {"fileData": ("clip.mp4", b"x" * 100)}
        path = "/api_v3/service/uploadtoken/action/upload"
        check_told(user.send("POST", path, data=form, files=files))
        told = user.send("GET", "/readyz")
        assert (told.status_code, told.json()["reasons"]) == (503, ["database"])
        assert user.send("GET", "/healthz").status_code == 200
        server.start()
        assert user("video/get", id=video)["id"] == video
