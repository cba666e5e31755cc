"""`/api/v1/` and the avatar catalog: from a request to an action and back (guide §4).

What an action does is elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.errors import StudioError
from storyboard.studio.api import (
    avatar_actions,
    catalog_actions,
    compose_actions,
    url_actions,
    video_actions,
)
from storyboard.studio.api.authentication import (
    asker_of,
    bearer_token,
    caller_of,
    check_session,
    count_action,
    refuse_new_work,
    require_right,
    user_name,
    user_of,
    visit_of,
)
from storyboard.studio.api.bodies import read_json
from storyboard.studio.api.failures import refused
from storyboard.studio.api.fault_injection import UNANSWERED, suffer, told_instead
from storyboard.studio.api.fields import faults
from storyboard.studio.api.repeats import Repeats
from storyboard.studio.api.replies import FILES
from storyboard.studio.api.requests import request_fields
from storyboard.studio.api.slow_calls import Asker, Threads
from storyboard.studio.api.streamed import Streamed
from storyboard.studio.behavior.conditions import OWN_CODES, actions_of, catalog_of, codes_of
from storyboard.studio.behavior.faults import Fault
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.behavior.rights import API, CATALOG, GROWING, WORK
from storyboard.studio.jobs.disk_room import check_room_for_rows
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import fault_rules
from storyboard.studio.records.journal import Call, Journal
from storyboard.studio.records.session import Session
from storyboard.studio.records.shared_control import Conditions
from storyboard.wire import Action, ErrorCode

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
    Action.VIDEO_COMPOSE: compose_actions.compose,
    Action.VIDEO_GENERATE: video_actions.generate,
    Action.VIDEO_RESET_STATUS: video_actions.reset_status,
    Action.VIDEO_PREVIEW_AUDIO: video_actions.preview_audio,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: video_actions.preview_audio,
    Action.INIT_CONFIGURATION: avatar_actions.check_configuration,
    Action.VIDEO_PREVIEW_URL: url_actions.preview_url,
    Action.CATALOG_TEMPLATES: catalog_actions.list_templates,
    Action.AVATAR_CREATE: catalog_actions.create,
    Action.AVATAR_LIST: catalog_actions.list_avatars,
    Action.AVATAR_UPDATE: catalog_actions.update,
    Action.AVATAR_CLONE: catalog_actions.clone,
    Action.AVATAR_DELETE: catalog_actions.delete,
}
_OF_CATALOG: Final[Mapping[Action, Handler]] = {Action.AVATAR_GET: catalog_actions.get}
"""What the catalog answers otherwise than the action of the same path in the guide's API."""
_HARD: Final = frozenset(
    action.value
    for action in (
        Action.AVATAR_PREVIEW,
        Action.VIDEO_PREVIEW_AUDIO,
        Action.VIDEO_PREVIEW_AUDIO_STREAM,
        Action.VIDEO_PREVIEW_URL,
    )
)

_WHOLE: Final = frozenset({Action.VIDEO_PREVIEW_AUDIO.value})
"""What is answered when all of it is made."""


@dataclass(frozen=True, slots=True)
class _Flow:
    """An answer that is made piece by piece."""

    caller: str
    pieces: Iterator[bytes]
    kind: str


class _Changed(Exception):
    """Another server was told of faults since it was asked which of them a call meets."""

    def __init__(self, now: Conditions) -> None:
        super().__init__()
        self.now = now


