"""Runners of one project in one process, which find their videos by name in a tiny studio."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from storyboard.apply.apply import apply_plan
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.commands.recalling import recall_state
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.plan.untold import remarks
from storyboard.state.known import KnownState
from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.store import open_state
from storyboard.video import Video
from tests.support.tiny_studio import TinyStudio, connect

_RUNNERS = count(1)


class Killed(BaseException):
    """Ends a run at a checkpoint, as far as the studio can tell as a kill does."""


@dataclass
class Memory:
    """A cache that no disk has to keep."""

    state: State | None = None

    def read(self) -> State | None:
        return self.state

    def write(self, state: State) -> None:
        self.state = state

    def locked(self, patience: LockPatience | None = None) -> AbstractContextManager[None]:
        return nullcontext()

    def seconds_left(self) -> float:
        return math.inf


@dataclass
class Runner:
    """One clone: born with no state, it keeps a cache only for its own later runs."""

    studio: TinyStudio
    checkpoint: Callable[[str], None] = lambda point: None
    number: int = field(default_factory=lambda: next(_RUNNERS))
    store: Memory = field(default_factory=lambda: Memory())
    _nonces: Any = field(default_factory=count)

    def plan(self, *desired: Video, **options: Any) -> Plan:
        async def planned() -> Plan:
            client, transport = connect(self.studio)
            try:
                return (await self._planned(client, desired, options))[0]
            finally:
                await transport.aclose()

        return asyncio.run(planned())

    def apply(self, *desired: Video, **options: Any) -> Outcome:
        return asyncio.run(self.applying(desired, **options))

    async def applying(self, desired: Sequence[Video], **options: Any) -> Outcome:
        client, transport = connect(self.studio)
        try:
            plan, state = await self._planned(client, desired, options)
            settings = ApplyOptions(
                sleep=lambda seconds: asyncio.sleep(0),
                visibility=(0.0,),
                nonce=lambda: f"{self.number:08x}{next(self._nonces):08x}",
                checkpoint=self.checkpoint,
            )
            return await apply_plan(plan, client, KnownState(self.store, state), None, settings)
        finally:
            await transport.aclose()

    async def _planned(
        self, client: Any, desired: Sequence[Video], options: dict[str, Any]
    ) -> tuple[Plan, Any]:
        settings = PlanOptions(by_name=True, **options)
        cache = open_state(self.store, client.principal)
        recalled, current = await recall_state(client, cache, desired, settings)
        plan = make_plan(desired, recalled.state, current, settings)
        told = tuple(remarks(recalled, settings, cached=bool(cache.videos)))
        return replace(plan, remarks=told), recalled.state


def killing_at(point: str, nth: int = 1) -> Callable[[str], None]:
    """Return a checkpoint that ends the run at the nth passing of a point."""
    passed: list[str] = []

    def checkpoint(name: str) -> None:
        passed.append(name)
        if name == point and passed.count(name) == nth:
            raise Killed

    return checkpoint
