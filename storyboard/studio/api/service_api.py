"""`/api_v3/`: from a form, a query or JSON to a v3 service and back. What one does is elsewhere."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.authentication import visit_of
from storyboard.studio.api.bodies import (
    MAX_JSON_BYTES,
    MAX_MEDIA_BYTES,
    content_type,
    read_body,
)
from storyboard.studio.api.caption_services import CAPTION_SERVICES
from storyboard.studio.api.entry_services import ENTRY_SERVICES
from storyboard.studio.api.multipart import read_form
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.session_services import SESSION_SERVICES
from storyboard.studio.api.upload_services import UPLOAD_SERVICES, UPLOADS
from storyboard.studio.refusal import Refusal, StudioCode
from storyboard.studio.workspace import Workspace

_SERVICES: Final = {**SESSION_SERVICES, **ENTRY_SERVICES, **CAPTION_SERVICES, **UPLOAD_SERVICES}


class ServiceApi:
    """The v3 services of one studio."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def call(self, request: Request) -> Response:
        """Answer a service; a file that came with the form is gone once that is done."""
        name = f"{request.path_params['service']}/{request.path_params['action']}"
        kind, query = content_type(request), request.url.query
        if kind != "multipart/form-data":
            given = Parameters.parse(query, await read_body(request), kind)
            return await run_in_threadpool(self._serve, request, name, given)
        draft = self._workspace.blobs.draft(".upload")
        limit = MAX_MEDIA_BYTES if name.lower() in UPLOADS else MAX_JSON_BYTES
        try:
            given = Parameters.of_form(query, await read_form(request, draft, limit))
            return await run_in_threadpool(self._serve, request, name, given)
        finally:
            draft.unlink(missing_ok=True)

    def _serve(self, request: Request, name: str, given: Parameters) -> Response:
        service = _SERVICES.get(name.lower())
        if service is None:
            raise Refusal(
                StudioCode.SERVICE_DOES_NOT_EXISTS,
                f"Service '{name}' does not exist",
                {"NAME": name},
            )
        if given.text("format", default="1") != "1":
            raise Refusal(
                StudioCode.NOT_EMULATED, "This studio answers in JSON alone: send format=1"
            )
        reply = service(self._workspace, given, visit_of(request))
        if isinstance(reply, bytes):
            return Response(reply, media_type="text/plain")
        return JSONResponse(reply)
