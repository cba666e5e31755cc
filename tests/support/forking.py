"""Processes forked from one that has its modules loaded: they start quickly, and can be killed.

A module that serves them is run by `-m`: it reads an order a line, forks, tells the process's id,
and then how it ended.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx

from storyboard.narration.readers import reader_of
from tests.support.certificates import reading_once

ROOT: Final = Path(__file__).parents[2]
_SECONDS: Final = 120
"""A process that takes longer hangs."""


def _untold(pid: int) -> None:
    del pid


class Forks:
    """Starts a process for each order, and waits for its end."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def run(self, tell: Callable[[int], None] = _untold, **order: Any) -> int:
        """Carry an order out in a process, whose id is told first; returns how it ended."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        print(json.dumps(order), file=self._server.stdin, flush=True)
        tell(int(self._server.stdout.readline()))
        print("go", file=self._server.stdin, flush=True)
        return int(self._server.stdout.readline())


@cache
def forks(module: str) -> Forks:
    """Start the server of a module, once for all tests of this process, which it ends with."""
    server = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", module],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def end() -> None:
        for stream in (server.stdin, server.stdout):
            assert stream is not None
            stream.close()
        server.wait()

    atexit.register(end)
    return Forks(server)


def prepare() -> None:
    """Make what each fork would make anew, half of what a plan costs; and have none collect it."""
    vars(httpx)["create_ssl_context"] = once = reading_once()
    once()
    reader_of("en")
    gc.freeze()


def serve_forks(work: Callable[[dict[str, Any]], int]) -> None:
    """Fork a process for each order on stdin, which ends with the code that its work returns."""
    prepare()
    for line in iter(sys.stdin.readline, ""):
        held, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(held, 1)
            _work_and_end(work, json.loads(line))
        os.close(held)
        print(child, flush=True)
        sys.stdin.readline()
        os.close(go)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _work_and_end(work: Callable[[dict[str, Any]], int], order: dict[str, Any]) -> None:
    code = 70
    signal.alarm(_SECONDS)
    try:
        code = work(order)
    finally:
        sys.stderr.flush()
        os._exit(code)
