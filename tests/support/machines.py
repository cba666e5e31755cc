"""Machines of a network of its own, by network namespaces of Linux: what is cut off is not reset.

A machine is a namespace, whose only link leads to a switch in another one, the `hub`, where servers
are. Nothing of it is reached from outside, or reaches out. Who may not make them, as users who are
not root, makes them in a user namespace, where the kernel allows that. All end with whoever made
them, though it is killed: each is held by a program that reads from it.

`python -m tests.support.machines` says in a line what cannot be proven here, where that is so.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

DATABASE: Final = "127.1.0.2"
BUCKET: Final = "127.1.0.3"
SERVER: Final = "127.1.0.4"
"""Addresses of the hub. They are of loopback, and led over a wire all the same: a store is asked in
the clear by this machine alone."""

USERS: Final = "--user"
"""The word of a prefix that leads into a user namespace, where this user counts as root."""

REQUIRED: Final = "STORYBOARD_TEST_NETWORKS"
"""The variable that is `required` where a run may not do without: a pipeline's that allows them."""

UNPROVEN: Final = "not proven here: that films survive machines that are cut off, killed or wrong"
_NOWHERE: Final = "02:00:00:00:00:99"
_PROGRAMS: Final = {"ip": "iproute2", "nsenter": "util-linux", "unshare": "util-linux"}
_HOLD: Final = ("sh", "-c", "echo made; exec cat")
_SET: Final = (
    "mount -o remount,bind,rw /proc/sys 2>/dev/null; echo 1 > /proc/sys/net/ipv4/conf/all/{}"
)
"""A container may have its settings mounted to be read alone."""

_BIND: Final = """
import socket, sys
there = socket.create_server((sys.argv[2], 0), backlog=128)
socket.send_fds(socket.socket(fileno=int(sys.argv[1])), [b"made"], [there.fileno()])
"""


class NoNetworks(Exception):
    """The system refuses a network of its own: not for want of a program."""


