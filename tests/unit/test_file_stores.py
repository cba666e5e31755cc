"""Places of the studio's files: the same laws for a folder, and for buckets of two servers."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.buckets.opening import BucketPatience
from storyboard.buckets.stores import ObjectStore
from storyboard.environment_variables import VARIABLES
from storyboard.errors import ExitCode, MissingExtraError, UsageError
from storyboard.local_studio.opening import FILES
from storyboard.studio.film.cache import Cache
from storyboard.studio.local import open_studio
from storyboard.studio.records import bucket_files, bucket_objects
from storyboard.studio.records.blobs import Blob, Blobs
from storyboard.studio.records.bucket_files import BucketFiles
from storyboard.studio.records.bucket_objects import BucketObjects
from storyboard.studio.records.bucket_uploads import BucketUploads
from storyboard.studio.records.file_store import FilesAway, FilesError, FilesFull, FileStore
from storyboard.studio.records.files_place import BucketPlace, FolderPlace, parse_files_place
from storyboard.studio.records.folder_files import FolderFiles
from tests.support.bucket_server import BUCKET, SECRET, BucketServer, bucket_server, refused
from tests.support.moto_server import moto_server
from tests.support.objects import AT_ONCE, KINDS, objects_of
from tests.support.served import Answer, Asked, Fault, unheard

STORES: Final = ("folder", *KINDS, pytest.param("moto", marks=pytest.mark.scale))


SCHEMAS: Final = Path(__file__).parents[2] / "schemas"


@dataclass(frozen=True)
class Place:
    """A place under test: what has the files, and who keeps drafts beside it."""

    store: FileStore
    blobs: Blobs

    def kept(self, content: bytes) -> Blob:
        draft = self.blobs.draft(".mp4")
        draft.write_bytes(content)
        blob = self.blobs.measure(draft, "mp4")
        self.blobs.send(draft, blob)
        self.blobs.keep(draft, blob)
        self.blobs.confirm(blob)
        assert not draft.exists()
        return blob


@pytest.fixture(scope="module")
def serving() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


@pytest.fixture
def server(serving: BucketServer) -> BucketServer:
    serving.reset()
    return serving


def in_bucket(server: BucketServer, folder: Path, kind: ObjectStore = ObjectStore.S3) -> Place:
    files = BucketFiles(objects_of(server, kind), Cache(folder / "cache"))
    return Place(files, Blobs(folder, folder, files))


@pytest.fixture(params=STORES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with ExitStack() as until_end:
        if request.param == "folder":
            store = FolderFiles(tmp_path / "blobs")
            yield Place(store, Blobs(tmp_path, tmp_path, store))
            return
        if request.param == "moto":
            url = until_end.enter_context(moto_server()).url
            yield in_bucket(BucketServer(url=url), tmp_path)
            return
        yield in_bucket(request.getfixturevalue("server"), tmp_path, KINDS[request.param])


def elsewhere(place: Place, name: str) -> None:
    """Forget what this machine has of a file that is in a bucket."""
    if isinstance(place.store, BucketFiles):
        place.blobs.path(name).unlink()


def test_a_file_is_kept_read_and_removed_alike_everywhere(place: Place) -> None:
    content = bytes(range(256)) * 3000
    blob = place.kept(content)
    assert blob.sha256 == hashlib.sha256(content).hexdigest()
    elsewhere(place, blob.name)
    assert (place.blobs.has(blob.name), place.store.size(blob.name)) == (True, len(content))
    assert b"".join(place.blobs.read(blob.name, 0, blob.size)) == content
    assert b"".join(place.blobs.read(blob.name, 700_000, 30_000)) == content[700_000:730_000]
    assert place.blobs.path(blob.name).read_bytes() == content
    assert [(file.name, file.size) for file in place.store.stored()] == [(blob.name, blob.size)]
    place.blobs.remove(blob.name, "aa/" + "0" * 64 + ".mp4")
    assert not place.blobs.has(blob.name)
    assert not place.blobs.path(blob.name).exists()
    with pytest.raises(FileNotFoundError):
        place.blobs.read(blob.name, 0, 5)
    assert list(place.store.stored()) == []


def test_what_is_gone_keeps_nothing_else_from_being_removed(place: Place) -> None:
    """Google's store ends at the first object that another machine removed before."""
    names = [place.kept(bytes([number])).name for number in range(12)]
    gone = [f"aa/{number:064}.mp4" for number in range(6)]
    place.store.remove([name for pair in zip(gone, names[:6], strict=True) for name in pair])
    assert {file.name for file in place.store.stored()} == {*names[6:]}
    place.store.remove(names)
    assert [*place.store.stored()] == []


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_large_file_goes_in_parts(
    server: BucketServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: ObjectStore
) -> None:
    monkeypatch.setattr(bucket_objects, "PART", 8 << 10)
    content = bytes(range(256)) * 150
    place = in_bucket(server, tmp_path, kind)
    blob = place.kept(content)
    sent = [asked for asked in server.asked if asked.startswith("PUT ") and blob.sha256 in asked]
    assert len(sent) >= 5
    assert server.uploads_left == 0
    elsewhere(place, blob.name)
    assert b"".join(place.blobs.read(blob.name, 8_000, 20_000)) == content[8_000:28_000]
    assert place.blobs.path(blob.name).read_bytes() == content


