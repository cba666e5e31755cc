"""Files that a branch adds to a workspace that a runner has already are not read."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from storyboard.errors import StudioError
from storyboard.local_studio.entries import entries_there
from storyboard.studio.local import Studio, open_studio
from storyboard.studio.records.schema import DATABASE
from tests.contract.studio_rig import write_movie
from tests.support.project import Project

PLAIN = {"identity.json", ".gitignore"}


def filled(workspace: Path) -> Studio:
    """Return a studio with a clip, a thing in the cache, and a log beside the database."""
    studio = open_studio(workspace)
    studio.add_media(write_movie(workspace.parent / "clip.mp4", 1), "1_clip")
    (studio.workspace.cache / "segments").mkdir()
    (studio.workspace.cache / "segments" / "key.mp4").write_bytes(b"a film of a stranger's")
    return studio


def files_of(workspace: Path) -> set[str]:
    found = (path.relative_to(workspace) for path in workspace.rglob("*") if path.is_file())
    return {path.as_posix() for path in found} - PLAIN


def test_nobody_foresees_the_name_of_a_file_that_is_read_again(tmp_path: Path) -> None:
    names = []
    for owner in ("mine", "theirs"):
        (tmp_path / owner).mkdir()
        studio = filled(tmp_path / owner / "studio")
        names.append(files_of(tmp_path / owner / "studio"))
        studio.close()
    mine, theirs = names
    assert {Path(name).name for name in mine & theirs} == set()
    assert any(name.endswith(f"{DATABASE}-wal") for name in mine)


@pytest.mark.parametrize("is_new", [True, False], ids=["fresh", "in use"])
def test_a_database_that_was_added_is_not_asked(is_new: bool, tmp_path: Path) -> None:
    """SQLite can be kept busy for ever by 100 KB of pages that point to each other."""
    (tmp_path / "theirs").mkdir()
    theirs = filled(tmp_path / "theirs" / "studio")
    theirs.close()
    workspace = tmp_path / "mine"
    if is_new:
        workspace.mkdir()
    else:
        open_studio(workspace).close()
    shutil.copy(theirs.workspace.data / DATABASE, workspace / DATABASE)
    found = entries_there(workspace)
    assert found is not None
    assert not found
    if not is_new:
        with open_studio(workspace) as studio:
            assert studio.list_media() == []


def test_messages_do_not_tell_the_folder_of_the_data(tmp_path: Path) -> None:
    """Logs of a pipeline are often public."""
    project = Project.of(
        tmp_path, {"tour.storyboard.yaml": "name: Tour\nscenes: [Welcome to all.]"}
    )
    workspace = tmp_path / ".storyboard" / "studio"
    workspace.mkdir(parents=True)
    studio = open_studio(workspace)
    studio.close()
    (studio.workspace.data / DATABASE).write_text("no database " * 100)
    ran = project.run("plan", "-e", "local")
    assert f"/studio/{DATABASE}'" in ran.err
    assert studio.workspace.data.name not in ran.out + ran.err


def of_an_earlier_version(workspace: Path) -> None:
    """Put a workspace's data where 0.1.0 had it."""
    studio = filled(workspace)
    studio.close()
    for path in studio.workspace.data.iterdir():
        path.rename(workspace / path.name)
    studio.workspace.data.rmdir()
    identity = workspace / "identity.json"
    known, facts = json.loads(identity.read_text()), identity.stat()
    del known["hasDataFolder"]
    identity.write_text(json.dumps(known))
    os.utime(identity, (facts.st_atime, facts.st_mtime))


def test_the_data_of_an_earlier_version_is_kept_and_moved_once(tmp_path: Path) -> None:
    workspace = tmp_path / "studio"
    of_an_earlier_version(workspace)
    assert entries_there(workspace) == {"1_clip"}
    studio = open_studio(workspace)
    assert [entry["id"] for entry in studio.list_media()] == ["1_clip"]
    assert (studio.workspace.cache / "segments" / "key.mp4").is_file()
    studio.close()
    assert not (workspace / "moving").exists()
    (workspace / DATABASE).write_bytes(b"what a branch adds later")
    open_studio(workspace).close()
    assert entries_there(workspace) == {"1_clip"}


def test_a_move_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    workspace = tmp_path / "studio"
    of_an_earlier_version(workspace)
    (workspace / "moving").mkdir()
    (workspace / "blobs").rename(workspace / "moving" / "blobs")
    studio = open_studio(workspace)
    [entry] = studio.list_media()
    assert list((studio.workspace.data / "blobs").rglob("*.mp4"))
    assert entry["id"] == "1_clip"
    studio.close()


def test_a_folder_of_data_without_its_secret_is_no_new_workspace(tmp_path: Path) -> None:
    (tmp_path / "data-0123").mkdir()
    with pytest.raises(StudioError, match="no studio here made"):
        open_studio(tmp_path)
