"""Films made by programs of their own: the same films, and what becomes of a program that dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.cli.studio_log import JsonLines
from storyboard.studio.film.make import make_ordered
from storyboard.studio.film.process_pool import FilmProcesses
from storyboard.studio.film.process_worker import NICENESS
from storyboard.studio.film.program_log import Logged, log_here
from storyboard.studio.film.request import (
    Cancelled,
    Film,
    FilmError,
    FilmOrder,
    FilmRequest,
    FilmScene,
    Profile,
    Progress,
)
from storyboard.studio.film.rules import STRICT
from storyboard.studio.records.bucket_cache import BucketCache
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from tests.support.bucket_server import bucket_server, refused
from tests.support.objects import objects_of
from tests.support.passing_time import eventually

ROOT = Path(__file__).parents[2]
SMALL = Profile(width=320, height=180, preset="ultrafast", crf=35)
PLAIN = Backdrop(BackdropKind.COLOR, "#CEEEDB")


def request(*narrations: str) -> FilmRequest:
    return FilmRequest(tuple(FilmScene(text, "jane", PLAIN) for text in narrations), SMALL)


HELLO = request("Welcome to the training overview.")


@pytest.fixture
def programs() -> Iterator[FilmProcesses]:
    with FilmProcesses() as made:
        yield made


class Room:
    """One film maker at work in a folder, watched."""

    def __init__(self, make: Callable[..., Film], folder: Path) -> None:
        self.make, self.folder = make, folder
        self.stages: list[str] = []
        self.cancelled = threading.Event()
        self.on_progress: Callable[[Progress], None] = lambda progress: None

    def film(self, wanted: FilmRequest = HELLO) -> Film:
        order = FilmOrder(wanted, self.folder / "cache", self.folder / "film.mp4", STRICT)
        return self.make(order, self._note, self.cancelled.is_set)

    def _note(self, progress: Progress) -> None:
        self.stages.append(progress.stage)
        self.on_progress(progress)

    def files(self) -> list[str]:
        return sorted(p.name for p in self.folder.rglob("*") if p.is_file())


def children() -> list[int]:
    """The programs of this process that make films."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # of a thread, or a program, that has ended since it was listed
            for pid in (task / "children").read_text().split():
                if b"film.process_worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(int(pid))
    return found


linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux's /proc")


@pytest.mark.slow
def test_the_same_film_as_in_this_process(tmp_path: Path, programs: FilmProcesses) -> None:
    there, here = Room(programs, tmp_path / "there"), Room(make_ordered, tmp_path / "here")
    for room in (there, here):
        room.folder.mkdir()
    made, wanted = there.film(), here.film()
    assert made.path.read_bytes() == wanted.path.read_bytes()
    assert (made.timeline, made.captions) == (wanted.timeline, wanted.captions)
    assert list(dict.fromkeys(there.stages)) == ["speech", "frames", "joining"]


@pytest.mark.slow
def test_a_refusal_keeps_code_and_scene(tmp_path: Path, programs: FilmProcesses) -> None:
    with pytest.raises(FilmError) as refused:
        Room(programs, tmp_path).film(request("Welcome to the training.", "No."))
    assert (refused.value.code, refused.value.scene) == ("speech-too-short", 1)
    assert "1.5 s is the least" in str(refused.value)


def test_a_world_that_fails_is_told(tmp_path: Path, programs: FilmProcesses) -> None:
    (tmp_path / "cache").write_text("no folder")
    with pytest.raises(OSError, match="Not a directory"):
        Room(programs, tmp_path).film()


@pytest.mark.slow
@linux
def test_one_program_for_all_films_that_gives_way(tmp_path: Path, programs: FilmProcesses) -> None:
    room = Room(programs, tmp_path)
    room.film()
    first = children()
    room.film(request("Here are the numbers of last quarter."))
    assert children() == first
    assert len(first) == 1
    assert os.getpriority(os.PRIO_PROCESS, first[0]) >= NICENESS
    programs.close()
    assert children() == []


@pytest.mark.slow
@linux
def test_idle_programs_end_and_others_take_their_place(tmp_path: Path) -> None:
    with FilmProcesses(idle_seconds=0.05) as programs:
        room = Room(programs, tmp_path)
        room.film()
        eventually(lambda: children() == [])
        assert room.film(request("Here are the numbers of last quarter.")).seconds > 1.5


