"""The body of every action as a table of fields (guide §5-§9). Data only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from storyboard.studio.api.fields import Field, Kind
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.records.videos import ORDERS
from storyboard.wire import (
    MAX_BRIEF,
    MAX_COMPOSE_SECONDS,
    MAX_NAME,
    MAX_NARRATION,
    MAX_SCENES,
    MAX_START_SECONDS,
    Action,
)

_ID = Field(Kind.TEXT, required=True, minimum=1, maximum=100)
_ONLY_ID: Final = {"id": _ID}

BACKGROUND_FIELDS: Final[Mapping[str, str]] = {
    "color": "color",
    "library": "id",
    "entry": "entryId",
}
"""Which field a background's type needs; the others do not belong there."""

BACKGROUND: Final = Field(
    Kind.OBJECT,
    required=True,
    by_type=BACKGROUND_FIELDS,
    fields={
        "type": Field(Kind.TEXT, required=True, choices=("color", "library", "entry")),
        "color": Field(
            Kind.TEXT, pattern=re.compile("#[0-9A-Fa-f]{6}"), shape="a color such as #CEEEDB"
        ),
        "id": Field(
            Kind.TEXT,
            pattern=re.compile("[a-z0-9-]{1,100}"),
            shape="lowercase letters, digits and hyphens",
        ),
        "entryId": Field(Kind.TEXT, minimum=1, maximum=100),
    },
)


def _scenes(shortest: int | None = None) -> Field:
    """Return what a list of scenes is, whose texts have so many characters at least."""
    scene = Field(
        Kind.OBJECT,
        fields={
            "layoutType": Field(Kind.TEXT, choices=("full-screen", "broll")),
            "narration": Field(
                Kind.OBJECT,
                nullable=True,
                fields={
                    "text": Field(
                        Kind.TEXT, required=True, minimum=shortest, maximum=MAX_NARRATION
                    ),
                    "avatarId": Field(Kind.TEXT, nullable=True, minimum=1, maximum=100),
                },
            ),
            "broll": Field(
                Kind.OBJECT,
                nullable=True,
                fields={
                    "entryId": Field(Kind.TEXT, required=True, minimum=1, maximum=100),
                    "startTime": Field(
                        Kind.NUMBER, required=True, minimum=0, maximum=MAX_START_SECONDS
                    ),
                },
            ),
        },
    )
    return Field(Kind.LIST, maximum=MAX_SCENES, items=scene)


SCENES: Final = _scenes()
_WORDED_SCENES: Final = _scenes(shortest=1)
_PREVIEW: Final = {"id": _ID, "sceneId": Field(Kind.INTEGER, required=True)}

REQUESTS: Final[Mapping[Action, Mapping[str, Field]]] = {
    Action.TEMPLATE_LIST: {},
    Action.AVATAR_UPSERT: {
        "templateId": Field(Kind.TEXT, required=True, minimum=1, maximum=100),
        "background": BACKGROUND,
    },
    Action.AVATAR_GET: _ONLY_ID,
    Action.AVATAR_PREVIEW: _ONLY_ID,
    Action.VIDEO_ADD: {
        "name": Field(Kind.TEXT, required=True, minimum=1, maximum=MAX_NAME),
        "avatarId": Field(Kind.TEXT, required=True, minimum=1, maximum=100),
        "scenes": SCENES,
    },
    Action.VIDEO_GET: _ONLY_ID,
    Action.VIDEO_UPDATE: {
        "id": _ID,
        "name": Field(Kind.TEXT, minimum=1, maximum=MAX_NAME),
        "avatarId": Field(Kind.TEXT, nullable=True, minimum=1, maximum=100),
        "scenes": SCENES,
    },
    Action.VIDEO_LIST: {
        "filter": Field(Kind.OBJECT, fields={"orderBy": Field(Kind.TEXT, choices=tuple(ORDERS))}),
        "pager": Field(
            Kind.OBJECT,
            fields={
                "offset": Field(Kind.INTEGER, minimum=0),
                "limit": Field(Kind.INTEGER, minimum=1),
            },
        ),
    },
    Action.VIDEO_DELETE: _ONLY_ID,
    Action.VIDEO_COMPOSE: {
        "id": _ID,
        "formatType": Field(
            Kind.TEXT, required=True, choices=("session-highlights", "video-explainer")
        ),
        "duration": Field(Kind.NUMBER, required=True, minimum=1, maximum=MAX_COMPOSE_SECONDS),
        "entryIds": Field(Kind.LIST, required=True, items=Field(Kind.TEXT, minimum=1, maximum=100)),
        "userBrief": Field(Kind.TEXT, maximum=MAX_BRIEF),
        "generateName": Field(Kind.BOOLEAN),
    },
    Action.VIDEO_PREVIEW_AUDIO: _PREVIEW,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: _PREVIEW,
    Action.VIDEO_GENERATE: _ONLY_ID,
    Action.VIDEO_RESET_STATUS: _ONLY_ID,
    Action.CHECK_CONFIGURATION: {},
}


def request_fields(action: Action, contract: Contract) -> Mapping[str, Field]:
    """Return an action's fields as the contract's switches have them."""
    fields = REQUESTS[action]
    if "scenes" in fields and contract["empty_narration"] == "refuse":
        fields = dict(fields) | {"scenes": _WORDED_SCENES}
    if action is Action.VIDEO_ADD and not contract.holds("avatar_required_on_add"):
        return dict(fields) | {"avatarId": Field(Kind.TEXT, nullable=True, minimum=1, maximum=100)}
    return fields
