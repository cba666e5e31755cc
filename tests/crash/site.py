"""Two machines of workers, a server and a project's `apply`, in a network of their own.

All that it promises whatever fails is said once, in `Site.assert_kept`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import av
import psycopg

from storyboard.studio.records import entries
from storyboard.studio.records.opening import schema_of
from storyboard.studio.serving import url_of
from tests.contract.studio_rig import HELLO, caller, open_test_studio
from tests.contract.test_two_machines import who_it_is
from tests.crash.editor import KEPT, SENDS
from tests.crash.site_server import NOTHING
from tests.crash.test_studio_kill import ROOT
from tests.crash.test_workers import (
    LONG,
    assert_jumps,
    assert_works,
    begun_worker,
    rendered,
)
from tests.crash.worker_process import FAR
from tests.support.machines import SERVER, Machine, Network
from tests.support.passing_time import eventually
from tests.support.postgres_server import PostgresServer

NAMES: Final = ("first", "second", "third")
_SCENES: Final = "scenes: [This is the {0} film of three., The {0} film ends with this.]"

PATIENCE: Final = 600.0
"""Seconds: a dozen programs take turns, on a machine that may have others to run."""

until = partial(eventually, seconds=PATIENCE)


class Bucket(Protocol):
    """What is asked of the bucket itself, of whatever kind it is."""

    @property
    def variables(self) -> dict[str, str]: ...
    @property
    def keys(self) -> set[str]: ...
    @property
    def uploads_left(self) -> int: ...


@dataclass(frozen=True)
class Places:
    """What a site is built on: two machines, and where rows and files are.

    The tests reach both by ways of their own: the database by a socket, the bucket by loopback.
    Workers and servers have them at addresses of the hub: `bucket_in_network` is one.
    """

    network: Network
    database: PostgresServer
    bucket: Bucket
    bucket_in_network: str
    files: str

    @property
    def variables(self) -> dict[str, str]:
        """Return what programs in the network are told."""
        told = self.bucket.variables | {"AWS_ENDPOINT_URL": self.bucket_in_network}
        return {**os.environ, **told, "STORYBOARD_FILES": self.files, "PYTHONPATH": str(ROOT)}


class Program:
    """Owns a process that says a line when it works, and has jumped; it has a log."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process, self._log = process, log

    def kill(self) -> None:
        """Kill it while it runs: a fault that finds it ended is none."""
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL

    def has_told(self, words: str, times: int = 1) -> bool:
        """Return whether its log says so, and as often."""
        return self._log.read_text().count(words) >= times

    def jump(self, number: signal.Signals) -> None:
        """Have its clock jump."""
        assert_jumps(self.process, number)

    def close(self) -> None:
        """End it at once, if it has not ended."""
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


class Worker(Program):
    """A worker on a machine, whose scenes wait for a gate of its own."""

    def __init__(self, site: Site, machine: Machine, lease: float, point: str) -> None:
        self.machine, self.name = machine, f"worker-{len(site.workers)}"
        folder = site.folder / self.name
        folder.mkdir()
        self.tally, self.gate, told = (folder / name for name in ("tally", "gate", "log"))
        with told.open("w") as log:
            begun = begun_worker(
                who_it_is(site.workspace, folder / "w"),
                site.places.database.url_in_network,
                f"{FAR}{point}",
                *(self.tally, self.gate, lease),
                prefix=machine.prefix,
                log=log,
                env=site.places.variables,
            )
        super().__init__(begun, told)

    @property
    def owner(self) -> str:
        """Return what the jobs that it holds say of their owner, at the beginning."""
        return f"{self.process.pid:012x}."

    def has_begun(self) -> bool:
        """Return whether it renders a scene."""
        return bool(rendered(self.tally))

    def open_gate(self) -> None:
        """Let its scenes be rendered."""
        self.gate.touch()

    def end(self) -> None:
        """Tell it to end, and wait until it has."""
        if self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(PATIENCE) == 0


class Editor:
    """A person who renames a video of their own at the site's server, while all else goes on."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._user = caller(site.studio, "editor@example.com")
        self._video = self._user.video(HELLO, name="0")
        self._told: list[tuple[str, int]] = []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Rename until the block ends."""
        words = (self._site.studio.public_url, self._user.ks, self._video)
        program = [sys.executable, "-m", "tests.crash.editor", *words]
        with self._site.popen(program, stdout=subprocess.PIPE) as person:
            try:
                yield
            finally:
                person.kill()
                lines = person.communicate()[0].splitlines()
        self._told = [(word, int(number)) for word, number in map(str.split, lines)]

    def assert_kept(self) -> None:
        """The last change that was answered is there, or one that was sent after it."""
        last = dict(self._told)
        found = int(self._user("video/get", id=self._video)["name"])
        assert 0 < last[KEPT] <= found <= last[SENDS]


