"""`/metrics`: what a collector reads of a studio, and how each request comes to be counted."""

from __future__ import annotations

import hmac
import time
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storyboard.studio.api.authentication import admitted, bearer_token, visit_of
from storyboard.studio.api.payloads import error_payload
from storyboard.studio.api.told_errors import noting_errors
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.behavior.rights import RIGHTS, SERVICES
from storyboard.studio.jobs.disk_room import free_bytes
from storyboard.studio.jobs.measures import Measures, Now
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue
from storyboard.wire import ErrorCode

PATH: Final = "/metrics"
_OTHER: Final = "other"
_OFF: Final = "no metrics are counted: start the studio with --metrics\n"


class Metrics:
    """What a collector may read of one studio."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def answer(self, request: Request) -> Response:
        """Answer who has the token, or a session that the table of rights lets in."""
        try:
            told = await run_in_threadpool(self._told, request)
        except Refusal as refusal:
            return _refused(refusal)
        if told is None:
            return PlainTextResponse(_OFF, 404)
        text, kind = told
        return Response(text, headers={"content-type": kind})

    def _told(self, request: Request) -> tuple[bytes, str] | None:
        workspace, given = self._workspace, bearer_token(request.headers.get("authorization"))
        token = workspace.measures.token.encode()
        if not (token and hmac.compare_digest(token, (given or "").encode())):
            admitted(workspace, PATH, given, visit_of(request))
        with workspace.store.read() as tx:
            lanes, unmet = queue.lanes(tx), live_workers.unmet(tx)
        free, draining = free_bytes(workspace), workspace.draining.has_begun
        return workspace.measures.told(Now(workspace.clock(), lanes, unmet, free, draining))


def _refused(refusal: Refusal) -> Response:
    """Return a refusal as collectors and probes understand it: by its status, unlike the API's."""
    if refusal.code is ErrorCode.SERVICE_FORBIDDEN:
        return JSONResponse(error_payload(refusal), 403)
    return JSONResponse(error_payload(refusal), 401, {"www-authenticate": "Bearer"})


class Measured:
    """Wraps the routes: counts each answer with its time, by call and status, and its errors."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note what was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with noting_errors() as errors:
            try:
                await self._app(scope, receive, noted)
            finally:
                seconds = time.monotonic() - begun
                self._measures.note_request(call_of(scope), status, seconds, errors)


def call_of(scope: Scope) -> str:
    """Return the row of rights that a request met: there are as many as we wrote.

    A path that a caller makes up must be no label of its own: a collector keeps each for ever.
    """
    path, given = scope.get("path", ""), scope.get("path_params", {})
    service = f"{SERVICES}{given.get('service', '')}/{given.get('action', '')}".lower()
    route = getattr(scope.get("route"), "path", "")
    return next((row for row in (path, service, route) if row in RIGHTS), _OTHER)
