"""`kill -9` of a studio whose files are in a bucket; the next one has nothing but its rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.contract.test_file_places import another_machine
from tests.crash.test_studio_kill import Process
from tests.crash.test_studio_kill_phases import NEVER, PATIENCE, killed_while_filming
from tests.support.bucket_server import BUCKET, BucketServer, bucket_server, keep_files_in
from tests.support.passing_time import eventually


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BucketServer]:
    with bucket_server() as server:
        keep_files_in(server, monkeypatch)
        yield server


def is_lost(disk: Path) -> bool:
    """Remove what a machine had; a film maker that outlives its studio for a moment still writes.

    It ends as soon as it reads that nobody waits for it.
    """
    shutil.rmtree(disk, ignore_errors=True)
    return not disk.exists()


def kept(server: BucketServer, kind: str) -> set[str]:
    return {key for key in server.objects if key.split("/")[2] == kind}


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    ["joining, begun", "recording, sent", "recording, in the transaction", "recorded", "apart"],
)
def test_another_machine_finishes_what_was_begun(
    tmp_path: Path, server: BucketServer, point: str
) -> None:
    with ExitStack() as until_end:

        def start(folder: Path, point: str) -> Process:
            program = ("tests.crash.filming_process", str(folder / "workspace"), point)
            process = Process(folder, program)
            until_end.callback(process.close)
            return process

        one, two = tmp_path / "one", tmp_path / "two"
        one.mkdir()
        two.mkdir()
        video_id = killed_while_filming(start(one, point))
        another_machine(one / "workspace", two / "workspace")
        eventually(lambda: is_lost(one))
        made = {key for key in kept(server, "cache") if "/segments/" in key}
        before = len(server.asked)
        process = start(two, NEVER)
        entry_id = process.wait(video_id, "ready", seconds=PATIENCE)["entryId"]
        [medium] = process.control("GET", "media")["objects"]
        assert medium["id"] == entry_id
        [film] = kept(server, "blobs")
        assert medium["sha256"] in film
        assert made or point == "apart"
        # A film is in the bucket as its entry's file; joining its scenes takes a second.
        assert {key.split("/")[3] for key in kept(server, "cache")} >= {"segments", "sound"}
        assert not [key for key in kept(server, "cache") if "/films/" in key]
        sent = {line.removeprefix(f"PUT /{BUCKET}/") for line in server.asked[before:]}
        assert not made & sent
