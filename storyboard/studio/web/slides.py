"""Slides for the interface: how many a presentation has, and their pictures.

An entry's id is what it takes, as for a still.
"""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.slow_calls import HardWork
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.slides import count_slides, slide_picture
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.networks import network_of


class Slides:
    """The slides of one studio's presentations."""

    def __init__(self, workspace: Workspace, hard: HardWork) -> None:
        self._workspace = workspace
        self._hard = hard

    async def picture(self, request: Request) -> Response:
        """Answer with a PNG; 404 for a slide that no presentation has, or that cannot be drawn."""
        entry_id, index = request.path_params["entry"], request.path_params["index"]
        draw = partial(self._drawn, entry_id, int(index))
        caller = network_of(request.client.host) if request.client else ""
        picture = await self._hard.do(caller, draw, request.is_disconnected, at_once=1)
        if picture is None:
            return Response(status_code=404)
        headers = {"cache-control": "private, max-age=60"}
        return Response(picture, headers=headers, media_type="image/png")

    async def count(self, request: Request) -> Response:
        """Answer with how many slides an entry has: 0 where it is no presentation; 404 for none."""
        caller = network_of(request.client.host) if request.client else ""
        look = partial(self._counted, request.path_params["entry"])
        found = await self._hard.do(caller, look, request.is_disconnected, at_once=1)
        if found is None:
            return Response(status_code=404)
        return JSONResponse({"count": found}, headers={"cache-control": "no-store"})

    def _counted(self, entry_id: str) -> int | None:
        with self._workspace.store.read() as tx:
            entry = entries.find(tx, entry_id)
        return None if entry is None else count_slides(self._workspace, entry)

    def _drawn(self, entry_id: str, index: int) -> bytes | None:
        with self._workspace.store.read() as tx:
            entry = entries.find(tx, entry_id)
        if entry is None or index >= count_slides(self._workspace, entry):
            return None
        try:
            return slide_picture(self._workspace, entry, index).read_bytes()
        except (FilmError, OSError):
            return None
