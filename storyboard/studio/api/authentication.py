"""From a token to a session that may be used here and now. Knows store and headers, no route."""

from __future__ import annotations

import re

from starlette.requests import Request

from storyboard.kaltura.wire import ErrorCode
from storyboard.studio import session_rows
from storyboard.studio.refusal import Refusal
from storyboard.studio.session import InvalidSession, Session, verify
from storyboard.studio.workspace import Workspace

_BEARER = re.compile(r"(?:Bearer|KS)\s+(\S+)", re.IGNORECASE)


def bearer_token(header: str | None) -> str | None:
    """Return the token of an `Authorization` header."""
    found = _BEARER.fullmatch((header or "").strip())
    return found[1] if found else None


def authenticate(
    workspace: Workspace,
    token: str | None,
    uri: str,
    *,
    expired: ErrorCode = ErrorCode.INVALID_KS,
) -> Session:
    """Return the session of a token, valid for this path and query; raises `Refusal`."""
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
    if not session.allows_uri(uri):
        raise _invalid("EXCEEDED_RESTRICTED_URI")
    with workspace.store.read() as tx:
        if session_rows.is_revoked(tx, session):
            raise _invalid("LOGOUT")
    return session


def uri_of(request: Request) -> str:
    """Return path and query, which is what `urirestrict` speaks of."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def admin_session(workspace: Workspace, request: Request) -> Session:
    """Return the admin session that a call of the control plane has to have; raises `Refusal`."""
    token = bearer_token(request.headers.get("authorization"))
    session = authenticate(workspace, token, uri_of(request))
    if not session.is_admin:
        raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "The control plane needs an admin session")
    return session


def _invalid(reason: str, code: ErrorCode = ErrorCode.INVALID_KS) -> Refusal:
    return Refusal(code, f'Invalid KS "{reason}"', {"REASON": reason})
