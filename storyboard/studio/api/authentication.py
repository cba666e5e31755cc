"""From a token to a session that may be used here and now. Knows store and request, no route."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from storyboard.studio.api.slow_calls import Asker
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.behavior.rights import API, RIGHTS, SERVICES, WORK, SessionKind
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import session_rows
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.networks import network_of
from storyboard.studio.records.session import APP_TOKEN, InvalidSession, Session, verify
from storyboard.studio.records.store import Transaction
from storyboard.wire import ErrorCode

Answer = Callable[[Request], Awaitable[Response]]

_ADVICE: Final[Mapping[SessionKind, str]] = {
    SessionKind.WIDGET: ": exchange it for another by appToken.startSession",
    SessionKind.ROLE: ": this studio knows no rights of its role, so start it without setrole",
}
COME_AGAIN_AFTER: Final = 5
"""Seconds in which another process has taken the place of one that ends. A choice."""

_BEARER = re.compile(r"Bearer +(\S+)", re.IGNORECASE)


def bearer_token(header: str | None) -> str | None:
    """Return the token of an `Authorization` header."""
    found = _BEARER.fullmatch((header or "").strip())
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Visit:
    """What a session's restrictions speak of: path with query, and the caller's address.

    `session` is the caller's, once the table of rights let it in.
    """

    uri: str
    address: str
    session: Session | None = None

    @property
    def caller(self) -> Session:
        """Return the session of a call that needs one."""
        assert self.session is not None, "the table of rights asks for no session here"
        return self.session


def authenticate(
    workspace: Workspace,
    token: str | None,
    visit: Visit,
    *,
    expired: ErrorCode = ErrorCode.INVALID_KS,
) -> Session:
    """Return the session of a token that is good for this visit; raises `Refusal`.

    A session with `actionslimit` is one action poorer then.
    """
    session = check_session(workspace, token, visit, expired)
    count_action(workspace, session)
    return session


def count_action(workspace: Workspace, session: Session) -> None:
    """Take one of the actions that a session with `actionslimit` has; raises `Refusal`."""
    if session.actions_limit is not None:
        with workspace.store.write() as tx:
            uses = session_rows.count_use(tx, session)
            if uses > session.actions_limit:
                raise _invalid("EXCEEDED_ACTIONS_LIMIT")
            if uses == 1:  # a new row: others make room for it
                forget_expired(workspace, tx)


def forget_expired(workspace: Workspace, tx: Transaction) -> None:
    """Forget what is kept of sessions that nobody can use any more."""
    session_rows.forget_expired(tx, workspace.clock(), time.time())


def visit_of(request: Request) -> Visit:
    """Return where a request goes to, and where it comes from."""
    query = request.url.query
    uri = request.url.path + (f"?{query}" if query else "")
    return Visit(uri, request.client.host if request.client else "")


def admitted(workspace: Workspace, row: str, token: str | None, visit: Visit) -> Visit:
    """Return the visit with its session, where the table lets it in; raises `Refusal`."""
    if is_open(row):
        return visit
    session = authenticate(workspace, token, visit)
    require_right(session, row)
    return replace(visit, session=session)


def is_open(row: str) -> bool:
    """Return whether a row of the table needs no session."""
    return SessionKind.NONE in RIGHTS[row]


def require_right(session: Session, row: str) -> None:
    """Refuse a session whose kind the row does not name."""
    kind = session.kind
    if kind in RIGHTS[row]:
        return
    advice, name = _ADVICE.get(kind, ""), row.removeprefix(API).removeprefix(SERVICES)
    raise Refusal(
        ErrorCode.SERVICE_FORBIDDEN,
        f"The access to '{name}' is forbidden to {kind.value}{advice}",
        {"SERVICE": name},
    )


def guarded(workspace: Workspace, row: str, answer: Answer) -> Answer:
    """Return who answers a path of the control plane, behind the table of rights."""
    if is_open(row):
        return answer

    async def guard(request: Request) -> Response:
        token = bearer_token(request.headers.get("authorization"))
        visit = await run_in_threadpool(admitted, workspace, row, token, visit_of(request))
        request.state.session = visit.caller
        if request.method != "GET":
            refuse_new_work(workspace, row)
        return await answer(request)

    return guard


def refuse_new_work(workspace: Workspace, row: str) -> None:
    """Answer 503 to what would begin something, once the studio is about to end."""
    if workspace.draining.has_begun and row in WORK:
        told = {"retry-after": str(COME_AGAIN_AFTER), "connection": "close"}
        raise HTTPException(503, "this studio is about to end and takes no more work", told)


def session_for(workspace: Workspace, token: str | None, visit: Visit, row: str) -> Session | None:
    """Return the session that may do what a row says, without taking one of its actions."""
    try:
        session = check_session(workspace, token, visit)
        require_right(session, row)
    except Refusal:
        return None
    return session


def caller_of(workspace: Workspace, token: str | None, visit: Visit, row: str) -> str | None:
    """Return a name for the user whose session may do what a row says, as `session_for`."""
    session = session_for(workspace, token, visit, row)
    return None if session is None else user_name(session)


def asker_of(workspace: Workspace, token: str | None, visit: Visit) -> Asker:
    """Return by what name a call is counted.

    Whether its session is good, and what it may do, is not asked yet.
    """
    try:
        session = verify(workspace.identity.admin_secret, token or "")
    except InvalidSession:
        return stranger_at(visit)
    is_common = session.kind in (SessionKind.WIDGET, SessionKind.FILE)
    if is_common or session.expiry <= workspace.clock():
        return stranger_at(visit)  # anybody may start a widget's, and find the others somewhere
    return Asker(user_name(session))


def stranger_at(visit: Visit) -> Asker:
    """Return by what name a call without a session is counted."""
    return Asker(network_of(visit.address), is_user=False)


def user_name(session: Session) -> str:
    """Return by what name a user's calls are counted."""
    return f"{session.partner_id}:{session.user_id}"


