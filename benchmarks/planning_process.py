"""Plans a project in a process of its own, and prints what each step took and needed, as JSON.

`python -m benchmarks.planning_process PROJECT URL STATE`; no other work is in its memory.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.applying import connected
from storyboard.compiler import compile_project
from storyboard.entry import relax_collector
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.source.files import ProjectFiles
from storyboard.state.local import LocalStore
from storyboard.video import Video


async def _plan(root: Path, url: str, state_file: Path) -> None:
    clock, seconds, memory = time.perf_counter(), dict[str, float](), dict[str, float]()

    def done(step: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        seconds[step], memory[step], clock = now - clock, most_memory(), now

    videos = compile_project(ProjectFiles(root)).videos
    done("compile")
    await plan_in_steps(videos, url, state_file, done)
    told = {"seconds": seconds, "memory": memory, "cpu": time.process_time()}
    print(json.dumps(told))


async def plan_in_steps(
    videos: Sequence[Video], url: str, state_file: Path, done: Callable[[str], None]
) -> None:
    """Plan videos that are in the studio as they are; `done` is told of each step at its end."""
    async with connected(url) as client:
        state = LocalStore(state_file).read()
        assert state is not None
        done("read the state")
        current = await fetch_current(client, state)
        done("list")
    plan = make_plan(videos, state, current, PlanOptions(generate=False))
    done("compare")
    assert len(plan.changes) == len(videos) == len(current.videos)
    assert not plan.has_changes, plan.summary


def most_memory() -> float:
    """Return the most memory in MB that this process had so far.

    Linux also counts what the parent had when it began this one, except in this file.
    """
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    most = int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024


if __name__ == "__main__":
    relax_collector()
    asyncio.run(_plan(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
