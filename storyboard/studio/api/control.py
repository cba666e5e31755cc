"""The control plane under `/__studio/`: media, progress, reasons, contract, faults, reset.

Nothing of it is on the API's own paths; every call needs an admin session of this workspace.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.bodies import read_body, read_json, save_body, take_whole
from storyboard.studio.api.caption_services import attach, captions_payload
from storyboard.studio.api.fields import Field, Kind, faults
from storyboard.studio.api.openapi import describe
from storyboard.studio.api.parameters import check_storable
from storyboard.studio.api.payloads import job_payload, medium_payload, timestamp
from storyboard.studio.behavior.faults import Fault, FaultKind
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.behavior.transitions import STEPS, Effect, Refused
from storyboard.studio.jobs.disk_room import check_room_for_files, check_room_for_rows
from storyboard.studio.jobs.uploads import MAX_CAPTIONS_BYTES, accept, captions_text
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries, fault_rules, live_workers, queue, videos
from storyboard.studio.records.captions import Captions
from storyboard.studio.records.journal import Call, Journal
from storyboard.studio.records.owner import this_process
from storyboard.studio.records.session import Session
from storyboard.studio.records.table_uses import Use, tables_of
from storyboard.wire import ErrorCode, VideoStatus

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


_STEP: Final[Mapping[str, Field]] = {
    "status": Field(Kind.TEXT, required=True, choices=tuple(s.value for s in VideoStatus)),
    "reason": _TEXT,
}


class ControlPlane:
    """The control plane of one studio."""

    def __init__(self, workspace: Workspace, journal: Journal) -> None:
        self._workspace = workspace
        self._journal = journal
        workspace.control.when_reset(journal.clear)

    async def media(self, request: Request) -> Response:
        """`GET`: every medium. `POST`: the raw body becomes an entry, by `entryId` and `name`."""
        session: Session = request.state.session
        if request.method == "GET":
            return JSONResponse(await run_in_threadpool(self._media))
        name, draft = _told(request, "name"), self._workspace.blobs.draft(".upload")
        try:
            await save_body(request, draft, check_room=self._check_room)
            entry = await run_in_threadpool(
                accept,
                self._workspace,
                session.principal,
                draft,
                name,
                request.query_params.get("entryId"),
            )
        finally:
            draft.unlink(missing_ok=True)
        return JSONResponse(medium_payload(entry))

    async def captions(self, request: Request) -> Response:
        """Make the raw body, SRT or WebVTT, captions of an entry in a `language`.

        With a `label`, it takes the place of the captions that have the same.
        """
        content = captions_text(await read_body(request, MAX_CAPTIONS_BYTES))
        language = _told(request, "language", "English")
        label = _told(request, "label")[:100]
        entry = request.path_params["entry"]

        def keep() -> Captions:
            check_room_for_rows(self._workspace)
            return attach(
                self._workspace,
                entry,
                language=language,
                label=label,
                content=content,
                replaces=bool(label),
            )

        return JSONResponse(captions_payload(await run_in_threadpool(keep)))

    async def progress(self, request: Request) -> Response:
        """Tell how far every film in work is, from 0 to 1, and which waits for a worker."""

        def read() -> list[dict[str, Any]]:
            with self._workspace.store.read() as tx:
                jobs = queue.states(tx, open_only=True)
                unmet = {(each.kind, each.needs) for each in live_workers.unmet(tx)}
            return [
                job_payload(job) | {"lacksWorker": (job.kind, job.needs) in unmet} for job in jobs
            ]

        return JSONResponse({"objects": await run_in_threadpool(read)})

    async def video(self, request: Request) -> Response:
        """Tell what the API does not: why a film failed, and how its job went."""
        video_id = request.path_params["video"]

        def read() -> dict[str, Any]:
            with self._workspace.store.read() as tx:
                video, job = videos.find(tx, video_id), queue.last_of(tx, video_id)
            if video is None:
                raise _no_video(video_id)
            return {
                "id": video.id,
                "name": video.name,
                "status": video.status.value,
                "entryId": video.entry_id,
                "reason": video.reason,
                "job": None if job is None else job_payload(job),
            }

        return JSONResponse(await run_in_threadpool(read))

    async def step(self, request: Request) -> Response:
        """Lead a video by hand to where its work would lead it, but to `ready`."""
        body, video_id = await read_json(request), request.path_params["video"]
        _check(body, _STEP)

        def change() -> dict[str, Any]:
            now, wanted = self._workspace.clock(), VideoStatus(body["status"])
            with self._workspace.store.write() as tx:
                video = videos.find(tx, video_id)
                if video is None:
                    raise _no_video(video_id)
                if wanted not in STEPS.get(video.status, frozenset()):
                    raise Refusal(
                        ErrorCode.INVALID_STATUS_TRANSITION,
                        f"Status {video.status.value} does not lead to {wanted.value}",
                    )
                queue.cancel(tx, video_id, now)
                reason = body.get("reason", "led here by the control plane")
                composed = video.was_composed or wanted is VideoStatus.COMPOSED
                videos.change(
                    tx,
                    video_id,
                    now,
                    status=wanted,
                    was_composed=composed,
                    reason=reason,
                    coming_entry_id=None,
                )
            return {"id": video_id, "status": wanted.value}

        return JSONResponse(await run_in_threadpool(change))

    async def hold(self, request: Request) -> Response:
        """`POST` keeps queued jobs waiting, for all servers and workers; `DELETE` ends that."""
        await take_whole(request)
        is_held = request.method == "POST"
        await run_in_threadpool(self._change, is_held=is_held)
        return JSONResponse({"held": is_held})

    async def journal(self, request: Request) -> Response:
        """List the last calls of this process's interfaces, each also as a curl command.

        `server` tells which process it is, of those that serve the same studio.
        """
        calls = await run_in_threadpool(self._journal.calls)
        told = [_call(call) for call in calls]
        return JSONResponse({"objects": told, "server": this_process("server")})

    async def openapi(self, request: Request) -> Response:
        """Describe the avatar API as it is served here."""
        return JSONResponse(describe(self._workspace.contract, self._workspace.public_url))

    async def contract(self, request: Request) -> Response:
        """List every switch, and the table of statuses that they give."""
        table = {
            operation.value: {status.value: _cell(cell) for status, cell in row.items()}
            for operation, row in self._workspace.rules.items()
        }
        told = self._workspace.contract
        answer = {"profile": told.profile, "switches": told.listing(), "table": table}
        return JSONResponse(answer)

    async def faults(self, request: Request) -> Response:
        """`POST` adds a rule, `DELETE` clears them, `GET` lists them with their counts."""
        if request.method == "DELETE":
            await take_whole(request)
            await run_in_threadpool(self._clear_faults)
        elif request.method == "POST":
            await run_in_threadpool(self._add_fault, _fault(await read_json(request)))
        return JSONResponse({"objects": await run_in_threadpool(self._rules)})

    async def reset(self, request: Request) -> Response:
        """Forget every object, job and fault; identity, app tokens and caches stay."""

        def clear() -> None:
            with self._workspace.control.changing() as tx:
                for table in tables_of(Use.RESET):
                    tx.run(f"{table}.delete_all")
                self._workspace.control.forget(tx, resets=1)

        await take_whole(request)
        await run_in_threadpool(clear)
        return JSONResponse({})

    def _change(self, **changes: Any) -> None:
        """Change how all servers and workers of the studio stand."""
        with self._workspace.control.changing() as tx:
            self._workspace.control.change(tx, **changes)

    def _add_fault(self, fault: Fault) -> None:
        with self._workspace.control.changing() as tx:
            self._workspace.control.change(tx, faults=fault_rules.add(tx, fault))

    def _clear_faults(self) -> None:
        with self._workspace.control.changing() as tx:
            tx.run("faults.delete_all")
            self._workspace.control.change(tx, faults=0)

    def _rules(self) -> list[dict[str, Any]]:
        with self._workspace.store.read() as tx:
            return [rule.told() for rule in fault_rules.rules(tx)]

    def _check_room(self, folder: Path, size: int) -> None:
        check_room_for_files(self._workspace)

    def _media(self) -> dict[str, Any]:
        with self._workspace.store.read() as tx:
            media = [entry for entry in entries.find_all(tx) if entry.has_content]
        return {"objects": [medium_payload(entry) for entry in media]}


def _cell(cell: Effect | Refused) -> str:
    return cell.code.value if isinstance(cell, Refused) else cell.value


def _call(call: Call) -> dict[str, Any]:
    return {
        "at": timestamp(call.at),
        "api": call.api.value,
        "action": call.action,
        "body": call.body,
        "file": call.file,
        "user": call.user,
        "status": call.status,
        "code": call.code,
        "fault": call.fault,
        "milliseconds": round(call.took * 1000, 1),
        "curl": call.curl,
    }


def _check(body: dict[str, Any], fields: Mapping[str, Field]) -> None:
    wrong = faults(body, fields, refuse_unknown=True)
    if wrong:
        raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong))


def _told(request: Request, name: str, default: str = "") -> str:
    """Return a text of the query that is kept; raises `Refusal` where it cannot be."""
    return check_storable(name, request.query_params.get(name, default))


def _no_video(video_id: str) -> Refusal:
    return Refusal(StudioCode.VIDEO_NOT_FOUND, f"Video '{video_id}' not found")


def _fault(body: dict[str, Any]) -> Fault:
    _check(body, _FAULT)
    values = dict(body)
    kind, video_id = FaultKind(values.pop("kind")), values.pop("videoId", None)
    headers = {str(k): str(v) for k, v in values.pop("headers", {}).items()}
    return Fault(kind, video_id=video_id, headers=headers, **values)
