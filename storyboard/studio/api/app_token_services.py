"""`appToken/*`: what an application exchanges for sessions, in the place of the admin secret."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from storyboard.studio.api.app_tokens import end_app_tokens
from storyboard.studio.api.authentication import Visit, authenticate
from storyboard.studio.api.entry_services import page_of
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.session_services import (
    MAX_EXPIRY,
    Service,
    session_info,
    token_for,
)
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import session_rows
from storyboard.studio.records.guesses import Guess
from storyboard.studio.records.session import ADMIN, APP_TOKEN, PAGE, USER, parse_privileges
from storyboard.studio.records.session_rows import AppToken, Maker

_DEFAULT_HASH: Final = "SHA1"
_HASHES: Final = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512"}
_RESERVED: Final = frozenset(
    {"sessionid", APP_TOKEN, "all", "edit", "list", "setrole", PAGE, "_e", "_t", "_u"}
)
"""What only the token itself may grant: who exchanges it may narrow the session, never widen it."""

_FIELDS: Final = (
    "objectType", "hashType", "sessionUserId", "sessionType", "sessionDuration",
    "sessionPrivileges", "expiry",
)  # fmt: skip
_READ_ONLY: Final = ("id", "token", "partnerId", "status", "createdAt", "updatedAt")


def app_token_add(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Make an app token; like every reply that has it, this one shows its secret."""
    partner = workspace.identity.partner_id
    made = session_rows.new_app_token(partner, user_id="", hash_type=_DEFAULT_HASH)
    token = _changed(made, given)
    now = workspace.clock()
    with workspace.store.write() as tx:
        session_rows.add_app_token(tx, token, Maker.API, now=now, real=workspace.clock.real())
    return _app_token_payload(token) | {"createdAt": int(now), "updatedAt": int(now)}


def app_token_get(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return an app token."""
    return _app_token_payload(_app_token(workspace, given.text("id"), visit))


def app_token_update(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Change what the next sessions of an app token get."""
    token = _app_token(workspace, given.text("id"), visit)
    for name in _object(given):
        if name in _READ_ONLY:
            raise Refusal(
                StudioCode.PROPERTY_VALIDATION_NOT_UPDATABLE,
                f'The property "{name}" cannot be updated',
                {"PROP_NAME": name},
            )
        if name not in _FIELDS:
            raise Refusal(StudioCode.NOT_EMULATED, f"This studio does not keep '{name[:60]}'")
    changed = _changed(token, given)
    with workspace.store.write() as tx:
        session_rows.update_app_token(tx, changed)
    return _app_token_payload(changed)


def app_token_list(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return app tokens, newest first."""
    wanted = given.filter("idEqual", "idIn", "sessionUserIdEqual")
    with workspace.store.read() as tx:
        tokens = session_rows.app_tokens(tx)
    user, only = wanted.get("sessionUserIdEqual"), wanted.get("idEqual")
    among = None if "idIn" not in wanted else {*map(str.strip, wanted["idIn"].split(","))}
    found = [
        _app_token_payload(token)
        for token in tokens
        if user in (None, token.session_user_id)
        and only in (None, token.id)
        and (among is None or token.id in among)
    ]
    return page_of("KalturaAppTokenListResponse", found, given)


def app_token_delete(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """Remove an app token, and end the sessions that it started."""
    token = _app_token(workspace, given.text("id"), visit)
    end_app_tokens(workspace, [token.id])


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
    return session_info(authenticate(workspace, ks, visit), ks)


APP_TOKEN_SERVICES: Final[Mapping[str, Service]] = {
    "apptoken/add": app_token_add,
    "apptoken/get": app_token_get,
    "apptoken/update": app_token_update,
    "apptoken/list": app_token_list,
    "apptoken/delete": app_token_delete,
    "apptoken/startsession": app_token_start_session,
}


def _object(given: Parameters) -> Mapping[str, Any]:
    told = given.values.get("appToken")
    return told if isinstance(told, dict) else {}


def _changed(token: AppToken, given: Parameters) -> AppToken:
    """Return an app token with the fields that are given; raises `Refusal` for wrong ones."""
    hash_type = given.text("appToken", "hashType", default=token.hash_type).upper()
    if hash_type not in _HASHES:
        raise _wrong(f"hashType: must be one of {', '.join(_HASHES)}")
    kind = given.number("appToken", "sessionType", default=token.session_type)
    if kind not in (USER, ADMIN):
        raise _wrong("sessionType: must be one of 0, 2")
    duration = given.number("appToken", "sessionDuration", default=token.session_duration)
    if not 0 < duration <= MAX_EXPIRY:
        raise _wrong(f"sessionDuration: must be 1 to {MAX_EXPIRY} seconds")
    expiry = given.number("appToken", "expiry", default=token.expiry)
    if expiry < 0:
        raise _wrong("expiry: must be unix seconds, or 0 for never")
    privileges = given.text("appToken", "sessionPrivileges", default=token.session_privileges)
    return replace(
        token,
        hash_type=hash_type,
        session_type=kind,
        session_duration=duration,
        session_user_id=given.text("appToken", "sessionUserId", default=token.session_user_id),
        session_privileges=privileges,
        expiry=expiry,
    )


def _wrong(fault: str) -> Refusal:
    return Refusal(StudioCode.VALIDATION_ERROR, fault)


def _app_token(workspace: Workspace, token_id: str, visit: Visit) -> AppToken:
    with workspace.store.read() as tx:
        workspace.control.follow(tx)  # who exchanges it has no session of this time yet
        token = session_rows.find_app_token(tx, token_id)
    if token is None:
        workspace.guesses.note_wrong(visit.address, Guess.APP_TOKEN, token_id)
        raise Refusal(
            StudioCode.APP_TOKEN_ID_NOT_FOUND,
            f"Application token id [{token_id}] not found",
            {"APP_TOKEN_ID": token_id},
        )
    return token


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
