"""What killed runs left half-written goes at the next run, and nothing else does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.disk import parts
from storyboard.disk.filling import filling
from storyboard.disk.parts import discard_parts, new_part, new_part_folder
from storyboard.disk.writing import discard_killed, replacing, write_whole
from storyboard.errors import LockedError, StateError
from storyboard.state import lock
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from tests.support.tiny_studio import PRINCIPAL

KILLED = """
import os, signal, sys
from pathlib import Path
from storyboard.disk.filling import filling
from storyboard.disk.writing import replacing
path = Path(sys.argv[1])
with (filling(path) if sys.argv[2:] else replacing(path, inside=path.parent)) as part:
    target = part / "inner" if part.is_dir() else part
    target.write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def left_by_a_killed_run(path: Path, *, folder: bool = False) -> Path:
    """Have a process of its own begin to write a file, or fill a folder, and die of SIGKILL."""
    before = set(path.parent.iterdir())
    line = [sys.executable, "-c", KILLED, str(path), *(["folder"] if folder else [])]
    root = str(Path(__file__).parents[2])
    done = subprocess.run(line, env={**os.environ, "PYTHONPATH": root}, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = set(path.parent.iterdir()) - before
    return left


def dead(path: Path, *, folder: bool = False) -> Path:
    """Return what a killed run of this name leaves: the same as above, without a process."""
    part, descriptor = parts._made(path.parent, path.name, is_folder=folder)
    if descriptor is not None:
        os.close(descriptor)
    return part


@pytest.mark.slow
@pytest.mark.parametrize("folder", [False, True])
def test_what_a_process_left_that_was_killed_goes(tmp_path: Path, folder: bool) -> None:
    path = tmp_path / "it.json"
    left = left_by_a_killed_run(path, folder=folder)
    assert left.name.startswith(".it.json-")
    if folder:
        with filling(path) as part:
            (part / "inner").write_text("whole")
        assert [each.name for each in tmp_path.iterdir()] == ["it.json"]
    else:
        write_whole(path, b"whole", inside=tmp_path)
        assert [each.name for each in tmp_path.iterdir()] == ["it.json"]
        assert path.read_bytes() == b"whole"


@pytest.mark.parametrize("folder", [False, True])
def test_what_a_living_run_writes_stays(tmp_path: Path, folder: bool) -> None:
    lend = new_part_folder if folder else new_part
    with lend(tmp_path, "it") as part:
        os.utime(part, (1, 1))
        discard_parts(tmp_path)
        discard_parts(tmp_path, of="it")
        assert part.exists()
    assert not part.exists()
    left = dead(tmp_path / "it", folder=folder)
    discard_parts(tmp_path, of="other")
    assert left.exists()
    discard_parts(tmp_path, of="it")
    assert not left.exists()


def test_two_that_write_one_file_leave_each_other_alone(tmp_path: Path) -> None:
    path = tmp_path / "it"
    with replacing(path, inside=tmp_path) as part:
        part.write_bytes(b"mine")
        write_whole(path, b"theirs", inside=tmp_path)
        assert part.read_bytes() == b"mine"
    assert path.read_bytes() == b"mine"
    assert [each.name for each in tmp_path.iterdir()] == ["it"]


def test_a_users_files_stay(tmp_path: Path) -> None:
    """However they are called: ours are files and folders of our own, and were held by a lock."""
    root, home = tmp_path / "root", tmp_path / "home"
    for folder in (root, home):
        folder.mkdir()
    for name in (
        "it-abcdefgh.storyboard.part",
        ".it-abc.storyboard.part",
        ".it-ABCDEFGH.storyboard.part",
        ".it-abcdefgh.part",
        ".it-abcdefgh.storyboard.part.txt",
        "movie.mp4.part",
    ):
        (root / name).write_text("mine")
    (home / "kept").write_text("mine")
    (root / ".a-abcdefgh.storyboard.part").symlink_to(home / "kept")
    (root / ".b-abcdefgh.storyboard.part").symlink_to(home)
    os.link(home / "kept", root / ".c-abcdefgh.storyboard.part")
    os.mkfifo(root / ".d-abcdefgh.storyboard.part")
    before = sorted(each.name for each in root.iterdir())
    discard_killed(root, inside=root, now=0.0)
    assert sorted(each.name for each in root.iterdir()) == before
    (tmp_path / "out").symlink_to(home)
    (home / ".it-abcdefgh.storyboard.part").touch()
    discard_killed(tmp_path / "out", inside=root, now=0.0)
    discard_killed(root / "none", inside=root, now=0.0)
    assert (home / ".it-abcdefgh.storyboard.part").exists()
    assert not (root / "none").exists()


def test_what_another_user_left_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for is_folder in (False, True):
        dead(tmp_path / "it", folder=is_folder)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    discard_killed(tmp_path, inside=tmp_path, now=0.0)
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.undo()
    discard_killed(tmp_path, inside=tmp_path, now=0.0)
    assert not list(tmp_path.iterdir())


def test_what_takes_the_place_of_a_dead_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at a file and its lock, another run may put its own there."""
    left, own = dead(tmp_path / "it"), tmp_path / "own"

    def replaced(descriptor: int) -> bool:
        own.write_bytes(b"another run's")
        own.replace(left)
        return True

    monkeypatch.setattr(parts, "try_lock", replaced)
    discard_parts(tmp_path)
    assert left.read_bytes() == b"another run's"


def test_what_has_no_lock_goes_by_its_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an older version, or on a file system without locks."""
    names = [".it-abcdefgh.part", ".it-abcdefgh.storyboard.part"]

    def no_lock(descriptor: int) -> bool:
        raise OSError(95, "not supported")

    monkeypatch.setattr(parts, "try_lock", no_lock)
    for now, left in ((1000.0 + 86_400, names), (1001.0 + 86_400, [])):
        for name in names:
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (1000, 1000))
        discard_killed(tmp_path, inside=tmp_path, now=now)
        assert sorted(each.name for each in tmp_path.iterdir()) == left
        with replacing(tmp_path / "it", inside=tmp_path) as part:
            part.write_bytes(b"whole")
        (tmp_path / "it").unlink()