def test_equal_files_are_one_and_strays_are_told(place: Place) -> None:
    one, two, same = place.kept(b"one"), place.kept(b"two"), place.kept(b"one")
    assert one == same
    later = max(file.modified for file in place.store.stored()) + 1
    assert list(place.blobs.strays({one.name}, later)) == [two.name]
    assert list(place.blobs.strays(set(), 0.0)) == []


def test_what_went_between_sending_and_its_row_is_there_after_all(place: Place) -> None:
    draft = place.blobs.draft(".mp4")
    draft.write_bytes(b"film")
    blob = place.blobs.measure(draft, "mp4")
    place.blobs.send(draft, blob)
    place.blobs.remove(blob.name)
    place.blobs.keep(draft, blob)
    place.blobs.confirm(blob)
    elsewhere(place, blob.name)
    assert b"".join(place.blobs.read(blob.name, 0, 4)) == b"film"


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "aa/../bb", "none", "aa/0.mp4"])
def test_a_name_that_is_no_hash_leads_nowhere(place: Place, name: str) -> None:
    assert not place.blobs.has(name)
    assert not place.blobs.path(name).exists()
    with pytest.raises(FileNotFoundError):
        place.blobs.read(name, 0, 1)
    place.blobs.remove(name)


@pytest.fixture(scope="module")
def ranges(serving: BucketServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, str]:
    serving.reset()
    place = in_bucket(serving, tmp_path_factory.mktemp("ranges"))
    blob = place.kept(bytes(range(256)) * 8)
    elsewhere(place, blob.name)
    return place, blob.name


