"""The world lets a studio down: a full disk, voices that die or hang, media that lie."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.film.make import make_ordered
from storyboard.studio.film.performers import default_crew
from storyboard.studio.film.request import Film
from storyboard.studio.records.queue import LEASE_SECONDS
from storyboard.studio.records.sqlite_failures import store_failure
from storyboard.studio.voice.espeak_voice import EspeakVoice, Throat
from storyboard.studio.voice.speech import Voice
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    open_test_studio,
    write_movie,
)
from tests.crash.test_studio_kill import ROOT, Process, films
from tests.support.passing_time import eventually

NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    begun = Process(tmp_path, lease=LEASE_SECONDS)
    yield begun
    begun.close()


def limit_files(process: Process, size: int) -> None:
    """Let no file of the server grow past a size: all writing fails, as on a full disk."""
    most = NO_LIMIT[1]
    resource.prlimit(process.child.pid, resource.RLIMIT_FSIZE, (size, most))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux's prlimit")
def test_a_full_disk_refuses_writing_and_nothing_else(tmp_path: Path, process: Process) -> None:
    kept, avatar = process.video(name="kept"), process.avatar()
    limit_files(process, 4096)
    refused = process.raw("video/add", {"name": "x", "avatarId": avatar})
    assert (refused.status_code, refused.json()["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert process("video/get", id=kept)["name"] == "kept"
    movie = write_movie(tmp_path / "clip.mp4", 2).read_bytes()
    upload = process.control("POST", "media?name=clip", content=movie)
    assert upload["code"] == "INTERNAL_SERVER_ERROR"
    drafts = (tmp_path / "workspace" / "tmp").rglob("*.upload")
    assert not list(drafts)
    assert process("video/list")["totalCount"] == 1
    limit_files(process, NO_LIMIT[0])
    assert process.control("POST", "media?name=clip", content=movie)["seconds"] == 2
    assert process.child.poll() is None


def opened_with(size: int, workspace: Path) -> subprocess.CompletedProcess[str]:
    """Open a studio in a process whose files cannot grow past a size."""
    command = [sys.executable, "-m", "storyboard", "studio", "exec", "--workspace", str(workspace)]
    return subprocess.run(
        [*command, "--", "true"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, NO_LIMIT[1])),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "size", [4096, *(pytest.param(size, marks=pytest.mark.slow) for size in (0, 64, 33_000))]
)
def test_a_disk_that_is_full_when_the_studio_opens(tmp_path: Path, size: int) -> None:
    workspace = tmp_path / "workspace"
    refused = opened_with(size, workspace)
    assert refused.returncode == 1, refused.stderr
    assert refused.stderr.startswith("error: the studio")
    assert "cannot be written: the disk refuses" in refused.stderr or "cannot write" in (
        refused.stderr
    )
    assert "Traceback" not in refused.stderr
    left = {path.name for path in workspace.glob(".*") if path.is_file()}
    assert left <= {".gitignore"}
    again = opened_with(NO_LIMIT[0], workspace)
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SQLITE_FULL", "no space left on device"),
        ("SQLITE_IOERR_WRITE", "the disk refuses (SQLITE_IOERR_WRITE)"),
        ("SQLITE_CANTOPEN_ISDIR", "permission denied"),
        ("SQLITE_BUSY", "is in use by another process"),
        ("SQLITE_NOTADB", "cannot be opened: as SQLite says"),
    ],
)
def test_what_sqlite_says_becomes_what_to_do(tmp_path: Path, name: str, told: str) -> None:
    cause = sqlite3.OperationalError("as SQLite says")
    cause.sqlite_errorname = name
    failure = store_failure(tmp_path / "studio.sqlite3", cause)
    assert told in failure.message
    assert failure.hint


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux's prlimit")
def test_a_film_outlives_a_disk_that_was_full(tmp_path: Path, process: Process) -> None:
    video_id = process.video()
    process("video/generate", id=video_id)
    eventually(lambda: films(tmp_path) == 1)
    limit_files(process, 4096)
    (tmp_path / "gate").touch()
    for _ in range(15):
        assert process("video/get", id=video_id)["status"] == "generating"
        time.sleep(0.1)
    limit_files(process, NO_LIMIT[0])
    ready = process.wait(video_id, "ready", seconds=40)
    assert [medium["id"] for medium in process.control("GET", "media")["objects"]] == [
        ready["entryId"]
    ]


class NoSpace(TinyFilmMaker):
    def __call__(self, *ordered: Any) -> Film:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def failure(user: Caller, *scenes: dict[str, Any]) -> str:
    """Generate, and return the reason that the control plane tells."""
    video_id = user.video(*scenes)
    user("video/generate", id=video_id)
    failed = user.wait(video_id, "generate-error", seconds=40)
    assert failed["entryId"] is None
    assert failed["reason"]
    assert user.control("GET", "media")["objects"] == []
    return str(user.control("GET", f"videos/{video_id}")["reason"])


def test_a_film_that_does_not_fit(tmp_path: Path) -> None:
    with open_test_studio(tmp_path, NoSpace()) as studio:
        assert failure(caller(studio)) == "disk-full: no space left on device"
        assert caller(studio)("video/list")["totalCount"] == 1


DEATHS = {
    "import time; time.sleep(60)": "no-voice: scene 0: the voice worker did not answer in 0.5 sec",
    "import os; os.kill(os.getpid(), 9)": "no-voice: scene 0: the voice worker died with status -9",
    "print('hello')": "no-voice: scene 0: the voice worker gave an answer that cannot be read",
}


@pytest.mark.parametrize("code", DEATHS)
def test_a_voice_that_fails_ends_the_film(tmp_path: Path, code: str) -> None:
    worker = (sys.executable, "-I", "-S", "-c", code)

    def cast(presenter: str, language: str) -> Voice:
        seconds = 0.5 if "sleep" in code else 120.0
        return EspeakVoice("de", "de", 140, Throat("f3"), worker, timeout=seconds)

    crew = replace(default_crew(), voice_for=cast)
    with open_test_studio(tmp_path, partial(make_ordered, crew=crew)) as studio:
        assert failure(caller(studio)).startswith(DEATHS[code])


def cut_short(movie: Path) -> bytes:
    return movie.read_bytes()[: movie.stat().st_size // 2]


LIES: dict[str, Callable[[Path], bytes]] = {
    "half of it": cut_short,
    "nothing after its name": lambda movie: movie.read_bytes()[:64],
    "noise behind its name": lambda movie: movie.read_bytes()[:32] + b"\x7f" * 4096,
    "boxes that claim exabytes": lambda movie: b"\0\0\0\x01mdat" + b"\xff" * 8 + b"\0" * 64,
    "a playlist in an MP4's clothes": lambda movie: (
        b"\0\0\0\x18ftypisom\0\0\0\0#EXTM3U\nfile:///etc/passwd\n"
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_media_that_lie_stay_outside(tmp_path: Path, lie: str) -> None:
    content = LIES[lie](write_movie(tmp_path / "clip.mp4", 2))
    with open_test_studio(tmp_path / "workspace") as studio:
        user = caller(studio)
        reply = user.control("POST", "media?name=clip.mp4", content=content)
        assert reply["code"] == "MEDIA_NOT_SUPPORTED"
        assert user.control("GET", "media")["objects"] == []
        assert user("video/get", id=user.video(HELLO))["status"] == "draft"
