"""What the avatar API answers with, as tables of fields (guide §5 and §6). Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from storyboard.studio.api.fields import Field, Kind
from storyboard.studio.api.requests import BACKGROUND, SCENES, scenes_field
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.contract import Contract
from storyboard.wire import Action, VideoStatus

_TEXT: Final = Field(Kind.TEXT, required=True)
_TEXT_OR_NULL: Final = Field(Kind.TEXT, required=True, nullable=True)
_COUNT: Final = Field(Kind.INTEGER, required=True, minimum=0)


def _objects(item: Field) -> Mapping[str, Field]:
    return {"objects": Field(Kind.LIST, required=True, items=item), "totalCount": _COUNT}


AVATAR: Final[Mapping[str, Field]] = {
    "id": _TEXT,
    "templateId": _TEXT,
    "background": BACKGROUND,
    "createdAt": _TEXT,
    "updatedAt": _TEXT,
}
VIDEO: Final[Mapping[str, Field]] = {
    "id": _TEXT,
    "partnerId": _COUNT,
    "userId": _TEXT,
    "status": replace(_TEXT, choices=tuple(status.value for status in VideoStatus)),
    "name": _TEXT,
    "avatarId": _TEXT_OR_NULL,
    "scenes": replace(SCENES, required=True),
    "entryId": _TEXT_OR_NULL,
    "composeParams": Field(Kind.OBJECT, required=True, nullable=True),
    "createdAt": _TEXT,
    "updatedAt": _TEXT,
    "reason": Field(Kind.TEXT),
}
"""All but `reason`, which is the local studio's own, is in the guide."""

ERROR: Final[Mapping[str, Field]] = {
    "objectType": replace(_TEXT, choices=("KalturaAPIException",)),
    "code": _TEXT,
    "message": _TEXT,
}
"""Comes with status 200 (guide §12); `args` beside it is an object, or an empty array."""

_NUMBERED: Final = Field(Kind.OBJECT, required=True, fields={"id": _TEXT})
_FACE: Final = Field(Kind.OBJECT, required=True, fields={"id": _TEXT, "imageUrl": _TEXT})
_TEMPLATE: Final[Mapping[str, Field]] = {
    "id": _TEXT,
    "name": _TEXT,
    "voice": _NUMBERED,
    "face": _FACE,
}
CAST: Final[Mapping[str, Field]] = {
    **_TEMPLATE,
    "templateId": _TEXT,
    "background": Field(Kind.OBJECT, required=True, fields={"type": _TEXT, "value": _TEXT}),
    "previewImageUrl": _TEXT,
    "createdAt": _TEXT,
    "updatedAt": _TEXT,
}
"""An avatar of the catalog."""

_CHECKS: Final[Mapping[str, Field]] = {
    "ok": Field(Kind.BOOLEAN, required=True),
    "results": Field(
        Kind.LIST,
        required=True,
        items=Field(
            Kind.OBJECT, fields={"name": _TEXT, "valid": Field(Kind.BOOLEAN, required=True)}
        ),
    ),
}

REPLIES: Final[Mapping[Action, Mapping[str, Field]]] = {
    Action.TEMPLATE_LIST: _objects(Field(Kind.OBJECT, fields={"id": _TEXT, "name": _TEXT})),
    Action.AVATAR_UPSERT: AVATAR,
    Action.AVATAR_GET: AVATAR,
    Action.VIDEO_ADD: VIDEO,
    Action.VIDEO_GET: VIDEO,
    Action.VIDEO_UPDATE: VIDEO,
    Action.VIDEO_LIST: _objects(Field(Kind.OBJECT, fields=VIDEO)),
    Action.VIDEO_COMPOSE: VIDEO,
    Action.VIDEO_GENERATE: VIDEO,
    Action.VIDEO_RESET_STATUS: VIDEO,
    Action.CHECK_CONFIGURATION: _CHECKS,
    Action.INIT_CONFIGURATION: _CHECKS,
    Action.VIDEO_PREVIEW_URL: {"title": _TEXT, "imageUrl": _TEXT},
    Action.CATALOG_TEMPLATES: _objects(Field(Kind.OBJECT, fields=_TEMPLATE)),
    Action.AVATAR_CREATE: CAST,
    Action.AVATAR_LIST: _objects(Field(Kind.OBJECT, fields=CAST)),
    Action.AVATAR_UPDATE: CAST,
    Action.AVATAR_CLONE: CAST,
}
"""Actions that are not here answer with a file, or with nothing."""


def reply_fields(action: Action, contract: Contract) -> Mapping[str, Field] | None:
    """Return what an action answers with as the contract's switches have it, if it is an object."""
    if action is Action.AVATAR_GET and is_next(contract):
        return CAST
    fields = REPLIES.get(action)
    if fields is None:
        return None
    scenes = replace(scenes_field(contract), required=True)
    if fields is VIDEO:
        return {**VIDEO, "scenes": scenes}
    if action is Action.VIDEO_LIST:
        return _objects(Field(Kind.OBJECT, fields={**VIDEO, "scenes": scenes}))
    return fields


NOTHING: Final = frozenset({Action.VIDEO_DELETE, Action.AVATAR_DELETE})

FILES: Final[Mapping[Action, str]] = {
    Action.AVATAR_PREVIEW: "image/png",
    Action.VIDEO_PREVIEW_AUDIO: "audio/mpeg",
    Action.VIDEO_PREVIEW_AUDIO_STREAM: "audio/mpeg",
}