@given(start=st.integers(0, 2047), length=st.integers(1, 2048), block=st.integers(1, 700))
def test_any_stretch_of_an_object_is_that_of_the_file(
    ranges: tuple[Place, str], start: int, length: int, block: int
) -> None:
    place, name = ranges
    length = min(length, 2048 - start)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bucket_files, "_SENT_AT_ONCE", max(block, length // 8))
        found = b"".join(place.blobs.read(name, start, length))
    assert found == (bytes(range(256)) * 8)[start : start + length]


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_file_lies_below_the_prefix_in_each_store(
    server: BucketServer, tmp_path: Path, kind: ObjectStore
) -> None:
    blob = in_bucket(server, tmp_path, kind).kept(b"0123456789")
    assert set(server.objects) == {f"studio/one/{blob.name}"}


def cut(asked: Asked, right: Fault) -> Answer:
    """End the connection in the middle of the content."""
    answer = right()  # type: ignore[call-arg]
    return Answer(answer.status, answer.body, answer.headers, is_cut=bool(answer.body))


@pytest.mark.parametrize("fault", [refused(503, "SlowDown"), unheard, cut])
def test_a_bad_moment_at_any_request_loses_nothing(
    server: BucketServer, tmp_path: Path, fault: Fault
) -> None:
    at = 0
    while not server.faults:  # until the fault is beyond the last request
        server.reset()
        server.faults[:] = [*[lambda asked, right: right()] * at, fault]
        place = in_bucket(server, tmp_path)
        blob = place.kept(b"0123456789" * 100)
        elsewhere(place, blob.name)
        assert b"".join(place.blobs.read(blob.name, 500, 100)) == b"0123456789" * 10
        assert place.blobs.path(blob.name).read_bytes() == b"0123456789" * 100
        at += 1
    assert at == 6


def test_an_object_that_changed_in_the_bucket_is_not_taken(
    server: BucketServer, tmp_path: Path
) -> None:
    place = in_bucket(server, tmp_path)
    blob = place.kept(b"film")
    elsewhere(place, blob.name)
    server.objects[f"studio/one/{blob.name}"] = b"mlif"
    with pytest.raises(FilesError, match="its content has another hash"):
        place.blobs.path(blob.name)
    with suppress(FilesError):
        assert not place.blobs.path(blob.name).exists()


@pytest.mark.parametrize(
    ("fault", "said", "code"),
    [
        (refused(403, "AccessDenied"), "lack a right: it answers 403", ExitCode.CREDENTIALS),
        (refused(403, "SignatureDoesNotMatch"), "are not accepted", ExitCode.CREDENTIALS),
        (refused(404, "NoSuchBucket"), "there is no bucket 'films'", ExitCode.FAILURE),
        (refused(507, "InsufficientStorage"), "bucket 'films' has no room", ExitCode.FAILURE),
        (refused(400, "XMinioStorageFull"), "bucket 'films' has no room", ExitCode.FAILURE),
        (refused(501, "NotImplemented"), "failed: it answers 501", ExitCode.FAILURE),
    ],
)
def test_what_is_in_the_way_is_said_in_one_line(
    server: BucketServer, fault: Fault, said: str, code: ExitCode
) -> None:
    server.always = fault
    objects = objects_of(server, patience=AT_ONCE)
    with pytest.raises(FilesError, match=said) as raised:
        objects.put(b"x", "a")
    assert (raised.value.exit_code, bool(raised.value.hint)) == (code, True)
    assert isinstance(raised.value, FilesFull) == ("no room" in said)
    assert "\n" not in raised.value.message
    assert SECRET not in f"{raised.value}{raised.value.hint}{objects!r}"


def test_a_large_object_in_the_place_of_a_small_one_is_not_read(server: BucketServer) -> None:
    """Who may write to the bucket would fill the memory of each server, every ten seconds."""
    objects = objects_of(server)
    objects.put(b"{}", "pairing.json")
    assert objects.content("pairing.json") == b"{}"
    objects.put(b"x" * (2 << 20), "pairing.json")
    with pytest.raises(FilesError, match="is larger than the studio ever writes it") as raised:
        objects.content("pairing.json")
    assert raised.value.hint


def test_nothing_within_a_transaction_waits_long_for_the_bucket(
    server: BucketServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes has the database for themselves: all servers and workers would wait."""
    monkeypatch.setattr(bucket_objects, "HURRY", AT_ONCE)
    place = in_bucket(server, tmp_path)
    uploads = BucketUploads(objects_of(server).below("uploads"), tmp_path / "uploads")
    draft = place.blobs.draft(".mp4")
    draft.write_bytes(b"film")
    blob = place.blobs.measure(draft, "mp4")
    place.blobs.send(draft, blob)
    uploads.send("token", draft)
    server.always = refused(503, "SlowDown")
    server.asked.clear()
    _, noted = uploads.receive("token", draft, 0, "")
    uploads.receive("token", draft, 2, noted)
    assert server.asked == []
    with pytest.raises(FilesAway):  # one that a server of an earlier version began
        uploads.receive("token", draft, 2, "")
    assert len(server.asked) == 1
    for forget in (lambda: place.blobs.remove(blob.name), lambda: uploads.discard("token")):
        server.asked.clear()
        forget()
        assert len(server.asked) == 1
    server.asked.clear()
    place.blobs.keep(draft, blob)
    assert server.asked == []


def test_the_package_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(MissingExtraError, match="'s3://films' needs the package") as raised:
        open_studio(tmp_path / "w", files="s3://films")
    assert "[cloud]" in str(raised.value.hint)
    assert list((tmp_path / "w" / "tmp").iterdir()) == []


def test_a_store_that_is_not_there_is_said(server: BucketServer) -> None:
    away = server.variables | {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    patience = BucketPatience(5.0, 0.1, 0)
    gone = BucketObjects(BucketPlace(ObjectStore.S3, BUCKET, ""), away, "one", patience)
    with pytest.raises(FilesError, match="its store does not answer") as raised:
        gone.size("a")
    assert raised.value.exit_code is ExitCode.FAILURE
    assert "AWS_ENDPOINT_URL" in str(raised.value.hint)


def test_a_store_that_is_busy_is_asked_until_the_time_is_over(
    server: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers at once, so a number of tries would be used up within two seconds."""
    for name, pause in (("_FIRST_PAUSE", 500), ("_LONGEST_PAUSE", 1000)):
        told = f"storyboard.buckets.opening.{name}"
        monkeypatch.setattr(told, timedelta(microseconds=pause))
    slow = replace(bucket_objects.PATIENCE, again_until=600.0)
    server.faults[:] = [refused(503, "SlowDown")] * 40
    assert objects_of(server, patience=slow).size("a") is None
    assert server.faults == []
    server.always = refused(503, "SlowDown")
    with pytest.raises(FilesAway, match="503"):
        objects_of(server, patience=replace(slow, again_until=0.2)).size("a")


LITTLE: Final[dict[str, Callable[[BucketObjects], object]]] = {
    "size": lambda objects: objects.size("a"),
    "content": lambda objects: objects.content("a"),
    "create": lambda objects: objects.create(b"1", "a"),
    "remove": lambda objects: objects.remove(["a"]),
    "list": lambda objects: list(objects.listed()),
    "put": lambda objects: objects.put(b"1", "a"),
    "stretch": lambda objects: objects.stretch("a", 0, 1),
}


@pytest.mark.parametrize("call", LITTLE.values(), ids=LITTLE)
def test_a_store_that_falls_silent_is_not_waited_for_as_if_much_were_sent(
    server: BucketServer, monkeypatch: pytest.MonkeyPatch, call: Callable[[BucketObjects], object]
) -> None:
    monkeypatch.setattr(bucket_objects, "_SECONDS_FOR_LITTLE", 0.2)
    over = threading.Event()

    def silent(asked: Asked, right: Callable[[], Answer]) -> Answer:
        over.wait(60.0)
        return right()

    server.always = silent
    began = time.monotonic()
    try:
        with pytest.raises(FilesAway, match="its store does not answer"):
            call(objects_of(server, patience=replace(bucket_objects.PATIENCE, again_until=0.1)))
        assert time.monotonic() - began < 30.0
    finally:
        over.set()


def test_what_is_large_has_a_minute(server: BucketServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_objects, "_SECONDS_FOR_LITTLE", 0.2)
    monkeypatch.setattr(bucket_objects, "_SMALL", 9)

    def slow(asked: Asked, right: Callable[[], Answer]) -> Answer:
        time.sleep(0.5)
        return right()

    server.always = slow
    objects = objects_of(server, patience=AT_ONCE)
    objects.put(b"ten bytes!", "a")
    assert objects.stretch("a", 0, 10) == b"ten bytes!"
    with pytest.raises(FilesAway):
        objects.put(b"9 bytes..", "a")


@pytest.mark.scale
def test_a_file_of_300_mb_takes_little_memory(tmp_path: Path) -> None:
    with moto_server() as served:
        words = [sys.executable, "-m", "tests.support.large_file", str(tmp_path), "300"]
        env = os.environ | {"AWS_ENDPOINT_URL": served.url, "PYTHONPATH": str(SCHEMAS.parent)}
        told = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    assert int(told.stdout) < 120


def test_no_project_file_names_a_place() -> None:
    """A stranger's pull request could send films, and the login of the bucket, to any host."""
    [variable] = [each for each in VARIABLES if each.name == FILES]
    assert variable.key == ""
    for name in ("project", "storyboard"):
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert not {"files", "blobs", "bucket"} & set(schema["properties"])
        assert FILES not in json.dumps(schema)


def test_places_are_read_from_addresses() -> None:
    assert parse_files_place("s3://films/a/b/") == BucketPlace(ObjectStore.S3, "films", "a/b")
    assert str(parse_files_place("az://films")) == "az://films"
    assert parse_files_place("file:///srv/our%20films") == FolderPlace(Path("/srv/our films"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a place for files"),
        ("/srv/films", "is not a place for files"),
        ("https://films.s3.amazonaws.com", "is not a place for files"),
        ("s3://key:secret@films", "has a user name or password before '@'"),
        ("s3://", "is not the name of a bucket"),
        ("az://Films", "is not the name of a container"),
        ("s3://films/a//b", "is not a prefix"),
        ("s3://films/../b", "is not a prefix"),
        ("file://srv/films", "names no folder of this machine"),
        ("file:films", "names no folder of this machine"),
        ("file:///srv/a?b", "has a '\\?' or '#'"),
    ],
)
def test_what_is_no_place_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        parse_files_place(text)
    assert raised.value.hint
    assert "secret" not in raised.value.message
