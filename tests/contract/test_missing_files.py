"""An entry whose file the place of files has lost: who asks, who runs it and the metrics say so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ApiError
from storyboard.hints import hint_for
from storyboard.kaltura.replies import decode
from storyboard.kaltura.transport import Reply
from storyboard.studio.jobs import scene_sharing
from storyboard.studio.jobs.prometheus import PrometheusMeasures
from storyboard.studio.local import Studio
from storyboard.studio.records import entries, queue
from storyboard.studio.records.scene_claims import SceneClaims
from tests.contract.studio_rig import HELLO, caller, open_test_studio, write_movie, write_picture
from tests.contract.test_file_places import raw_path
from tests.contract.test_metrics import TOKEN, counts
from tests.support.passing_time import eventually

CODE = "FILE_MISSING"


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[tuple[Studio, str]]:
    """A studio that has lost the file of an entry."""
    measures = PrometheusMeasures(TOKEN)
    with open_test_studio(tmp_path / "w", measures=measures, workers=1) as studio:
        entry = studio.add_media(write_movie(tmp_path / "clip.mp4", 3))["id"]
        lose(studio, entry)
        yield studio, entry


def lose(studio: Studio, entry_id: str) -> None:
    with studio.workspace.store.read() as tx:
        entry = entries.find(tx, entry_id)
    assert entry is not None
    studio.workspace.blobs.path(entry.blob).unlink()


def test_a_download_names_the_entry(lost: tuple[Studio, str]) -> None:
    studio, entry = lost
    told = caller(studio).send("GET", raw_path(studio, entry))
    assert (told.status_code, told.headers["x-kaltura"]) == (404, "error-2")
    assert told.json()["code"] == CODE
    assert entry in told.json()["message"]


def test_a_client_hears_what_to_do_and_nothing_of_a_proxy(lost: tuple[Studio, str]) -> None:
    studio, entry = lost
    told = caller(studio).send("GET", raw_path(studio, entry))
    with pytest.raises(ApiError) as raised:
        decode(Reply(told.status_code, dict(told.headers), told.content))
    assert entry in raised.value.said
    assert "backup" in str(raised.value.hint)
    assert "proxy" not in str(raised.value.hint)


def test_the_log_tells_once_and_the_metrics_each_time(
    lost: tuple[Studio, str], caplog: pytest.LogCaptureFixture
) -> None:
    studio, entry = lost
    user = caller(studio)
    for _ in range(3):
        user.send("GET", raw_path(studio, entry))
    still = f"/p/{studio.partner_id}/thumbnail/entry_id/{entry}/width/64"
    assert user.send("GET", still).json()["code"] == CODE
    [line] = [each for each in caplog.records if "is missing" in each.getMessage()]
    assert line.levelno == logging.ERROR
    assert vars(line)["entryId"] == entry
    assert counts(studio, "storyboard_missing_files_total") == {(): 4}


def shows_clip(studio: Studio, entry: str) -> dict[str, Any]:
    return HELLO | {"layoutType": "broll", "broll": {"entryId": entry, "startTime": 0}}


def test_a_film_that_needs_it_fails_with_a_hint(lost: tuple[Studio, str]) -> None:
    studio, entry = lost
    user = caller(studio)
    video = user.video(shows_clip(studio, entry))
    user("video/generate", id=video)
    eventually(lambda: user("video/get", id=video)["status"] == "generate-error")
    reason = user.control("GET", f"videos/{video}")["reason"]
    assert reason.startswith("file-missing: ")
    assert entry in reason
    assert "backup" in str(hint_for("file-missing"))


def test_a_background_that_is_lost_is_told_likewise(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w", workers=1) as studio:
        entry = studio.add_media(write_picture(tmp_path / "ground.png"))["id"]
        user = caller(studio)
        avatar = user.avatar(type="entry", entryId=entry)
        lose(studio, entry)
        video = user("video/add", name="x", avatarId=avatar, scenes=[HELLO])["id"]
        user("video/generate", id=video)
        eventually(lambda: user("video/get", id=video)["status"] == "generate-error")
        assert "file-missing" in user.control("GET", f"videos/{video}")["reason"]


def test_a_medium_that_is_put_in_again_is_there_again(
    lost: tuple[Studio, str], tmp_path: Path
) -> None:
    studio, entry = lost
    studio.add_media(write_movie(tmp_path / "clip.mp4", 3), entry)
    assert caller(studio).send("GET", raw_path(studio, entry)).status_code == 200


def test_a_snapshot_that_would_lack_it_names_the_entry_and_its_file(
    lost: tuple[Studio, str],
) -> None:
    studio, entry = lost
    user = caller(studio)
    told = user.control("PUT", "snapshots/nightly")
    with studio.workspace.store.read() as tx:
        found = entries.find(tx, entry)
    assert found is not None
    assert told["code"] == CODE
    assert f"the file '{found.blob}' of entry '{entry}' is missing" in told["message"]
    assert "put it in again, or delete the entry" in told["message"]
    assert user.control("GET", "snapshots")["objects"] == []


def test_a_snapshot_that_was_copied_in_part_says_what_it_lacks(tmp_path: Path) -> None:
    """It said that there was no such snapshot."""
    with open_test_studio(tmp_path / "w") as studio:
        user, entry = caller(studio), studio.add_media(write_movie(tmp_path / "c.mp4", 1))["id"]
        user.control("PUT", "snapshots/nightly")
        lose(studio, entry)
        [file] = (tmp_path / "w" / "snapshots" / "nightly" / "blobs").glob("*/*")
        file.unlink()
        told = user.control("POST", "snapshots/nightly/load")
    assert f"{file.parent.name}/{file.name}' of entry '{entry}'" in told["message"]
    assert "copy the snapshot's whole folder again" in told["message"]


def test_a_helper_who_misses_it_gives_its_scene_back(tmp_path: Path) -> None:
    """The holder of the film waited until the helper's lease lapsed, and then the next one."""
    with open_test_studio(tmp_path / "w", workers=0) as studio:
        workspace, user = studio.workspace, caller(studio)
        entry = studio.add_media(write_movie(tmp_path / "clip.mp4", 3))["id"]
        video = user.video(*([shows_clip(studio, entry)] * 6))
        user("video/generate", id=video)
        job = workspace.queue.claim("0123456789ab.17.1.0", queue.FILM)
        assert job is not None
        assert workspace.queue.beat(job, "frames", 1, 60, [(1, 10)] + [(0, 10)] * 5)
        lose(studio, entry)
        assert scene_sharing.help_out(workspace, "123456789abc.17.1.0", lambda: False)
        assert SceneClaims(workspace.store).elsewhere(job) == frozenset()
