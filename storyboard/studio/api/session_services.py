"""`session/*`: the v3 services by which a client gets its session."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit, forget_expired
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import session_rows
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.session import (
    ADMIN,
    USER,
    WIDGET,
    Session,
    mint,
    parse_privileges,
)
from storyboard.wire import MAX_SESSION_DAYS

DAY: Final = 86_400
MAX_EXPIRY: Final = MAX_SESSION_DAYS * DAY

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
    expiry = given.number("expiry", default=DAY)
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
    expiry = given.number("expiry", default=DAY)
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
        session_rows.revoke(tx, session, int(workspace.clock()) + MAX_EXPIRY)
        forget_expired(workspace, tx)


def session_get(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return what the session says."""
    return session_info(visit.caller, given.text("ks"))


SESSION_SERVICES: Final[Mapping[str, Service]] = {
    "session/start": session_start,
    "session/startwidgetsession": start_widget_session,
    "session/end": session_end,
    "session/get": session_get,
}
"""Service and action in lower case: v3 does not mind how they are written."""


def token_for(
    workspace: Workspace, user_id: str, kind: int, expiry: int, privileges: Mapping[str, str]
) -> str:
    """Return a KS that is good for so many seconds; raises `Refusal` for too many."""
    if not 0 < expiry <= MAX_EXPIRY:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"expiry: must be 1 to {MAX_EXPIRY} seconds")
    with workspace.store.read() as tx:
        until = int(workspace.now(tx)) + expiry
    partner = workspace.identity.partner_id
    return mint(workspace.identity.admin_secret, Session(partner, user_id, kind, until, privileges))


def session_info(session: Session, ks: str) -> dict[str, Any]:
    """Return a `KalturaSessionInfo`."""
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
