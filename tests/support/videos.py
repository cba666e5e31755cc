"""Short ways to say what a video should be, and to plan and apply it against a tiny studio."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from storyboard.apply.apply import apply_plan
from storyboard.apply.observer import Observer
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import Outcome
from storyboard.broll import Broll
from storyboard.kaltura.objects import Principal
from storyboard.plan.current import fetch_current
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.scene_origin import SceneOrigin
from storyboard.source.span import Span
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.state.store import open_state
from storyboard.video import Address, Avatar, Background, BackgroundKind, Layout, Scene, Video
from tests.support.tiny_studio import PRINCIPAL, TinyStudio, connect

JANE = Avatar("jane", Background(BackgroundKind.COLOR, "#CEEEDB"))
ADAM = Avatar("adam", Background(BackgroundKind.LIBRARY, "office-1"))


def span(line: int = 1, file: str = "q1.yaml") -> Span:
    return Span(file, line, 1, line, 2)


def scene(
    id: str,
    text: str | None,
    *,
    broll: tuple[str, float] | None = None,
    avatar: Avatar | None = None,
    layout: Layout | None = None,
    line: int = 5,
) -> Scene:
    return Scene(
        id=id,
        layout=layout or (Layout.BROLL if broll else Layout.FULL_SCREEN),
        narration=text,
        avatar=avatar,
        broll=Broll(*broll) if broll else None,
        origin=SceneOrigin(span(line), {}),
    )


def video(address: str, *scenes: Scene | str, name: str | None = None, **fields: Any) -> Video:
    given = [
        scene(f"s{i + 1}", item, line=5 + i) if isinstance(item, str) else item
        for i, item in enumerate(scenes)
    ]
    fields.setdefault("avatar", JANE)
    return Video(
        Address.parse(address),
        name or f"Film {address}",
        scenes=tuple(given),
        span=span(),
        **fields,
    )


@dataclass
class World:
    """A studio, a state file and a clock that only moves by sleeping."""

    folder: Path
    studio: TinyStudio = field(default_factory=TinyStudio)
    principal: Principal = PRINCIPAL
    options: ApplyOptions = field(default_factory=ApplyOptions)
    _nonces: Any = field(default_factory=count)
    _seconds: float = 0.0

    @property
    def store(self) -> LocalStore:
        return LocalStore(self.folder / "state.json")

    @property
    def state(self) -> State:
        return open_state(self.store, self.principal)

    def plan(self, *desired: Video, **options: Any) -> Plan:
        return asyncio.run(self._plan(desired, options))

    def apply(self, *desired: Video, observer: Observer | None = None, **options: Any) -> Outcome:
        return asyncio.run(self._apply(desired, options, observer))

    def apply_planned(self, plan: Plan) -> Outcome:
        return asyncio.run(self._execute(plan, None))

    async def _plan(self, desired: Sequence[Video], options: dict[str, Any]) -> Plan:
        client, transport = connect(self.studio, principal=self.principal)
        try:
            state = self.state
            return make_plan(
                desired, state, await fetch_current(client, state), PlanOptions(**options)
            )
        finally:
            await transport.aclose()

    async def _apply(
        self, desired: Sequence[Video], options: dict[str, Any], observer: Observer | None
    ) -> Outcome:
        return await self._execute(await self._plan(desired, options), observer)

    async def _execute(self, plan: Plan, observer: Observer | None) -> Outcome:
        client, transport = connect(self.studio, principal=self.principal)
        try:
            return await apply_plan(plan, client, self.store, observer, self._options())
        finally:
            await transport.aclose()

    def _options(self) -> ApplyOptions:
        async def sleep(seconds: float) -> None:
            self._seconds += seconds
            await asyncio.sleep(0)

        return replace(
            self.options,
            sleep=sleep,
            clock=lambda: self._seconds,
            nonce=lambda: f"{next(self._nonces):016x}",
        )
