"""A studio in PostgreSQL while a newer version takes the place of its processes, one by one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from storyboard.studio.local import Studio
from storyboard.studio.records.opening import schema_of
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.crash.test_workers import assert_works
from tests.support.newer_program import COLUMN, ROOT, VERSION, newer_program
from tests.support.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.scale
PATIENCE = 240.0
LOG = "log"


@pytest.fixture
def database() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


class Machine:
    """Processes of one version on one database: `root` is what they are imported from."""

    def __init__(self, base: Path, url: str, root: Path, until_end: ExitStack) -> None:
        self._base, self._url, self._root, self._until_end = base, url, root, until_end

    def begun(self, *words: str) -> subprocess.Popen[str]:
        paths = os.pathsep.join(map(str, dict.fromkeys((self._root, ROOT))))
        with (self._base / LOG).open("a") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=self._base,
                env=os.environ | {"PYTHONPATH": paths, "STORYBOARD_DATABASE": self._url},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._until_end.callback(ended, child)
        return child

    def serve(self) -> subprocess.Popen[str]:
        places = ("--workspace", "workspace", "--port", "0", "--films", "0", "--json")
        return self.begun("storyboard", "studio", *places)

    def work(self) -> subprocess.Popen[str]:
        names = ("workspace", "tally", "gate")
        workspace, tally, gate = (str(self._base / name) for name in names)
        program = "tests.crash.worker_process"
        return self.begun(program, workspace, self._url, "real", tally, gate, "10")


def ended(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


class Server(Caller):
    """A server in a process of its own, and a user of it."""

    def __init__(self, child: subprocess.Popen[str], studio: Studio) -> None:
        self.child = child
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        url = told["variables"]["STORYBOARD_STUDIO_CONTROL"].removesuffix("/__studio")
        super().__init__(studio, caller(studio).ks, url)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return httpx.request(method, self.base + path, timeout=60, trust_env=False, **options)


Start = Callable[[Path], Machine]


@pytest.fixture
def start(tmp_path: Path, database: PostgresServer) -> Iterator[Start]:
    with ExitStack() as until_end:
        yield lambda root: Machine(tmp_path, database.url, root, until_end)


def killed(*children: subprocess.Popen[str]) -> None:
    for child in children:
        child.send_signal(signal.SIGKILL)
        child.wait(PATIENCE)


def film(asked: Server, seen: Server, name: str) -> None:
    """Have a film made that one server is asked for, and see it at another."""
    video = asked.video(name=name)
    asked("video/generate", id=video)
    entry = seen.wait(video, "ready", PATIENCE)["entryId"]
    assert seen("video/get", id=video)["name"] == asked("video/get", id=video)["name"] == name
    [medium] = [each for each in seen.control("GET", "media")["objects"] if each["id"] == entry]
    assert medium["videoId"] == video


def test_servers_and_workers_of_two_versions_make_films_beside_each_other(
    tmp_path: Path, database: PostgresServer, start: Start
) -> None:
    """The older ones go on once the tables are newer, and can be started again."""
    studio = open_test_studio(tmp_path / "workspace", database=database.url)
    old, new = start(ROOT), start(newer_program(tmp_path))
    old_server, old_worker = Server(old.serve(), studio), old.work()
    assert_works(old_worker)
    film(old_server, old_server, "before")
    new_server = Server(new.serve(), studio)
    schema = schema_of(studio.workspace.identity)
    with psycopg.connect(database.url) as looking:
        found = looking.execute(f"SELECT * FROM {schema}.alembic_version").fetchone()  # type: ignore[arg-type]
        assert found == (str(VERSION), VERSION - 1)
        film(new_server, old_server, "by the older worker, which lived through it")
        killed(old_worker)
        new_worker = new.work()
        assert_works(new_worker)
        film(old_server, new_server, "by the newer worker")
        killed(new_worker, old_server.child)
        old_server, old_worker = Server(old.serve(), studio), old.work()
        assert_works(old_worker)
        film(old_server, new_server, "by an older worker that came back")
        rows = looking.execute(f"SELECT {COLUMN} FROM {schema}.videos").fetchall()  # type: ignore[arg-type]
    assert rows == [("new",)] * 4
    studio.close()


def test_tables_that_serve_the_newer_version_alone_let_no_older_one_start(
    tmp_path: Path, database: PostgresServer, start: Start
) -> None:
    studio = open_test_studio(tmp_path / "workspace", database=database.url)
    Server(start(newer_program(tmp_path, VERSION)).serve(), studio)
    refused = start(ROOT).serve()
    out, _ = refused.communicate(timeout=PATIENCE)
    assert (refused.returncode, out) == (1, "")
    assert "was written by a newer version" in (tmp_path / LOG).read_text()
    studio.close()