class Site:
    """Owns a studio that makes no films itself, its workers, its server, and a project."""

    def __init__(self, folder: Path, places: Places) -> None:
        self.folder, self.places = folder, places
        self.workspace = folder / "w"
        self.listener = places.network.listener(SERVER)
        self.studio = open_test_studio(
            self.workspace,
            workers=0,
            public_url=url_of(self.listener, SERVER),
            database=places.database.url,
            files=places.files,
            variables=places.bucket.variables,
        )
        self.user = caller(self.studio, "local")
        self.workers: list[Worker] = []
        self.servers: list[Program] = []
        self._begun = ExitStack()
        self.editor = Editor(self)
        self.project = folder / "project"
        self.project.mkdir()
        for name in NAMES:
            text = f"name: {name}\navatar: jane\n{_SCENES.format(name)}\n"
            (self.project / f"{name}.storyboard.yaml").write_text(text)

    def begin_worker(self, number: int, lease: float = LONG, point: str = "apart") -> Worker:
        """Start a worker on a machine."""
        made = Worker(self, self.places.network.machines[number], lease, point)
        self._begun.callback(made.close)
        self.workers.append(made)
        return made

    def worker(self, number: int, lease: float = LONG, point: str = "apart") -> Worker:
        """Start a worker on a machine, and wait until it works."""
        made = self.begin_worker(number, lease, point)
        assert_works(made.process)
        return made

    def begin_server(self, habit: str = NOTHING) -> Program:
        """Start a server where all of them have been: who calls meanwhile waits for it."""
        folder = who_it_is(self.workspace, self.folder / f"server-{len(self.servers)}")
        program = ("tests.crash.site_server", folder, self.places.database.url_in_network)
        number = self.listener.fileno()
        words = [sys.executable, "-m", *program, self.studio.public_url, str(number), habit]
        told = folder / "log"
        with told.open("w") as log:
            pipes = {"stdout": subprocess.PIPE, "stderr": log}
            made = Program(self.popen(words, pass_fds=[number], **pipes), told)
        self._begun.callback(made.close)
        self.servers.append(made)
        return made

    @contextmanager
    def applying(self) -> Iterator[subprocess.Popen[str]]:
        """Run `storyboard apply`; no film is begun before `let_begin`."""
        self.user.control("POST", "hold")
        with self.editor.at_work(), self._storyboard("apply", "--yes") as command:
            try:
                yield command
            finally:  # it has ended, or waits for films that nobody makes
                command.kill()

    def let_begin(self, command: subprocess.Popen[str]) -> None:
        """Wait until each worker is within a film of its own, none makes scenes of another's."""
        until(lambda: self._is_asked() or command.poll() is not None)
        self.user.control("DELETE", "hold")
        until(lambda: all(each.has_begun() for each in self.workers))
        assert command.poll() is None

    def _is_asked(self) -> bool:
        found = [each["status"] for each in self.user("video/list")["objects"]]
        return found.count("generating") == len(NAMES)

    def code_of(self, *words: str) -> int:
        """Run a command of `storyboard`, and return its exit code."""
        with self._storyboard(*words) as command:
            return command.wait(PATIENCE)

    def lapse(self, worker: Worker) -> None:
        """Have the leases of a worker be over, as with time: it is silent by now."""
        schema = schema_of(self.studio.workspace.identity)
        with psycopg.connect(self.places.database.url, autocommit=True) as anyone:
            for table in ("jobs", "scene_claims"):
                anyone.execute(
                    f'UPDATE "{schema}".{table} SET lease_until = 0 WHERE starts_with(owner, %s)',
                    (worker.owner,),
                )

    def open_gates(self) -> None:
        """Let the scenes of all workers be rendered."""
        for each in self.workers:
            each.open_gate()

    def statuses(self) -> set[str]:
        """Return how the project's videos are."""
        return {each["status"] for each in self.user("video/list")["objects"]}

    def ready(self) -> int:
        """Return how many of the project's videos have their films."""
        found = [each["status"] for each in self.user("video/list")["objects"]]
        return found.count("ready")

    def assert_kept(self, attempts: int = 1, broken_off: int = 0) -> None:
        """Say what holds once all has ended, whatever has failed.

        No film took more than so many `attempts`. `broken_off` is how many objects were sent in
        parts by what was killed then: the rule of the bucket ends those.
        """
        for each in self.workers:
            each.end()
        videos = self.user("video/list")["objects"]
        films = {each["entryId"] for each in videos}
        assert {each["name"] for each in videos} == {*NAMES}
        assert len(videos) == len(films) == len(NAMES)
        assert {each["status"] for each in videos} == {"ready"}
        with self.studio.workspace.store.read() as tx:
            kept = {each.id: each.blob for each in entries.find_all(tx)}
            jobs = tx.rows("jobs.rows")
        assert kept.keys() == films
        assert {job["state"] for job in jobs} == {"ended"}
        made = [job["entry_id"] for job in jobs if job["outcome"] == "ready"]
        assert sorted(made) == sorted(films), "each generation has one film"
        assert max(job["attempt"] for job in jobs) == attempts
        self._assert_files({*kept.values()}, broken_off)
        self.editor.assert_kept()

    def _assert_files(self, kept: set[str], broken_off: int) -> None:
        folder = self.places.files.partition("://")[2].partition("/")[2]
        keys = [key.removeprefix(f"{folder}/") for key in self.places.bucket.keys
                if key.startswith(f"{folder}/")]  # fmt: skip
        assert {key.partition("/blobs/")[2] for key in keys if "/blobs/" in key} == kept
        assert not [key for key in keys if "/uploads/" in key]
        assert self.places.bucket.uploads_left == broken_off
        for name in kept:
            with av.open(str(self.studio.workspace.blobs.path(name))) as film:
                [pictures] = film.streams.video
                assert sum(1 for _ in film.decode(pictures)) == pictures.frames > 0

    def close(self) -> None:
        """End all."""
        self._begun.close()
        self.studio.close()
        self.listener.close()

    def _storyboard(self, *words: str) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "storyboard", "-C", str(self.project)]
        return self.popen([*program, *words, "-e", "kaltura"], env=self.studio.variables())

    def popen(
        self, words: Sequence[Any], env: dict[str, str] | None = None, **options: Any
    ) -> subprocess.Popen[str]:
        """Start a program in the network."""
        told = self.places.variables | (env or {})
        prefix = self.places.network.prefix
        return subprocess.Popen([*prefix, *map(str, words)], env=told, text=True, **options)
