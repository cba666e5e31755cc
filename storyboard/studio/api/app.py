"""The studio as one ASGI application: every route, and where an exception becomes an answer."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from storyboard.kaltura.wire import Action, ErrorCode
from storyboard.studio.api import avatar_actions, video_actions
from storyboard.studio.api.authentication import authenticate, bearer_token
from storyboard.studio.api.bodies import (
    MAX_JSON_BYTES,
    MAX_MEDIA_BYTES,
    content_type,
    read_body,
    read_json,
)
from storyboard.studio.api.caption_services import CAPTION_SERVICES
from storyboard.studio.api.control import ControlPlane
from storyboard.studio.api.downloads import serve_entry, serve_thumbnail
from storyboard.studio.api.fields import faults
from storyboard.studio.api.injection import UNANSWERED, Dropped, suffer, told_instead
from storyboard.studio.api.multipart import read_form
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.payloads import error_payload
from storyboard.studio.api.requests import request_fields
from storyboard.studio.api.security import Door
from storyboard.studio.api.services import SERVICES
from storyboard.studio.api.time_travel import TimeTravel
from storyboard.studio.api.upload_services import UPLOAD_SERVICES, UPLOADS
from storyboard.studio.faults import Faults
from storyboard.studio.journal import Call, Journal
from storyboard.studio.refusal import Refusal, StudioCode
from storyboard.studio.rendering import Renderers
from storyboard.studio.session import Session
from storyboard.studio.workspace import Workspace

Reply = dict[str, Any] | bytes | Iterator[bytes] | None
Handler = Callable[[Workspace, Session, dict[str, Any]], Reply]

HANDLERS: Final[Mapping[Action, Handler]] = {
    Action.TEMPLATE_LIST: avatar_actions.list_templates,
    Action.AVATAR_UPSERT: avatar_actions.upsert,
    Action.AVATAR_GET: avatar_actions.get,
    Action.AVATAR_PREVIEW: avatar_actions.preview,
    Action.CHECK_CONFIGURATION: avatar_actions.check_configuration,
    Action.VIDEO_ADD: video_actions.add,
    Action.VIDEO_GET: video_actions.get,
    Action.VIDEO_UPDATE: video_actions.update,
    Action.VIDEO_LIST: video_actions.list_videos,
    Action.VIDEO_DELETE: video_actions.delete,
    Action.VIDEO_COMPOSE: video_actions.compose,
    Action.VIDEO_GENERATE: video_actions.generate,
    Action.VIDEO_RESET_STATUS: video_actions.reset_status,
    Action.VIDEO_PREVIEW_AUDIO: video_actions.preview_audio,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: video_actions.preview_audio_stream,
}
_SERVICES: Final = {**SERVICES, **CAPTION_SERVICES, **UPLOAD_SERVICES}
_LOG = logging.getLogger("storyboard.studio")
_FILES: Final = {
    Action.AVATAR_PREVIEW: avatar_actions.PNG,
    Action.VIDEO_PREVIEW_AUDIO: video_actions.MP3,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: video_actions.MP3,
}
_UNAUTHENTICATED: Final = frozenset(
    {ErrorCode.MISSING_KS, ErrorCode.INVALID_KS, ErrorCode.EXPIRED_KS}
)


def build_app(
    workspace: Workspace,
    *,
    renderers: Renderers,
    hosts: frozenset[str],
    origins: frozenset[str],
) -> ASGIApp:
    """Return the application; `renderers` are told when a job may have been queued."""
    rules, journal, wake = Faults(), Journal(), renderers.wake
    control = ControlPlane(workspace, rules, journal, renderers)

    async def act(request: Request) -> Response:
        name = f"{request.path_params['service']}/{request.path_params['action']}"
        body = await read_json(request)
        fault, begun = rules.match(name, body), time.monotonic()

        def note(status: int | None, code: str | None) -> None:
            kind, took = None if fault is None else fault.kind.value, time.monotonic() - begun
            journal.note(Call(workspace.clock(), name, body, status, code, took, kind))

        async def answer() -> Response:
            code = None
            try:
                reply = await run_in_threadpool(_act, workspace, request, name, body, wake)
            except Refusal as refusal:
                code, reply = refusal.code.value, _refused(workspace, refusal)
            note(reply.status_code, code)
            return reply

        if fault is None:
            return await answer()
        reply = await suffer(fault, request, answer)
        if fault.kind in UNANSWERED:
            note(*told_instead(fault))
        return reply

    async def serve(request: Request) -> Response:
        name = f"{request.path_params['service']}/{request.path_params['action']}"
        kind, query = content_type(request), request.url.query
        if kind != "multipart/form-data":
            given = Parameters.parse(query, await read_body(request), kind)
            return await run_in_threadpool(_serve, workspace, request, name, given)
        draft = workspace.blobs.draft(".upload")
        limit = MAX_MEDIA_BYTES if name.lower() in UPLOADS else MAX_JSON_BYTES
        try:
            given = Parameters.of_form(query, await read_form(request, draft, limit))
            return await run_in_threadpool(_serve, workspace, request, name, given)
        finally:
            draft.unlink(missing_ok=True)

    async def download(request: Request) -> Response:
        return await serve_entry(workspace, request, request.path_params["entry"])

    async def picture(request: Request) -> Response:
        return await serve_thumbnail(workspace, request, request.path_params["entry"])

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def widget(request: Request) -> Response:
        refusal = Refusal(StudioCode.NOT_EMULATED, "This studio has no widgets: see guide §11")
        return JSONResponse(error_payload(refusal), 404)

    async def refused(request: Request, cause: Exception) -> Response:
        assert isinstance(cause, Refusal)
        return _refused(workspace, cause)

    still = "/p/{partner:int}/thumbnail/entry_id/{entry}"
    manifest = "/p/{partner:int}/sp/{sub:int}/playManifest/entryId/{entry}/{rest:path}"
    app = Starlette(
        routes=[
            Route("/api/v1/{service}/{action}", act, methods=["POST"]),
            Route("/api_v3/service/{service}/action/{action}", serve, methods=["GET", "POST"]),
            Route("/v1", widget, methods=["GET", "POST"]),
            Route("/v1/{rest:path}", widget, methods=["GET", "POST"]),
            Route(manifest, download, methods=["GET", "HEAD"]),
            Route(still, picture),
            Route(still + "/{rest:path}", picture),
            Route("/__studio/media", control.media, methods=["GET", "POST"]),
            Route("/__studio/media/{entry}/captions", control.captions, methods=["POST"]),
            Route("/__studio/progress", control.progress),
            Route("/__studio/videos/{video}", control.video),
            Route("/__studio/contract", control.contract),
            Route("/__studio/openapi.json", control.openapi),
            Route("/__studio/faults", control.faults, methods=["GET", "POST", "DELETE"]),
            Route("/__studio/videos/{video}/status", control.step, methods=["POST"]),
            Route("/__studio/hold", control.hold, methods=["POST", "DELETE"]),
            Route("/__studio/journal", control.journal),
            Route("/__studio/reset", control.reset, methods=["POST"]),
            Route("/__studio/health", health),
            *TimeTravel(workspace, workspace.clock).routes,
        ],
        exception_handlers={
            Refusal: refused,
            HTTPException: _http_error,
            sqlite3.Error: _world_error,
            OSError: _world_error,
        },
    )
    return Door(app, hosts, origins)


def _act(
    workspace: Workspace,
    request: Request,
    name: str,
    body: dict[str, Any],
    wake: Callable[[], None],
) -> Response:
    """Answer one action of the avatar API; runs in a thread."""
    session = authenticate(
        workspace,
        bearer_token(request.headers.get("authorization")),
        _uri(request),
        expired=ErrorCode(workspace.contract["expired_ks_code"]),
    )
    try:
        action = Action(name)
    except ValueError:
        raise Refusal(StudioCode.UNKNOWN_ACTION, f"There is no action '{name}'") from None
    strict = workspace.contract["unknown_fields"] == "refuse"
    wrong = faults(body, request_fields(action, workspace.contract), refuse_unknown=strict)
    if wrong:
        raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong[:20]))
    reply = HANDLERS[action](workspace, session, body)
    if action in (Action.VIDEO_GENERATE, Action.VIDEO_COMPOSE):
        wake()
    if isinstance(reply, dict):
        return JSONResponse(reply)
    if reply is None:
        return Response(b"", media_type="application/json")
    if isinstance(reply, bytes):
        return Response(reply, media_type=_FILES[action])
    return StreamingResponse(reply, media_type=_FILES[action])


def _serve(workspace: Workspace, request: Request, name: str, given: Parameters) -> Response:
    """Answer one action of a v3 service; runs in a thread."""
    service = _SERVICES.get(name.lower())
    if service is None:
        raise Refusal(
            StudioCode.SERVICE_DOES_NOT_EXISTS, f"Service '{name}' does not exist", {"NAME": name}
        )
    if given.text("format", default="1") != "1":
        raise Refusal(StudioCode.NOT_EMULATED, "This studio answers in JSON alone: send format=1")
    reply = service(workspace, given, _uri(request))
    if isinstance(reply, bytes):
        return Response(reply, media_type="text/plain")
    return JSONResponse(reply)


def _refused(workspace: Workspace, refusal: Refusal) -> Response:
    status = 200
    if refusal.code in _UNAUTHENTICATED:
        status = int(workspace.contract["authentication_status"])
    elif refusal.code is StudioCode.VALIDATION_ERROR:
        status = int(workspace.contract["validation_status"])
    return JSONResponse(error_payload(refusal), status)


async def _http_error(request: Request, cause: Exception) -> Response:
    assert isinstance(cause, HTTPException)
    return PlainTextResponse(f"{cause.detail}\n", cause.status_code, cause.headers)


async def _world_error(request: Request, cause: Exception) -> Response:
    """Answer for a full disk or a busy database: nothing was changed, or all of it."""
    if isinstance(cause, Dropped):
        raise cause
    _LOG.error("%s could not be answered: %s", request.url.path, cause)
    refusal = Refusal(StudioCode.INTERNAL_SERVER_ERROR, "The studio cannot keep its data now")
    return JSONResponse(error_payload(refusal), 500)


def _uri(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")
