"""`/api_v3/`: from a form, a query or JSON to a v3 service and back, in JSON or XML.

What a service does is elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.authentication import (
    Visit,
    asker_of,
    caller_of,
    check_session,
    refuse_new_work,
    session_for,
    stranger_at,
    user_of,
    visit_of,
)
from storyboard.studio.api.bodies import (
    MAX_JSON_BYTES,
    READ_AT_ONCE,
    content_type,
    read_body,
)
from storyboard.studio.api.failures import status_of
from storyboard.studio.api.files import File
from storyboard.studio.api.multipart import Form, read_form
from storyboard.studio.api.multirequest import count_of
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.payloads import error_payload
from storyboard.studio.api.repeats import Repeats
from storyboard.studio.api.service_calls import FILES, MULTIREQUEST, Asked, ServiceCalls
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.api.told_errors import note_error
from storyboard.studio.api.upload_services import UPLOADS
from storyboard.studio.api.xml_replies import xml_of
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.behavior.rights import SERVICES as SERVICES_PATH
from storyboard.studio.jobs.disk_room import check_room_for_files
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.journal import Journal
from storyboard.studio.records.session import Principal
from storyboard.wire import CONTROL_HEADER, MAX_MEDIA_BYTES

_OBJECTS: Final = frozenset({"caption_captionasset/serveasjson"})
"""The services that answer in JSON, whatever format was asked for."""

_WHOLE_FILES: Final = frozenset(f"{SERVICES_PATH}{name}" for name in UPLOADS | {"media/addcontent"})
"""Rows of services that hash or flush gigabytes: forty of them left no thread for anybody else."""

Read = Callable[[], Parameters]

_JSON, _XML = "1", "2"
"""`format`, numbered as Kaltura does; XML is what a call gets that does not say."""


class _Sender:
    """Owns what is known of whoever sends a file: until that is more, it is a small one."""

    def __init__(self, workspace: Workspace, name: str, visit: Visit, draft: Path) -> None:
        self._workspace, self._name, self._visit = workspace, name, visit
        self._draft = draft
        self._owner: Principal | None = None
        self._room = 0

    def limit(self, token: str) -> int:
        """Return how many bytes the file may have, by the session that came before it."""
        if self._name not in UPLOADS:
            return MAX_JSON_BYTES
        row = f"{SERVICES_PATH}{self._name}"
        session = session_for(self._workspace, token, self._visit, row)
        if session is None:
            return MAX_JSON_BYTES
        self._owner = session.principal
        with self._workspace.store.read() as tx:
            self._room = self._workspace.quota.room_for_file(tx, self._owner)
        return MAX_MEDIA_BYTES

    def check_room(self, folder: Path, size: int) -> None:
        """Refuse what the user's quota or the disk has no room for; raises `Refusal`."""
        check_room_for_files(self._workspace)
        if self._owner is not None:
            self._workspace.incoming.note(self._draft, self._owner, size, self._room)


