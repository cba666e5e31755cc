"""Parts of uploads: alike in a folder, and in a bucket where each may come to another server."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.studio.records import upload_files
from storyboard.studio.records.bucket_uploads import BucketUploads
from storyboard.studio.records.upload_files import UploadFiles, Uploads
from tests.support.bucket_server import BucketServer, bucket_server
from tests.support.objects import KINDS, objects_of

Opener = Callable[[], Uploads]


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


@pytest.fixture(params=["folder", *KINDS], scope="module")
def another(
    request: pytest.FixtureRequest, server: BucketServer, tmp_path_factory: pytest.TempPathFactory
) -> Opener:
    """Open what keeps uploads, as another server has it."""
    folder = tmp_path_factory.mktemp("uploads")
    if request.param == "folder":
        return lambda: UploadFiles(folder)
    objects = objects_of(server, KINDS[request.param]).below("uploads")
    return lambda: BucketUploads(objects, tmp_path_factory.mktemp("server"))


def sent(
    uploads: Uploads, folder: Path, token: str, content: bytes, at: int, parts: str = ""
) -> tuple[int, str]:
    part = folder / f"{secrets.token_hex(8)}.upload"
    part.write_bytes(content)
    uploads.send(token, part)
    received = uploads.receive(token, part, at, parts)
    part.unlink(missing_ok=True)
    return received


@settings(max_examples=10)
@given(
    parts=st.lists(st.tuples(st.integers(0, 100), st.binary(min_size=1, max_size=60)), max_size=4),
    copied=st.integers(0, 80),
)
@example(parts=[(100, b"a further part"), (20, b"sent again")], copied=0)
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
        size, noted = sent(another(), folder, token, whole, 0)
        assert size == len(whole)
        for percent, content in parts:
            at = len(whole) * percent // 100
            whole = whole[:at] + content
            size, noted = sent(another(), folder, token, content, at, noted)
            assert size == len(whole)
        last = another()
        last.join(token, noted)
    assert last.path(token).read_bytes() == whole
    last.discard(token)
    assert not last.path(token).exists()


def test_uploads_that_no_row_knows_are_swept(
    another: Opener, tmp_path: Path, server: BucketServer
) -> None:
    uploads = another()
    noted = {token: sent(uploads, tmp_path, token, b"part", 0)[1] for token in ("known", "unknown")}
    uploads.discard_unknown({"known"}, 0.0)
    later = another()
    later.discard_unknown({"known"}, 1e11)
    later.join("known", noted["known"])
    assert later.path("known").read_bytes() == b"part"
    if isinstance(later, BucketUploads):
        assert {key.split("/")[3] for key in server.objects} == {"known"}
        with pytest.raises(FileNotFoundError):
            later.join("unknown", noted["unknown"])
    assert not later.path("unknown").exists()


@pytest.mark.parametrize("told", ['[["x", "many"', "[1]"])
def test_a_list_of_parts_that_is_damaged_is_no_upload(
    server: BucketServer, tmp_path: Path, told: str
) -> None:
    uploads = BucketUploads(objects_of(server).below("uploads"), tmp_path)
    sent(uploads, tmp_path, "torn", b"part", 0)
    with pytest.raises(FileNotFoundError):
        uploads.join("torn", told)


def test_an_upload_that_an_earlier_version_began_goes_on(
    server: BucketServer, tmp_path: Path
) -> None:
    """It had the list beside the parts."""
    uploads = BucketUploads(objects_of(server).below("uploads"), tmp_path / "server")
    server.objects["studio/one/uploads/token/first"] = b"one"
    server.objects["studio/one/uploads/token/parts.json"] = b'[["first", 3]]'
    size, noted = sent(uploads, tmp_path, "token", b", two", 3)
    uploads.join("token", noted)
    assert uploads.path("token").read_bytes() == b"one, two"
    assert size == 8
    uploads.join("token", "")
    assert uploads.path("token").read_bytes() == b"one"


def test_a_part_takes_no_request_within_the_transaction(
    server: BucketServer, tmp_path: Path
) -> None:
    """All others that write wait for them."""
    uploads = BucketUploads(objects_of(server).below("uploads"), tmp_path / "server")
    first, second = tmp_path / "first.upload", tmp_path / "second.upload"
    noted = ""
    for at, part in enumerate((first, second)):
        part.write_bytes(b"x")
        uploads.send("token", part)
        server.asked.clear()
        size, noted = uploads.receive("token", part, at, noted)
        assert (size, server.asked) == (at + 1, [])
