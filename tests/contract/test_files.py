"""Files of a workspace: kept by content, gone once no entry has them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records import entries
from storyboard.studio.records.store import StoreError, Transaction
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    open_test_studio,
    write_movie,
)
from tests.support.passing_time import eventually


def files(studio: Studio) -> set[str]:
    root = studio.workspace.data / "blobs"
    return {path.name for path in root.rglob("*.*") if path.is_file()}


def test_equal_files_are_kept_once(studio: Studio, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "a.mp4", 1)
    first, second = studio.add_media(movie), studio.add_media(movie)
    assert first["id"] != second["id"]
    assert first["sha256"] == second["sha256"]
    assert len(files(studio)) == 1


def test_a_replaced_file_goes_at_once(tmp_path: Path) -> None:
    old, new = write_movie(tmp_path / "old.mp4", 1), write_movie(tmp_path / "new.mp4", 2)
    with open_test_studio(tmp_path / "w") as studio:
        studio.add_media(old, "1_clip0000")
        replaced = studio.add_media(new, "1_clip0000")
        assert files(studio) == {f"{replaced['sha256']}.mp4"}


def test_a_replacement_that_cannot_be_stored_leaves_the_old_file(tmp_path: Path) -> None:
    """The entry of before named a file that was removed when the database went away."""
    old, new = write_movie(tmp_path / "old.mp4", 1), write_movie(tmp_path / "new.mp4", 2)
    with open_test_studio(tmp_path / "w") as studio:
        store = studio.workspace.store
        kept, write = studio.add_media(old, "1_clip0000"), store.write

        @contextmanager
        def gone_at_its_end() -> Iterator[Transaction]:
            with write() as tx:
                yield tx
                raise StoreError("the database is gone")

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(store, "write", gone_at_its_end)
            with pytest.raises(StoreError):
                studio.add_media(new, "1_clip0000")
        assert f"{kept['sha256']}.mp4" in files(studio)
        assert [each["sha256"] for each in studio.list_media()] == [kept["sha256"]]


def test_a_file_without_an_entry_goes_with_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_test_studio(tmp_path / "w") as studio:
        studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
        known = files(studio)
        for letter in "ab":
            stray = studio.workspace.blobs.path(f"{letter * 2}/{letter * 64}.mp4")
            stray.parent.mkdir()
            stray.write_bytes(b"left by a crash")
        os.utime(studio.workspace.blobs.path(f"aa/{'a' * 64}.mp4"), (0, 0))
    caplog.set_level("INFO", logger="storyboard.studio")
    with open_test_studio(tmp_path / "w") as studio:
        assert files(studio) == known | {f"{'b' * 64}.mp4"}
    assert "removed 1 file that no entry names" in caplog.messages


def test_no_file_goes_while_a_film_may_be_looking_at_it(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w", workers=0) as studio:
        studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
        known, user = files(studio), caller(studio)
        stray = studio.workspace.blobs.path(f"aa/{'a' * 64}.mp4")
        stray.parent.mkdir()
        stray.write_bytes(b"of an entry that is gone")
        os.utime(stray, (0, 0))
        video = user.video(HELLO)
        user("video/generate", id=video)
    with open_test_studio(tmp_path / "w", workers=0) as studio:
        assert stray.name in files(studio)
        user = caller(studio)
        user("video/delete", id=video)
    with open_test_studio(tmp_path / "w", workers=0) as studio:
        assert files(studio) == known


@pytest.mark.parametrize("way", ["deleted", "replaced"])
def test_what_a_film_in_work_shows_stays_until_its_end(tmp_path: Path, way: str) -> None:
    gate = threading.Event()
    maker = TinyFilmMaker(gate)
    old, new = write_movie(tmp_path / "old.mp4", 4), write_movie(tmp_path / "new.mp4", 5)
    with open_test_studio(tmp_path / "w", maker) as studio:
        user = caller(studio)
        first = studio.add_media(old, "1_clip0000")
        shown = f"{first['sha256']}.mp4"
        broll = {"entryId": "1_clip0000", "startTime": 0}
        video = user.video({**HELLO, "layoutType": "broll", "broll": broll})
        user("video/generate", id=video)
        assert maker.filming.wait(60)
        if way == "deleted":
            delete_media(user, "1_clip0000")
        else:
            studio.add_media(new, "1_clip0000")
        assert shown in files(studio)
        gate.set()
        user.wait(video, "ready")
        eventually(lambda: shown not in files(studio))


def delete_media(user: Caller, entry_id: str) -> None:
    admin = caller(user.studio, "admin@example.com", 2)
    admin.service("media.delete", ks=admin.ks, entryId=entry_id)


def test_a_database_that_knows_no_file_removes_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It may be another one than that of these files, or wait for its backup."""
    with open_test_studio(tmp_path / "w") as studio:
        studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
        [media], known = studio.list_media(), files(studio)
        [blob] = studio.workspace.data.glob("blobs/*/*")
        os.utime(blob, (0, 0))
        with studio.workspace.store.write() as tx:
            entries.delete(tx, media["id"])
    with open_test_studio(tmp_path / "w") as studio:
        assert files(studio) == known
    assert "1 file that no entry names stays: no entry has a file" in caplog.messages


def test_two_studios_of_one_process_keep_apart(tmp_path: Path) -> None:
    first, second = open_test_studio(tmp_path / "w"), open_test_studio(tmp_path / "w")
    draft = first.workspace.blobs.draft(".mp4")
    write_movie(draft, 1)
    second.close()
    assert draft.exists()
    first.close()
    assert not draft.exists()
