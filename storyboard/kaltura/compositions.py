"""What a composition is asked by, in the guide's words and in the newest generation's.

All of the compiler has the guide's (§7); these are the two ways over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storyboard.wire import NEW_FORMATS, OLD_FORMATS


def by_sources(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of `video/compose` as the newest generation takes it."""
    asked = {name: value for name, value in body.items() if name != "entryIds"}
    told = body["formatType"]
    sources = [{"entryId": entry_id} for entry_id in body["entryIds"]]
    return {**asked, "formatType": NEW_FORMATS.get(told, told), "sources": sources}


def by_entries(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a video's `composeParams` in the guide's words, whichever generation tells them.

    What the guide has no words for stays as it is, so that it equals nothing that files ask.
    """
    sources, told = params.get("sources"), params.get("formatType")
    if not isinstance(sources, list):
        return params
    names = OLD_FORMATS.get(told, told) if isinstance(told, str) else told
    plain = [each.get("entryId") for each in sources if isinstance(each, dict) and len(each) == 1]
    if len(plain) < len(sources) or None in plain:
        return params
    kept = {name: value for name, value in params.items() if name != "sources"}
    return {**kept, "formatType": names, "entryIds": plain}
