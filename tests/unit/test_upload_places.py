"""Parts of uploads: alike in a folder, and in a bucket where each may come to another server."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.records import upload_files
from storyboard.studio.records.bucket_uploads import BucketUploads
from storyboard.studio.records.upload_files import UploadFiles, Uploads
from tests.support.bucket_server import BucketServer, bucket_server
from tests.support.objects import objects_of

Opener = Callable[[], Uploads]


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


@pytest.fixture(params=["folder", "bucket"], scope="module")
def another(
    request: pytest.FixtureRequest, server: BucketServer, tmp_path_factory: pytest.TempPathFactory
) -> Opener:
    """Open what keeps uploads, as another server has it."""
    folder = tmp_path_factory.mktemp("uploads")
    if request.param == "folder":
        return lambda: UploadFiles(folder)
    objects = objects_of(server).below("uploads")
    return lambda: BucketUploads(objects, tmp_path_factory.mktemp("server"))


def sent(uploads: Uploads, folder: Path, token: str, content: bytes, at: int) -> int:
    part = folder / f"{secrets.token_hex(8)}.upload"
    part.write_bytes(content)
    uploads.send(token, part)
    size = uploads.receive(token, part, at)
    part.unlink(missing_ok=True)
    return size


@settings(max_examples=10)
@given(
    parts=st.lists(st.tuples(st.integers(0, 100), st.binary(min_size=1, max_size=60)), max_size=4),
    copied=st.integers(0, 80),
)
def test_what_is_joined_is_what_was_sent_last(
    another: Opener,
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[tuple[int, bytes]],
    copied: int,
) -> None:
    folder, token = tmp_path_factory.getbasetemp(), f"1_{secrets.token_hex(4)}"
    whole = b"the first part"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(upload_files, "_COPIED", copied)
        assert sent(another(), folder, token, whole, 0) == len(whole)
        for percent, content in parts:
            at = len(whole) * percent // 100
            whole = whole[:at] + content
            assert sent(another(), folder, token, content, at) == len(whole)
        last = another()
        last.join(token)
    assert last.path(token).read_bytes() == whole
    last.discard(token)
    assert not last.path(token).exists()


def test_uploads_that_no_row_knows_are_swept(
    another: Opener, tmp_path: Path, server: BucketServer
) -> None:
    uploads = another()
    for token in ("known", "unknown"):
        sent(uploads, tmp_path, token, b"part", 0)
    uploads.discard_unknown({"known"}, 0.0)
    later = another()
    later.discard_unknown({"known"}, 1e11)
    later.join("known")
    assert later.path("known").read_bytes() == b"part"
    if isinstance(later, BucketUploads):
        assert {key.split("/")[3] for key in server.objects} == {"known"}
        with pytest.raises(FileNotFoundError):
            later.join("unknown")
    assert not later.path("unknown").exists()


def test_a_list_of_parts_that_is_damaged_is_no_upload(server: BucketServer, tmp_path: Path) -> None:
    uploads = BucketUploads(objects_of(server).below("uploads"), tmp_path)
    sent(uploads, tmp_path, "torn", b"part", 0)
    server.objects["studio/one/uploads/torn/parts.json"] = b'[["x", "many"'
    with pytest.raises(FileNotFoundError):
        uploads.join("torn")


def test_a_further_part_takes_two_requests_within_the_transaction(
    server: BucketServer, tmp_path: Path
) -> None:
    """All others that write wait for them."""
    uploads = BucketUploads(objects_of(server).below("uploads"), tmp_path / "server")
    first, second = tmp_path / "first.upload", tmp_path / "second.upload"
    for at, part in enumerate((first, second)):
        part.write_bytes(b"x")
        uploads.send("token", part)
        server.asked.clear()
        assert uploads.receive("token", part, at) == at + 1
    assert [asked.split()[0] for asked in server.asked] == ["GET", "PUT"]
