"""A folder that is filled with many files has all of them in the end, or is as it was."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from storyboard.disk.filling import filling, refuse_taken
from storyboard.disk.inside import FileRefused

FILES = ("a/one", "a/two", "b/c/three", "last")


def fill(folder: Path, paths: Iterable[str] = FILES, last: str = "last") -> None:
    with filling(folder, last=last) as part:
        for path in paths:
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            (part / path).write_text(path)


def found(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_there_with_all_its_files(tmp_path: Path) -> None:
    fill(tmp_path / "x" / "new")
    assert found(tmp_path) == {f"x/new/{path}": path for path in FILES}
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "x" / "new").stat().st_mode) == 0o777 & ~mask


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mine").write_text("mine")
    fill(tmp_path)
    assert found(tmp_path) == {"a/mine": "mine"} | {path: path for path in FILES}
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("taken", ["a/two", "a", "b/c", "last"])
def test_nothing_is_replaced(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("mine")
    with pytest.raises(FileRefused, match="is there already: nothing was written"):
        fill(tmp_path)
    assert found(tmp_path) == {taken: "mine"}


def test_no_link_leads_out(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (folder / "a").symlink_to(outside)
    with pytest.raises(FileRefused, match="is there already"):
        fill(folder)
    assert (found(outside), names(folder)) == ({}, ["a"])


@pytest.mark.parametrize("name", ["new", "."])
def test_a_failure_amid_the_writing_leaves_nothing(tmp_path: Path, name: str) -> None:
    def failing() -> Iterable[str]:
        yield "a/one"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / name, failing())
    assert names(tmp_path) == []


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_a_failure_amid_the_moves_takes_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    moved: list[str] = []
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if len(moved) == nth:
            moved.append("failed")
            raise OSError(28, "no space left")
        moved.append(path.name)
        return rename(path, target)

    (tmp_path / "mine").write_text("mine")
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="no space left"):
        fill(tmp_path)
    assert found(tmp_path) == {"mine": "mine"}
    assert names(tmp_path) == ["mine"]
    assert "last" not in moved


def test_what_appears_amid_the_moves_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def slow(path: Path, target: Path) -> Path:
        if path.name == "a":
            (tmp_path / "last").write_text("theirs")
        return rename(path, target)

    (tmp_path / "mine").write_text("mine")
    monkeypatch.setattr(Path, "rename", slow)
    with pytest.raises(FileRefused, match="last' is there already"):
        fill(tmp_path)
    assert found(tmp_path) == {"last": "theirs", "mine": "mine"}


def test_what_is_taken_is_told_before_the_work(tmp_path: Path) -> None:
    refuse_taken(tmp_path / "new", ("a",))
    (tmp_path / "a").symlink_to("nowhere")
    with pytest.raises(FileRefused, match="is there already"):
        refuse_taken(tmp_path, ("b", "a"))
    (tmp_path / "file").write_text("")
    with pytest.raises(FileRefused, match="is not a folder"):
        refuse_taken(tmp_path / "file", ())
