"""From a token to a session that may be used here and now. Knows store and request, no route."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request

from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import session_rows
from storyboard.studio.records.session import InvalidSession, Session, verify
from storyboard.wire import ErrorCode

_BEARER = re.compile(r"Bearer +(\S+)", re.IGNORECASE)


def bearer_token(header: str | None) -> str | None:
    """Return the token of an `Authorization` header."""
    found = _BEARER.fullmatch((header or "").strip())
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Visit:
    """What a session's restrictions speak of: path with query, and the caller's address."""

    uri: str
    address: str


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
    if not token:
        raise Refusal(ErrorCode.MISSING_KS, "Missing KS, session not established")
    try:
        session = verify(workspace.identity.admin_secret, token)
    except InvalidSession as cause:
        raise _invalid(str(cause)) from cause
    if session.partner_id != workspace.identity.partner_id:
        raise _invalid("INVALID_PARTNER")
    if session.expiry <= workspace.clock():
        raise _invalid("EXPIRED", expired)
    if not session.allows_address(visit.address):
        raise _invalid("EXCEEDED_RESTRICTED_IP")
    if not session.allows_uri(visit.uri):
        raise _invalid("EXCEEDED_RESTRICTED_URI")
    with workspace.store.read() as tx:
        if session_rows.is_revoked(tx, session):
            raise _invalid("LOGOUT")
    if session.actions_limit is not None:
        with workspace.store.write() as tx:
            if session_rows.count_use(tx, session) > session.actions_limit:
                raise _invalid("EXCEEDED_ACTIONS_LIMIT")
    return session


def visit_of(request: Request) -> Visit:
    """Return where a request goes to, and where it comes from."""
    query = request.url.query
    uri = request.url.path + (f"?{query}" if query else "")
    return Visit(uri, request.client.host if request.client else "")


def session_of(workspace: Workspace, given: Parameters, visit: Visit) -> Session:
    """Return the session that a v3 call names by its `ks`; raises `Refusal`."""
    return authenticate(workspace, given.text("ks", default=""), visit)


def is_known(workspace: Workspace, given: Parameters) -> bool:
    """Return whether the call names a session of this studio that has not expired."""
    try:
        session = verify(workspace.identity.admin_secret, given.text("ks", default=""))
    except InvalidSession:
        return False
    return session.expiry > workspace.clock()


def admin_session(workspace: Workspace, request: Request) -> Session:
    """Return the admin session that a call of the control plane has to have; raises `Refusal`."""
    token = bearer_token(request.headers.get("authorization"))
    session = authenticate(workspace, token, visit_of(request))
    if not session.is_admin:
        raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "The control plane needs an admin session")
    return session


def _invalid(reason: str, code: ErrorCode = ErrorCode.INVALID_KS) -> Refusal:
    """Return the refusal; Kaltura puts the session itself into some of them, this studio never."""
    values = {"KSID": reason, "ERR_CODE": "-1", "ERR_DESC": "INVALID_STR"}
    return Refusal(code, f'Invalid KS "{reason}", Error "-1,INVALID_STR"', values)