class Namespace:
    """Owns a network namespace, held until `close` or until this process ends."""

    def __init__(self, inside: Sequence[str], *, users: bool) -> None:
        self._users = users
        words = [*inside, "unshare", *((USERS, "--map-root-user") * (users and not inside))]
        self._holder = subprocess.Popen(
            [*words, "--net", *_HOLD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout is not None
        if self._holder.stdout.readline() != "made\n":
            _, said = self._holder.communicate()
            raise NoNetworks(said.strip())

    @property
    def number(self) -> int:
        """Return the number of a process that is in it."""
        return self._holder.pid

    @property
    def prefix(self) -> list[str]:
        """Return the words before those of a command that is to run there."""
        users = [USERS, "--preserve-credentials"] if self._users else []
        return ["nsenter", f"--target={self.number}", *users, "--net"]

    def ip(self, *words: str) -> None:
        """Have `ip` do something there; raises `NoNetworks`."""
        self.run("ip", *words)

    def run(self, *command: str) -> None:
        """Run a command there; raises `NoNetworks`."""
        words = [*self.prefix, *command]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoNetworks(f"{' '.join(command)}: {done.stderr.strip()}")

    def close(self) -> None:
        """End it, once no other process is in it."""
        self._holder.communicate()


@dataclass(frozen=True)
class Machine:
    """A namespace, and the number of its port on the hub's switch."""

    namespace: Namespace
    hub: Namespace
    number: int

    @property
    def prefix(self) -> list[str]:
        """Return the words before those of a command that is to run there."""
        return self.namespace.prefix

    def unplug(self) -> None:
        """Cut it off: what it sends is lost, and no connection is told."""
        self.hub.ip("link", "set", self.port, "down")

    def plug_in(self) -> None:
        """Connect it again."""
        self.hub.ip("link", "set", self.port, "up")

    def lose(self, address: str) -> None:
        """Lose what goes to one address from now on, and what comes from there.

        Both sides are told nothing: what comes by another way than it is answered by is dropped.
        """
        self.namespace.ip("neigh", "replace", address, "lladdr", _NOWHERE, "dev", "void")
        self.namespace.ip("route", "add", address, "dev", "void")

    def find(self, address: str) -> None:
        """Reach that address again."""
        self.namespace.ip("route", "delete", address, "dev", "void")

    @property
    def port(self) -> str:
        """Return what its port is called in the hub."""
        return f"port{self.number}"


@dataclass(frozen=True)
class Network:
    """The hub and its machines."""

    hub: Namespace
    machines: tuple[Machine, ...]

    @property
    def prefix(self) -> list[str]:
        """Return the words before those of a command that is to run in the hub."""
        return self.hub.prefix

    def listener(self, address: str) -> socket.socket:
        """Return a listening socket of the hub, at any port: whoever has it serves there."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            number = theirs.fileno()
            words = [*self.prefix, sys.executable, "-S", "-c", _BIND, str(number), address]
            subprocess.run(words, pass_fds=[number], check=True)
            _, [found], _, _ = socket.recv_fds(ours, 4, 1)
        return socket.socket(fileno=found)


@contextmanager
def network(count: int) -> Iterator[Network]:
    """Make the hub and so many machines, gone at the end; raises `NoNetworks`."""
    users = subprocess.run(["unshare", "--net", "true"], stderr=subprocess.DEVNULL).returncode != 0
    with ExitStack() as until_end:

        def made(inside: Sequence[str]) -> Namespace:
            each = Namespace(inside, users=users)
            until_end.callback(each.close)
            _lead_loopback(each)
            return each

        hub = made(())
        hub.ip("link", "add", "switch", "type", "bridge")
        for address in (DATABASE, BUCKET, SERVER):
            hub.ip("address", "add", f"{address}/24", "dev", "switch")
        hub.ip("link", "set", "switch", "up")
        machines = tuple(Machine(made(hub.prefix), hub, number) for number in range(count))
        for each in machines:
            _wire(each)
        yield Network(hub, machines)


def why_not() -> str:
    """Return why the system allows no such machines; empty if it does, or for want of a program.

    It is tried, with all that they need: which rights that takes, no one place tells.
    """
    try:
        with network(1):
            return ""
    except NoNetworks as cause:
        return str(cause)


def missing(which: Mapping[str, str] = _PROGRAMS) -> str:
    """Return what would install the programs that are not here; empty if all are."""
    wanting = {package for name, package in which.items() if shutil.which(name) is None}
    return f"apt-get install {' '.join(sorted(wanting))}" if wanting else ""


def _lead_loopback(namespace: Namespace) -> None:
    """Leave `127.0.0.1` alone to the machine itself; other addresses of the block have ways."""
    namespace.ip("link", "set", "lo", "up")
    namespace.ip("address", "delete", "127.0.0.1/8", "dev", "lo")
    namespace.ip("address", "add", "127.0.0.1/32", "dev", "lo")
    for setting in ("route_localnet", "rp_filter"):
        namespace.run("unshare", "--mount", "sh", "-c", _SET.format(setting))


def _wire(machine: Machine) -> None:
    there, number = machine.namespace, str(machine.namespace.number)
    pair = ("type", "veth", "peer", "name", "wire", "netns", number)
    machine.hub.ip("link", "add", machine.port, *pair)
    machine.hub.ip("link", "set", machine.port, "master", "switch", "up")
    there.ip("address", "add", f"127.1.0.{machine.number + 10}/24", "dev", "wire")
    there.ip("link", "set", "wire", "up")
    there.ip("link", "add", "void", "type", "veth", "peer", "name", "dead-end")
    for end in ("void", "dead-end"):
        there.ip("link", "set", end, "up")


def main() -> int:
    """Say what is not proven here; return 1 where it could have been, or had to be."""
    wanting = missing()
    reason = wanting or why_not()
    if reason:
        print(f"{UNPROVEN}: {reason}", file=sys.stderr)
    return int(bool(wanting or (reason and os.environ.get(REQUIRED) == "required")))


if __name__ == "__main__":
    sys.exit(main())
