"""`kill -9` of a server within a request, beside another one of the same studio in PostgreSQL."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from storyboard.local_studio.opening import DATABASE
from storyboard.studio import local
from storyboard.studio.local import Studio
from storyboard.studio.records import entries
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio, write_movie
from tests.contract.test_file_places import raw_path
from tests.contract.test_uploads import ask, filled, new_entry, send, uploaded
from tests.crash.server_process import AFTER, BEFORE, MOMENTS
from tests.crash.test_compose_studio_killed import ASKED, with_talk
from tests.crash.test_studio_kill import Process
from tests.support.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.scale
PATIENCE = 120.0
UPLOAD, FILL = "/uploadToken/action/upload", "/media/action/addContent"

Doom = Callable[[str, int, str], Process]


@pytest.fixture(scope="module")
def database() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


@pytest.fixture
def doom(
    tmp_path: Path, database: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Doom]:
    """Start a server that is killed at a moment of a write of a call."""
    monkeypatch.setenv(DATABASE, database.url)
    with ExitStack() as until_end:

        def begin(call: str, write: int, moment: str) -> Process:
            words = (str(tmp_path / "workspace"), database.url, call, str(write), moment)
            started = Process(tmp_path, ("tests.crash.server_process", *words))
            until_end.callback(started.close)
            return started

        yield begin


@pytest.fixture
def other(tmp_path: Path, database: PostgresServer) -> Iterator[Caller]:
    """The server beside it, in this process, and a user of it."""
    with open_test_studio(tmp_path / "workspace", workers=1, database=database.url) as studio:
        yield caller(studio)


def assert_killed_by(doomed: Process, request: Callable[[], object]) -> None:
    """Send what the server does not outlive, and of which the client learns nothing."""
    with pytest.raises(httpx.TransportError):
        request()
    assert doomed.child.wait(PATIENCE) == -signal.SIGKILL


def assert_no_file_is_left(studio: Studio) -> None:
    """Each entry has its file, no file is without an entry, and no draft is left."""
    workspace = studio.workspace
    with workspace.store.read() as tx:
        kept = {each.blob for each in entries.find_all(tx) if each.has_content}
    found = {path.relative_to(workspace.data) for path in workspace.data.glob("blobs/*/*")}
    assert {str(path.relative_to("blobs")) for path in found} == kept
    for name in ("uploads", "tmp"):
        left = [path for path in (workspace.path / name).rglob("*") if path.is_file()]
        assert left == []


def test_a_change_that_was_not_stored_is_not_half_there(doom: Doom, other: Caller) -> None:
    doomed, video = doom("video/update", 1, BEFORE), other.video(name="old")
    assert_killed_by(doomed, lambda: doomed("video/update", id=video, name="new"))
    assert other("video/get", id=video)["name"] == "old"
    assert other("video/update", id=video, name="newest")["name"] == "newest"


def test_what_two_servers_answered_is_kept(doom: Doom, other: Caller) -> None:
    """One is killed while both change a video: each change that was answered is there."""
    doomed, video = doom("video/update", 12, AFTER), other.video(name="0")
    named, over = [0], threading.Event()

    def rename() -> None:
        try:
            with suppress(httpx.TransportError):
                while True:
                    doomed("video/update", id=video, name=str(named[-1] + 1))
                    named.append(named[-1] + 1)
        finally:  # whatever ended it: the loop below goes on until then
            over.set()

    client = threading.Thread(target=rename)
    client.start()
    told = 0
    while not over.is_set() or told < 5:
        told += 1
        scene = HELLO | {"narration": {"text": f"Number {told}."}}
        assert other.raw("video/update", {"id": video, "scenes": [scene]}).is_success
    client.join(PATIENCE)
    found = other("video/get", id=video)
    assert found["scenes"][0]["narration"]["text"] == f"Number {told}."
    # The last change was made, and its client was not told.
    assert (len(named), found["name"]) == (12, "12")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_generation_that_is_asked_for_again_makes_one_film(
    doom: Doom, other: Caller, moment: str
) -> None:
    """Its client asks the other server, since it cannot know whether the first one took it."""
    doomed = doom("video/generate", 1, moment)
    other.control("POST", "hold")
    video = other.video()
    assert_killed_by(doomed, lambda: doomed("video/generate", id=video))
    was = other("video/get", id=video)["status"]
    assert was == ("generating" if moment == AFTER else "draft")
    other.raw("video/generate", {"id": video})
    other.control("DELETE", "hold")
    entry = other.wait(video, "ready", PATIENCE)["entryId"]
    assert [each["id"] for each in other.control("GET", "media")["objects"]] == [entry]
    with other.studio.workspace.store.read() as tx:
        assert len(tx.rows("jobs.rows")) == 1
    assert_no_file_is_left(other.studio)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_composition_that_is_asked_for_again_is_made_once(
    tmp_path: Path, doom: Doom, other: Caller, moment: str
) -> None:
    doomed = doom("video/compose", 1, moment)
    other.control("POST", "hold")
    video = with_talk(other, tmp_path)
    assert_killed_by(doomed, lambda: doomed("video/compose", id=video, **ASKED))
    was = other("video/get", id=video)["status"]
    assert was == ("composing" if moment == AFTER else "draft")
    other.raw("video/compose", {"id": video, **ASKED})
    other.control("DELETE", "hold")
    assert other.wait(video, "composed", PATIENCE)["scenes"]
    with other.studio.workspace.store.read() as tx:
        assert len(tx.rows("jobs.rows")) == 1
    assert_no_file_is_left(other.studio)


@pytest.mark.parametrize(
    ("call", "write", "moment"),
    [(UPLOAD, 1, BEFORE), (FILL, 1, BEFORE), (FILL, 1, AFTER), (FILL, 2, BEFORE)],
)
def test_a_file_is_sent_again_and_kept_once(
    tmp_path: Path,
    doom: Doom,
    other: Caller,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    write: int,
    moment: str,
) -> None:
    doomed, movie = doom(call, write, moment), write_movie(tmp_path / "clip.mp4", 2).read_bytes()
    entry = new_entry(other, mediaType=1)
    if call == UPLOAD:
        token = ask(other, "uploadToken.add")["id"]
        assert_killed_by(doomed, lambda: send(doomed, token, movie))
    else:
        token = uploaded(other, movie)
        assert_killed_by(doomed, lambda: filled(doomed, entry, token))
    if ask(other, "media.get", entryId=entry)["status"] != 2:
        filled(other, entry, uploaded(other, movie))
    found = ask(other, "media.get", entryId=entry)
    assert found["msDuration"] == 2000
    assert other.send("GET", raw_path(other.studio, entry)).content == movie
    ask(other, "uploadToken.delete", uploadTokenId=token)
    # As the next server does, once files without a row are old.
    monkeypatch.setattr(local, "_GRACE_SECONDS", -PATIENCE)
    with open_test_studio(
        tmp_path / "workspace", workers=0, database=os.environ[DATABASE]
    ) as studio:
        assert_no_file_is_left(studio)
