"""`session/*` and `appToken/*`: the v3 services by which a client gets its session."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit, authenticate
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import session_rows
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.session import (
    ADMIN,
    APP_TOKEN,
    PAGE,
    USER,
    WIDGET,
    Session,
    mint,
    parse_privileges,
)
from storyboard.studio.records.session_rows import AppToken

_DAY = 86_400
_MAX_EXPIRY = 10 * 365 * _DAY
_HASHES: Final = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512"}
_RESERVED: Final = frozenset(
    {"sessionid", APP_TOKEN, "all", "edit", "list", "setrole", PAGE, "_e", "_t", "_u"}
)
"""What only the token itself may grant: who exchanges it may narrow the session, never widen it."""


Service = Callable[[Workspace, Parameters, Visit], Any]
"""Takes the workspace, the parameters, and where the request comes from."""


def session_start(workspace: Workspace, given: Parameters, visit: Visit) -> str:
    """Return a KS for whoever knows the admin secret."""
    partner, secret = given.number("partnerId", default=-1), given.text("secret")
    identity = workspace.identity
    known = hmac.compare_digest(secret.encode(), identity.admin_secret.encode())
    if not known:
        workspace.guesses.note_wrong(visit.address, Guess.SECRET, secret)
    if partner not in (-1, identity.partner_id) or not known:
        raise Refusal(
            StudioCode.START_SESSION_ERROR,
            f"Error while starting session for partner [{partner}]",
            {"PID": str(partner)},
        )
    kind = given.number("type", default=USER)
    if kind not in (USER, ADMIN):
        raise Refusal(StudioCode.VALIDATION_ERROR, "type: must be one of 0, 2")
    expiry = given.number("expiry", default=_DAY)
    privileges = parse_privileges(given.text("privileges", default=""))
    return token_for(workspace, given.text("userId", default=""), kind, expiry, privileges)


def start_widget_session(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return the anonymous session that an app token is exchanged from."""
    partner = workspace.identity.partner_id
    widget = given.text("widgetId")
    if widget != f"_{partner}":
        raise Refusal(
            StudioCode.START_WIDGET_SESSION_ERROR,
            f"Error while starting session for widget id [{widget}]",
            {"WID": widget},
        )
    expiry = given.number("expiry", default=_DAY)
    ks = token_for(workspace, "0", USER, expiry, {"view": "*", WIDGET: "1"})
    return {
        "objectType": "KalturaStartWidgetSessionResponse",
        "partnerId": partner,
        "ks": ks,
        "userId": "0",
    }


