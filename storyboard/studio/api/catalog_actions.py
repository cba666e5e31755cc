"""The avatar catalog of the newest generation: `avatar-template/list` and `avatar/*`.

It is told of in public by pieces; where they are silent, the differences page has our choice.
Knows no transport, but for the picture that an avatar's address leads to.
"""

from __future__ import annotations

import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from storyboard.studio.api import avatar_actions
from storyboard.studio.api.catalog_payloads import TEMPLATES, avatar_payload, template_payload
from storyboard.studio.api.hard_work import HardWork
from storyboard.studio.api.public_work import made_for
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars
from storyboard.studio.records.avatars import Avatar
from storyboard.studio.records.session import Session
from storyboard.studio.records.store import Transaction
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.wire import TEMPLATE_IDS, ErrorCode

_COLOR: Final = re.compile("#[0-9A-Fa-f]{6}")
_WHITE: Final = "#FFFFFF"
_PAGE: Final = 30


def list_templates(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return the presenters in the guide's order, those with the ids asked for, a page of them."""
    told = [template_payload(name, workspace.public_url) for name in TEMPLATE_IDS]
    ids = body.get("filter", {}).get("idsIn")
    found = [each for each in told if ids is None or each["id"] in ids]
    offset, limit = _page_of(workspace, body)
    return {"objects": found[offset : offset + limit], "totalCount": len(found)}


def create(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Make an avatar of a template and a background: one more with each call."""
    template = TEMPLATES.get(body["templateId"])
    if template is None:
        raise Refusal(
            ErrorCode.AVATAR_TEMPLATE_NOT_FOUND,
            f"Avatar template '{body['templateId']}' not found",
            {"templateId": body["templateId"]},
        )
    if "background" not in body:
        raise Refusal(
            ErrorCode.AVATAR_MISSING_VISUAL_RESOLUTION,
            "The template has a face only: give a background, of which a visual is composed",
        )
    with workspace.store.write() as tx:
        made = avatars.add(
            tx,
            session.principal,
            template,
            _background(tx, workspace, body["background"]),
            workspace.clock(),
            name=body.get("name", template.capitalize()),
            tags=body.get("adminTags", ()),
        )
        workspace.quota.check_count(tx, "avatars", session.principal)
    return avatar_payload(made, workspace.public_url)


def get(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return one of the user's avatars."""
    with workspace.store.read() as tx:
        return _shown(tx, workspace, session, body["id"])


def list_avatars(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the user's avatars, newest first."""
    wanted = body.get("filter", {})
    offset, limit = _page_of(workspace, body)
    with workspace.store.read() as tx:
        count, found = avatars.page(
            tx,
            session.principal,
            offset=offset,
            limit=limit,
            ids=wanted.get("idsIn"),
            tags=wanted.get("adminTagsIn"),
        )
    shown = [avatar_payload(avatar, workspace.public_url) for avatar in found]
    return {"objects": shown, "totalCount": count}


def update(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Change what is given of an avatar; its videos show the new background in their next film."""
    with workspace.store.write() as tx:
        avatar = avatar_actions.found(tx, session, body["id"])
        background = avatar.background
        if "background" in body:
            background = _background(tx, workspace, body["background"])
        name = body.get("name", avatar.name)
        avatars.change(tx, avatar.id, workspace.clock(), name=name, background=background)
        return _shown(tx, workspace, session, avatar.id)


def clone(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Make a second avatar that looks and sounds the same."""
    with workspace.store.write() as tx:
        avatar = avatar_actions.found(tx, session, body["id"])
        owner, now = session.principal, workspace.clock()
        look = avatar.template_id, avatar.background
        made = avatars.add(tx, owner, *look, now, name=avatar.name, tags=avatar.tags)
        workspace.quota.check_count(tx, "avatars", owner)
    return avatar_payload(made, workspace.public_url)


def delete(workspace: Workspace, session: Session, body: dict[str, Any]) -> None:
    """Remove an avatar; videos that name it can neither be heard nor filmed from then on."""
    with workspace.store.write() as tx:
        avatars.delete(tx, avatar_actions.found(tx, session, body["id"]).id)


class Pictures:
    """The pictures of one studio's avatars, at the addresses that the catalog gives out."""

    def __init__(self, workspace: Workspace, hard: HardWork) -> None:
        self._workspace = workspace
        self._hard = hard

    async def picture(self, request: Request) -> Response:
        """Answer with a PNG; needs no session, as an image in a page has none: the id is enough."""

        def drawn() -> bytes | None:
            with self._workspace.store.read() as tx:
                avatar = avatars.find(tx, None, request.path_params["avatar"])
            try:
                return None if avatar is None else avatar_actions.picture(self._workspace, avatar)
            except Refusal:
                return None  # its background is gone

        picture = await made_for(request, self._hard, drawn)
        if picture is None:
            return Response(status_code=404)
        return Response(picture, media_type="image/png")


def _shown(
    tx: Transaction, workspace: Workspace, session: Session, avatar_id: str
) -> dict[str, Any]:
    found: Avatar = avatar_actions.found(tx, session, avatar_id)
    return avatar_payload(found, workspace.public_url)


def _page_of(workspace: Workspace, body: dict[str, Any]) -> tuple[int, int]:
    """Return where a page begins and how long it is at most."""
    pager, most = body.get("pager", {}), int(workspace.contract["largest_page"])
    return int(pager.get("offset", 0)), min(int(pager.get("limit", _PAGE)), most)


def _background(tx: Transaction, workspace: Workspace, told: dict[str, str]) -> dict[str, str]:
    """Return a background as the guide writes it; raises `Refusal`."""
    value = told.get("value")
    if told["type"] == "color":
        if value is not None and not _COLOR.fullmatch(value):
            raise Refusal(
                ErrorCode.AVATAR_INVALID_BACKGROUND_ID,
                f"Background color '{value}' must be a 6-digit hex value",
                {"value": value},
            )
        return {"type": "color", "color": value or _WHITE}
    if value in LIBRARY_IDS:
        return {"type": "library", "id": value}
    if value is None or "_" not in value:
        raise Refusal(
            ErrorCode.BACKGROUND_NOT_FOUND, f"Background '{value}' not found", {"value": str(value)}
        )
    background = {"type": "entry", "entryId": value}
    avatar_actions.require_entry(tx, workspace, background)
    return background
