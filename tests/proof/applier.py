"""Applies scenarios: here, or in a process forked from one that has all modules loaded.

`python -m tests.proof.applier` reads an order a line, forks, tells the process's id, and then how
it ended; the process kills itself around a write of the state if the order says so.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.errors import StoryboardError
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import Plan, make_plan
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.state.store import open_state
from storyboard.video import Video
from tests.proof.scenarios import PRUNING, SCENARIOS
from tests.support.tiny_studio import connect

ROOT = Path(__file__).parents[2]


class MortalStore(LocalStore):
    """Ends its process before or after one of its writes."""

    def __init__(self, path: Path, fatal: int = 0, *, after: bool = False) -> None:
        super().__init__(path)
        self.writes = 0
        self._fatal, self._after = fatal, after

    def write(self, state: State) -> None:
        self.writes += 1
        if self.writes == self._fatal and not self._after:
            os.kill(os.getpid(), signal.SIGKILL)
        super().write(state)
        if self.writes == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)


async def _no_wait(seconds: float) -> None:
    await asyncio.sleep(0)


def apply(url: str, folder: Path, wanted: tuple[Video, ...], store: LocalStore) -> Outcome:
    """Plan and apply, as `storyboard apply --prune` does."""

    async def run() -> Outcome:
        client, transport = connect(url)
        try:
            state = open_state(store, client.principal)
            plan = make_plan(wanted, state, await fetch_current(client, state), PRUNING)
            seconds = iter(range(10_000_000))
            options = ApplyOptions(
                download=folder / "films",
                concurrency=1,
                sleep=_no_wait,
                clock=lambda: float(next(seconds)),
            )
            return await apply_plan(plan, client, store, None, options)
        finally:
            await transport.aclose()

    return asyncio.run(run())


def plan(url: str, folder: Path, wanted: tuple[Video, ...]) -> Plan:
    """Return what is planned now."""

    async def run() -> Plan:
        client, transport = connect(url)
        try:
            state = open_state(LocalStore(folder / "state.json"), client.principal)
            return make_plan(wanted, state, await fetch_current(client, state), PRUNING)
        finally:
            await transport.aclose()

    return asyncio.run(run())


class Appliers:
    """Starts a process for each order, and waits for its end."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def run(self, tell: Callable[[int], None], **order: Any) -> int:
        """Apply a scenario in a process, whose id is told first; returns how it ended."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        print(json.dumps(order), file=self._server.stdin, flush=True)
        tell(int(self._server.stdout.readline()))
        print("go", file=self._server.stdin, flush=True)
        return int(self._server.stdout.readline())


@contextmanager
def appliers() -> Iterator[Appliers]:
    """Keep a process that forks appliers, until the block ends."""
    command = [sys.executable, "-W", "error", "-m", "tests.proof.applier"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        yield Appliers(server)
        assert server.stdin is not None
        server.stdin.close()


def _warm_up() -> None:
    """Load, once for all forks, what a run loads late: by one that finds no studio."""
    context = httpx.create_ssl_context()
    vars(httpx)["create_ssl_context"] = lambda **options: context
    with tempfile.TemporaryDirectory() as folder, suppress(StoryboardError):
        apply("http://127.0.0.1:9", Path(folder), (), LocalStore(Path(folder) / "state.json"))
    gc.freeze()


def _serve() -> None:
    for line in iter(sys.stdin.readline, ""):
        held, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(held, 1)
            _apply_and_end(json.loads(line))
        os.close(held)
        print(child, flush=True)
        sys.stdin.readline()
        os.close(go)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _apply_and_end(order: dict[str, Any]) -> None:
    code = 70
    try:
        folder = Path(order["folder"])
        store = MortalStore(folder / "state.json", order["fatal"], after=order["after"])
        wanted = SCENARIOS[order["scenario"]].wanted
        code = apply(order["url"], folder, wanted, store).exit_code.value
    finally:
        os._exit(code)


if __name__ == "__main__":
    _warm_up()
    _serve()
