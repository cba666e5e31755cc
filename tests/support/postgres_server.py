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

from tests.support.machines import USERS

USER = "storyboard"
_USUAL = "/usr/lib/postgresql/*/bin"
_PATIENCE = 60.0
_NOBODY = 65534


def program(name: str) -> str:
    """Return where a program of PostgreSQL is; where there is none, the test fails."""
    beside = sorted(Path("/").glob(f"{_USUAL[1:]}/{name}"))
    found = shutil.which(name) if not beside else str(beside[-1])
    assert found, f"there is no {name}: apt-get install postgresql"
    return found


class PostgresServer:
    """Owns one server; root starts it as the user `postgres`, since it refuses to run as root.

    With an `address` of a network of its own it has a port there: `prefix` are the words that let
    a command run in that network, such as those of `nsenter`. In a user namespace it runs as nobody
    in particular.
    """

    def __init__(self, folder: Path, prefix: Sequence[str] = (), address: str = "") -> None:
        self._folder, self._data = folder, folder / "data"
        self._prefix, self._address = prefix, address
        is_nobody = USERS in prefix
        self._as = "postgres" if os.geteuid() == 0 and not is_nobody else None
        if is_nobody:
            self._prefix = [*prefix, "unshare", "--user", f"--map-user={_NOBODY}"]
        if self._as:
            shutil.chown(folder, self._as)
        self._server: subprocess.Popen[bytes] | None = None
        self._was_killed = False
        self._make()
        if address:
            with (self._data / "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {address}/24 trust\n")
        self.start()

    def _make(self) -> None:
        """Make its data."""
        settings = ["--no-sync", "--encoding=UTF8", "--locale=C"]
        self._ran("initdb", "-D", self._data, "-U", USER, "-A", "trust", *settings)

    @property
    def folder(self) -> Path:
        """Return where its socket is."""
        return self._folder

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
        self._end_in_use(signal.SIGQUIT)

    def kill(self) -> None:
        """Kill the process that all others of the server belong to; they end once they notice."""
        self._was_killed = True
        self._end_in_use(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order, and all connections with it."""
        self._end(signal.SIGINT)

    def _end_in_use(self, number: signal.Signals) -> None:
        """End one that runs: a fault that finds none is none."""
        assert self._server is not None
        assert self._server.poll() is None
        self._end(number)

    def _end(self, number: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(number)
            self._server.wait(_PATIENCE)
            self._server = None

    def _ran(self, name: str, *words: object) -> None:
        """Run a program of PostgreSQL to its end."""
        code = self._run([program(name), *map(str, words)]).wait(_PATIENCE)
        assert code == 0, f"{name} failed"

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


class Standby(PostgresServer):
    """Owns a server that follows another one, whose commits wait for it: none is lost with that."""

    def __init__(
        self, folder: Path, primary: PostgresServer, prefix: Sequence[str] = (), address: str = ""
    ) -> None:
        self._primary = primary
        super().__init__(folder, prefix, address)
        with psycopg.connect(primary.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Have it take writes, and follow no more."""
        self._ran("pg_ctl", "promote", "--wait", "-D", self._data)

    def _make(self) -> None:
        """Copy the other's data, and have it follow that."""
        whose = ("-h", self._primary.folder, "-U", USER)
        self._ran("pg_basebackup", *whose, "-D", self._data, "-R", "--no-sync", "-c", "fast")


@contextmanager
def standby_of(
    primary: PostgresServer, prefix: Sequence[str] = (), address: str = ""
) -> Iterator[Standby]:
    """Give a server that follows another one, as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="storyboard-standby-") as folder:
        server = Standby(Path(folder), primary, prefix, address)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def postgres_server(prefix: Sequence[str] = (), address: str = "") -> Iterator[PostgresServer]:
    """Give a server as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="storyboard-postgres-") as folder:
        server = PostgresServer(Path(folder), prefix, address)
        try:
            yield server
        finally:
            server.stop()
