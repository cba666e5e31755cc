"""The settings of the studio's widget in a page (guide §11), once: type, values, meaning.

`storyboard embed` checks by them, the page on embedding lists them, and a test holds the module
that pages load to the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WIDGET: Final = "unisphere.widget.vod-avatars"
RUNTIME: Final = "studio"

ENTRY_ID: Final = "{entryId}"
"""Where an address has the entry's id."""


@dataclass(frozen=True, slots=True)
class WidgetSetting:
    """One setting; `values` are the words it takes, in a list for an array. Empty: any."""

    name: str
    type: str
    meaning: str
    default: str = ""
    required: bool = False
    values: tuple[str, ...] = ()


WIDGET_SETTINGS: Final = (
    WidgetSetting("ks", "string", "a user's session; it may be renewed later", required=True),
    WidgetSetting("partnerId", "number", "number of the account, never a text", required=True),
    WidgetSetting(
        "kalturaServerURI",
        "string",
        "address of Kaltura's server; the local studio sends nothing there",
        required=True,
    ),
    WidgetSetting(
        "entryLink", "function", "`(entryId) => address` of the entry in your page", "no link"
    ),
    WidgetSetting(
        "handleShare", "function", "`(entryId) => void`, called by the button Share", "no button"
    ),
    WidgetSetting(
        "allowedProjectTypes",
        "array",
        "kinds of videos that may be begun; `presentation-narration` with the profile `next`",
        "all",
        values=("fromScratch", "session-highlights", "video-explainer", "presentation-narration"),
    ),
    WidgetSetting(
        "initialView",
        "string",
        "what is shown first",
        "videoLibrary",
        values=("videoLibrary", "projectBuilder"),
    ),
    WidgetSetting(
        "additionalEsearchFilters",
        "object",
        "an eSearch item or operator that narrows the media to choose from",
        "none",
    ),
    WidgetSetting(
        "loadThumbnailWithKS",
        "boolean",
        "put the session into the addresses of pictures, where access control asks for it",
        "false",
    ),
)
"""In the guide's order."""

SETTABLE: Final = {
    each.name: each
    for each in WIDGET_SETTINGS
    if each.name not in ("ks", "partnerId", "kalturaServerURI")
}
"""Those that a page chooses, beside who it is and where."""
