"""Reading and writing below a folder: no link leads out, nothing waits, nothing is half-written."""

from __future__ import annotations

import os
import socket
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from storyboard.disk import inside as disk
from storyboard.disk.inside import (
    FileRefused,
    files_below,
    open_inside,
    pinned,
    read_inside,
    real_path,
    refuse_links,
)
from storyboard.disk.writing import made_folder, open_lock, replacing, umask, write_whole

SECRET = b"the user's own"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of the user, beside the project, with a file that nothing may change."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "kept").write_bytes(SECRET)
    return home


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    return root


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def put(root: Path, path: str) -> None:
    write_whole(root / path, b"ours", inside=root)


def test_a_file_and_its_folders_are_made(root: Path) -> None:
    put(root, "a/b/file")
    assert (root / "a/b/file").read_bytes() == b"ours"
    assert names(root / "a/b") == ["file"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((root / "a/b/file").stat().st_mode) == 0o666 & ~mask


@pytest.mark.parametrize("link", ["a", "a/b", "a/b/c"])
def test_no_folder_on_the_way_leads_out(link: str, root: Path, home: Path) -> None:
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(home)
    with pytest.raises(FileRefused, match="through a link: nothing was written"):
        put(root, "a/b/c/kept")
    with pytest.raises(FileRefused):
        made_folder(root / "a/b/c", inside=root)
    with pytest.raises(FileRefused):
        open_lock(root / "a/b/c/lock", inside=root)
    assert sorted(path.name for path in home.iterdir()) == ["kept"]
    assert (home / "kept").read_bytes() == SECRET


def test_a_link_in_the_place_of_the_file_is_replaced(root: Path, home: Path) -> None:
    (root / "file").symlink_to(home / "kept")
    put(root, "file")
    assert not (root / "file").is_symlink()
    assert (home / "kept").read_bytes() == SECRET


def test_a_link_within_the_folder_is_followed(root: Path) -> None:
    (root / "real").mkdir()
    (root / "a").symlink_to("real")
    put(root, "a/file")
    assert (root / "real" / "file").read_bytes() == b"ours"


def test_a_root_that_is_a_link_is_no_obstacle(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    put(tmp_path / "link", "a/file")
    assert read_inside(tmp_path / "link" / "a" / "file", tmp_path / "link", 10) == b"ours"


def test_a_temporary_file_cannot_be_foreseen(root: Path) -> None:
    names = set()
    for _ in range(20):
        with replacing(root / "film.mp4", inside=root) as part:
            names.add(part.name)
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert len(names) == 20


def test_a_temporary_file_has_a_name_that_fits(root: Path) -> None:
    put(root, "ä" * 120 + ".mp4")
    put(root, "x" * 251 + ".mp4")
    assert len(names(root)) == 2


def test_what_is_written_is_on_the_disk_before_it_takes_its_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so is its name, before anybody goes on: a machine may lose its power at any time."""
    put(root, "file")
    done: list[tuple[str, int]] = []
    sync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        sync(descriptor)
        done.append(("synced", os.fstat(descriptor).st_ino))

    def replaced(source: str | Path, target: str | Path) -> None:
        done.append(("replaced", Path(source).stat().st_ino))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    put(root, "file")
    file, folder = (root / "file").stat().st_ino, root.stat().st_ino
    assert done == [("synced", file), ("replaced", file), ("synced", folder)]


def test_what_fails_leaves_the_old_file(root: Path) -> None:
    put(root, "file")

    def fail() -> None:
        with replacing(root / "file", inside=root) as part:
            part.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (root / "file").read_bytes() == b"ours"
    assert names(root) == ["file"]


def test_a_lock_is_no_link_and_no_pipe(root: Path, home: Path) -> None:
    (root / "lock").symlink_to(home / "kept")
    with pytest.raises(FileRefused, match="is a link"):
        open_lock(root / "lock", inside=root)
    assert (home / "kept").read_bytes() == SECRET
    (root / "lock").unlink()
    os.mkfifo(root / "lock")
    with pytest.raises(FileRefused, match="not a regular file"):
        open_lock(root / "lock", inside=root)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)
        listener.bind(path.name)


def holes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


@pytest.mark.parametrize("make", [pipe, device, bound, holes, Path.mkdir])
def test_what_is_no_file_is_refused_at_once(
    make: Callable[[Path], None], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    make(root / "file")
    with pytest.raises(FileRefused):
        read_inside(root / "file", root, 1000)
    with pytest.raises(FileRefused), pinned(root, root / "file", "file", 1000):
        pass


@contextmanager
def swapped(root: Path, name: str, target: Path) -> Iterator[None]:
    """Put a link in the place of a file or a folder, as somebody quick would."""
    (root / name).rename(root / "before")
    (root / name).symlink_to(target)
    yield


def test_a_link_that_is_swapped_in_after_the_look_reads_nothing(root: Path, home: Path) -> None:
    put(root, "a/kept")
    real = real_path(root, "a/kept")
    with swapped(root, "a", home), pytest.raises(FileRefused):
        open_inside(root, real, "a/kept")


def test_a_file_that_is_swapped_after_the_look_reads_nothing(root: Path, home: Path) -> None:
    put(root, "kept")
    real = real_path(root, "kept")
    with swapped(root, "kept", home / "kept"), pytest.raises(FileRefused, match="by a link"):
        open_inside(root, real, "kept")


def test_a_pinned_file_stays_the_one_that_was_opened(root: Path, home: Path) -> None:
    put(root, "kept")
    with (
        pinned(root, real_path(root, "kept"), "kept", 100) as path,
        swapped(root, "kept", home / "kept"),
    ):
        assert path.read_bytes() == b"ours"


def test_without_such_paths_a_swap_is_told(
    root: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "kept")
    monkeypatch.setattr(disk.Path, "exists", lambda self: False)
    real = real_path(root, "kept")

    def read() -> None:
        with pinned(root, real, "kept", 100) as path, swapped(root, "kept", home / "kept"):
            assert path == real

    with pytest.raises(FileRefused, match="was replaced"):
        read()


def test_links_below_a_folder_of_ours_are_refused(root: Path, home: Path) -> None:
    put(root, "blobs/ab/film.mp4")
    refuse_links(root, "hint")
    (root / "blobs" / "ab" / "link").symlink_to(home / "kept")
    with pytest.raises(FileRefused, match="is a link"):
        refuse_links(root, "hint")
    refuse_links(root / "nothing", "hint")
    (root / "blobs" / "ab" / "link").unlink()
    os.mkfifo(root / "blobs" / "pipe")
    with pytest.raises(FileRefused, match="is not a regular file"):
        refuse_links(root, "hint")


def test_files_are_listed_through_no_link(root: Path, home: Path) -> None:
    put(root, "films/a.mp4")
    (root / "out").symlink_to(home)
    assert list(files_below(root, depth=1)) == [root / "films" / "a.mp4"]
    (root.parent / "link").symlink_to(root)
    assert list(files_below(root.parent / "link", depth=1)) == []


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_what_no_file_can_be_called_is_refused(name: str, root: Path) -> None:
    with pytest.raises(FileRefused, match="no file's name"):
        real_path(root, name)


@pytest.mark.parametrize("name", ["x" * 300, "x" * 5000])
def test_a_name_that_is_too_long_is_refused(name: str, root: Path) -> None:
    with pytest.raises(FileRefused, match="too long"):
        open_inside(root, real_path(root, name), "x")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux's /proc")
def test_the_mask_stays_as_it_is_however_many_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two films that were published at once left all files of the process to their owner alone."""
    real, before = os.umask, umask()

    def slow(mask: int) -> int:
        was = real(mask)
        time.sleep(0.02)
        return was

    monkeypatch.setattr(os, "umask", slow)
    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(lambda _: umask(), range(4))] == [before] * 4
    assert umask() == before
