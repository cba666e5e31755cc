"""How a plan grows with the account: up to 100,000 videos, none changed, in a simulated studio.

The files are not compiled here: `benchmarks/compiling.py` measures that. Each size is planned in a
process of its own: `python -m benchmarks.planning_curve STORYBOARDS URL STATE`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.applying import requests_of
from benchmarks.measuring import Row
from benchmarks.plain_studio import plain_studio
from benchmarks.planning import LOCALES, put_all, videos_of
from benchmarks.planning_process import most_memory, plan_in_steps
from storyboard.entry import relax_collector

SIZES = (100, 1_000, 10_000)
"""Storyboards, in ten locales each."""


def measure() -> Iterator[Row]:
    """Yield the requests, CPU seconds and memory of each size."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder, plain_studio(0.0) as url:
            state = put_all(url, Path(folder, "state.json"), videos_of(size))
            asked = asyncio.run(requests_of(url))
            command = [sys.executable, "-m", "benchmarks.planning_curve", str(size), url, state]
            root = Path(__file__).parents[1]
            ran = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
            calls = asyncio.run(requests_of(url)) - asked - 1
        told = json.loads(ran.stdout)
        steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in told["cpu"].items())
        videos = size * len(LOCALES)
        yield Row(
            f"plan of {videos:,} videos, CPU",
            sum(told["cpu"].values()),
            "s",
            "",
            f"{calls} requests; {steps}; {told['memory']:.0f} MB, of which {told['before']:.0f} MB "
            f"are the videos; {told['wall']:.1f} s",
        )


async def _plan(size: int, url: str, state_file: Path) -> dict[str, Any]:
    videos = videos_of(size)
    before, begun, clock = most_memory(), time.perf_counter(), time.process_time()
    cpu: dict[str, float] = {}

    def done(step: str) -> None:
        nonlocal clock
        now = time.process_time()
        cpu[step], clock = now - clock, now

    await plan_in_steps(videos, url, state_file, done)
    wall = time.perf_counter() - begun
    return {"cpu": cpu, "memory": most_memory(), "before": before, "wall": wall}


if __name__ == "__main__":
    relax_collector()
    found = asyncio.run(_plan(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
    print(json.dumps(found))
