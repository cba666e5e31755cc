"""A snapshot is replaced whole: by several at once, by one that fails, by one that is killed."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from storyboard.disk import parts
from storyboard.studio.jobs import snapshots
from storyboard.studio.local import Studio
from storyboard.studio.records.schema import DATABASE
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio, write_movie
from tests.support.bucket_server import BUCKET, bucket_server

NIGHTLY = "snapshots/nightly"


@pytest.fixture(params=["disk", "bucket"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Caller]:
    """Give a studio with a clip and a snapshot of it."""
    with bucket_server() as server:
        place: dict[str, Any] = {"files": f"s3://{BUCKET}/team", "variables": server.variables}
        with open_test_studio(tmp_path / "w", **place if request.param == "bucket" else {}) as it:
            it.add_media(write_movie(tmp_path / "clip.mp4", 1))
            user = caller(it)
            user.control("PUT", NIGHTLY)
            yield user


def videos(folder: Path) -> int:
    """Return how many videos a snapshot has; its file must be there too."""
    assert len(list((folder / "blobs").glob("*/*.mp4"))) == 1
    rows = sqlite3.connect(folder / DATABASE)
    try:
        [[found]] = rows.execute("SELECT count(*) FROM videos")
        return int(found)
    finally:
        rows.close()


def test_one_that_is_saved_while_another_is_written(
    filled: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both shared a draft: both were told as saved, and none was there."""
    real, between = snapshots.link_or_copy, [filled.studio.workspace]

    def copy(source: Path, target: Path) -> None:
        while between:
            snapshots.save(between.pop(), "nightly")
        real(source, target)

    monkeypatch.setattr(snapshots, "link_or_copy", copy)
    filled.video(HELLO)
    assert filled.control("PUT", NIGHTLY) == {"name": "nightly"}
    assert filled.control("GET", "snapshots")["objects"] == [{"name": "nightly"}]
    assert videos(filled.studio.workspace.path / NIGHTLY) == 1


def test_several_at_once_by_http(filled: Caller) -> None:
    users = [caller(filled.studio) for _ in range(4)]
    filled.video(HELLO)
    with ThreadPoolExecutor(len(users)) as pool:
        told = list(pool.map(lambda user: user.control("PUT", NIGHTLY), users))
        listed = list(pool.map(lambda user: user.control("GET", "snapshots")["objects"], users))
    assert told == [{"name": "nightly"}] * len(users)
    assert listed == [[{"name": "nightly"}]] * len(users)
    assert videos(filled.studio.workspace.path / NIGHTLY) == 1
    assert left(filled.studio) == ["nightly"]


def test_a_draft_that_another_save_took_for_a_killed_ones(
    filled: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made before it can be locked."""
    real, taken = tempfile.mkdtemp, list[str]()

    def mkdtemp(**given: Any) -> str:
        made = real(**given)
        if not taken:
            taken.append(made)
            parts.discard_parts(Path(made).parent, of="nightly")
        return made

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    assert filled.control("PUT", NIGHTLY) == {"name": "nightly"}
    assert not Path(taken[0]).exists()
    assert left(filled.studio) == ["nightly"]


def test_one_that_cannot_be_put_in_its_place_leaves_the_former(
    filled: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, real = filled.studio.workspace.path / NIGHTLY, Path.rename
    failed = []

    def rename(path: Path, target: Path) -> Path:
        if Path(target) == place and not failed:
            failed.append(path)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(Path, "replace", rename)
    filled.video(HELLO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        snapshots.save(filled.studio.workspace, "nightly")
    assert snapshots.names(filled.studio.workspace) == ["nightly"]
    assert videos(place) == 0
    assert left(filled.studio) == ["nightly"]


KILLED = """
import os, sys, pathlib
from storyboard.disk.whole_folders import alone_in, put_folder, remove_folder
calls = [int(sys.argv[1])]
real = pathlib.Path.rename
def rename(path, target):
    if not calls[0]:
        os._exit(9)
    calls[0] -= 1
    return real(path, target)
pathlib.Path.rename = rename
base = pathlib.Path(sys.argv[2])
with alone_in(base, inside=base):
    if len(sys.argv) > 3:
        put_folder(pathlib.Path(sys.argv[3]), base / "nightly")
    else:
        remove_folder(base / "nightly")
"""


@pytest.mark.parametrize("renames", range(4))
def test_a_kill_leaves_the_former_or_the_new_one(tmp_path: Path, renames: int) -> None:
    with open_test_studio(tmp_path / "w") as studio:
        studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
        user = caller(studio)
        former = snapshots.save(studio.workspace, "nightly")
        user.video(HELLO)
        new = shutil.copytree(snapshots.save(studio.workspace, "other"), former.with_name(".new"))
        killed = killed_at(renames, former.parent, new)
        assert snapshots.names(studio.workspace) == ["nightly", "other"]
        user.control("POST", "snapshots/nightly/load")
        assert user("video/list")["totalCount"] == (0 if renames < 2 else 1)
        assert killed == (renames < 3)
        snapshots.save(studio.workspace, "nightly")
        shutil.rmtree(new, ignore_errors=True)
        assert left(studio) == ["nightly", "other"]


@pytest.mark.parametrize("renames", [0, 1])
def test_what_is_deleted_does_not_come_back(tmp_path: Path, renames: int) -> None:
    with open_test_studio(tmp_path / "w") as studio:
        saved = snapshots.save(studio.workspace, "nightly")
        saved.rename(saved.with_name(".nightly.former"))
        snapshots.save(studio.workspace, "nightly")
        assert killed_at(renames, saved.parent) == (renames == 0)
        snapshots.delete(studio.workspace, "nightly")
        assert snapshots.names(studio.workspace) == []
        assert left(studio) == []


def killed_at(renames: int, *arguments: Path) -> bool:
    """Replace a folder in a process that dies at a rename; return whether it came that far."""
    words = [sys.executable, "-c", KILLED, str(renames), *map(str, arguments)]
    return subprocess.run(words, check=False).returncode == 9


def left(studio: Studio) -> list[str]:
    """Return what is in the folder of snapshots, beside the lock."""
    found = (path.name for path in (studio.workspace.path / "snapshots").iterdir())
    return sorted(name for name in found if name != ".lock")
