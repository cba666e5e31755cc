"""The body of every action as a table of fields (guide §5-§9). Data only.

The newest generation's own are in the same table; where an action of the guide differs there, they
stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from storyboard.studio.api.fields import Field, Kind
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.records.videos import ORDERS
from storyboard.wire import (
    BURN_CAPTIONS,
    LOCALE,
    MAX_BRIEF,
    MAX_COMPOSE_SECONDS,
    MAX_LOCALE,
    MAX_NAME,
    MAX_NARRATION,
    MAX_SAID_WORDS,
    MAX_SCENES,
    MAX_START_SECONDS,
    MAX_TITLE,
    SAY,
    TITLE,
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
    by_type={kind: (name,) for kind, name in BACKGROUND_FIELDS.items()},
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


_ENTRY: Final = Field(Kind.TEXT, required=True, minimum=1, maximum=100)
_START: Final = Field(Kind.NUMBER, required=True, minimum=0, maximum=MAX_START_SECONDS)
_BROLL: Final = Field(Kind.OBJECT, nullable=True, fields={"entryId": _ENTRY, "startTime": _START})
_CLIP_OR_SLIDE: Final = Field(
    Kind.OBJECT,
    nullable=True,
    by_type={
        "video": ("entryId", "startTime"),
        "slide": ("entryId", "flavorAssetId", "index"),
    },
    usual_type="video",
    fields={
        "type": Field(Kind.TEXT, choices=("video", "slide")),
        "entryId": _ENTRY,
        "startTime": replace(_START, required=False),
        "flavorAssetId": Field(Kind.TEXT, minimum=1, maximum=100),
        "index": Field(Kind.INTEGER, minimum=0),
        "slideImageName": Field(Kind.TEXT, maximum=200),
    },
)
"""`slideImageName` is the studio's own: whoever sends back what was read gets it anew."""


_SAY: Final = Field(
    Kind.LIST,
    maximum=MAX_SAID_WORDS,
    items=Field(
        Kind.OBJECT,
        fields={
            "word": Field(Kind.TEXT, required=True, minimum=1, maximum=100),
            "said": Field(Kind.TEXT, required=True, minimum=1, maximum=200),
        },
    ),
)
"""How words are said: the studio's own, which Kaltura's has no field for."""


_TITLE: Final = Field(
    Kind.OBJECT,
    fields={
        "name": Field(Kind.TEXT, required=True, minimum=1, maximum=MAX_TITLE),
        "role": Field(Kind.TEXT, maximum=MAX_TITLE),
    },
)
"""Who presents, as the film shows it: the studio's own, as `say` is."""


_LOCALE: Final = Field(
    Kind.TEXT,
    maximum=MAX_LOCALE,
    pattern=re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    shape="a locale's tag such as es-MX",
)
"""What language and region a text is read in: the studio's own, as `say` is."""


def _scenes(broll: Field, *, most: int = MAX_SCENES, shortest: int | None = None) -> Field:
    """Return what a list of scenes is, whose texts have so many characters at least."""
    text = Field(Kind.TEXT, required=True, minimum=shortest, maximum=MAX_NARRATION)
    scene = Field(
        Kind.OBJECT,
        fields={
            "layoutType": Field(Kind.TEXT, choices=("full-screen", "broll")),
            "narration": Field(
                Kind.OBJECT,
                nullable=True,
                fields={
                    "text": text,
                    "avatarId": Field(Kind.TEXT, nullable=True, minimum=1, maximum=100),
                    SAY: _SAY,
                    TITLE: _TITLE,
                    LOCALE: _LOCALE,
                },
            ),
            "broll": broll,
        },
    )
    return Field(Kind.LIST, maximum=most, items=scene)


