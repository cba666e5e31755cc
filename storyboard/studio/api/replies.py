"""What the avatar API answers with, as tables of fields (guide §5 and §6). Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from storyboard.studio.api.fields import Field, Kind
from storyboard.studio.api.requests import BACKGROUND, SCENES
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
}
ERROR: Final[Mapping[str, Field]] = {
    "objectType": replace(_TEXT, choices=("KalturaAPIException",)),
    "code": _TEXT,
    "message": _TEXT,
}
"""Comes with status 200 (guide §12); `args` beside it is an object, or an empty array."""

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
    Action.CHECK_CONFIGURATION: {
        "ok": Field(Kind.BOOLEAN, required=True),
        "results": Field(
            Kind.LIST,
            required=True,
            items=Field(
                Kind.OBJECT,
                fields={"name": _TEXT, "valid": Field(Kind.BOOLEAN, required=True)},
            ),
        ),
    },
}
"""Actions that are not here answer with a file, or with nothing."""

NOTHING: Final = frozenset({Action.VIDEO_DELETE})

FILES: Final[Mapping[Action, str]] = {
    Action.AVATAR_PREVIEW: "image/png",
    Action.VIDEO_PREVIEW_AUDIO: "audio/mpeg",
    Action.VIDEO_PREVIEW_AUDIO_STREAM: "audio/mpeg",
}
