"""Runs commands of the program, each in a process forked from one that has all modules loaded.

What a command waits for is there at once: `asyncio.sleep` takes no time in these processes. One
kills itself around a write of the state if its order says so; see `support.forking`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

_sleep = asyncio.sleep


async def _no_time(seconds: float, result: Any = None) -> Any:
    """Sleep in no time, and let others go on."""
    del seconds
    return await _sleep(0, result)


if __name__ == "__main__":
    vars(asyncio)["sleep"] = _no_time  # before what has it as a default is imported

import storyboard.entry  # noqa: E402
from storyboard.state.local import LocalStore  # noqa: E402
from tests.support.command_server import load  # noqa: E402
from tests.support.forking import serve_forks  # noqa: E402


def _die_at(fatal: int, *, after: bool) -> None:
    """Have the n-th write of a state end this process, before or after it."""
    writes, written = iter(range(1, 1_000_000)), LocalStore.write

    def write(self: LocalStore, state: Any) -> None:
        is_last = next(writes) == fatal
        if is_last and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        written(self, state)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)

    LocalStore.write = write  # type: ignore[method-assign]


def _run(order: dict[str, Any]) -> int:
    folder = Path(order["folder"])
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(order["env"])
    if order["fatal"]:
        _die_at(order["fatal"], after=order["after"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, name in ((1, "out"), (2, "err")):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(order[name], flags), stream)
    sys.argv = ["storyboard", *order["arguments"]]
    try:
        storyboard.entry.main()
    except SystemExit as ended:
        sys.stdout.flush()
        return int(ended.code or 0)


if __name__ == "__main__":
    load()
    serve_forks(_run)
