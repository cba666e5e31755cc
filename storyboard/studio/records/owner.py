"""Which process holds a job, and whether it still lives. Knows no job."""

from __future__ import annotations

import hashlib
import os
import platform
import re
from pathlib import Path
from typing import Final

from storyboard.whole_numbers import whole_number

_BOOT, _NAMESPACE = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
_UNNAMED: Final = re.compile(r"[^A-Za-z0-9._-]+")
"""What no name of a host has: a name may be set to anything."""

_LONGEST_HOST: Final = 63
_HASH_SHOWN: Final = 6
"""Characters of a machine's hash: enough to tell a few apart."""


def this_process(part: str) -> str:
    """Name this process and a part of it: `machine.pid.start.part`."""
    pid = os.getpid()
    return f"{this_machine()}.{pid}.{_start_of(pid)}.{part}"


def this_worker(part: str) -> str:
    """Name this process and a part of it for other machines: their people read its host's name."""
    return this_process(f"{part}@{_UNNAMED.sub('-', platform.node())[:_LONGEST_HOST]}")


def is_of_this_machine(owner: str) -> bool:
    """Whether the owner runs, or ran, where process ids mean what they mean here."""
    return owner.startswith(of_this_machine())


def of_this_machine() -> str:
    """Return what the name of each owner begins with that runs, or ran, on this machine."""
    return f"{this_machine()}."


def process_of(owner: str) -> tuple[str, str]:
    """Return the machine of an owner, and the number of its process there."""
    machine, pid, *_ = (*owner.split("."), "")
    return machine, pid


def host_of(owner: str) -> str:
    """Return what people call the machine of an owner; a part of its hash if it did not tell."""
    return owner.partition("@")[2] or process_of(owner)[0][:_HASH_SHOWN]


def named_process(owner: str) -> str:
    """Return an owner as people read it."""
    return f"process {process_of(owner)[1]} on {host_of(owner)}"


def short_name(owner: str) -> str:
    """Return an owner as a word: `HOST/PROCESS`."""
    return f"{host_of(owner)}/{process_of(owner)[1]}"


def is_surely_dead(owner: str) -> bool:
    """Return whether the owner ran on this machine and its process is gone.

    A process id that was given to another process does not fool it: the start time tells.
    """
    return _lives(owner) is False


def is_surely_alive(owner: str) -> bool:
    """Return whether the owner runs on this machine."""
    return _lives(owner) is True


def _lives(owner: str) -> bool | None:
    """Return whether an owner's process is there; None of another machine's, or if none tells."""
    machine, pid, start = (*owner.split("."), "", "", "")[:3]
    number = whole_number(pid)
    if machine != this_machine() or not start or number is None:
        return None
    return _start_of(number) == start


def this_machine() -> str:
    """Name where process ids mean the same: a host, its boot, its pid namespace."""
    try:
        boot = _BOOT.read_text().strip()
        namespace = str(_NAMESPACE.readlink())
    except OSError:
        boot = namespace = ""
    return hashlib.sha256(f"{platform.node()}:{boot}:{namespace}".encode()).hexdigest()[:12]


def _start_of(pid: int) -> str:
    """Return when a process started, in the kernel's ticks; empty where that is not known."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "gone" if Path("/proc/self/stat").exists() else ""
    fields = stat.rpartition(")")[2].split()
    return "gone" if fields[0] in "ZX" else fields[19]
