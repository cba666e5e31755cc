"""Machines of a network of its own, by network namespaces of Linux: what is cut off is not reset.

A machine is a namespace, whose only link leads to a switch in another one, the `hub`, where servers
are. Nothing of it is reached from outside, or reaches out. It needs root, and `ip` of iproute2.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DATABASE: Final = "127.1.0.2"
BUCKET: Final = "127.1.0.3"
"""Addresses of the hub. They are of loopback, and led over a wire all the same: a store is asked in
the clear by this machine alone."""

_NOWHERE: Final = "02:00:00:00:00:99"
_NEW_NETWORK: Final = 0x40000000
_PLACES: Final = Path("/run/netns")


def why_not() -> str:
    """Return why there can be no such machines here; empty if there can."""
    if shutil.which("ip") is None or shutil.which("nsenter") is None:
        return "there is no `ip` or no `nsenter`: apt-get install iproute2 util-linux"
    if os.geteuid() != 0:
        return "only root makes network namespaces"
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "network namespaces are not allowed here"


@dataclass(frozen=True)
class Machine:
    """A namespace, and the number of its port on the hub's switch."""

    name: str
    hub: str
    number: int

    @property
    def prefix(self) -> list[str]:
        """Return the words before those of a command that is to run there."""
        return ["nsenter", f"--net={_PLACES / self.name}"]

    def unplug(self) -> None:
        """Cut it off: what it sends is lost, and no connection is told."""
        _ip(self.hub, "link", "set", self._port, "down")

    def plug_in(self) -> None:
        """Connect it again."""
        _ip(self.hub, "link", "set", self._port, "up")

    def lose(self, address: str) -> None:
        """Lose what goes to one address from now on, and what comes from there.

        Both sides are told nothing: what comes by another way than it is answered by is dropped.
        """
        _ip(self.name, "neigh", "replace", address, "lladdr", _NOWHERE, "dev", "void")
        _ip(self.name, "route", "add", address, "dev", "void")

    def find(self, address: str) -> None:
        """Reach that address again."""
        _ip(self.name, "route", "delete", address, "dev", "void")

    @property
    def _port(self) -> str:
        return f"port{self.number}"


@dataclass(frozen=True)
class Network:
    """The hub and its machines."""

    hub: str
    machines: tuple[Machine, ...]

    @property
    def prefix(self) -> list[str]:
        """Return the words before those of a command that is to run in the hub."""
        return ["nsenter", f"--net={_PLACES / self.hub}"]

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Have sockets that this thread makes belong to the hub: they stay there."""
        libc = ctypes.CDLL(None, use_errno=True)
        with Path("/proc/thread-self/ns/net").open() as home:
            with (_PLACES / self.hub).open() as there:
                assert libc.setns(there.fileno(), _NEW_NETWORK) == 0
            try:
                yield
            finally:
                assert libc.setns(home.fileno(), _NEW_NETWORK) == 0


@contextmanager
def network(count: int) -> Iterator[Network]:
    """Make the hub and so many machines, gone at the end."""
    base = f"storyboard-{os.getpid()}"
    with ExitStack() as until_end:

        def made(name: str) -> str:
            _run("ip", "netns", "add", name)
            until_end.callback(_run, "ip", "netns", "delete", name)
            _lead_loopback(name)
            return name

        hub = made(f"{base}-hub")
        _ip(hub, "link", "add", "switch", "type", "bridge")
        for address in (DATABASE, BUCKET):
            _ip(hub, "address", "add", f"{address}/24", "dev", "switch")
        _ip(hub, "link", "set", "switch", "up")
        machines = tuple(Machine(made(f"{base}-{n}"), hub, n) for n in range(count))
        for each in machines:
            _wire(each)
        yield Network(hub, machines)


def _lead_loopback(name: str) -> None:
    """Leave `127.0.0.1` alone to the machine itself; other addresses of the block have ways."""
    _ip(name, "link", "set", "lo", "up")
    _ip(name, "address", "delete", "127.0.0.1/8", "dev", "lo")
    _ip(name, "address", "add", "127.0.0.1/32", "dev", "lo")
    for setting in ("route_localnet", "rp_filter"):
        switched = f"echo 1 > /proc/sys/net/ipv4/conf/all/{setting}"
        _run("nsenter", f"--net={_PLACES / name}", "sh", "-c", switched)


def _wire(machine: Machine) -> None:
    port = f"port{machine.number}"
    pair = ("type", "veth", "peer", "name", "wire", "netns", machine.name)
    _ip(machine.hub, "link", "add", port, *pair)
    _ip(machine.hub, "link", "set", port, "master", "switch", "up")
    address = f"127.1.0.{machine.number + 10}/24"
    _ip(machine.name, "address", "add", address, "dev", "wire")
    _ip(machine.name, "link", "set", "wire", "up")
    _ip(machine.name, "link", "add", "void", "type", "veth", "peer", "name", "dead-end")
    for end in ("void", "dead-end"):
        _ip(machine.name, "link", "set", end, "up")


def _ip(where: str, *words: str) -> None:
    _run("ip", "-n", where, *words)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
