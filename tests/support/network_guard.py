"""Runs a program in a network of its own that has loopback only, and tells what it tried beyond.

Used as a program: `python network_guard.py REPORT COMMAND…` inside `unshare --net` writes how many
packets, of any process and any library, had no way out: connections and DNS lookups alike.
"""

from __future__ import annotations

import json
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
_COUNTERS = ("Ip.OutNoRoutes", "Ip6OutNoRoutes", "Udp.NoPorts")
"""Kernel's counters: no route for IPv4, for IPv6, and nobody at a resolver on loopback."""


def isolating() -> list[str] | None:
    """Return the command that gives another one a network of its own; None where none is given."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    command = [unshare, "--user", "--map-root-user", "--net"]
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else None


def packets_astray(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], report: Path
) -> tuple[int, int, str]:
    """Run a command: its exit code, the packets that had no way beyond loopback, its output.

    Where no network of its own can be had, it runs in ours and no packets are counted.
    """
    isolated = isolating()
    guard = [*isolated, sys.executable, __file__, str(report)] if isolated else []
    done = subprocess.run(
        [*guard, *command],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=200,
        check=False,
    )
    counted = int(json.loads(report.read_text())) if isolated else 0
    return done.returncode, counted, done.stdout


def _counted() -> int:
    lines = Path("/proc/net/snmp").read_text().splitlines()
    counts = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        group = names.partition(":")[0]
        pairs = zip(names.split()[1:], values.split()[1:], strict=True)
        counts.update({f"{group}.{name}": int(value) for name, value in pairs})
    for line in Path("/proc/net/snmp6").read_text().splitlines():
        name, value = line.split()
        counts[name] = int(value)
    return sum(counts[name] for name in _COUNTERS)


def _raise_loopback() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = fcntl.ioctl(any_socket, _GET_FLAGS, struct.pack("16sH14x", b"lo", 0))
        flags = struct.unpack("16sH14x", asked)[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


if __name__ == "__main__":
    _raise_loopback()
    before = _counted()
    ended = subprocess.call(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(_counted() - before))
    sys.exit(ended)