class AvatarApi:
    """The avatar API of one studio."""

    def __init__(
        self,
        workspace: Workspace,
        journal: Journal,
        repeats: Repeats,
        threads: Threads,
    ) -> None:
        self._workspace = workspace
        self._journal = journal
        self._repeats = repeats
        self._threads = threads

    async def call(self, request: Request) -> Response:
        """Answer an action, or suffer the fault that waits for it; the journal keeps the call."""
        name = f"{request.path_params['service']}/{request.path_params['action']}"
        token, visit = bearer_token(request.headers.get("authorization")), visit_of(request)
        asker = asker_of(self._workspace, token, visit)
        gone = request.is_disconnected
        body = await read_json(request, partial(self._threads.read, asker, is_gone=gone))
        known, begun = self._workspace.control.known, time.monotonic()
        fault = await self._met(asker, name, body) if known.faults else None

        def note(status: int | None, code: str | None) -> None:
            kind = None if fault is None else fault.kind.value
            took, now = time.monotonic() - begun, self._workspace.clock()
            self._journal.note(Call(now, name, body, status, code, took, kind, user=user_of(asker)))

        async def answer() -> Response:
            code, act = None, partial(self._answer, request, asker, name, body, known)
            try:
                check = partial(self._checked, request)
                reply = await self._repeats.once(request, token or "", body, act, check)
            except Refusal as refusal:
                code, reply = refusal.code.value, refused(self._workspace.contract, refusal)
            note(reply.status_code, code)
            return reply

        if fault is None:
            try:
                return await answer()
            except _Changed as cause:
                known = cause.now
                fault = await self._met(asker, name, body)
        if fault is None:
            return await answer()
        spoilt = await suffer(fault, request, answer)
        if fault.kind in UNANSWERED:
            note(*told_instead(fault))
        return spoilt

    async def _met(self, asker: Asker, name: str, body: dict[str, Any]) -> Fault | None:
        """Return the fault that a request meets, and count it, whichever server it was told."""

        def meet() -> Fault | None:
            with self._workspace.store.write() as tx:
                return fault_rules.meet(tx, name, body)

        return await self._threads.call(asker, meet)

    async def _answer(
        self, request: Request, asker: Asker, name: str, body: dict[str, Any], known: Conditions
    ) -> Response:
        """Return the answer to an action; what is hard is made in the caller's turns."""
        refuse_new_work(self._workspace, request.url.path)
        act, gone = partial(self._act, request, name, body, known), request.is_disconnected
        calls, hard, caller = self._threads.call, self._threads.hard, None
        if name in _HARD:
            token, visit = bearer_token(request.headers.get("authorization")), visit_of(request)
            asked = partial(caller_of, self._workspace, token, visit, request.url.path)
            caller = await calls(asker, asked)
        if caller is not None:
            told = await hard.do(caller, act, gone)
        else:
            do = self._threads.write if request.url.path in WORK else calls
            told = await do(asker, act, is_gone=gone)
        if isinstance(told, Response):
            return told
        if name not in _WHOLE:
            return Streamed(hard.flow(told.caller, told.pieces), media_type=told.kind)
        pieces = [piece async for piece in hard.flow(told.caller, told.pieces, gone)]
        return Response(b"".join(pieces), media_type=told.kind)

    def _act(
        self, request: Request, name: str, body: dict[str, Any], known: Conditions
    ) -> Response | _Flow:
        """Check session, action and fields, and carry the action out; runs in a thread."""
        contract = self._workspace.contract
        session = self._session(request, known)
        base = CATALOG if request.url.path.startswith(CATALOG) else API
        there = catalog_of(contract) if base == CATALOG else actions_of(contract)
        action = next((each for each in there if each.value == name), None)
        if action is None:
            raise Refusal(StudioCode.UNKNOWN_ACTION, f"There is no action '{name}'")
        require_right(session, f"{base}{name}")
        strict = contract["unknown_fields"] == "refuse"
        wrong = faults(body, request_fields(action, contract), refuse_unknown=strict)
        if wrong:
            raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong[:20]))
        if f"{base}{name}" in GROWING:
            check_room_for_rows(self._workspace)
        reply = self._carry_out(action, session, body, in_catalog=base == CATALOG)
        if reply is None and contract["deleted_answer"] == "null":
            return JSONResponse(None)
        return _response(action, reply, user_name(session))

    def _session(self, request: Request, known: Conditions) -> Session:
        """Return whose call it is; raises `Refusal`, and `_Changed` before anything is done."""
        control = self._workspace.control
        try:
            session = self._checked(request)
        except Refusal:
            with suppress(StudioError):  # whoever is refused needs no database
                _check_known(control.look(), known)
            raise
        _check_known(control.known, known)
        count_action(self._workspace, session)
        return session

    def _checked(self, request: Request) -> Session:
        """Return the session of a call, which is good; raises `Refusal`."""
        token = bearer_token(request.headers.get("authorization"))
        expired = ErrorCode(self._workspace.contract["expired_ks_code"])
        return check_session(self._workspace, token, visit_of(request), expired)

    def _carry_out(
        self, action: Action, session: Session, body: dict[str, Any], *, in_catalog: bool
    ) -> Reply:
        own = _OF_CATALOG if in_catalog else {}
        try:
            return own.get(action, HANDLERS[action])(self._workspace, session, body)
        except Refusal as refusal:
            self._check(action, refusal)
            raise

    def _check(self, action: Action, refusal: Refusal) -> None:
        known = codes_of(action, self._workspace.contract)
        assert refusal.code in known or refusal.code not in OWN_CODES, refusal.code


def _check_known(now: Conditions, known: Conditions) -> None:
    """Raise `_Changed` where there are faults that this call was not asked about."""
    if now.faults and not known.faults:
        raise _Changed(now)


def _response(action: Action, reply: Reply, caller: str) -> Response | _Flow:
    if isinstance(reply, dict):
        return JSONResponse(reply)
    if reply is None:
        return Response(b"", media_type="application/json")
    if isinstance(reply, bytes):
        return Response(reply, media_type=FILES[action])
    return _Flow(caller, reply, FILES.get(action, "application/json"))
