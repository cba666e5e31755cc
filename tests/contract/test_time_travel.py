"""The clock that can be set, and snapshots that bring a studio back."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records.schema import MIGRATIONS
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie


def test_the_clock_is_set_and_runs_on(user: Caller) -> None:
    told = user.control("POST", "clock", json={"at": "2031-05-01T12:00:00Z"})
    assert told["now"].startswith("2031-05-01T12:00:0")
    renewed = caller(user.studio)
    made = renewed("video/add", name="later", avatarId=renewed.avatar())
    assert made["createdAt"].startswith("2031-05-01T12:00:")
    assert user.control("DELETE", "clock")["offset"] == 0


def test_a_stopped_clock_stamps_everything_alike(user: Caller) -> None:
    user.control("POST", "clock", json={"at": "2026-12-01T00:00:00+00:00", "stopped": True})
    anew = caller(user.studio)
    stamps = {anew("video/get", id=anew.video())["createdAt"] for _ in range(3)}
    assert stamps == {"2026-12-01T00:00:00.000Z"}
    assert user.control("POST", "clock", json={"advance": 60})["stopped"] is False


def test_a_session_ends_in_time(user: Caller) -> None:
    user.control("POST", "clock", json={"advance": 86_399 - 10})
    assert user("video/list")["totalCount"] == 0
    user.control("POST", "clock", json={"advance": 20})
    assert user("video/list")["code"] == "EXPIRED_KS"
    assert caller(user.studio)("video/list")["totalCount"] == 0
    user.control("POST", "reset")
    assert user("video/list")["totalCount"] == 0


def test_a_seed_that_is_planted_again_takes_no_id_that_is_in_use(
    user: Caller, tmp_path: Path
) -> None:
    """A new entry took the place of another's film, and a new video had no id."""
    clip, made = write_movie(tmp_path / "clip.mp4", 3), []
    for presenter in ("adam", "amir"):
        user.control("POST", "seed", json={"seed": "seven"})
        made.append(user.avatar(presenter))
        media = user.studio.add_media(clip)["id"]
        video = user.video()
        user("video/generate", id=video)
        film = user.wait(video, "ready")["entryId"]
        listed = {"ks": user.ks, "filter[entryIdEqual]": film}
        assets = user.service("caption_captionAsset.list", **listed)["objects"]
        made += [media, video, film, *(each["id"] for each in assets)]
    assert len({*made}) == len(made)


@pytest.mark.parametrize(
    "body", [{"at": "soon"}, {"at": "2026-01-01"}, {"advance": 1e12}, {"hours": 1}]
)
def test_no_clock_shows_nonsense(user: Caller, body: dict[str, object]) -> None:
    assert user.control("POST", "clock", json=body)["code"] == "VALIDATION_ERROR"


def story(user: Caller) -> list[object]:
    user.control("POST", "reset")
    user.control("POST", "seed", json={"seed": "seven", "at": "2026-11-30T10:00:00Z"})
    anew = caller(user.studio)
    video_id = anew.video()
    anew("video/generate", id=video_id)
    ready = anew.wait(video_id, "ready")
    captions = {"ks": anew.ks, "filter[entryIdEqual]": ready["entryId"]}
    assets = anew.service("caption_captionAsset.list", **captions)["objects"]
    return [ready, assets, anew("avatar/get", id=ready["avatarId"])]


def test_a_seed_tells_the_same_story_twice(user: Caller) -> None:
    first = story(user)
    assert story(user) == first
    user.control("POST", "seed", json={"seed": "eight"})
    assert story(user) == first
    user.control("DELETE", "seed")
    assert user.control("POST", "seed", json={})["code"] == "VALIDATION_ERROR"
    assert caller(user.studio).video() not in str(first)


def filled(user: Caller, movie: Path) -> str:
    content = movie.read_bytes()
    user.control("POST", "media?entryId=1_clip0000&name=clip", content=content)
    video_id = user.video()
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    return video_id


