"""Two machines with a network of their own render for one studio: cut off, and come back.

What is cut off is not told so, as if a cable were pulled: no connection is reset.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storyboard.studio.execution import served as serving
from storyboard.studio.records import entries, queue
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import HELLO, caller, open_test_studio
from tests.contract.test_two_machines import who_it_is
from tests.crash.test_workers import LONG, PATIENCE, SHORT, assert_works, begun_worker, rendered
from tests.support import machines
from tests.support.bucket_server import BUCKET, BucketServer
from tests.support.machines import Network, network
from tests.support.passing_time import eventually
from tests.support.postgres_server import PostgresServer, postgres_server
from tests.support.served import served

WHY_NOT = machines.why_not()
pytestmark = [
    pytest.mark.scale,
    pytest.mark.skipif(WHY_NOT != "", reason=WHY_NOT or "there can be networks"),
]
FILES = f"s3://{BUCKET}/team"


def until(holds: object) -> None:
    """Wait for what two programs do."""
    eventually(holds, seconds=PATIENCE)  # type: ignore[arg-type]


class Worker:
    """A worker on a machine of its own, whose scenes wait for its own gate."""

    def __init__(self, folder: Path, site: Site, number: int, lease: float) -> None:
        self.machine = site.network.machines[number]
        self.tally, self.gate = folder / "tally", folder / "gate"
        self._log = folder / "log"
        with self._log.open("w") as log:
            self.process = begun_worker(
                who_it_is(site.workspace, folder / "w"),
                site.database.url_in_network,
                "apart",
                *(self.tally, self.gate, lease),
                prefix=self.machine.prefix,
                log=log,
            )
        assert_works(self.process)

    def has_begun(self) -> bool:
        """Return whether it renders a scene."""
        return bool(rendered(self.tally))

    def has_told(self, words: str) -> bool:
        """Return whether its log says so."""
        return words in self._log.read_text()

    def open_gate(self) -> None:
        """Let its scenes be rendered."""
        self.gate.touch()

    def end(self) -> None:
        """End it at once, if it has not ended."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


class Site:
    """A studio that serves and renders nothing, its database and bucket, and what they are asked.

    It reaches both by ways of its own: the database by a socket, the bucket by loopback.
    """

    def __init__(
        self, folder: Path, net: Network, database: PostgresServer, bucket: BucketServer
    ) -> None:
        self.folder, self.network = folder, net
        self.database, self.bucket = database, bucket
        self.workspace = folder / "w"
        self.listener = bind("127.0.0.1", 0)
        self.studio = open_test_studio(
            self.workspace,
            workers=0,
            public_url=url_of(self.listener, "127.0.0.1"),
            database=database.url,
            files=FILES,
            variables=bucket.variables,
        )
        self.user = caller(self.studio)
        self.workers: list[Worker] = []

    def worker(self, number: int, lease: float = LONG) -> Worker:
        """Start a worker on a machine, and wait until it works."""
        folder = self.folder / f"machine-{number}"
        folder.mkdir()
        self.workers.append(Worker(folder, self, number, lease))
        return self.workers[-1]

    def film(self) -> str:
        """Have a video filmed, and return its id."""
        video = self.user.video(HELLO)
        assert self.user("video/generate", id=video)["status"] == "generating"
        return video

    def attempts(self, video: str) -> int:
        """Return how often its film was begun."""
        with self.studio.workspace.store.read() as tx:
            found = queue.last_of(tx, video)
        assert found is not None
        return found.attempt

    def assert_one_film(self, *videos: str) -> None:
        """Each video has one film, each film its file in the bucket, and there is nothing else."""
        made = {self.user.wait(video, "ready", PATIENCE)["entryId"] for video in videos}
        with self.studio.workspace.store.read() as tx:
            kept = {each.id: each.blob for each in entries.find_all(tx)}
        assert kept.keys() == made
        names = {key.partition("/blobs/")[2] for key in self.bucket.objects if "/blobs/" in key}
        assert names == {*kept.values()}

    def close(self) -> None:
        """End all."""
        for each in self.workers:
            each.end()
        self.studio.close()
        self.listener.close()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    bucket = BucketServer()
    with ExitStack() as until_end:
        enter = until_end.enter_context
        net = enter(network(2))
        database = enter(postgres_server(net.prefix, machines.DATABASE))
        with net.entered():
            there = enter(served(bucket.answer, machines.BUCKET))
        bucket.url = there
        monkeypatch.setenv("STORYBOARD_FILES", FILES)
        for name, value in bucket.variables.items():
            monkeypatch.setenv(name, value)
        bucket.url = enter(served(bucket.answer))
        made = Site(tmp_path, net, database, bucket)
        until_end.callback(made.close)
        yield made


def test_a_project_is_rendered_on_two_machines(site: Site, tmp_path: Path) -> None:
    site.user, one, two = caller(site.studio, "local"), site.worker(0), site.worker(1)
    project = tmp_path / "project"
    project.mkdir()
    for name in ("first", "second"):
        text = f"name: {name}\navatar: jane\nscenes: [This is the {name} film of two.]\n"
        (project / f"{name}.storyboard.yaml").write_text(text)
    with serving(site.studio, site.listener):
        program = [sys.executable, "-m", "storyboard", "-C", str(project)]
        env = os.environ | site.studio.variables()
        with subprocess.Popen([*program, "apply", "-e", "kaltura", "--yes"], env=env) as applying:
            try:
                until(lambda: one.has_begun() and two.has_begun())
                one.open_gate()
                two.open_gate()
                assert applying.wait(PATIENCE) == 0
            finally:  # it has ended, or waits for films that nobody makes
                applying.kill()
        planned = subprocess.run(
            [*program, "plan", "-e", "kaltura", "--detailed-exitcode"], env=env, check=False
        )
        assert planned.returncode == 0
        found = site.user("video/list")["objects"]
        assert {each["name"] for each in found} == {"first", "second"}
        site.assert_one_film(*(each["id"] for each in found))


def test_a_machine_that_was_cut_off_and_comes_back_publishes_nothing(site: Site) -> None:
    zombie = site.worker(0, lease=SHORT)
    video = site.film()
    until(zombie.has_begun)
    zombie.machine.unplug()
    other = site.worker(1)
    other.open_gate()
    film = site.user.wait(video, "ready", PATIENCE)["entryId"]
    other.process.send_signal(signal.SIGTERM)
    assert other.process.wait(PATIENCE) == 0
    zombie.machine.plug_in()
    zombie.open_gate()
    second = site.film()  # which it takes up once it has heard that the first is another's
    site.assert_one_film(video, second)
    assert site.user("video/get", id=video)["entryId"] == film
    assert (site.attempts(video), site.attempts(second)) == (2, 1)


def test_a_database_that_one_machine_cannot_reach_is_waited_for(site: Site) -> None:
    """Its film goes on meanwhile, and is no other attempt."""
    worker = site.worker(0)
    video = site.film()
    until(worker.has_begun)
    worker.machine.lose(machines.DATABASE)
    until(lambda: worker.has_told("a heartbeat could not be written"))
    worker.machine.find(machines.DATABASE)
    worker.open_gate()
    site.assert_one_film(video)
    assert site.attempts(video) == 1


def test_a_bucket_that_one_machine_cannot_reach_is_waited_for(site: Site) -> None:
    worker = site.worker(0)
    video = site.film()
    until(worker.has_begun)
    worker.machine.lose(machines.BUCKET)
    worker.open_gate()
    until(lambda: worker.has_told("cannot be kept now"))
    worker.machine.find(machines.BUCKET)
    site.assert_one_film(video)
    assert site.attempts(video) == 1
