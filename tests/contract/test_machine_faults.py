"""A machine that cannot keep anything: others of the studio make the films, and it stands back."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from storyboard.studio.api.probes import Probes
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.film.request import Film, FilmError
from storyboard.studio.local import Studio
from storyboard.studio.records import bucket_objects, live_workers, queue
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.records.queue import MAX_UNKEPT
from storyboard.studio.records.table_queue import TableQueue
from tests.contract.studio_rig import HELLO, Caller, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_probes import ask
from tests.support.bucket_server import BUCKET, BucketServer, bucket_server, refused
from tests.support.objects import AT_ONCE
from tests.support.passing_time import eventually
from tests.support.served import Answer, Asked

KEYS: Final = "keys"
NO_ROOM: Final = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
READ_ONLY: Final = OSError(errno.EROFS, os.strerror(errno.EROFS))
FROM_A_PROGRAM: Final = FilmError("disk-full", "no space left on device")
DISKS: Final = (NO_ROOM, READ_ONLY, FROM_A_PROGRAM)


def refuses_writes(asked: Asked, right: Callable[[], Answer]) -> Answer:
    """Refuse all writes, as a bucket does whose keys were replaced; reads go on."""
    writes = asked.method in ("PUT", "POST")
    return refused(403, "AccessDenied")(asked, right) if writes else right()


class Machine(TinyFilmMaker):
    """Makes films, but on a disk that fails while it has a `fault`."""

    fault: Exception | None = None

    def __call__(self, *ordered: Any) -> Film:
        if self.fault is not None:
            raise self.fault
        return super().__call__(*ordered)


@contextmanager
def another_process(studio: Studio) -> Iterator[None]:
    """Have a process of another machine say that it lives, as long as the block runs."""
    over, store = threading.Event(), studio.workspace.store

    def say() -> None:
        while not over.wait(0.5):
            live_workers.say(store, "elsewhere.1.1.w@another", [Makes("role", "server")])

    live_workers.say(store, "elsewhere.1.1.w@another", [Makes("role", "server")])
    thread = threading.Thread(target=say)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Rig:
    """A studio with a bucket, whose machine can be broken and mended."""

    def __init__(self, studio: Studio, machine: Machine, server: BucketServer) -> None:
        self.studio, self.user = studio, caller(studio)
        self._machine, self._server = machine, server

    def break_by(self, fault: Exception | str) -> None:
        if isinstance(fault, Exception):
            self._machine.fault = fault
        else:
            self._server.always = refuses_writes

    def mend(self) -> None:
        self._machine.fault = self._server.always = None
        self.studio.workspace.place.look()

    def asked_film(self) -> str:
        video = self.user.video(HELLO)
        self.user("video/generate", id=video)
        return video


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(bucket_objects, "PATIENCE", AT_ONCE)
    monkeypatch.setattr(TableQueue, "look_seconds", 0.05)
    machine = Machine()
    with bucket_server() as server:
        place = {"files": f"s3://{BUCKET}/team", "variables": server.variables}
        with open_test_studio(tmp_path / "w", machine, **place) as studio:
            yield Rig(studio, machine, server)


def job_of(user: Caller, video: str) -> Any:
    with user.studio.workspace.store.read() as tx:
        return tx.row("jobs.last_of_video", video_id=video)


def readiness(studio: Studio) -> tuple[int, bytes]:
    """Return what `/readyz` of a worker answers."""
    with closing(Threads()) as threads:
        return ask(Probes(studio.workspace, threads, makes_films=True))


def test_keys_that_may_not_write_are_no_fault_of_a_film(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    """Each film of the queue failed within a second, beside workers that could have made it."""
    caplog.set_level("INFO")
    place = rig.studio.workspace.place
    with another_process(rig.studio):
        rig.break_by(KEYS)
        video = rig.asked_film()
        eventually(lambda: place.fault is not None)
        for _ in range(3):
            place.look()
        assert readiness(rig.studio) == (503, b'{"status":"not ready","reasons":["files"]}')
        later = rig.asked_film()
        assert rig.user("video/get", id=later)["status"] == "generating"
        rig.mend()
        for each in (video, later):
            rig.user.wait(each, "ready")
            assert job_of(rig.user, each)["attempt"] == 1
    assert job_of(rig.user, later)["unkept"] == 0
    assert readiness(rig.studio)[0] == 200
    lines = [each.message for each in caplog.records if "takes up" in each.message]
    assert [line.partition(":")[0].partition(",")[0] for line in lines] == [
        "this machine takes up no work",
        "this machine takes up work again",
    ]
    assert "s3://films/team" in lines[0]
    assert "403 Forbidden" in lines[0]


@pytest.mark.parametrize("fault", DISKS, ids=["full", "read-only", "told by its program"])
def test_the_disk_of_a_machine_is_no_fault_of_a_film(
    rig: Rig, fault: Exception, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = rig.studio.workspace.place

    def write() -> None:
        raise NO_ROOM

    monkeypatch.setattr(place, "_write", write)
    with another_process(rig.studio):
        rig.break_by(fault)
        video = rig.asked_film()
        eventually(lambda: place.fault is not None)
        assert readiness(rig.studio) == (503, b'{"status":"not ready","reasons":["disk"]}')
        place.look()
        assert place.fault is not None
        eventually(lambda: job_of(rig.user, video)["unkept"] == 1)
        monkeypatch.undo()
        rig.mend()
        rig.user.wait(video, "ready")
    assert job_of(rig.user, video)["attempt"] == 1
    told = [each.message for each in caplog.records if "takes up no work" in each.message]
    assert len(told) == 1
    assert f"'{rig.studio.workspace.path}'" in told[0]


@pytest.mark.slow
def test_who_stands_back_says_that_it_makes_nothing(rig: Rig) -> None:
    """Films that wait for no other are told as those that no worker is there for."""
    store = rig.studio.workspace.store

    def kinds() -> set[str]:
        with store.read() as tx:
            alive = live_workers.alive(tx)
        return {made.kind for its in alive.values() for made in its}

    assert queue.FILM in kinds()
    with another_process(rig.studio):
        rig.break_by(KEYS)
        rig.asked_film()
        eventually(lambda: queue.FILM not in kinds())
        rig.mend()
        eventually(lambda: queue.FILM in kinds())


@pytest.mark.parametrize("fault", [KEYS, NO_ROOM], ids=["keys", "disk"])
def test_one_alone_tells_who_asked(rig: Rig, fault: Exception | str) -> None:
    """Nobody else would make the film, and whoever waits for it would hear nothing."""
    rig.break_by(fault)
    video = rig.asked_film()
    rig.user.wait(video, "generate-error")
    code = str(rig.user.control("GET", f"videos/{video}")["reason"]).partition(":")[0]
    assert code == ("files" if fault == KEYS else "disk-full")
    assert rig.studio.workspace.place.fault is None


def test_a_film_that_no_machine_has_room_for_fails_in_the_end(rig: Rig) -> None:
    """A small write works each time: it would go around for ever."""
    with another_process(rig.studio):
        rig.break_by(NO_ROOM)
        video = rig.asked_film()
        rig.user.wait(video, "generate-error")
    told = str(rig.user.control("GET", f"videos/{video}")["reason"])
    assert told.startswith("not-kept: ")
    assert told.endswith(f"({MAX_UNKEPT} times)")


TRY: Final = """
import pathlib, sys
from storyboard.studio.jobs.machine_faults import write_for_a_try
folder = pathlib.Path(sys.argv[1])
(folder / "filled").write_bytes(bytes(16 << 20))
try:
    write_for_a_try(folder)
except OSError as cause:
    print(cause.errno)
(folder / "filled").unlink()
write_for_a_try(folder)
print([*folder.iterdir()])
"""


def test_a_full_disk_takes_no_write_for_a_try(tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=17m none {tmp_path} && exec "$@"'
    inside = ("unshare", "-rm", "sh", "-c", mount, "sh")
    if sys.platform != "linux" or subprocess.run((*inside, "true"), check=False).returncode:
        pytest.skip("a disk of its own needs a namespace")
    tried = subprocess.run(
        (*inside, sys.executable, "-c", TRY, tmp_path), check=True, capture_output=True, text=True
    )
    assert tried.stdout.split() == [str(errno.ENOSPC), "[]"]
