"""Files that are made once, where the file system has hard links and where it has none."""

from __future__ import annotations

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storyboard.disk.new_files import write_new
from storyboard.studio.records.blobs import link_or_copy
from storyboard.studio.records.identity import load_identity


@pytest.fixture(params=["links", "no-links"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a file system of either kind."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if request.param == "no-links":
        monkeypatch.setattr(os, "link", refused)
    return tmp_path


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_has_the_rights_that_were_asked_for(folder: Path) -> None:
    write_new(folder / "secret", b"secret", inside=folder, mode=0o600)
    assert ((folder / "secret").read_bytes(), rights(folder / "secret")) == (b"secret", 0o600)


def test_a_file_that_is_there_stays(folder: Path) -> None:
    for content in (b"first", b"second"):
        write_new(folder / "file", content, inside=folder, mode=0o600)
    assert (folder / "file").read_bytes() == b"first"


def test_a_link_in_the_place_of_the_file_stays_and_leads_nowhere_new(folder: Path) -> None:
    (folder / "file").symlink_to(folder / "elsewhere")
    write_new(folder / "file", b"content", inside=folder, mode=0o600)
    assert (folder / "file").is_symlink()
    assert not (folder / "elsewhere").exists()


def test_a_new_file_is_on_the_disk_before_it_has_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, bytes, bool]] = []
    sync = os.fsync

    def synced(descriptor: int) -> None:
        sync(descriptor)
        facts = os.fstat(descriptor)
        content = os.pread(descriptor, 100, 0) if stat.S_ISREG(facts.st_mode) else b""
        seen.append((facts.st_ino, content, (folder / "file").exists()))

    monkeypatch.setattr(os, "fsync", synced)
    write_new(folder / "file", b"whole", inside=folder, mode=0o600)
    file, above = (folder / "file").stat().st_ino, folder.stat().st_ino
    assert seen == [(file, b"whole", False), (above, b"", True)]


def test_of_several_that_write_it_at_once_one_does(folder: Path) -> None:
    """None sees another one's file half written, or loses its own to a later one."""

    def write(content: bytes) -> bytes:
        write_new(folder / "file", content * 1000, inside=folder, mode=0o600)
        return (folder / "file").read_bytes()

    with ThreadPoolExecutor(8) as pool:
        read = set(pool.map(write, [bytes([letter]) for letter in b"abcdefgh"]))
    assert [len(content) for content in read] == [1000]


def test_a_studio_has_its_identity(folder: Path) -> None:
    workspace = folder / "workspace"
    workspace.mkdir()
    made = load_identity(workspace)
    found = load_identity(workspace)
    assert (made.partner_id, made.admin_secret) == (found.partner_id, found.admin_secret)
    assert rights(workspace / "identity.json") == 0o600


def test_a_file_gets_a_second_name_or_is_copied(folder: Path) -> None:
    (folder / "film").write_bytes(b"film")
    link_or_copy(folder / "film", folder / "kept")
    assert (folder / "kept").read_bytes() == b"film"
