"""The control plane under `/__studio/`: media, progress, reasons, contract, faults, reset.

Nothing of it is on the API's own paths; every call needs an admin session of this workspace.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.kaltura.wire import ErrorCode
from storyboard.studio import entries, queue, videos
from storyboard.studio.api.authentication import authenticate, bearer_token
from storyboard.studio.api.bodies import read_json, save_body
from storyboard.studio.api.fields import Field, Kind, faults
from storyboard.studio.api.payloads import medium_payload, timestamp
from storyboard.studio.faults import Fault, FaultKind, Faults
from storyboard.studio.queue import JobState
from storyboard.studio.refusal import Refusal, StudioCode
from storyboard.studio.session import Session
from storyboard.studio.transitions import Effect, Refused
from storyboard.studio.uploads import accept
from storyboard.studio.workspace import Workspace

_TEXT, _COUNT = Field(Kind.TEXT), Field(Kind.INTEGER, minimum=1)
_FAULT: Final[Mapping[str, Field]] = {
    "kind": Field(Kind.TEXT, required=True, choices=tuple(kind.value for kind in FaultKind)),
    "action": _TEXT,
    "videoId": _TEXT,
    "call": _COUNT,
    "times": _COUNT,
    "probability": Field(Kind.NUMBER, minimum=0, maximum=1),
    "seed": Field(Kind.INTEGER),
    "delay": Field(Kind.NUMBER, minimum=0, maximum=600),
    "status": Field(Kind.INTEGER, minimum=200, maximum=599),
    "code": _TEXT,
    "message": _TEXT,
    "headers": Field(Kind.OBJECT),
}


class ControlPlane:
    """The control plane of one studio."""

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self._workspace = workspace
        self._faults = faults

    async def media(self, request: Request) -> Response:
        """`GET`: every medium. `POST`: the raw body becomes an entry, by `entryId` and `name`."""
        session = await self._admin(request)
        if request.method == "GET":
            return JSONResponse(await run_in_threadpool(self._media))
        draft = self._workspace.blobs.draft(".upload")
        try:
            if await save_body(request, draft) == 0:
                raise Refusal(StudioCode.MEDIA_NOT_SUPPORTED, "the file is empty")
            query = request.query_params
            entry = await run_in_threadpool(
                accept,
                self._workspace,
                session.principal,
                draft,
                query.get("name", ""),
                query.get("entryId"),
            )
        finally:
            draft.unlink(missing_ok=True)
        return JSONResponse(medium_payload(entry))

    async def progress(self, request: Request) -> Response:
        """Tell how far every film in work is, from 0 to 1."""
        await self._admin(request)

        def read() -> list[JobState]:
            with self._workspace.store.read() as tx:
                return queue.states(tx, open_only=True)

        return JSONResponse({"objects": [_job(job) for job in await run_in_threadpool(read)]})

    async def video(self, request: Request) -> Response:
        """Tell what the API does not: why a film failed, and how its job went."""
        await self._admin(request)
        video_id = request.path_params["video"]

        def read() -> dict[str, Any]:
            with self._workspace.store.read() as tx:
                video, job = videos.find(tx, video_id), queue.last_of(tx, video_id)
            if video is None:
                raise Refusal(StudioCode.VIDEO_NOT_FOUND, f"Video '{video_id}' not found")
            return {
                "id": video.id,
                "name": video.name,
                "status": video.status.value,
                "entryId": video.entry_id,
                "reason": video.reason,
                "job": None if job is None else _job(job),
            }

        return JSONResponse(await run_in_threadpool(read))

    async def contract(self, request: Request) -> Response:
        """List every switch, and the table of statuses that they give."""
        await self._admin(request)
        table = {
            operation.value: {status.value: _cell(cell) for status, cell in row.items()}
            for operation, row in self._workspace.rules.items()
        }
        return JSONResponse({"switches": self._workspace.contract.listing(), "table": table})

    async def faults(self, request: Request) -> Response:
        """`POST` adds a rule, `DELETE` clears them, `GET` lists them with their counts."""
        await self._admin(request)
        if request.method == "DELETE":
            self._faults.clear()
        elif request.method == "POST":
            self._faults.add(_fault(await read_json(request)))
        return JSONResponse({"objects": self._faults.listing()})

    async def reset(self, request: Request) -> Response:
        """Forget every object, job and fault; identity, app tokens and caches stay."""
        await self._admin(request)

        def clear() -> None:
            with self._workspace.store.write() as tx:
                for table in ("jobs", "videos", "avatars", "entries"):
                    tx.execute(f"DELETE FROM {table}")

        self._faults.clear()
        await run_in_threadpool(clear)
        return JSONResponse({})

    async def _admin(self, request: Request) -> Session:
        token = bearer_token(request.headers.get("authorization"))
        uri = str(request.url.path)
        session = await run_in_threadpool(authenticate, self._workspace, token, uri)
        if not session.is_admin:
            raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "The control plane needs an admin session")
        return session

    def _media(self) -> dict[str, Any]:
        with self._workspace.store.read() as tx:
            return {"objects": [medium_payload(entry) for entry in entries.find_all(tx)]}


def _job(job: JobState) -> dict[str, Any]:
    return {
        "id": job.video_id,
        "kind": job.kind,
        "state": job.state,
        "attempt": job.attempt,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "progress": min(job.done / job.total, 1.0) if job.total else 0.0,
        "queuedAt": timestamp(job.created_at),
        "startedAt": None if job.started_at is None else timestamp(job.started_at),
        "endedAt": None if job.ended_at is None else timestamp(job.ended_at),
        "outcome": job.outcome,
    }


def _cell(cell: Effect | Refused) -> str:
    return cell.code.value if isinstance(cell, Refused) else cell.value


def _fault(body: dict[str, Any]) -> Fault:
    wrong = faults(body, _FAULT, refuse_unknown=True)
    if wrong:
        raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong))
    values = dict(body)
    kind, video_id = FaultKind(values.pop("kind")), values.pop("videoId", None)
    headers = {str(k): str(v) for k, v in values.pop("headers", {}).items()}
    return Fault(kind, video_id=video_id, headers=headers, **values)