def session_end(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """End a session, with its group if it was started in one; a widget's cannot be ended."""
    session = visit.caller
    if WIDGET in session.privileges:
        return
    with workspace.store.write() as tx:
        session_rows.revoke(tx, session)


def session_get(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return what the session says."""
    return _session_info(visit.caller, given.text("ks"))


def app_token_add(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Make an app token; the one reply that shows its secret."""
    hash_type = given.text("appToken", "hashType", default="SHA1").upper()
    if hash_type not in _HASHES:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"hashType: must be one of {', '.join(_HASHES)}")
    token = session_rows.new_app_token(
        workspace.identity.partner_id,
        user_id=given.text("appToken", "sessionUserId", default=""),
        hash_type=hash_type,
        session_type=given.number("appToken", "sessionType", default=USER),
        session_duration=given.number("appToken", "sessionDuration", default=_DAY),
        privileges=given.text("appToken", "sessionPrivileges", default=""),
        expiry=given.number("appToken", "expiry", default=0),
    )
    now = workspace.clock()
    with workspace.store.write() as tx:
        session_rows.add_app_token(tx, token, now)
    return _app_token_payload(token) | {"createdAt": int(now), "updatedAt": int(now)}


def app_token_get(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return an app token."""
    return _app_token_payload(_app_token(workspace, given.text("id"), visit))


def app_token_delete(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """Remove an app token, and end the sessions that it started."""
    token = _app_token(workspace, given.text("id"), visit)
    with workspace.store.write() as tx:
        session_rows.delete_app_token(tx, token.id, int(workspace.clock()) + _MAX_EXPIRY)


def app_token_start_session(
    workspace: Workspace, given: Parameters, visit: Visit
) -> dict[str, Any]:
    """Exchange hash(current KS + token) for a session; the token's user and type win."""
    token = _app_token(workspace, given.text("id"), visit)
    if token.status != 2:
        raise Refusal(StudioCode.APP_TOKEN_NOT_ACTIVE, f"Application token [{token.id}] not active")
    digest = hashlib.new(_HASHES[token.hash_type], usedforsecurity=False)
    digest.update((given.text("ks") + token.token).encode())
    said = given.text("tokenHash")
    if not hmac.compare_digest(digest.hexdigest().encode(), said.encode()):
        workspace.guesses.note_wrong(visit.address, Guess.APP_TOKEN, said)
        raise Refusal(StudioCode.INVALID_APP_TOKEN_HASH, "Invalid application token hash")
    expiry = min(given.number("expiry", default=token.session_duration), token.session_duration)
    if token.expiry:
        expiry = min(expiry, token.expiry - int(workspace.clock()))
    if expiry <= 0:
        raise Refusal(StudioCode.APP_TOKEN_EXPIRED, f"Application token [{token.id}] expired")
    user = token.session_user_id or given.text("userId", default="")
    asked = parse_privileges(given.text("sessionPrivileges", default=""))
    privileges = {k: v for k, v in asked.items() if k not in _RESERVED}
    privileges |= parse_privileges(token.session_privileges)
    privileges |= {"sessionid": token.id, APP_TOKEN: token.id}
    ks = token_for(workspace, user, token.session_type, expiry, privileges)
    return _session_info(authenticate(workspace, ks, visit), ks)


SESSION_SERVICES: Final[Mapping[str, Service]] = {
    "session/start": session_start,
    "session/startwidgetsession": start_widget_session,
    "session/end": session_end,
    "session/get": session_get,
    "apptoken/add": app_token_add,
    "apptoken/get": app_token_get,
    "apptoken/delete": app_token_delete,
    "apptoken/startsession": app_token_start_session,
}
"""Service and action in lower case: v3 does not mind how they are written."""


def token_for(
    workspace: Workspace, user_id: str, kind: int, expiry: int, privileges: Mapping[str, str]
) -> str:
    """Return a KS that is good for so many seconds; raises `Refusal` for too many."""
    if not 0 < expiry <= _MAX_EXPIRY:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"expiry: must be 1 to {_MAX_EXPIRY} seconds")
    until = int(workspace.clock()) + expiry
    partner = workspace.identity.partner_id
    return mint(workspace.identity.admin_secret, Session(partner, user_id, kind, until, privileges))


def _app_token(workspace: Workspace, token_id: str, visit: Visit) -> AppToken:
    with workspace.store.read() as tx:
        token = session_rows.find_app_token(tx, token_id)
    if token is None:
        workspace.guesses.note_wrong(visit.address, Guess.APP_TOKEN, token_id)
        raise Refusal(
            StudioCode.APP_TOKEN_ID_NOT_FOUND,
            f"Application token id [{token_id}] not found",
            {"APP_TOKEN_ID": token_id},
        )
    return token


def _session_info(session: Session, ks: str) -> dict[str, Any]:
    privileges = ",".join(f"{k}:{v}" if v else k for k, v in session.privileges.items())
    return {
        "objectType": "KalturaSessionInfo",
        "ks": ks,
        "sessionType": session.type,
        "partnerId": session.partner_id,
        "userId": session.user_id,
        "expiry": session.expiry,
        "privileges": privileges,
    }


def _app_token_payload(token: AppToken) -> dict[str, Any]:
    return {
        "objectType": "KalturaAppToken",
        "id": token.id,
        "token": token.token,
        "partnerId": token.partner_id,
        "status": token.status,
        "expiry": token.expiry,
        "sessionType": token.session_type,
        "sessionUserId": token.session_user_id,
        "sessionDuration": token.session_duration,
        "sessionPrivileges": token.session_privileges,
        "hashType": token.hash_type,
    }
