"""A place of files that lost its pairing: who runs notices, and one command repairs it safely."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import StudioError, UsageError
from storyboard.studio.jobs.pairing_again import Paired
from storyboard.studio.local import Studio
from storyboard.studio.records import pairing
from storyboard.studio.worker import open_worker
from storyboard.studio.workspaces import pair_workspace
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio, write_movie
from tests.contract.test_paired_files import serve
from tests.contract.test_two_machines import who_it_is
from tests.support.bucket_server import BUCKET, BucketServer
from tests.support.databases import ALONE_IN_SQLITE
from tests.support.moto_server import moto_server
from tests.support.passing_time import eventually
from tests.support.project import Project

pytestmark = ALONE_IN_SQLITE


@pytest.fixture
def filled(tmp_path: Path, shared: Path) -> Path:
    """A workspace with two media in the place."""
    with open_test_studio(tmp_path / "one", files=shared.as_uri()) as studio:
        for seconds in (1, 2):
            studio.add_media(write_movie(tmp_path / f"{seconds}.mp4", seconds))
    return tmp_path / "one"


def pair(workspace: Path, shared: Path, *, accepts_loss: bool = False) -> Paired:
    return pair_workspace(workspace, database="", files=shared.as_uri(), accepts_loss=accepts_loss)


def mark_of(shared: Path) -> Path:
    [mark] = shared.glob("*/pairing.json")
    return mark


@pytest.mark.parametrize("how", [Path.unlink, lambda path: path.write_text("half of it")])
def test_a_place_with_all_files_is_paired_as_it_was(
    filled: Path, shared: Path, how: Callable[[Path], Any]
) -> None:
    before = mark_of(shared).read_text()
    how(mark_of(shared))
    with pytest.raises(StudioError) as raised:
        serve(filled, files=shared.as_uri())
    assert f"storyboard studio pair --workspace {filled}" in str(raised.value.hint)
    assert pair(filled, shared) == Paired(2, (), was_paired=False)
    assert mark_of(shared).read_text() == before
    serve(filled, files=shared.as_uri())
    assert pair(filled, shared) == Paired(2, (), was_paired=True)


@pytest.mark.parametrize("lost", ["one", "all", "folder"])
def test_lost_files_have_to_be_accepted_and_the_place_is_another_then(
    filled: Path, shared: Path, lost: str
) -> None:
    before = json.loads(mark_of(shared).read_text())
    count = {"one": 1}.get(lost, 2)
    for path in [*shared.rglob("*.mp4")][:count]:
        path.unlink()
    mark_of(shared).unlink()
    if lost == "folder":
        shutil.rmtree(next(shared.iterdir()))
    with pytest.raises(StudioError) as refused:
        serve(filled, files=shared.as_uri())
    assert "storyboard studio pair" in str(refused.value.hint)
    with pytest.raises(StudioError, match=f"{count} of 2 entries ha") as raised:
        pair(filled, shared)
    assert "--accept-loss" in str(raised.value.hint)
    assert not [*shared.glob("*/pairing.json")]
    paired = pair(filled, shared, accepts_loss=True)
    assert (paired.known, len(paired.lost)) == (2, count)
    after = json.loads(mark_of(shared).read_text())
    assert after["database"] == before["database"]
    assert after["files"] != before["files"]
    with open_test_studio(filled, files=shared.as_uri()) as studio:
        assert len(studio.list_media()) == 2


def test_a_former_place_that_is_found_again_is_refused(
    filled: Path, shared: Path, tmp_path: Path
) -> None:
    """It was not mounted, and an empty folder was paired in its stead."""
    shared.rename(tmp_path / "unmounted")
    shared.mkdir()
    pair(filled, shared, accepts_loss=True)
    shared.rename(tmp_path / "stead")
    (tmp_path / "unmounted").rename(shared)
    with pytest.raises(StudioError, match="are in another place"):
        serve(filled, files=shared.as_uri())
    assert len([*shared.rglob("*.mp4")]) == 2
    assert pair(filled, shared) == Paired(2, (), was_paired=False)
    serve(filled, files=shared.as_uri())


def test_no_place_of_another_database_is_paired(filled: Path, shared: Path, tmp_path: Path) -> None:
    other = who_it_is(filled, tmp_path / "two")
    before = mark_of(shared).read_text()
    for accepts in (False, True):
        with pytest.raises(StudioError, match="belong to another database"):
            pair(other, shared, accepts_loss=accepts)
    assert mark_of(shared).read_text() == before
    mark_of(shared).unlink()
    for accepts in (False, True):
        with pytest.raises(StudioError, match="none that the database knows"):
            pair(other, shared, accepts_loss=accepts)
    assert not [*shared.glob("*/pairing.json")]


def test_a_folder_that_is_not_there_is_not_made(filled: Path, shared: Path, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="are in 'file://"):
        pair(filled, tmp_path / "elsewhere", accepts_loss=True)
    shared.rename(tmp_path / "unmounted")
    with pytest.raises(StudioError, match="there is no folder"):
        pair(filled, shared, accepts_loss=True)
    assert not shared.exists()
    with pytest.raises(StudioError, match="there is no studio"):
        pair(tmp_path / "none", shared)
    with pytest.raises(UsageError, match="no place of files"):
        pair_workspace(filled, database="", files="", accepts_loss=False)


def test_a_workspace_that_never_had_a_place_has_nothing_to_repair(tmp_path: Path) -> None:
    """Its files have to go there first."""
    with open_test_studio(tmp_path / "w") as studio:
        studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
    (tmp_path / "place").mkdir()
    with pytest.raises(StudioError, match="were never in"):
        pair(tmp_path / "w", tmp_path / "place", accepts_loss=True)
    serve(tmp_path / "w")


@pytest.mark.parametrize("is_emptied", [False, True])
def test_a_place_of_an_earlier_version_is_known_by_its_files_or_by_the_note(
    filled: Path, shared: Path, is_emptied: bool
) -> None:
    """Its database has no id of the place, and the place no object."""
    mark_of(shared).unlink()
    with closing(sqlite3.connect(next(filled.glob("data-*/studio.sqlite3")))) as rows:
        rows.execute("UPDATE pairing SET files_id=NULL")
        rows.commit()
    if is_emptied:
        for file in shared.glob("*/blobs/*/*"):
            file.unlink()
        with pytest.raises(StudioError, match=r"2 of 2 entries have no file in"):
            pair(filled, shared)
    else:
        next(filled.glob("data-*/files.txt")).unlink()
    paired = pair(filled, shared, accepts_loss=is_emptied)
    assert (len(paired.lost), paired.was_paired) == (2 if is_emptied else 0, False)
    serve(filled, files=shared.as_uri())


def test_loss_is_accepted_beside_no_process(filled: Path, shared: Path) -> None:
    with open_test_studio(filled, files=shared.as_uri()) as studio:
        eventually(lambda: caller(studio).control("GET", "work")["processes"])
        next(shared.rglob("*.mp4")).unlink()
        mark_of(shared).unlink()
        with pytest.raises(StudioError, match="run still") as raised:
            pair(filled, shared, accepts_loss=True)
        assert "end all of them" in str(raised.value.hint)


def ready(studio: Studio) -> tuple[int, Any]:
    studio.workspace.place.look()
    told = Caller(studio, "").send("GET", "/readyz")
    return told.status_code, told.json().get("reasons")


def test_who_runs_notices_takes_no_work_and_goes_on_once_it_is_repaired(
    filled: Path, shared: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.studio.api.probes._KEPT", 0)
    caplog.set_level(logging.INFO)
    with open_test_studio(filled, files=shared.as_uri(), workers=1) as studio:
        user = caller(studio)
        assert ready(studio) == (200, None)
        mark_of(shared).unlink()
        for _ in range(2):
            assert ready(studio) == (503, ["files"])
        [told] = [each.message for each in caplog.records if "no work is taken up" in each.message]
        assert "storyboard studio pair" in told
        video = user.video()
        user("video/generate", id=video)
        studio._renderers.wake()
        assert pair(filled, shared).lost == ()
        assert "is begun" not in caplog.text
        assert ready(studio) == (200, None)
        studio._renderers.wake()
        user.wait(video, "ready")
        assert "the place of files is back" in caplog.text


def test_a_worker_makes_nothing_in_a_folder_that_is_not_mounted_any_more(
    filled: Path, shared: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What it made anew was an empty folder of this machine, and the film was lost with it."""
    with (
        open_test_studio(filled, files=shared.as_uri(), workers=0) as studio,
        open_worker(filled, films=1, film_maker=TinyFilmMaker(), files=shared.as_uri()) as worker,
    ):
        shared.rename(tmp_path / "unmounted")
        shared.mkdir()
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        eventually(lambda: worker.workspace.place.lost)
        assert [*shared.iterdir()] == []
        shared.rmdir()
        (tmp_path / "unmounted").rename(shared)
        worker.workspace.place.look()
        worker._renderers.wake()
        user.wait(video, "ready")


