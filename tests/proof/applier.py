"""Applies scenarios: here, or in a process forked from one that has all modules loaded.

A process kills itself around a write of the state if its order says so; see `support.forking`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

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
from tests.support.forking import serve_forks
from tests.support.passing_time import no_wait
from tests.support.tiny_studio import connect


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
                sleep=no_wait,
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


def _warm_up() -> None:
    """Load, once for all forks, what a run loads late: by one that finds no studio."""
    with tempfile.TemporaryDirectory() as folder, suppress(StoryboardError):
        apply("http://127.0.0.1:9", Path(folder), (), LocalStore(Path(folder) / "state.json"))


def _apply(order: dict[str, Any]) -> int:
    folder = Path(order["folder"])
    store = MortalStore(folder / "state.json", order["fatal"], after=order["after"])
    wanted = SCENARIOS[order["scenario"]].wanted
    return apply(order["url"], folder, wanted, store).exit_code.value


if __name__ == "__main__":
    _warm_up()
    serve_forks(_apply)
