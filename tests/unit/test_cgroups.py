"""A container or a pod has a part of its machine: its limits are read, of both kinds of groups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storyboard import cores as cores_module
from storyboard.cgroups import core_limit, memory_left
from storyboard.cores import cores
from storyboard.studio.film import threads
from storyboard.studio.film.threads import affordable, free_memory

GIB = 1 << 30
POD = "kubepods.slice/pod-1"


def group(root: Path, own: str, files: dict[str, str]) -> dict[str, Path]:
    """Write the files of control groups, and which one the program is in."""
    for name, text in files.items():
        path = root / "groups" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "own").write_text(own)
    return {"groups": root / "groups", "own": root / "own"}


@pytest.mark.parametrize(
    ("own", "files", "limit"),
    [
        ("0::/\n", {"cpu.max": "200000 100000\n"}, 2.0),
        ("0::/\n", {"cpu.max": "max 100000\n"}, None),
        ("0::/\n", {}, None),
        (f"0::/{POD}/c\n", {f"{POD}/cpu.max": "50000 100000", f"{POD}/c/cpu.max": "max 1"}, 0.5),
        (f"0::/{POD}\n", {f"{POD}/cpu.max": "150000 100000", "kubepods.slice/cpu.max": "4 1"}, 1.5),
        ("0::/of/the/machine\n", {"cpu.max": "300000 100000"}, 3.0),
        ("0::/../../elsewhere\n", {"cpu.max": "300000 100000"}, 3.0),
        (
            "4:cpu,cpuacct:/docker/1\n3:memory:/docker/1\n",
            {"cpu/cpu.cfs_quota_us": "250000", "cpu/cpu.cfs_period_us": "100000"},
            2.5,
        ),
        ("4:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "1"}, None),
        ("nonsense\n", {"cpu.max": "two 0\n"}, None),
        ("0::/\n", {"cpu.max": "100000 0\n"}, None),
    ],
)
def test_the_smallest_limit_of_cores_holds(
    tmp_path: Path, own: str, files: dict[str, str], limit: float | None
) -> None:
    assert core_limit(**group(tmp_path, own, files)) == limit


@pytest.mark.parametrize(
    ("own", "files", "left"),
    [
        ("0::/\n", {"memory.max": f"{4 * GIB}\n", "memory.current": f"{GIB}\n"}, 3 * GIB),
        (
            "0::/\n",
            {
                "memory.max": f"{4 * GIB}",
                "memory.current": f"{3 * GIB}",
                "memory.stat": f"anon 7\ninactive_file {2 * GIB}\n",
            },
            3 * GIB,
        ),
        ("0::/\n", {"memory.max": "max\n", "memory.current": "7\n"}, None),
        ("0::/\n", {"memory.max": "7", "memory.current": "9"}, 0),
        (
            "3:memory:/docker/1\n",
            {
                "memory/memory.limit_in_bytes": f"{2 * GIB}",
                "memory/memory.usage_in_bytes": f"{GIB}",
                "memory/memory.stat": f"inactive_file 5\ntotal_inactive_file {GIB // 2}\n",
            },
            GIB + GIB // 2,
        ),
        (
            "3:memory:/\n",
            {
                "memory/memory.limit_in_bytes": "9223372036854771712",
                "memory/memory.usage_in_bytes": "7",
            },
            None,
        ),
        ("", {}, None),
    ],
)
def test_what_is_left_of_memory_is_told(
    tmp_path: Path, own: str, files: dict[str, str], left: int | None
) -> None:
    assert memory_left(**group(tmp_path, own, files)) == left


@pytest.mark.parametrize(("limit", "count"), [(None, 64), (2.0, 2), (1.5, 2), (0.1, 1), (99.0, 64)])
def test_a_program_has_the_cores_that_it_may_use(
    monkeypatch: pytest.MonkeyPatch, limit: float | None, count: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {*range(64)}, raising=False)
    monkeypatch.setattr(cores_module, "core_limit", lambda: limit)
    assert cores() == count


def test_a_film_takes_no_more_memory_than_its_container_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pod of 4 GiB on a machine of 64 cores it took 19, and was killed for it."""
    machine = tmp_path / "meminfo"
    machine.write_text(f"MemAvailable: {256 << 20} kB\n")
    monkeypatch.setattr(threads, "memory_left", lambda: 3 * GIB)
    assert free_memory(machine) == 3 * GIB
    assert affordable(64, free_memory(machine)) == 10
    monkeypatch.setattr(threads, "memory_left", lambda: None)
    assert free_memory(machine) == 256 * GIB
    assert free_memory(tmp_path / "none") is None
