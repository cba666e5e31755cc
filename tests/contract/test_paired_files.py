"""A database and a place of files name each other: another one is refused, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import StudioError
from storyboard.studio.local import Studio
from storyboard.studio.records import entries
from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import open_test_studio, write_movie
from tests.contract.test_file_places import another_machine
from tests.contract.test_two_machines import who_it_is
from tests.support.databases import ALONE_IN_SQLITE

pytestmark = ALONE_IN_SQLITE
"""Each machine of these tests has a database of its own, or a copy of one."""

OTHER = "belong to another database"


def all_of(folder: Path) -> set[str]:
    """Return the files of a place, without the drafts of each process."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "tmp" not in path.parts}


@pytest.fixture
def filled(tmp_path: Path, shared: Path) -> Path:
    """A workspace with a medium in the place, which is old."""
    with open_test_studio(tmp_path / "one", files=shared.as_uri()) as studio:
        studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
    for path in shared.rglob("*.mp4"):
        os.utime(path, (0, 0))
    return tmp_path / "one"


def serve(workspace: Path, **settings: Any) -> None:
    open_test_studio(workspace, **settings).__enter__().close()


def work(workspace: Path, **settings: Any) -> None:
    open_worker(workspace, films=0, **settings).__enter__().close()


@pytest.mark.parametrize("start", [serve, work])
def test_an_empty_database_is_refused_beside_files_of_another(
    filled: Path, shared: Path, tmp_path: Path, start: Callable[..., None]
) -> None:
    before = all_of(shared)
    new = who_it_is(filled, tmp_path / "new")
    for _ in range(2):
        with pytest.raises(StudioError, match=OTHER) as raised:
            start(new, files=shared.as_uri())
        assert "--database" in str(raised.value.hint)
        assert all_of(shared) == before
    serve(filled, files=shared.as_uri())


@pytest.mark.parametrize("start", [serve, work])
def test_another_machine_needs_the_same_place(
    filled: Path, shared: Path, tmp_path: Path, start: Callable[..., None]
) -> None:
    """Forgotten, another one, and a folder that is not mounted."""
    new = another_machine(filled, tmp_path / "new")
    with pytest.raises(StudioError, match="no --files names it") as raised:
        start(new)
    assert "STORYBOARD_FILES" in str(raised.value.hint)
    other = tmp_path / "other"
    with pytest.raises(StudioError, match="is not the place") as raised:
        start(new, files=other.as_uri())
    assert "mounted" in str(raised.value.hint)
    assert not other.exists()
    shared.rename(tmp_path / "unmounted")
    shared.mkdir()
    with pytest.raises(StudioError, match="is not the place"):
        start(new, files=shared.as_uri())
    assert list(shared.iterdir()) == []
    shared.rmdir()
    (tmp_path / "unmounted").rename(shared)
    start(new, files=shared.as_uri())


def forget(studio: Studio, shared: Path) -> None:
    """Make of a database and of a place those of an earlier version."""
    with studio.workspace.store.write() as tx:
        tx.run("pairing.delete_all")
    [mark] = shared.glob("*/pairing.json")
    mark.unlink()


def test_a_place_of_an_earlier_version_is_taken_by_a_database_that_knows_it(
    filled: Path, shared: Path, tmp_path: Path
) -> None:
    before = all_of(shared)
    with closing(open_test_studio(filled, files=shared.as_uri())) as studio:
        forget(studio, shared)
    new = who_it_is(filled, tmp_path / "new")
    with pytest.raises(StudioError, match="that the database does not know"):
        serve(new, files=shared.as_uri())
    serve(another_machine(filled, tmp_path / "two"), files=shared.as_uri())
    assert {*map(os.path.basename, all_of(shared))} == {*map(os.path.basename, before)}
    with pytest.raises(StudioError, match=OTHER):
        serve(new, files=shared.as_uri())


def test_a_new_machine_of_an_earlier_version_is_not_led_to_an_empty_place(
    filled: Path, shared: Path, tmp_path: Path
) -> None:
    with closing(open_test_studio(filled, files=shared.as_uri())) as studio:
        forget(studio, shared)
    new = another_machine(filled, tmp_path / "two")
    with pytest.raises(StudioError, match=r"the database knows 1 file, and '.*' lacks all"):
        serve(new, files=(tmp_path / "other").as_uri())
    serve(new, files=shared.as_uri())


def test_a_start_that_was_killed_between_place_and_database_goes_on(
    filled: Path, shared: Path
) -> None:
    with closing(open_test_studio(filled, files=shared.as_uri())) as studio:
        store = studio.workspace.store
        for before in (None, ""):
            with store.write() as tx:
                tx.run("pairing.record", files_id=before)
            serve(filled, files=shared.as_uri())
            with store.read() as tx:
                assert tx.row("pairing.find")["files_id"]  # type: ignore[index]


def test_files_move_to_a_place_while_no_other_process_runs(tmp_path: Path, shared: Path) -> None:
    with open_test_studio(tmp_path / "w") as running:
        media = running.add_media(write_movie(tmp_path / "clip.mp4", 1))
        with pytest.raises(StudioError, match="run without") as raised:
            serve(tmp_path / "w", files=shared.as_uri())
        assert "end all of them" in str(raised.value.hint)
        with running.workspace.store.read() as tx:
            assert entries.find_blobs(tx)
    serve(tmp_path / "w", files=shared.as_uri())
    assert [path.stem for path in shared.rglob("*.mp4")] == [media["sha256"]]


def test_rows_that_move_to_another_file_keep_their_place(
    filled: Path, shared: Path, tmp_path: Path
) -> None:
    """A restored copy of a database is the same database."""
    new = another_machine(filled, tmp_path / "new")
    shutil.rmtree(filled)
    serve(new, files=shared.as_uri())
    assert len([*shared.rglob("*.mp4")]) == 1


def test_an_object_that_cannot_be_read_is_told(filled: Path, shared: Path) -> None:
    [mark] = shared.glob("*/pairing.json")
    mark.write_text("half of it")
    with pytest.raises(StudioError, match=r"'pairing\.json' in '.*' cannot be read"):
        serve(filled, files=shared.as_uri())
