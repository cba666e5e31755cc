"""A studio whose files are elsewhere: in a folder that machines share, or in a bucket."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from storyboard.errors import ExitCode, StudioError
from storyboard.studio.jobs import leftovers
from storyboard.studio.jobs.file_places import name_of
from storyboard.studio.jobs.sent_files import sent
from storyboard.studio.local import Studio
from storyboard.studio.records import bucket_objects, entries
from storyboard.studio.records.blobs import Blob
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.queue import MAX_UNKEPT
from storyboard.studio.records.quota import Quota
from storyboard.studio.records.store import Transaction
from storyboard.studio.records.table_queue import TableQueue
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio, write_movie
from tests.support.bucket_server import BUCKET, SECRET, BucketServer, bucket_server, refused
from tests.support.databases import ALONE_IN_SQLITE
from tests.support.moto_server import moto_server
from tests.support.objects import AT_ONCE
from tests.support.passing_time import eventually
from tests.support.served import Answer, Asked, Fault, unheard

PLACES: Final = ("folder", "bucket", pytest.param("moto", marks=pytest.mark.scale))


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, object]]:
    """Give what a studio is opened with."""
    match request.param:
        case "folder":
            yield {"files": (tmp_path / "shared").as_uri()}
        case "bucket":
            with bucket_server() as server:
                yield {"files": f"s3://{BUCKET}/team", "variables": server.variables}
        case _:
            with moto_server() as served:
                variables = BucketServer(url=served.url).variables
                yield {"files": f"s3://{BUCKET}/team", "variables": variables}


def another_machine(workspace: Path, folder: Path) -> Path:
    """Make a workspace that has of another one who it is, and its rows, as a database has them."""
    folder.mkdir(mode=0o700)
    shutil.copy2(workspace / "identity.json", folder)
    [data] = workspace.glob("data-*")
    (folder / data.name).mkdir(mode=0o700)
    for file in data.glob("studio.sqlite3*"):
        shutil.copy2(file, folder / data.name)
    return folder


def uploaded(user: Caller, token: str, content: bytes, **form: str) -> None:
    told = {"format": "1", "ks": user.ks, "uploadTokenId": token, **form}
    path = "/api_v3/service/uploadtoken/action/upload"
    got = user.send("POST", path, data=told, files={"fileData": ("clip.mp4", content)}).json()
    assert got["objectType"] == "KalturaUploadToken"


def raw_path(studio: Studio, entry: str) -> str:
    return f"/p/{studio.partner_id}/sp/{studio.partner_id}00/raw/entry_id/{entry}"


def test_another_machine_serves_the_same_films(place: dict[str, object], tmp_path: Path) -> None:
    clip = write_movie(tmp_path / "clip.mp4", 1)
    with open_test_studio(tmp_path / "one", **place) as studio:
        user: Caller = caller(studio)
        media = studio.add_media(clip)
        video = user.video(HELLO)
        user("video/generate", id=video)
        entry = user.wait(video, "ready")["entryId"]
        film = user.send("GET", raw_path(studio, entry)).content
    assert film
    other = another_machine(tmp_path / "one", tmp_path / "two")
    shutil.rmtree(tmp_path / "one")
    with open_test_studio(other, **place) as studio:
        user = caller(studio)
        got = user.send("GET", raw_path(studio, entry), headers={"range": "bytes=2-5"})
        assert (got.status_code, got.content) == (206, film[2:6])
        assert user.send("GET", raw_path(studio, entry)).content == film
        assert user.send("GET", raw_path(studio, media["id"])).content == clip.read_bytes()
        still = f"/p/{studio.partner_id}/thumbnail/entry_id/{media['id']}"
        assert user.send("GET", still).headers["content-type"] == "image/jpeg"


def test_a_folder_gets_a_file_without_a_copy(tmp_path: Path) -> None:
    for place in ("", (tmp_path / "shared").as_uri()):
        with open_test_studio(tmp_path / f"w{len(place)}", files=place) as studio:
            blobs = studio.workspace.blobs
            draft = blobs.draft(".mp4")
            draft.write_bytes(b"a film")
            number = draft.stat().st_ino
            blob = blobs.measure(draft, "mp4")
            blobs.send(draft, blob)
            blobs.keep(draft, blob)
            assert blobs.path(blob.name).stat().st_ino == number


def test_what_a_workspace_has_goes_to_the_place_once(
    place: dict[str, object], tmp_path: Path
) -> None:
    clip = write_movie(tmp_path / "clip.mp4", 1)
    with open_test_studio(tmp_path / "w") as studio:
        media = studio.add_media(clip)
    with open_test_studio(tmp_path / "w", **place) as studio:
        shutil.rmtree(studio.workspace.data / "blobs")
        got = caller(studio).send("GET", raw_path(studio, media["id"]))
        assert got.content == clip.read_bytes()
    with pytest.raises(StudioError, match=r"the files of the workspace .* are in '") as raised:
        open_test_studio(tmp_path / "w")
    assert "STORYBOARD_FILES" in str(raised.value.hint)
    with pytest.raises(StudioError, match=r"are in '.*', and not in 'file:///elsewhere'"):
        open_test_studio(tmp_path / "w", files="file:///elsewhere")


def test_a_place_that_has_lost_the_files_is_not_filled_anew(
    place: dict[str, object], tmp_path: Path
) -> None:
    """A folder that is not mounted, or another store with a bucket of this name."""
    clip = write_movie(tmp_path / "clip.mp4", 1)
    with open_test_studio(tmp_path / "w", **place) as studio:
        studio.add_media(clip)
    with ExitStack() as until_end:
        if str(place["files"]).startswith("file:"):
            (tmp_path / "shared").rename(tmp_path / "unmounted")
            other = place
        else:
            server = until_end.enter_context(bucket_server())
            other = place | {"variables": server.variables}
        with pytest.raises(StudioError, match=r"has no files of the workspace") as raised:
            open_test_studio(tmp_path / "w", **other)
        assert "files.txt" in str(raised.value.hint)
        assert not (tmp_path / "shared").exists()


def test_files_of_another_workspace_in_the_place_are_left_alone(
    place: dict[str, object], tmp_path: Path
) -> None:
    clip = write_movie(tmp_path / "clip.mp4", 1)
    with open_test_studio(tmp_path / "one", **place) as one:
        media = one.add_media(clip)
    with open_test_studio(tmp_path / "two", **place) as two:
        assert not two.workspace.blobs.has(f"{media['sha256'][:2]}/{media['sha256']}.mp4")
        assert list(two.workspace.blobs.strays(set(), 1e11)) == []
    assert name_of(one.workspace.identity) != name_of(two.workspace.identity)


def test_an_upload_goes_on_at_another_server(place: dict[str, object], tmp_path: Path) -> None:
    content = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    half = len(content) // 2
    with open_test_studio(tmp_path / "w", **place) as studio:
        user = caller(studio)
        token = user.service("uploadToken.add", ks=user.ks)["id"]
        uploaded(user, token, content[:half], finalChunk="0")
    with open_test_studio(tmp_path / "w", **place) as studio:
        shutil.rmtree(tmp_path / "w" / "uploads")
        user = caller(studio)
        uploaded(user, token, content[half:], resume="1", resumeAt=str(half))
        entry = user.service("media.add", ks=user.ks, **{"entry:mediaType": "1"})["id"]
        filled = user.service("media.addContent", ks=user.ks, entryId=entry,
                              **{"resource:token": token})  # fmt: skip
        assert filled.get("id") == entry
        assert user.send("GET", raw_path(studio, entry)).content == content
        assert list((tmp_path / "w" / "uploads").glob("*")) == []


def test_a_snapshot_brings_files_back_to_the_place(
    place: dict[str, object], tmp_path: Path
) -> None:
    clip = write_movie(tmp_path / "clip.mp4", 1)
    with open_test_studio(tmp_path / "w", **place) as studio:
        user, media = caller(studio), studio.add_media(clip)
        user.control("PUT", "snapshots/before")
        blob = f"{media['sha256'][:2]}/{media['sha256']}.mp4"
        user.control("POST", "reset")
        studio.workspace.blobs.remove(blob)
        user.control("POST", "snapshots/before/load")
        assert user.send("GET", raw_path(studio, media["id"])).content == clip.read_bytes()


class Watch:
    """Notes each request to a bucket that is sent within a transaction of its own thread."""

    def __init__(self, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[str] = []
        self._here = threading.local()
        store, watch = studio.workspace.store, self
        write, failures = store.write, bucket_objects.BucketObjects._failures

        @contextmanager
        def writing() -> Iterator[Transaction]:
            with write() as tx:
                self._here.writes = True
                try:
                    yield tx
                finally:
                    self._here.writes = False

        def asked(objects: bucket_objects.BucketObjects) -> Any:
            if getattr(watch._here, "writes", False):
                watch.found.append(sys._getframe(1).f_code.co_name)
            return failures(objects)

        monkeypatch.setattr(store, "write", writing)
        monkeypatch.setattr(bucket_objects.BucketObjects, "_failures", asked)


def test_no_file_is_asked_for_while_all_others_that_write_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database ends a transaction that is idle for ten seconds: a film is sent for longer."""
    with bucket_server() as server:
        place: dict[str, Any] = {"files": f"s3://{BUCKET}/team", "variables": server.variables}
        with open_test_studio(tmp_path / "w", **place) as studio:
            watch, user = Watch(studio, monkeypatch), caller(studio)
            studio.add_media(write_movie(tmp_path / "clip.mp4", 1))
            video = user.video(HELLO)
            user("video/generate", id=video)
            user.wait(video, "ready")
            user.control("PUT", "snapshots/before")
            user.control("POST", "reset")
            user.control("POST", "snapshots/before/load")
            assert user("video/get", id=video)["status"] == "ready"
            assert watch.found == []


