"""Only the project's own files are read, however a path is spelled or linked."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from storyboard.disk.inside import FileRefused
from storyboard.source.files import Files, MemoryFiles, ProjectFiles

CLIMBING = [
    "../secret.yaml", "shared/../../secret.yaml", "shared/../a.yaml", "/etc/passwd",
    "/proc/self/environ", "//etc/passwd", "~/.ssh/id_rsa", "~root/x", "..", ".", "./a.yaml", "",
    "..\\secret.yaml", "shared\\a.yaml", "C:/secret.yaml", "c:secret.yaml", "file:///etc/passwd",
    "https://example.com/x.yaml", ".git/config", "shared/.hidden/x.yaml", ".env", "a.yaml/",
    "shared//a.yaml", "a.yaml\0.txt",
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "shared" / "deep").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("secret")
    (root / "a.yaml").write_text("a")
    (root / "shared" / "b.yaml").write_text("b")
    (root / "shared" / "deep" / "c.yaml").write_text("c")
    (root / "shared" / ".d.yaml").write_text("d")
    (tmp_path / "secret.yaml").write_text("secret")
    return root


@pytest.mark.parametrize("path", CLIMBING)
def test_paths_that_climb_are_refused(path: str, root: Path) -> None:
    for files in (ProjectFiles(root), MemoryFiles({path: b"x"})):
        with pytest.raises(FileRefused) as refused:
            files.read(path)
        assert refused.value.reason
        assert "secret" not in refused.value.reason.replace(path, "")


def test_files_of_the_project_are_read(root: Path) -> None:
    files: Files = ProjectFiles(root)
    assert files.read("a.yaml") == b"a"
    assert files.read("shared/deep/c.yaml") == b"c"


def test_a_root_that_is_a_link_is_no_obstacle(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert ProjectFiles(tmp_path / "link").read("shared/b.yaml") == b"b"


@pytest.mark.parametrize(
    "target", ["../secret.yaml", "/etc/passwd", "/proc/self/environ", ".git/config", "a.yaml-gone"]
)
def test_links_that_leave_are_refused(target: str, root: Path) -> None:
    (root / "link.yaml").symlink_to(target)
    with pytest.raises(FileRefused):
        ProjectFiles(root).read("link.yaml")


def test_a_linked_folder_that_leaves_is_refused(root: Path, tmp_path: Path) -> None:
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(FileRefused, match="through a link"):
        ProjectFiles(root).read("out/secret.yaml")


def test_links_inside_are_followed(root: Path) -> None:
    (root / "link.yaml").symlink_to("shared/b.yaml")
    assert ProjectFiles(root).read("link.yaml") == b"b"


def test_a_loop_of_links_is_refused(root: Path) -> None:
    (root / "x.yaml").symlink_to("y.yaml")
    (root / "y.yaml").symlink_to("x.yaml")
    with pytest.raises(FileRefused):
        ProjectFiles(root).read("x.yaml")


def test_what_is_no_regular_file_is_refused_at_once(root: Path) -> None:
    os.mkfifo(root / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(root / "s"))
        for path in ("pipe.yaml", "s", "shared"):
            with pytest.raises(FileRefused, match="not a regular file"):
                ProjectFiles(root).read(path)


def test_a_missing_file(root: Path) -> None:
    for files in (ProjectFiles(root), MemoryFiles({})):
        with pytest.raises(FileRefused, match="there is no such file") as refused:
            files.read("nothing.yaml")
        assert refused.value.missing
    with pytest.raises(FileRefused) as refused:
        ProjectFiles(root).read("shared")
    assert not refused.value.missing


def test_a_large_file(root: Path) -> None:
    (root / "large.yaml").write_bytes(b"x" * 101)
    with pytest.raises(FileRefused, match="larger than 100 bytes"):
        ProjectFiles(root, limit=100).read("large.yaml")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.yaml", ["a.yaml"]),
        ("**/*.yaml", ["a.yaml", "shared/b.yaml", "shared/deep/c.yaml"]),
        ("shared/*.yaml", ["shared/b.yaml"]),
        ("shared/**", ["shared/b.yaml", "shared/deep/c.yaml"]),
        ("?.yaml", ["a.yaml"]),
        ("shared/deep/c.yaml", ["shared/deep/c.yaml"]),
        ("a+yaml", []),
    ],
)
def test_globs(pattern: str, found: list[str], root: Path) -> None:
    on_disk = ProjectFiles(root)
    in_memory = MemoryFiles({"a.yaml": "a", "shared/b.yaml": "b", "shared/deep/c.yaml": "c"})
    assert on_disk.glob(pattern) == found
    assert in_memory.glob(pattern) == found


def test_a_glob_looks_no_deeper_than_it_can_match(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def scandir(folder: Path) -> Any:
        looked.append(folder.name)
        return os_scandir(folder)

    os_scandir = os.scandir
    monkeypatch.setattr("storyboard.source.search.os.scandir", scandir)
    files = ProjectFiles(root)
    assert files.glob("*.yaml") == ["a.yaml"]
    assert looked == ["project"]
    assert files.glob("*/*.yaml") == ["shared/b.yaml"]
    assert looked == ["project", "project", "shared"]


def test_a_glob_in_a_folder_that_is_no_project_gives_up(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.source.search._MOST_FILES", 2)
    with pytest.raises(FileRefused, match="looks through more than 2 files") as refused:
        ProjectFiles(root).glob("**/*.yaml")
    assert "name a folder first" in str(refused.value.hint)
    assert ProjectFiles(root).glob("*.yaml") == ["a.yaml"]


def test_a_glob_does_not_leave(root: Path, tmp_path: Path) -> None:
    (root / "out").symlink_to(tmp_path)
    assert "out/secret.yaml" not in ProjectFiles(root).glob("**/*.yaml")
    with pytest.raises(FileRefused):
        ProjectFiles(root).glob("../*.yaml")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("boards/**/*.yaml", ["boards/team/b.yaml", "boards/team/deep/c.yaml"]),
        ("boards/team/*.yaml", ["boards/team/b.yaml"]),
        ("*/team/**", ["boards/team/b.yaml", "boards/team/deep/c.yaml"]),
        ("boards/*.yaml", []),
    ],
)
def test_a_glob_follows_a_folder_that_is_a_link_inside(
    pattern: str, found: list[str], root: Path
) -> None:
    (root / "boards").mkdir()
    (root / "boards" / "team").symlink_to("../shared")
    assert ProjectFiles(root).glob(pattern) == found


def test_a_glob_starts_in_a_folder_that_is_a_link_inside(root: Path) -> None:
    (root / "boards").symlink_to("shared")
    (root / "shared" / "loop").symlink_to(".")
    (root / "shared" / "above").symlink_to("..")
    assert ProjectFiles(root).glob("boards/**/*.yaml") == ["boards/b.yaml", "boards/deep/c.yaml"]


def test_a_folder_keeps_its_own_name_beside_links_to_it(root: Path) -> None:
    for name in ("another", "zz"):
        (root / name).symlink_to("shared")
    whole = ["a.yaml", "shared/b.yaml", "shared/deep/c.yaml"]
    assert ProjectFiles(root).glob("**/*.yaml") == whole
    assert ProjectFiles(root).glob("z?/*.yaml") == ["zz/b.yaml"]


def test_links_among_folders_are_looked_through_once(root: Path) -> None:
    folders = [root / f"d{i}" for i in range(12)]
    for folder in folders:
        folder.mkdir()
        (folder / "x.yaml").write_text("x")
    for folder in folders:
        for other in folders:
            (folder / f"to-{other.name}").symlink_to(other)
    assert len(ProjectFiles(root).glob("d0/**/*.yaml")) == 12


@pytest.mark.parametrize("pattern", ["boards/**/*.yaml", "boards/team/*.yaml", "*/*/b.yaml"])
@pytest.mark.parametrize("target", ["../..", "../.git", "../gone", "team"])
def test_a_folder_that_is_not_looked_into_is_told(target: str, pattern: str, root: Path) -> None:
    (root / "boards").mkdir()
    (root / "boards" / "team").symlink_to(target)
    (root / "boards" / "readme.txt").symlink_to("/etc/passwd")
    found = ProjectFiles(root).search(pattern)
    assert [folder.path for folder in found.unread] == ["boards/team"]
    assert "link" in found.unread[0].refusal.reason
    assert ProjectFiles(root).search("boards/*.yaml").unread == ()


def test_the_folder_that_all_is_in_may_be_what_is_not_looked_into(root: Path) -> None:
    assert ProjectFiles(root).search("boards/**/*.yaml").unread == ()
    (root / "boards").symlink_to("gone")
    for pattern in ("boards/**/*.yaml", "boards/a/*.yaml"):
        [folder] = ProjectFiles(root).search(pattern).unread
        assert "leads nowhere" in folder.refusal.reason


def test_a_folder_without_the_right_to_look_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scandir(folder: Path) -> Any:
        if folder.name == "deep":
            raise PermissionError(13, "Permission denied")
        return os_scandir(folder)

    os_scandir = os.scandir
    monkeypatch.setattr("storyboard.source.search.os.scandir", scandir)
    [folder] = ProjectFiles(root).search("shared/**/*.yaml").unread
    assert folder.path == "shared/deep"
    assert "permission denied" in folder.refusal.reason


def test_a_path_without_links_is_opened_without_asking_where_it_leads(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at each folder from the system's root on took as long as reading a small file."""
    files = ProjectFiles(root)
    monkeypatch.setattr(os.path, "realpath", None)
    assert files.read("shared/deep/c.yaml") == b"c"
