"""Workers whose disks have nothing in common make the scenes of one film, through a bucket."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.studio_rig import HELLO, caller, open_test_studio
from tests.contract.test_file_places import raw_path
from tests.contract.test_two_machines import who_it_is
from tests.crash.test_workers import LONG, PATIENCE, assert_works, begun_worker, rendered, until
from tests.support.bucket_server import BucketServer, bucket_server, keep_files_in
from tests.support.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.scale


@pytest.fixture
def database() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[BucketServer]:
    with bucket_server() as server:
        keep_files_in(server, monkeypatch)
        yield server


def test_scenes_are_made_once_on_machines_that_share_a_bucket(
    tmp_path: Path, database: PostgresServer, bucket: BucketServer
) -> None:
    tally, gate = tmp_path / "tally", tmp_path / "gate"
    files = os.environ["STORYBOARD_FILES"]
    with ExitStack() as until_end:
        studio = open_test_studio(tmp_path / "w", workers=0, database=database.url, files=files)
        until_end.callback(studio.close)
        user = caller(studio)

        def start(name: str) -> int:
            workspace = who_it_is(tmp_path / "w", tmp_path / name)
            worker = begun_worker(workspace, database.url, "apart", tally, gate, LONG)
            until_end.enter_context(worker)
            until_end.callback(worker.kill)
            assert_works(worker)
            return worker.pid

        holder = start("one")
        scenes = [{"narration": {"text": f"Here is number {n} of them."}} for n in range(8)]
        video = user.video(HELLO, *scenes)  # nine: helpers begin with the last one
        user("video/generate", id=video)
        until(lambda: holder in rendered(tally))
        helper = start("two")
        until(lambda: helper in rendered(tally))
        notes = tmp_path / "one"
        until(lambda: [note for note in notes.rglob("*.elsewhere") if "8" in note.read_text()])
        gate.touch()
        entry = user.wait(video, "ready", seconds=PATIENCE)["entryId"]
        film = user.send("GET", raw_path(studio, entry)).content
    assert film[4:8] == b"ftyp"
    assert set(rendered(tally)) == {holder, helper}
    assert 8 not in rendered(tally)[holder], "the note tells that it is made elsewhere"
    # Where the two meet, the holder may begin a scene before it hears that the helper has it.
    puts = Counter(line for line in bucket.asked if line[:3] == "PUT" and "/segments/" in line)
    assert len(puts) >= 9
    assert puts.total() <= len(tally.read_text().splitlines()), "none is sent that was fetched"
