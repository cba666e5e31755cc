"""What the interface offers to choose from: presenters, their voices, rooms; limits and behaviors.

The same for every user and without a session, as an image in a page is. Knows nothing of what the
studio holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.hard_work import HardWork
from storyboard.studio.api.public_work import made_for
from storyboard.studio.api.recent import Recent
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.film.request import FilmError
from storyboard.studio.film.timeline import PAUSE_SECONDS
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.wire import (
    BROLL_FRAME_RATES,
    DEFAULT_BACKGROUND_COLOR,
    DEFAULT_TEMPLATE,
    MAX_BRIEF,
    MAX_COMPOSE_SECONDS,
    MAX_MEDIA_BYTES,
    MAX_NAME,
    MAX_NARRATION,
    MAX_SCENES,
    MAX_SOURCES,
    MAX_START_SECONDS,
    MIN_SPEECH_SECONDS,
    POLL_SECONDS,
    TEMPLATE_IDS,
)

WIDTH, HEIGHT = 640, 360
"""Of a picture: a preview shows it whole, a card its middle."""

_KEPT_SECONDS: Final = 3600
"""For as long a browser does not ask again; a newer release may draw another picture."""

_LIMITS: Final = {
    "scenes": MAX_SCENES,
    "sources": MAX_SOURCES,
    "composeSeconds": MAX_COMPOSE_SECONDS,
    "startSeconds": MAX_START_SECONDS,
    "speechSeconds": MIN_SPEECH_SECONDS,
    "pauseSeconds": PAUSE_SECONDS,
    "pollSeconds": POLL_SECONDS,
    "narration": MAX_NARRATION,
    "brief": MAX_BRIEF,
    "name": MAX_NAME,
    "fileBytes": MAX_MEDIA_BYTES,
}
_BEHAVIOR: Final = (
    "ready_videos_editable",
    "failed_videos_editable",
    "generate_from_ready",
    "broll_overrun",
    "broll_frame_rates",
    "too_many_sources",
)
"""The switches that decide what a person may do, or is warned of."""


class Choices:
    """The pictures, voices and facts of one studio; each is made once."""

    def __init__(self, workspace: Workspace, hard: HardWork) -> None:
        self._workspace = workspace
        self._hard = hard
        self._kept = Recent()

    async def facts(self, request: Request) -> Response:
        """Tell the backgrounds of the library, the default avatar, limits and behaviors."""
        contract = self._workspace.contract
        return JSONResponse(
            {
                "backgrounds": list(LIBRARY_IDS),
                "defaultTemplate": DEFAULT_TEMPLATE,
                "defaultColor": DEFAULT_BACKGROUND_COLOR,
                "frameRates": list(BROLL_FRAME_RATES),
                "limits": {**_LIMITS, "highlightSources": 1 if is_next(contract) else MAX_SOURCES},
                "behavior": {name: contract[name] for name in _BEHAVIOR},
            }
        )

    async def template(self, request: Request) -> Response:
        """Answer with a presenter on nothing, as PNG."""
        name = request.path_params["template"]
        if name not in TEMPLATE_IDS:
            return Response(status_code=404)
        return await self._made(request, "image/png", partial(_presenter, name))

    async def voice(self, request: Request) -> Response:
        """Answer with a presenter's greeting, as MP3; 404 where nothing here can speak."""
        name = request.path_params["template"]
        if name not in TEMPLATE_IDS:
            return Response(status_code=404)
        return await self._made(request, "audio/mpeg", partial(self._greeting, name))

    async def background(self, request: Request) -> Response:
        """Answer with a background of the library, as JPEG."""
        name = request.path_params["background"]
        if name not in LIBRARY_IDS:
            return Response(status_code=404)
        return await self._made(request, "image/jpeg", partial(_room, name))

    async def _made(
        self, request: Request, kind: str, make: Callable[[], bytes | None]
    ) -> Response:
        """Answer with what is made the first time, and kept; a browser that has it gets no copy."""

        def kept() -> bytes | None:
            return self._kept.get(request.url.path, make)

        content = await made_for(request, self._hard, kept)
        if content is None:
            return Response(status_code=404)
        headers = {
            "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
            "cache-control": f"private, max-age={_KEPT_SECONDS}",
        }
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=kind)

    def _greeting(self, name: str) -> bytes | None:
        text = f"Hello, I am {name.capitalize()}."
        try:
            return b"".join(self._workspace.makers.speech(text, name, [text]))
        except FilmError:
            return None


def _presenter(name: str) -> bytes:
    from storyboard.studio.stage.preview import cutout_png

    return cutout_png(name, WIDTH, HEIGHT)


def _room(name: str) -> bytes:
    from storyboard.studio.jobs.thumbnails import jpeg
    from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
    from storyboard.studio.stage.rooms.painting import draw_backdrop

    return jpeg(draw_backdrop(Backdrop(BackdropKind.LIBRARY, name), WIDTH, HEIGHT))
