"""A PostgreSQL server for tests: a socket in a temporary folder, gone at the end.

It has no port of this machine: while a server restarts, one could be taken by any connection.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "storyboard"
_USUAL = "/usr/lib/postgresql/*/bin"
_PATIENCE = 60.0


def program(name: str) -> str:
    """Return where a program of PostgreSQL is; where there is none, the test fails."""
    beside = sorted(Path("/").glob(f"{_USUAL[1:]}/{name}"))
    found = shutil.which(name) if not beside else str(beside[-1])
    assert found, f"there is no {name}: apt-get install postgresql"
    return found


class PostgresServer:
    """Owns one server; root starts it as the user `postgres`, since it refuses to run as root.

    With an `address` of a network of its own it has a port there: `prefix` are the words that let
    a command run in that network, such as those of `nsenter`.
    """

    def __init__(self, folder: Path, prefix: Sequence[str] = (), address: str = "") -> None:
        self._folder, self._data = folder, folder / "data"
        self._prefix, self._address = prefix, address
        self._as = "postgres" if os.geteuid() == 0 else None
        if self._as:
            shutil.chown(folder, self._as)
        self._server: subprocess.Popen[bytes] | None = None
        self._was_killed = False
        made = [program("initdb"), "-D", str(self._data), "-U", USER, "-A", "trust"]
        settings = ["--no-sync", "--encoding=UTF8", "--locale=C"]
        assert self._run([*made, *settings]).wait(_PATIENCE) == 0, "initdb failed"
        if address:
            with (self._data / "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {address}/24 trust\n")
        self.start()

    @property
    def url(self) -> str:
        """Return the address of its database."""
        return f"postgresql://{USER}@/postgres?host={self._folder}"

    @property
    def url_in_network(self) -> str:
        """Return the address of its database for who is in its network."""
        return f"postgresql://{USER}@{self._address}/postgres"

    def start(self) -> None:
        """Start it, and wait until it takes connections.

        After `kill` it refuses, while a process of the one before it has not noticed.
        """
        settings = {"listen_addresses": self._address, "unix_socket_directories": self._folder,
                    "fsync": "off", "max_connections": 200}  # fmt: skip
        told = [f"-c{name}={value}" for name, value in settings.items()]
        words = [program("postgres"), "-D", str(self._data), *told]
        self._server = self._run(words)
        limit = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                assert time.monotonic() < limit
                time.sleep(0.05)
                if self._server.poll() is not None:
                    assert self._was_killed, "the server ended"
                    self._server = self._run(words)
            else:
                return

    def crash(self) -> None:
        """End it at once, as a power cut would: nothing is written any more, no client is told."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """Kill the process that all others of the server belong to; they end once they notice."""
        self._was_killed = True
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order, and all connections with it."""
        self._end(signal.SIGINT)

    def _end(self, number: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(number)
            self._server.wait(_PATIENCE)
            self._server = None

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        setpriv: list[str] = []
        if self._as or shutil.which("setpriv"):
            # A process of tests that is killed ends no server: the kernel does.
            setpriv = ["setpriv", "--pdeathsig=QUIT"]
        if self._as:
            setpriv += [f"--reuid={self._as}", f"--regid={self._as}", "--clear-groups"]
        return subprocess.Popen(
            [*self._prefix, *setpriv, *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )


@contextmanager
def postgres_server(prefix: Sequence[str] = (), address: str = "") -> Iterator[PostgresServer]:
    """Give a server as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="storyboard-postgres-") as folder:
        server = PostgresServer(Path(folder), prefix, address)
        try:
            yield server
        finally:
            server.stop()