def test_the_command_says_what_it_found(filled: Path, shared: Path, tmp_path: Path) -> None:
    mark_of(shared).unlink()
    words = ("studio", "pair", "--workspace", str(filled), "--files", shared.as_uri())
    ran = Project(tmp_path).run(*words)
    assert ran.out.splitlines() == [
        "the database and its files are paired again",
        "2 files are there, and none is missing",
    ]
    told = json.loads(Project(tmp_path).run(*words, "--json").out)
    assert told == {"files": 2, "wasPaired": True, "lost": []}


@pytest.mark.scale
def test_a_bucket_that_was_emptied(tmp_path: Path) -> None:
    with moto_server() as bucket:
        variables = BucketServer(url=bucket.url).variables
        files = f"s3://{BUCKET}/team"
        workspace = tmp_path / "w"
        with open_test_studio(workspace, files=files, variables=variables) as studio:
            studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
            objects = studio.workspace.blobs._files._objects  # type: ignore[attr-defined]
            above = objects._given
            root = type(objects)(above[0], above[1], above[2].rpartition("/")[0], above[3])
            root.remove([each.name for each in root.listed()])
            studio.workspace.place.look()
            assert pairing.OBJECT in str(studio.workspace.place.lost)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            with pytest.raises(StudioError, match="1 of 1 entry has no file"):
                pair_workspace(workspace, database="", files=files, accepts_loss=False)
            told = pair_workspace(workspace, database="", files=files, accepts_loss=True)
        assert len(told.lost) == 1
        with closing(open_test_studio(workspace, files=files, variables=variables)) as studio:
            studio.workspace.place.look()
            assert studio.workspace.place.lost is None