def test_a_file_that_was_removed_before_its_row_came_is_sent_again(tmp_path: Path) -> None:
    """An entry with the same content goes while the second is about to come."""
    with bucket_server() as server:
        place: dict[str, Any] = {"files": f"s3://{BUCKET}/team", "variables": server.variables}
        with open_test_studio(tmp_path / "w", workers=0, **place) as studio:
            blobs, clip = studio.workspace.blobs, write_movie(tmp_path / "clip.mp4", 1)
            measure = blobs.measure

            def measured(draft: Path, suffix: str) -> Blob:
                blob = measure(draft, suffix)
                blobs.remove(blob.name)
                return blob

            blobs.measure = measured  # type: ignore[method-assign]
            entry = studio.add_media(clip)
            assert blobs.has(f"{entry['sha256'][:2]}/{entry['sha256']}.mp4")


def test_what_machines_that_are_gone_left_in_a_shared_folder_goes_with_time(
    tmp_path: Path,
) -> None:
    place = (tmp_path / "shared").as_uri()
    with open_test_studio(tmp_path / "w", files=place) as studio:
        tmp = studio.workspace.blobs.draft(".mp4").parents[1]
    old, new = (tmp / f"{machine}.17.4711.files" for machine in ("gone", "working"))
    for folder in (old, new):
        folder.mkdir()
        (folder / "half.mp4").write_bytes(b"half a film")
    for path in (old / "half.mp4", old, new):
        os.utime(path, (0, 0))
    with open_test_studio(tmp_path / "w", files=place):
        assert not old.exists()
        assert (new / "half.mp4").exists()