def test_a_new_one_that_was_taken_for_a_dead_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the making of a file and its lock, another run may look at it."""
    looks: list[Path] = []

    def looked_at(descriptor: int, path: Path) -> bool:
        looks.append(path)
        if len(looks) == 1:
            path.unlink()
        return path.exists()

    monkeypatch.setattr(parts, "is_at", looked_at)
    with new_part(tmp_path, "it") as part:
        assert part.exists()
    assert len(looks) == 2


def test_an_apply_removes_what_lies_beside_a_state(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "state.json")
    left = dead(tmp_path / "state.json")
    store.copies.folder.mkdir()
    copy = dead(store.copies.folder / "000000001.json")
    assert store.read() is None
    assert left.exists()
    with store.locked():
        assert not left.exists()
        assert not copy.exists()
        store.write(State.fresh(PRINCIPAL))


def test_a_store_whose_sweep_is_interrupted_is_not_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    store = LocalStore(tmp_path / "state.json")
    with monkeypatch.context() as patched:
        patched.setattr("storyboard.state.local.discard_killed", interrupted)
        with pytest.raises(KeyboardInterrupt), store.locked():
            raise AssertionError
    with LocalStore(tmp_path / "state.json").locked(), pytest.raises(LockedError):
        store.locked().__enter__()


def test_a_lock_that_cannot_be_had_is_no_other_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_lock(descriptor: int) -> bool:
        raise OSError(37, "no locks available")

    monkeypatch.setattr(lock, "try_lock", no_lock)
    store = LocalStore(tmp_path / "state.json")
    with pytest.raises(StateError, match="cannot be locked: no locks available"), store.locked():
        raise AssertionError