SCENES: Final = _scenes(_BROLL)
_PREVIEW: Final = {"id": _ID, "sceneId": Field(Kind.INTEGER, required=True)}
_PAGER: Final = Field(
    Kind.OBJECT,
    fields={
        "offset": Field(Kind.INTEGER, minimum=0),
        "limit": Field(Kind.INTEGER, minimum=1),
    },
)
_DURATION: Final = Field(Kind.NUMBER, required=True, minimum=1, maximum=MAX_COMPOSE_SECONDS)
_TEXTS: Final = Field(Kind.LIST, maximum=500, items=Field(Kind.TEXT, minimum=1, maximum=100))
_URL: Final = Field(
    Kind.TEXT,
    required=True,
    maximum=2_000,
    pattern=re.compile(r"https?://[^\s@/?#]+([/?#]\S*)?"),
    shape="an http or https address without credentials",
)
_GROUND: Final = Field(
    Kind.OBJECT,
    fields={
        "type": Field(Kind.TEXT, required=True, choices=("color", "visual")),
        "value": Field(Kind.TEXT, minimum=1, maximum=100),
    },
)
"""The catalog's way to write a background."""

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
        "pager": _PAGER,
    },
    Action.VIDEO_DELETE: _ONLY_ID,
    Action.VIDEO_COMPOSE: {
        "id": _ID,
        "formatType": Field(
            Kind.TEXT, required=True, choices=("session-highlights", "video-explainer")
        ),
        "duration": _DURATION,
        "entryIds": Field(Kind.LIST, required=True, items=Field(Kind.TEXT, minimum=1, maximum=100)),
        "userBrief": Field(Kind.TEXT, maximum=MAX_BRIEF),
        "generateName": Field(Kind.BOOLEAN),
    },
    Action.VIDEO_PREVIEW_AUDIO: _PREVIEW,
    Action.VIDEO_PREVIEW_AUDIO_STREAM: _PREVIEW,
    Action.VIDEO_GENERATE: {"id": _ID, BURN_CAPTIONS: Field(Kind.BOOLEAN)},
    Action.VIDEO_RESET_STATUS: _ONLY_ID,
    Action.CHECK_CONFIGURATION: {},
    Action.INIT_CONFIGURATION: {},
    Action.VIDEO_PREVIEW_URL: {"url": _URL},
    Action.CATALOG_TEMPLATES: {
        "filter": Field(Kind.OBJECT, fields={"idsIn": _TEXTS}),
        "pager": _PAGER,
    },
    Action.AVATAR_CREATE: {
        "templateId": _ID,
        "background": _GROUND,
        "name": Field(Kind.TEXT, minimum=1, maximum=MAX_NAME),
        "adminTags": _TEXTS,
    },
    Action.AVATAR_LIST: {
        "filter": Field(Kind.OBJECT, fields={"idsIn": _TEXTS, "adminTagsIn": _TEXTS}),
        "pager": _PAGER,
    },
    Action.AVATAR_UPDATE: {
        "id": _ID,
        "background": _GROUND,
        "name": Field(Kind.TEXT, minimum=1, maximum=MAX_NAME),
    },
    Action.AVATAR_CLONE: _ONLY_ID,
    Action.AVATAR_DELETE: _ONLY_ID,
}

NEXT_REQUESTS: Final[Mapping[Action, Mapping[str, Field]]] = {
    Action.VIDEO_COMPOSE: {
        "id": _ID,
        "formatType": Field(
            Kind.TEXT,
            required=True,
            choices=("session-highlights", "explainer-video", "presentation-narration"),
        ),
        "duration": _DURATION,
        "sources": Field(
            Kind.LIST,
            maximum=100,
            items=Field(
                Kind.OBJECT,
                shapes=(("entryId",), ("url",), ("entryId", "slideIndexes")),
                fields={
                    "entryId": Field(Kind.TEXT, minimum=1, maximum=100),
                    "url": replace(_URL, required=False),
                    "slideIndexes": Field(
                        Kind.LIST, minimum=1, maximum=500, items=Field(Kind.INTEGER, minimum=0)
                    ),
                },
            ),
        ),
        "userBrief": Field(Kind.TEXT, maximum=MAX_BRIEF),
        "generateName": Field(Kind.BOOLEAN),
    },
}
"""Bodies that the newest generation has otherwise than the guide."""


def request_fields(action: Action, contract: Contract) -> Mapping[str, Field]:
    """Return an action's fields as the contract's switches have them."""
    fields = (NEXT_REQUESTS if is_next(contract) else {}).get(action) or REQUESTS[action]
    if "scenes" in fields:
        fields = dict(fields) | {"scenes": scenes_field(contract)}
    if action is Action.VIDEO_ADD and not contract.holds("avatar_required_on_add"):
        return dict(fields) | {"avatarId": Field(Kind.TEXT, nullable=True, minimum=1, maximum=100)}
    return fields


def scenes_field(contract: Contract) -> Field:
    """Return what a list of scenes is, as the contract's switches have it."""
    return _scenes(
        _CLIP_OR_SLIDE if is_next(contract) else _BROLL,
        most=int(contract["most_scenes"]),
        shortest=1 if contract["empty_narration"] == "refuse" else None,
    )
