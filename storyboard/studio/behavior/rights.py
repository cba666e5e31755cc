"""Who may do what: one table of actions, services and paths × kinds of session. Knows no request.

A row is named by its path; a path without a row is answered to nobody (tests find each route).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from storyboard.wire import CATALOG_ACTIONS, GUIDE_ACTIONS, NEXT_ACTIONS, Action


class SessionKind(Enum):
    """What a caller is, by the session that came with the call."""

    NONE = "no session"
    WIDGET = "an anonymous session"
    ROLE = "a session of a role"
    USER = "a user session"
    ADMIN = "an admin session"
    PAGE = "a session of the studio's page"
    FILE = "a session of one file"


Kinds = frozenset[SessionKind]

EVERYBODY: Final[Kinds] = frozenset(SessionKind)
"""Needs no session, as at Kaltura: an entry's id is what a player knows of a film."""

HOLDERS: Final[Kinds] = frozenset(SessionKind) - {
    SessionKind.NONE,
    SessionKind.PAGE,
    SessionKind.FILE,
}
"""Whoever holds a session may read it, end it, and exchange it for that of an app token."""

USERS: Final[Kinds] = frozenset({SessionKind.USER, SessionKind.ADMIN})
READERS: Final[Kinds] = USERS | {SessionKind.FILE}
"""Who may have the text of captions: an address has a session that opens that one."""

ADMINS: Final[Kinds] = frozenset({SessionKind.ADMIN})
LOOKERS: Final[Kinds] = frozenset({SessionKind.ADMIN, SessionKind.PAGE})

API: Final = "/api/v1/"
CATALOG: Final = "/catalog/v1/"
PORTRAITS: Final = "/catalog/pictures/"
SERVICES: Final = "/api_v3/"
CONTROL: Final = "/__studio/"

_PARTNER: Final = "/p/{partner:whole}"
_SUB: Final = _PARTNER + "/sp/{sub:whole}"
_REST: Final = "/{rest:path}"
_STILLS: Final = ("/thumbnail/entry_id/{entry}", "/thumbnail/entry_id/{entry}" + _REST)
_FILES: Final = (
    *("/playManifest/entryId/{entry}" + _REST, "/raw/entry_id/{entry}"),
    *("/raw/entry_id/{entry}" + _REST, *_STILLS),
)

_CHOICES: Final = (
    *("facts.json", "templates/{template}.png", "templates/{template}.mp3"),
    *("backgrounds/{background}.jpg", "slides/{entry}/{index:whole}.png", "slides/{entry}"),
)
_WIDGET: Final = (
    *("/loader/index.esm.js", "/runtime.json"),
    "/static/modules/vod-avatars/{version}/runtime/studio/{file}",
)


_APP_TOKENS: Final = (
    *("apptoken/add", "apptoken/get", "apptoken/update", "apptoken/list", "apptoken/delete"),
)


def _rows(prefix: str, who: Kinds, names: Iterable[str]) -> dict[str, Kinds]:
    return {f"{prefix}{name}": who for name in names}


RIGHTS: Final[Mapping[str, Kinds]] = MappingProxyType(
    {
        **_rows(API, USERS, (action.value for action in (*GUIDE_ACTIONS, *NEXT_ACTIONS))),
        **_rows(CATALOG, USERS, (action.value for action in CATALOG_ACTIONS)),
        **_rows(PORTRAITS, EVERYBODY, ("{avatar}.png",)),
        **_rows(SERVICES, EVERYBODY, ("session/start", "session/startwidgetsession")),
        **_rows(SERVICES, HOLDERS, ("session/get", "session/end", "apptoken/startsession")),
        **_rows(SERVICES, ADMINS, _APP_TOKENS),
        **_rows(
            SERVICES,
            USERS,
            (
                "media/get", "media/list", "media/add", "media/addcontent", "media/update",
                "media/delete", "baseentry/get", "baseentry/list", "baseentry/update",
                "baseentry/delete", "elasticsearch_esearch/searchentry", "flavorasset/list",
                "uploadtoken/add", "uploadtoken/get",
                "uploadtoken/list", "uploadtoken/upload", "uploadtoken/delete",
                "caption_captionasset/add", "caption_captionasset/setcontent",
                "caption_captionasset/get", "caption_captionasset/list",
                "caption_captionasset/geturl", "caption_captionasset/serveasjson",
                "caption_captionasset/setasdefault", "caption_captionasset/delete",
                "cuepoint_cuepoint/list",
            ),
        ),
        **_rows(SERVICES, READERS, ("caption_captionasset/serve",)),
        **_rows(_SUB, EVERYBODY, _FILES),
        **_rows(_PARTNER, EVERYBODY, _STILLS),
        **_rows("/v1", EVERYBODY, ("", _REST, *_WIDGET)),
        **_rows("/v1/studio/", USERS, ("lengths", "videos/{video}/storyboard")),
        **_rows("/v1/studio/", EVERYBODY, ("", "files/{state}" + _REST, *_CHOICES)),
        **_rows("/studio/", EVERYBODY, ("",)),
        **_rows("/", EVERYBODY, ("", "healthz", "readyz")),
        **_rows("/", LOOKERS, ("metrics",)),
        **_rows(CONTROL, EVERYBODY, ("", "health", "web/{file}", "session", "user-session")),
        **_rows(
            CONTROL,
            LOOKERS,
            (
                "overview", "work", "journal", "contract", "avatars/{avatar}/picture",
                "captions/{captions}",
            ),
        ),
        **_rows(
            CONTROL,
            ADMINS,
            (
                "media", "media/{entry}/captions", "progress", "videos/{video}",
                "videos/{video}/status", "openapi.json", "faults", "hold", "reset", "clock",
                "seed", "snapshots", "snapshots/{name}", "snapshots/{name}/load",
            ),
        ),
    }
)  # fmt: skip
"""Both ways to a session take the page's key in place of one, which they check by themselves."""

GROWING: Final[frozenset[str]] = frozenset(
    {
        *(
            f"{API}{action.value}"
            for action in (
                Action.VIDEO_ADD, Action.VIDEO_UPDATE, Action.VIDEO_COMPOSE, Action.AVATAR_UPSERT,
            )
        ),
        f"{CATALOG}{Action.AVATAR_CREATE.value}",
        f"{CATALOG}{Action.AVATAR_CLONE.value}",
        f"{CATALOG}{Action.AVATAR_UPDATE.value}",
        f"{SERVICES}media/add",
        f"{SERVICES}caption_captionasset/add",
        f"{SERVICES}caption_captionasset/setcontent",
    }
)  # fmt: skip
"""Rows by which users have the database keep more: not on a disk that is almost full.

There, looking, deleting and making films go on. Files ask for room by themselves as they come.
"""

WORK: Final[frozenset[str]] = GROWING | {
    f"{API}{Action.VIDEO_GENERATE.value}",
    *(f"{SERVICES}{name}" for name in ("uploadtoken/add", "uploadtoken/upload")),
    f"{SERVICES}media/addcontent",
    *(f"{CONTROL}{name}" for name in ("media", "media/{entry}/captions")),
}
"""Rows that begin something: not in a studio that is about to end. There, looking and deleting go
on."""
