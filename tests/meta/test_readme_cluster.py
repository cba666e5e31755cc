"""The README's lines from one machine to a cluster: each is run as it stands, on machines enough.

A machine is a folder that has nothing of another one's but `identity.json`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest

from tests.contract.test_exposure import write_certificate
from tests.meta.test_readme import BLOCKS, ROOT
from tests.support.bucket_server import BUCKET
from tests.support.databases import postgres_url
from tests.support.moto_server import moto_server
from tests.support.pages import Reader
from tests.support.passing_time import eventually

pytestmark = pytest.mark.scale
PATIENCE: Final = 120.0
STUDIO: Final = Path(".storyboard/studio")
PROJECT: Final = {
    name: f"name: {name}\navatar: jane\nscenes: [This is the {name} film of the cluster.]\n"
    for name in ("first", "second")
}


def lines() -> tuple[str, str, str]:
    """Return what to install, what a server is, and what a worker is."""
    [block] = [block for block in BLOCKS if "studio worker" in block.text]
    install, server, worker = block.text.splitlines()
    return install, server, worker


class Cluster:
    """Machines with one database and one bucket, told of as the lines tell it."""

    def __init__(self, folder: Path, bucket: dict[str, str], until_end: ExitStack) -> None:
        self._folder, self._until_end = folder, until_end
        self._certificate, key = write_certificate(folder)
        own = f"--port 0 --json --tls {self._certificate} {key}"
        self._told = (
            ("postgresql://…", f"'{postgres_url()}'"),
            ("s3://…", f"s3://{BUCKET}/team"),
            ("0.0.0.0 …", f"0.0.0.0 {own}"),
        )
        self._variables = bucket | {"SSL_CERT_FILE": str(self._certificate)}
        self.machines: list[Reader] = []

    def begun(self, line: str) -> subprocess.Popen[str]:
        """Run a line on a machine of its own, with the identity of the first one."""
        for told, meant in self._told:
            line = line.replace(told, meant)
        assert "…" not in line
        machine = Reader(self._folder / f"machine-{len(self.machines)}", self._variables)
        if self.machines:
            (machine.place / STUDIO).mkdir(mode=0o700, parents=True)
            shutil.copy2(self.machines[0].place / STUDIO / "identity.json", machine.place / STUDIO)
        self.machines.append(machine)
        with self.log(machine).open("w") as log:
            child = subprocess.Popen(
                ["bash", "-c", f"exec {line}"],
                cwd=machine.place,
                env=machine.environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._until_end.callback(_ended, child)
        return child

    def server(self) -> dict[str, str]:
        """Start a server; return what a client of it is told."""
        child = self.begun(lines()[1])
        assert child.stdout is not None
        told: Any = json.loads(child.stdout.readline())
        variables: dict[str, str] = told["variables"]
        return variables | {"SSL_CERT_FILE": str(self._certificate)}

    def worker(self) -> Path:
        """Start a worker, wait until it works, and return its log."""
        child, log = self.begun(lines()[2]), self.log(self.machines[-1])
        eventually(lambda: child.poll() is not None or "working for" in log.read_text(), PATIENCE)
        assert child.poll() is None, log.read_text()
        return log

    def log(self, machine: Reader) -> Path:
        """Return where what a machine says is kept."""
        return machine.folder / "log"


def _ended(child: subprocess.Popen[str]) -> None:
    child.terminate()
    child.communicate(timeout=PATIENCE)
    assert child.returncode == 0, child.args


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with moto_server() as bucket, ExitStack() as until_end:
        yield Cluster(tmp_path, bucket.variables, until_end)


def test_what_the_line_installs_there_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = re.match(r"pipx install '([\w-]+)\[([\w,]+)\]'", lines()[0])
    assert told
    assert told[1] == project["name"]
    assert {*told[2].split(",")} <= project["optional-dependencies"].keys()


def test_servers_and_workers_of_the_lines_make_the_films_of_one_project(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Asked for at one server, made by either worker, and known to the other server."""
    one, two = cluster.server(), cluster.server()
    logs = [cluster.worker(), cluster.worker()]
    user = Reader(tmp_path / "user", one)
    for name, text in PROJECT.items():
        (user.place / f"{name}.storyboard.yaml").write_text(text)
    user.run("storyboard apply --yes -e kaltura --download films")
    films = {path.stem for path in (user.place / "films").glob("*.mp4")}
    assert films == PROJECT.keys()
    made = "".join(log.read_text() for log in logs)
    assert len(re.findall(r"is ready as entry", made)) == len(PROJECT)
    (tmp_path / "neighbor").mkdir()
    shutil.copytree(user.place, tmp_path / "neighbor" / "project")
    neighbor = Reader(tmp_path / "neighbor", two)
    assert "no changes" in neighbor.run("storyboard plan -e kaltura")
