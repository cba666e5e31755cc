"""What Linux allows this program by its control group: time of cores, and memory.

A container, a pod or a unit of systemd has a part of its machine, and asking the machine tells the
whole. Of a group and those above it, the smallest limit holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from storyboard.whole_numbers import whole_number

_GROUPS: Final = Path("/sys/fs/cgroup")
_OWN: Final = Path("/proc/self/cgroup")


def core_limit(groups: Path = _GROUPS, own: Path = _OWN) -> float | None:
    """Return how many cores' time this program may use; `None` where no limit is set."""
    found = []
    for folder in _folders("", groups, own):
        quota, period = (*_words(folder / "cpu.max"), "", "")[:2]
        found.append((whole_number(quota), whole_number(period)))
    for folder in _folders("cpu", groups, own):
        names = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
        quota, period = ("".join(_words(folder / name)) for name in names)
        found.append((whole_number(quota), whole_number(period)))
    return min((quota / period for quota, period in found if quota and period), default=None)


def memory_left(groups: Path = _GROUPS, own: Path = _OWN) -> int | None:
    """Return the bytes that this program's groups have left; `None` where no limit is set.

    The first version of control groups says that with a number of 19 digits.
    """
    found = []
    for controller, limit, used, idle in (
        ("", "memory.max", "memory.current", "inactive_file"),
        ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        for folder in _folders(controller, groups, own):
            most = whole_number("".join(_words(folder / limit)))
            now = whole_number("".join(_words(folder / used)))
            if most is not None and now is not None:
                found.append(max(0, most - max(0, now - _stat(folder / "memory.stat", idle))))
    return min(found, default=None)


def _folders(controller: str, groups: Path, own: Path) -> Iterator[Path]:
    """Yield this program's group and those above it, of the first version with a `controller`.

    Within a container the group may be told by its path on the machine, and lie at the root.
    """
    top = groups / controller
    for line in _lines(own):
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if controller in controllers.split(","):
            folder = top / path.lstrip("/")
            while folder != top and top in folder.parents:
                yield folder
                folder = folder.parent
    yield top


def _stat(file: Path, name: str) -> int:
    """Return a count of a file of names and counts; what is no number, or not there, is 0."""
    rows = (line.split() for line in _lines(file))
    told = next((row[1] for row in rows if len(row) == 2 and row[0] == name), "")
    return whole_number(told) or 0


def _words(file: Path) -> list[str]:
    return " ".join(_lines(file)).split()


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