def test_a_snapshot_brings_everything_back(user: Caller, tmp_path: Path) -> None:
    video_id = filled(user, write_movie(tmp_path / "clip.mp4", 1))
    video, media = user("video/get", id=video_id), user.control("GET", "media")
    user.control("PUT", "snapshots/before")
    user.control("POST", "reset")
    shutil.rmtree(user.studio.workspace.data / "blobs")
    later = user.video(name="later")
    assert user.control("GET", "snapshots")["objects"] == [{"name": "before"}]
    user.control("POST", "snapshots/before/load")
    assert user("video/get", id=video_id) == video
    assert user("video/get", id=later)["code"] == "VIDEO_NOT_FOUND"
    assert user.control("GET", "media") == media
    entry = user.service("media.get", ks=user.ks, entryId=video["entryId"])
    assert user.send("GET", entry["downloadUrl"].removeprefix(user.base)).content[4:8] == b"ftyp"
    user.control("DELETE", "snapshots/before")
    assert user.control("POST", "snapshots/before/load")["code"] == "SNAPSHOT_NOT_FOUND"


def test_a_snapshot_moves_to_another_workspace_without_secrets(
    user: Caller, tmp_path: Path
) -> None:
    video_id = filled(user, write_movie(tmp_path / "clip.mp4", 1))
    token = user.studio.variables()["KALTURA_APP_TOKEN"]
    user.control("PUT", "snapshots/shared")
    saved = user.studio.workspace.path / "snapshots" / "shared"
    for secret in (token, user.ks, user.studio.admin_secret):
        assert secret.encode() not in (saved / "studio.sqlite3").read_bytes()
    with open_test_studio(tmp_path / "other") as other:
        shutil.copytree(saved, other.workspace.path / "snapshots" / "shared")
        there = caller(other)
        there.control("POST", "snapshots/shared/load")
        assert there("video/get", id=video_id)["partnerId"] == other.partner_id
        assert there("video/list")["totalCount"] == 1


@pytest.mark.parametrize("sent", ["a way out", "a link"])
def test_a_snapshot_brings_no_file_but_its_own(user: Caller, tmp_path: Path, sent: str) -> None:
    """Whoever sends one could have a file of the machine copied, or written anywhere."""
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(b"of this machine")
    media = user.studio.add_media(write_movie(tmp_path / "clip.mp4", 3))
    user.control("PUT", "snapshots/sent")
    folder = user.studio.workspace.path / "snapshots" / "sent"
    [blob] = (folder / "blobs").glob("*/*")
    if sent == "a link":
        blob.unlink()
        blob.symlink_to(secret)
    else:
        with sqlite3.connect(folder / "studio.sqlite3") as saved:
            saved.execute("UPDATE entries SET blob='../../../../evil.mp4'")
        saved.close()
    user("video/add", name="kept", avatarId=user.avatar())
    refused = user.control("POST", "snapshots/sent/load")
    assert refused["code"] == "SNAPSHOT_NOT_SUPPORTED"
    assert "names a file that is not its own" in refused["message"]
    assert [each["name"] for each in user("video/list")["objects"]] == ["kept"]
    assert [each["id"] for each in user.studio.list_media()] == [media["id"]]


def test_films_in_work_are_taken_up_after_a_load(user: Caller) -> None:
    user.control("POST", "hold")
    video_id = user.video()
    user("video/generate", id=video_id)
    user.control("PUT", "snapshots/waiting")
    user.control("POST", "reset")
    user.control("POST", "snapshots/waiting/load")
    user.wait(video_id, "ready")


def test_a_newer_snapshot_is_refused_whole(user: Caller) -> None:
    kept = user.video()
    user.control("PUT", "snapshots/newer")
    path = user.studio.workspace.path / "snapshots" / "newer" / "studio.sqlite3"
    rows = sqlite3.connect(path)
    rows.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    rows.close()
    reply = user.control("POST", "snapshots/newer/load")
    assert reply["code"] == "SNAPSHOT_NOT_SUPPORTED"
    assert user("video/get", id=kept)["status"] == "draft"


@pytest.mark.parametrize("name", ["Upper", "a_b", "-a", "a" * 41, "..", "a.b"])
def test_a_snapshots_name_is_no_path(studio: Studio, user: Caller, name: str) -> None:
    headers = {"Authorization": f"Bearer {studio.admin_session()}"}
    response = user.send("PUT", f"/__studio/snapshots/{name}", headers=headers)
    refused = response.status_code in (404, 405)
    assert refused or response.json()["code"] == "VALIDATION_ERROR"
    assert not any((studio.workspace.path / "snapshots").iterdir())