class ServiceApi:
    """The v3 services of one studio."""

    def __init__(
        self, workspace: Workspace, journal: Journal, repeats: Repeats, threads: Threads
    ) -> None:
        self._workspace = workspace
        self._calls = ServiceCalls(workspace, journal)
        self._repeats = repeats
        self._threads = threads

    async def call(self, request: Request) -> Response:
        """Answer a service; a file that came with the form is gone once that is done.

        A file is taken whole only from whoever named a session before it that may upload.
        """
        name = "/".join(request.path_params.get(part, "") for part in ("service", "action"))
        kind, query = content_type(request), _query_of(request)
        if kind != "multipart/form-data":
            body = await read_body(request)
            read = partial(Parameters.parse, query, body, kind)
            return await self._answer(request, name, read, len(body))
        refuse_new_work(self._workspace, f"{SERVICES_PATH}{name.lower()}")
        draft = self._workspace.blobs.draft(".upload")
        visit = visit_of(request)
        sender = _Sender(self._workspace, name.lower(), visit, draft)

        async def limit(before: Sequence[tuple[str, str]]) -> int:
            told = Parameters.of_form(query, Form(tuple(before), None)).text("ks", default="")
            asker = asker_of(self._workspace, told, visit)
            return await self._threads.call(asker, partial(sender.limit, told))

        try:
            form = await read_form(request, draft, limit, sender.check_room)
            read, size = partial(Parameters.of_form, query, form), sum(map(_length, form.pairs))
            return await self._answer(request, name, read, size)
        finally:
            draft.unlink(missing_ok=True)
            self._workspace.incoming.forget(draft)

    async def _answer(self, request: Request, name: str, read: Read, size: int) -> Response:
        """Answer a service, once for each mark, in the format that was asked for."""
        begun = time.monotonic()
        is_small, anybody = size <= READ_AT_ONCE, stranger_at(visit_of(request))
        gone = request.is_disconnected
        given = read() if is_small else await self._threads.read(anybody, read, size, gone)
        act, token = partial(self._served, request, name, given), _token_of(given)
        check = partial(check_session, self._workspace, token, visit_of(request))
        try:
            return await self._repeats.once(request, token, given.values, act, check)
        except Refusal as refusal:
            return self._refused(name, refusal, _format_of(name, given), begun)

    async def _served(self, request: Request, name: str, given: Parameters) -> Response:
        """Answer in a thread; what looks through a whole file, in the caller's turns."""
        rows = _rows(name, given)
        for row in rows:
            refuse_new_work(self._workspace, row)
        visit, token = visit_of(request), _token_of(given)
        asker = asker_of(self._workspace, token, visit)
        serve = partial(self._serve, request, name, user_of(asker))
        size = count_of(given) if _is_several(name) else 1
        file_row = next((row for row in rows if row in _WHOLE_FILES), None)
        if file_row is not None:
            asked = partial(caller_of, self._workspace, token, visit, file_row)
            sender = await self._threads.call(asker, asked)
            if sender is not None:
                return await self._threads.handle_file(sender, partial(serve, given), size)
        return await self._threads.call(asker, partial(serve, given), size, request.is_disconnected)

    def _serve(self, request: Request, name: str, user: str | None, given: Parameters) -> Response:
        """Answer in the format that was asked for; raises `Refusal`."""
        begun, form = time.monotonic(), _format_of(name, given)
        is_noted = CONTROL_HEADER not in request.headers
        asked = Asked(visit_of(request), user, is_noted)
        if form not in (_JSON, _XML):
            raise Refusal(
                StudioCode.NOT_EMULATED, "This studio answers in JSON and XML: send format=1"
            )
        reply = (
            self._calls.answer_each(given, asked)
            if _is_several(name)
            else self._calls.answer(name, given, asked)
        )
        return _written(reply, form, begun)

    def _refused(self, name: str, refusal: Refusal, form: str, begun: float) -> Response:
        """Return what tells of a refusal; a file that is refused is empty."""
        if name.lower() in FILES:
            return Response(headers=_no_file(refusal))
        status = status_of(self._workspace.contract, refusal)
        return _written(error_payload(refusal), form, begun, status)


def _query_of(request: Request) -> str:
    """Return the query, behind what the path says by `…/name/value`, as Kaltura's addresses do."""
    words = request.path_params.get("rest", "").strip("/").split("/")
    return "&".join(
        (urlencode(list(zip(words[::2], words[1::2], strict=False))), request.url.query)
    )


def _format_of(name: str, given: Parameters) -> str:
    return _JSON if name.lower() in _OBJECTS else given.text("format", default=_XML)


def _token_of(given: Parameters) -> str:
    """Return the session of a call, or of the first call of several that has one."""
    named = (given.values, *(value for value in given.values.values() if isinstance(value, dict)))
    return next((ks for each in named if isinstance(ks := each.get("ks"), str)), "")


def _is_several(name: str) -> bool:
    return name.partition("/")[0].lower() == MULTIREQUEST


def _rows(name: str, given: Parameters) -> list[str]:
    """Return the rows of rights of a call, or of all that come in one."""
    names = {name.lower()}
    if _is_several(name):
        members = [value for value in given.values.values() if isinstance(value, dict)]
        names = {f"{each.get('service')}/{each.get('action')}".lower() for each in members}
    return sorted(f"{SERVICES_PATH}{each.rstrip('/')}" for each in names)


def _length(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1])


def _written(reply: Any, form: str, begun: float, status: int = 200) -> Response:
    if isinstance(reply, File):
        return Response(reply.content, media_type=reply.media_type)
    if form == _XML:
        document = xml_of(reply, time.monotonic() - begun)
        return Response(document, status, media_type="text/xml")
    return JSONResponse(reply, status)


def _no_file(refusal: Refusal) -> dict[str, str]:
    code = refusal.code.value
    note_error(code)
    return {"x-kaltura": f"error- {code}", "x-kaltura-app": f"exiting on error {code}"}