def test_a_machine_whose_clock_is_ahead_leaves_the_drafts_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film that another machine was making lost its file once a server came two days early."""
    place, told = (tmp_path / "shared").as_uri(), time.time
    with open_test_studio(tmp_path / "w", files=place) as studio:
        draft = studio.workspace.blobs.draft(".mp4")
        theirs = draft.parents[1] / "working.17.4711.files" / "half.mp4"
        theirs.parent.mkdir()
        theirs.write_bytes(b"half a film")
    monkeypatch.setattr(time, "time", lambda: told() + 2 * 86_400)
    with open_test_studio(tmp_path / "w", files=place):
        assert theirs.exists()


def test_a_preview_is_answered_though_the_bucket_is_full(user: Caller) -> None:
    """It is kept nowhere: neither what is said, nor what is drawn, nor how long it takes."""
    server = user.server  # type: ignore[attr-defined]
    server.always = refused(507, "InsufficientStorage")
    video, before = user.video(HELLO), len(server.asked)
    assert user.raw("video/previewAudio", {"id": video, "sceneId": 0}).content.startswith(b"ID3")
    assert user.raw("avatar/preview", {"id": user.avatar()}).content.startswith(b"\x89PNG")
    told = user.send(
        "POST",
        "/v1/studio/lengths",
        json={"scenes": [HELLO]},
        headers={"Authorization": f"Bearer {user.ks}"},
    )
    assert told.status_code == 200, told.text
    assert server.asked[before:] == []


@ALONE_IN_SQLITE
def test_a_database_that_is_not_there_leaves_no_drafts_behind(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w") as studio:
        data = studio.workspace.data
    (data / "studio.sqlite3").write_text("no database " * 100)
    with pytest.raises(StudioError):
        open_test_studio(tmp_path / "w")
    assert list((tmp_path / "w" / "tmp").iterdir()) == []


def test_copies_on_a_server_that_makes_no_film_are_bounded(tmp_path: Path) -> None:
    """Uploads are the first copies of their files here; what trimmed them was the end of a film."""
    with bucket_server() as server:
        place = {"files": f"s3://{BUCKET}", "variables": server.variables}
        quota = Quota(cache=0)
        with open_test_studio(tmp_path / "w", workers=0, quota=quota, **place) as studio:
            studio.add_media(write_movie(tmp_path / "old.mp4", 1))
            [old] = studio.workspace.cache.glob("blobs/*")
            os.utime(old, (0, 0))
            new = studio.add_media(write_movie(tmp_path / "new.mp4", 2))
            [kept] = studio.workspace.cache.glob("blobs/*")
            assert kept.stem == new["sha256"]


def sends_no_film(fault: Fault) -> Fault:
    """Return a fault of those requests alone that write a finished film."""

    def answer(asked: Asked, right: Callable[[], Answer]) -> Answer:
        is_film = asked.method == "PUT" and "/blobs/" in asked.path
        return fault(asked, right) if is_film else right()

    return answer


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    """A user of a studio in a bucket, whose first failure is told."""
    monkeypatch.setattr(bucket_objects, "PATIENCE", AT_ONCE)
    with bucket_server() as server:
        place = {"files": f"s3://{BUCKET}/team", "variables": server.variables}
        with open_test_studio(tmp_path / "w", **place) as studio:
            user = caller(studio)
            user.server = server  # type: ignore[attr-defined]
            yield user


def test_a_film_that_the_bucket_has_no_room_for_says_so(user: Caller) -> None:
    server = user.server  # type: ignore[attr-defined]
    server.always = sends_no_film(refused(507, "InsufficientStorage"))
    video = user.video(HELLO)
    user("video/generate", id=video)
    user.wait(video, "generate-error")
    reason = user.control("GET", f"videos/{video}")["reason"]
    assert reason.startswith("disk-full: the bucket 'films' has no room")
    server.always = None
    user("video/resetStatus", id=video)
    user("video/generate", id=video)
    user.wait(video, "ready")


@pytest.mark.parametrize("fault", [unheard, refused(503, "SlowDown")])
def test_a_film_waits_for_a_bucket_that_is_away(user: Caller, fault: Fault) -> None:
    server = user.server  # type: ignore[attr-defined]
    server.always = sends_no_film(fault)
    video = user.video(HELLO)
    user("video/generate", id=video)
    eventually(lambda: sum("PUT" in line and "/blobs/" in line for line in server.asked) > 2)
    assert user("video/get", id=video)["status"] == "generating"
    server.always = None
    user.wait(video, "ready")
    assert user.control("GET", f"videos/{video}")["job"]["attempt"] == 1


def test_a_file_that_is_coming_is_removed_by_nobody(
    place: dict[str, object], tmp_path: Path
) -> None:
    """Its row came without it: an entry with the same content had gone, and then a server died."""
    clip = write_movie(tmp_path / "clip.mp4", 1)
    with open_test_studio(tmp_path / "w", **place) as studio:
        workspace = studio.workspace

        def remove(entry_id: str) -> Entry:
            with workspace.store.write() as tx:
                entry = entries.find(tx, entry_id)
                assert entry is not None
                entries.delete(tx, entry_id)
            leftovers.free(workspace, entry)
            leftovers.sweep_strays(workspace, time.time() + 10)
            return entry

        studio.add_media(write_movie(tmp_path / "other.mp4", 2))  # of no file at all, none goes
        first, drafts = studio.add_media(clip)["id"], [workspace.blobs.draft("") for _ in "ab"]
        for draft in drafts:
            shutil.copyfile(clip, draft)
        with sent(workspace, drafts[0], "mp4") as blob:
            with sent(workspace, drafts[1], "mp4"):
                gone = remove(first)
            leftovers.free(workspace, gone)
            with workspace.store.write() as tx:
                workspace.blobs.keep(drafts[0], blob)
                entries.put(tx, replace(gone, id="1_second"))
        assert workspace.blobs.has(blob.name)
        remove("1_second")
        assert not workspace.blobs.has(blob.name)


def test_a_film_that_the_bucket_never_takes_fails_in_the_end(
    user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was made again for ever: the rights of a bucket allow all but what is large."""
    monkeypatch.setattr(TableQueue, "look_seconds", 0.01)
    server = user.server  # type: ignore[attr-defined]
    server.always = sends_no_film(refused(503, "SlowDown"))
    video = user.video(HELLO)
    user("video/generate", id=video)
    failed = user.wait(video, "generate-error")
    assert failed["reason"] == "not-kept: the studio failed: its log says how"
    sent = [line for line in server.asked if "PUT" in line and "/blobs/" in line]
    assert len(sent) == MAX_UNKEPT
    told = user.control("GET", f"videos/{video}")["reason"]
    assert told.startswith("not-kept: the store of the files in 's3://films/team' failed")
    assert told.endswith(f"({MAX_UNKEPT} times)")


