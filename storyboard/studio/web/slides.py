"""Slides for the interface: how many a presentation has, and their pictures.

An entry's id is what it takes, as for a still.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.hard_work import HardWork
from storyboard.studio.api.public_work import made_for
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.slides import count_slides, slide_picture
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.entries import Entry

T = TypeVar("T")


class Slides:
    """The slides of one studio's presentations."""

    def __init__(self, workspace: Workspace, hard: HardWork) -> None:
        self._workspace = workspace
        self._hard = hard

    async def picture(self, request: Request) -> Response:
        """Answer with a PNG; 404 for a slide that no presentation has, or that cannot be drawn."""
        draw = partial(self._drawn, index=int(request.path_params["index"]))
        picture = await self._found(request, draw)
        if picture is None:
            return Response(status_code=404)
        headers = {"cache-control": "private, max-age=60"}
        return Response(picture, headers=headers, media_type="image/png")

    async def count(self, request: Request) -> Response:
        """Answer with how many slides an entry has: 0 where it is no presentation; 404 for none."""
        found = await self._found(request, partial(count_slides, self._workspace))
        if found is None:
            return Response(status_code=404)
        return JSONResponse({"count": found}, headers={"cache-control": "no-store"})

    async def _found(self, request: Request, look: Callable[[Entry], T | None]) -> T | None:
        """Return what is found of the entry that a request names; None where it is gone."""

        def looked() -> T | None:
            with self._workspace.store.read() as tx:
                entry = entries.find(tx, request.path_params["entry"])
            try:
                return None if entry is None else look(entry)
            except FileNotFoundError:  # deleted a moment ago
                return None

        return await made_for(request, self._hard, looked)

    def _drawn(self, entry: Entry, index: int) -> bytes | None:
        if index >= count_slides(self._workspace, entry):
            return None
        try:
            return slide_picture(self._workspace, entry, index).read_bytes()
        except (FilmError, OSError):
            return None
