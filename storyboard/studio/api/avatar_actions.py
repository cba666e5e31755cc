"""`avatarTemplate/*`, `avatar/*` and `partner/*` (guide §5). Knows no transport."""

from __future__ import annotations

from typing import Any, Final

from storyboard.studio.api.payloads import avatar_payload
from storyboard.studio.api.requests import BACKGROUND_FIELDS
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.film_requests import backdrop
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars, entries
from storyboard.studio.records.session import Session
from storyboard.studio.records.store import Transaction
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.wire import TEMPLATE_IDS, ErrorCode

_CHECKS: Final = ("vod-avatar-enabled", "source-only-conversion-profile")
_NEXT_CHECKS: Final = (
    "source-only-conversion-profile",
    "ppt-conversion-profile",
    "reach-profile",
    "reach-feature",
    "vendor-catalog-item-avatar-vod",
)


def list_templates(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return the 36 presenters in the guide's order."""
    objects = [{"id": name, "name": name.capitalize()} for name in TEMPLATE_IDS]
    return {"objects": objects, "totalCount": len(objects)}


def upsert(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Make or find the user's avatar of a template and background."""
    kind = body["background"]["type"]
    needed = BACKGROUND_FIELDS[kind]
    background = {"type": kind, needed: body["background"][needed]}
    if body["templateId"] not in TEMPLATE_IDS:
        raise Refusal(
            ErrorCode.AVATAR_TEMPLATE_NOT_FOUND,
            f"Avatar template '{body['templateId']}' not found",
            {"templateId": body["templateId"]},
        )
    if background["type"] == "library" and background["id"] not in LIBRARY_IDS:
        raise Refusal(
            ErrorCode.BACKGROUND_NOT_FOUND,
            f"Background '{background['id']}' not found",
            {"id": background["id"]},
        )
    with workspace.store.write() as tx:
        require_entry(tx, workspace, background)
        if workspace.contract["color_case"] == "same":
            known = avatars.in_any_case(tx, session.principal, body["templateId"], background)
            if known is not None:
                return avatar_payload(known)
        avatar = avatars.upsert(
            tx, session.principal, body["templateId"], background, workspace.clock()
        )
        workspace.quota.check_count(tx, "avatars", session.principal)
    return avatar_payload(avatar)


def get(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return one of the user's avatars."""
    with workspace.store.read() as tx:
        return avatar_payload(found(tx, session, body["id"]))


def preview(workspace: Workspace, session: Session, body: dict[str, Any]) -> bytes:
    """Return a PNG of the presenter on its background."""
    with workspace.store.read() as tx:
        avatar = found(tx, session, body["id"])
    return picture(workspace, avatar)


def picture(workspace: Workspace, avatar: avatars.Avatar) -> bytes:
    """Draw an avatar as PNG; raises `Refusal` where its background is gone."""
    try:
        with workspace.store.read() as tx:
            behind = backdrop(tx, workspace, avatar.background)
    except FilmError as cause:
        raise Refusal(ErrorCode.BACKGROUND_NOT_FOUND, str(cause)) from cause
    return workspace.makers.portrait(avatar.template_id, behind)


def check_configuration(
    workspace: Workspace, session: Session, body: dict[str, Any]
) -> dict[str, Any]:
    """Return the account's checks; this studio passes its own."""
    checks = _NEXT_CHECKS if is_next(workspace.contract) else _CHECKS
    return {"ok": True, "results": [{"name": name, "valid": True} for name in checks]}


def require_entry(tx: Transaction, workspace: Workspace, background: dict[str, Any]) -> None:
    """Refuse an unknown entry as a background, where the contract says so; raises `Refusal`."""
    entry_id = background.get("entryId")
    if entry_id is None or workspace.contract["unknown_background_entry"] != "refuse":
        return
    if entries.find(tx, entry_id) is None:
        raise Refusal(
            ErrorCode.BACKGROUND_NOT_FOUND,
            f"Background entry '{entry_id}' not found",
            {"entryId": entry_id},
        )


def found(tx: Transaction, session: Session, avatar_id: str) -> avatars.Avatar:
    """Return one of the user's avatars; raises `Refusal` where there is none."""
    avatar = avatars.find(tx, session.principal, avatar_id)
    if avatar is None:
        raise Refusal(
            ErrorCode.AVATAR_NOT_FOUND, f"Avatar '{avatar_id}' not found", {"id": avatar_id}
        )
    return avatar