def test_no_film_is_taken_up_while_the_bucket_does_not_answer(
    user: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    """Each try would count, and a night without the bucket would fail all films that wait."""
    caplog.set_level("INFO")
    server, place = user.server, user.studio.workspace.place  # type: ignore[attr-defined]
    server.always = unheard
    video = user.video(HELLO)
    user("video/generate", id=video)
    eventually(lambda: place.is_away)
    server.always = None
    place.look()
    user.wait(video, "ready")
    lines = [each.message for each in caplog.records]
    assert sum(line.startswith("no film is taken up: ") for line in lines) == 1
    assert sum(line.startswith("the place of files answers again") for line in lines) == 1
    with user.studio.workspace.store.read() as tx:
        job = tx.row("jobs.last_of_video", video_id=video)
    assert job is not None
    assert job["unkept"] <= 1
    assert job["attempt"] == 1


@pytest.mark.parametrize(
    ("fault", "said", "code"),
    [
        (refused(403, "AccessDenied"), "lack a right", ExitCode.CREDENTIALS),
        (refused(404, "NoSuchBucket"), "there is no bucket", ExitCode.FAILURE),
        (refused(400, "QuotaExceeded"), "has no room", ExitCode.FAILURE),
    ],
)
def test_a_bucket_that_cannot_be_written_is_told_at_the_start(
    tmp_path: Path, fault: Fault, said: str, code: ExitCode
) -> None:
    with bucket_server() as server:
        server.always = fault
        with pytest.raises(StudioError, match=said) as raised:
            open_test_studio(tmp_path / "w", files=f"s3://{BUCKET}", variables=server.variables)
        assert (raised.value.exit_code, bool(raised.value.hint)) == (code, True)
        assert SECRET not in f"{raised.value}"
        server.always = None
        open_test_studio(tmp_path / "w", files=f"s3://{BUCKET}", variables=server.variables).close()