DYING = """
import os, signal, sys
from pathlib import Path
from storyboard.studio.film import make, process_worker
stage, deaths, tally = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
make_film = make.make_ordered

def made(order, tell, cancelled):
    def watched(progress):
        tell(progress)
        died = tally.read_text() if tally.exists() else ""
        if progress.stage == stage and len(died) < deaths:
            tally.write_text(died + "x")
            os.kill(os.getpid(), signal.SIGKILL)

    return make_film(order, watched, cancelled)

make.make_ordered = made
process_worker.main()
"""
"""Run as a program: makes films, and is killed at the first news of a stage, so many times.

Whoever kills it from outside, on a busy machine, does so when its film is made already.
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
@pytest.mark.parametrize(("deaths", "stage"), [(1, "speech"), (1, "frames"), (2, "frames")])
def test_a_program_that_is_killed(tmp_path: Path, deaths: int, stage: str) -> None:
    tally = tmp_path / "tally"
    with FilmProcesses((sys.executable, "-c", DYING, stage, str(deaths), str(tally))) as programs:
        room = Room(programs, tmp_path)
        if deaths == 2:
            with pytest.raises(FilmError) as died:
                room.film()
            assert died.value.code == "renderer-died"
            assert not (tmp_path / "film.mp4").exists()
        assert room.film().seconds > 1.5
    assert tally.read_text() == "x" * deaths


@pytest.mark.slow
@linux
def test_who_cancels_waits_for_nothing_and_nothing_stays(
    tmp_path: Path, programs: FilmProcesses
) -> None:
    room = Room(programs, tmp_path)
    room.on_progress = lambda progress: room.cancelled.set() if progress.stage == "frames" else None
    with pytest.raises(Cancelled):
        room.film()
    assert children() == []
    assert not [name for name in room.files() if name.endswith((".part", "film.mp4"))]
    room.cancelled.clear()
    room.on_progress = lambda progress: None
    assert room.film().seconds > 1.5


def test_a_program_that_says_nothing(tmp_path: Path) -> None:
    mute = FilmProcesses((sys.executable, "-c", "print('hello')"))
    with mute, pytest.raises(FilmError, match="the renderer died 2 times"):
        Room(mute, tmp_path).film()


PARENT = """
import sys, threading
from pathlib import Path
from storyboard.studio.film.process_pool import FilmProcesses
from tests.unit.test_film_process_pool import Room, children, request
room = Room(FilmProcesses(), Path(sys.argv[1]))
room.on_progress = lambda progress: print(*children(), flush=True)
room.film(request(*["Welcome to the training overview, and to all that comes."] * 3))
"""


@linux
@pytest.mark.slow
def test_no_program_outlives_a_killed_parent(tmp_path: Path) -> None:
    environment: dict[str, Any] = os.environ | {"PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, env=environment
    )
    with parent:
        assert parent.stdout is not None
        program = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{program}").exists():
        assert time.monotonic() < deadline, "the program lives on"
        time.sleep(0.05)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow
def test_one_that_hangs_is_ended_and_counts_as_dead(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A stopped program, or one that waits for ever, kept its place for as long as its parent."""
    stuck = (sys.executable, "-c", "import sys, time; sys.stdin.buffer.read(1); time.sleep(600)")
    programs = FilmProcesses(stuck, silent_seconds=0.3)
    with programs, pytest.raises(FilmError, match="died 2 times") as raised:
        Room(programs, tmp_path).film()
    assert raised.value.code == "renderer-died"
    assert [each for each in caplog.messages if "told nothing for" in each] == [
        "the renderer told nothing for 0 seconds and is ended"
    ] * 2


@pytest.mark.slow
def test_what_a_program_logs_is_logged_by_its_parent(
    programs: FilmProcesses,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It was a line of plain text between those of a log of objects, and had no time."""
    caplog.set_level("INFO")
    with bucket_server() as server:
        server.always = refused(403, "AccessDenied")
        order = FilmOrder(HELLO, tmp_path / "cache", tmp_path / "film.mp4", STRICT)
        shared = BucketCache(objects_of(server))
        programs(replace(order, shared=shared), lambda _: None, lambda: False)
    found = [each for each in caplog.records if "without the shared cache" in each.message]
    assert [(each.levelname, each.name) for each in found] == [("WARNING", "storyboard.studio")]
    assert abs(found[0].created - time.time()) < 60
    assert capfd.readouterr().err == ""
    logged = Logged("storyboard.studio", 40, 1_700_000_000.25, "a film broke", "Traceback: x")
    log_here(logged)
    told = json.loads(JsonLines().format(caplog.records[-1]))
    assert (told["message"], told["trace"], told["level"]) == (
        "a film broke",
        "Traceback: x",
        "error",
    )
    assert told["time"] == "2023-11-14T22:13:20.250+00:00"
