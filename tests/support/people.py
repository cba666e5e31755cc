"""A tiny studio that a person uses while an apply is under way, before any request of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from storyboard.errors import ExitCode
from storyboard.video import Video
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World

Deed = Callable[["SharedStudio"], bool]
"""What a person does; False where the studio refused, and it is tried before the next request."""


@dataclass
class SharedStudio(TinyStudio):
    """Before request `number` of an apply, counted from 1, a person begins with the `deeds`.

    `requests` counts what was asked since `expect`.
    """

    requests: int = 0
    _begins: int = 0
    _deeds: list[Deed] = field(default_factory=list)

    def expect(self, number: int, *deeds: Deed) -> None:
        """Count anew; the person does one deed a request from `number` on."""
        self.requests, self._begins, self._deeds = 0, number, list(deeds)

    @property
    def is_quiet(self) -> bool:
        """Whether the person has done all."""
        return not self._deeds

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        self._somebody_asks()
        return super()._act(action, body)

    async def _entry(self, request: Request) -> Response:
        self._somebody_asks()
        return await super()._entry(request)

    def _somebody_asks(self) -> None:
        self.requests += 1
        if self._deeds and self.requests >= self._begins and self._deeds[0](self):
            self._deeds.pop(0)

    def only_video(self) -> dict[str, Any] | None:
        """Return the newest video, if there is one."""
        return max(self.videos.values(), key=lambda v: v["createdAt"], default=None)


def edits(**fields: Any) -> Deed:
    """Edit the newest video by the API's rules."""

    def deed(studio: SharedStudio) -> bool:
        video = studio.only_video()
        if video is None:
            return False
        answer = studio._video_update({"id": video["id"], **json.loads(json.dumps(fields))})
        return "code" not in answer

    return deed


def says(text: str) -> Deed:
    """Change the narration of the newest video's first scene, and nothing else of it."""

    def deed(studio: SharedStudio) -> bool:
        video = studio.only_video()
        if video is None or not video["scenes"]:
            return False
        scenes = json.loads(json.dumps(video["scenes"]))
        scenes[0]["narration"]["text"] = text
        return edits(scenes=scenes)(studio)

    return deed


def films(studio: SharedStudio) -> bool:
    """Have the newest video filmed."""
    video = studio.only_video()
    return video is not None and "code" not in studio._video_generate({"id": video["id"]})


def films_at_once(studio: SharedStudio) -> bool:
    """Have the newest video filmed, in a moment in which nobody else asks anything."""
    if not films(studio):
        return False
    video = studio.only_video()
    assert video is not None
    studio._end_film(video)
    return True


def act_at_each_request(
    folder: Path,
    studios: Callable[[], SharedStudio],
    deeds: Sequence[Deed],
    *,
    before: Video | None,
    wanted: Video,
    holds: Callable[[World], None],
    converges: Callable[[World], object],
) -> list[ExitCode]:
    """Apply once for each request, with the person acting from that one on; return how each ended.

    Each time in a new studio, to which `before` was applied. After each, something `holds`, and
    the world `converges`.
    """
    endings = []
    for number in range(1, 60):
        studio = studios()
        world = World(folder / str(number), studio)
        world.folder.mkdir()
        if before is not None:
            assert world.apply(before).exit_code is ExitCode.OK
        plan = world.plan(wanted)
        studio.expect(number, *deeds)
        outcome = world.apply_planned(plan)
        if studio.requests < number:
            return endings
        holds(world)
        studio.expect(0)
        endings.append(outcome.exit_code)
        converges(world)
    raise AssertionError("an apply without an end")