def user_of(asker: Asker) -> str | None:
    """Return which user a call is counted for, None for a stranger's."""
    return asker.name.partition(":")[2] if asker.is_user else None


def check_session(
    workspace: Workspace,
    token: str | None,
    visit: Visit,
    expired: ErrorCode = ErrorCode.INVALID_KS,
) -> Session:
    """Return the session of a token that is good for this visit, uncounted; raises `Refusal`."""
    if not token:
        raise Refusal(ErrorCode.MISSING_KS, "Missing KS, session not established")
    try:
        session = verify(workspace.identity.admin_secret, token)
    except InvalidSession as cause:
        workspace.guesses.note_wrong(visit.address, Guess.SIGNATURE, token)
        raise _invalid(str(cause)) from cause
    with workspace.store.read() as tx:
        seen = session_rows.look(tx, session)
    workspace.control.follow_row(seen)  # what time it is, another server may have been told
    if session.partner_id != workspace.identity.partner_id:
        raise _invalid("INVALID_PARTNER")
    if session.expiry <= workspace.clock():
        raise _invalid("EXPIRED", expired)
    if not session.allows_address(visit.address):
        raise _invalid("EXCEEDED_RESTRICTED_IP")
    if not session.allows_uri(visit.uri):
        raise _invalid("EXCEEDED_RESTRICTED_URI")
    if seen["is_revoked"]:
        raise _invalid("LOGOUT")
    if of_token := session.privileges.get(APP_TOKEN):
        workspace.token_uses.note(of_token, workspace.clock.real())
    return session


def _invalid(reason: str, code: ErrorCode = ErrorCode.INVALID_KS) -> Refusal:
    """Return the refusal; Kaltura puts the session itself into some of them, this studio never."""
    values = {"KSID": reason, "ERR_CODE": "-1", "ERR_DESC": "INVALID_STR"}
    return Refusal(code, f'Invalid KS "{reason}", Error "-1,INVALID_STR"', values)
