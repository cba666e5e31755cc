"""`cuePoint_cuePoint/list`: the chapters of films, which are no captions at Kaltura either."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit
from storyboard.studio.api.entry_services import found_entry, page_of
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.compose.captions import read_lines
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import captions
from storyboard.studio.records.entries import Entry

_TYPE: Final = "thumbCuePoint.Thumb"
_CHAPTER: Final = 2
_READY: Final = 1
_FILTERS: Final = {
    "cuePointTypeEqual": _TYPE,
    "cuePointTypeIn": _TYPE,
    "subTypeEqual": str(_CHAPTER),
    "subTypeIn": str(_CHAPTER),
    "statusEqual": str(_READY),
    "statusIn": str(_READY),
}
"""What a filter may ask for, and what all chapters have there."""


def list_cue_points(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return the chapters of a film's entry, in their order; other entries have none."""
    wanted = given.filter("entryIdEqual", "orderBy", *_FILTERS)
    entry = found_entry(workspace, given.text("filter", "entryIdEqual"))
    order = wanted.get("orderBy", "+startTime")
    if order not in ("+startTime", "-startTime"):
        raise Refusal(StudioCode.NOT_EMULATED, f"This studio does not order by '{order[:60]}'")
    held = (value in wanted.get(name, value).split(",") for name, value in _FILTERS.items())
    points = _chapters(workspace, entry) if all(held) else []
    ordered = points if order == "+startTime" else points[::-1]
    return page_of("KalturaCuePointListResponse", ordered, given)


CHAPTER_SERVICES: Final[Mapping[str, Callable[[Workspace, Parameters, Visit], Any]]] = {
    "cuepoint_cuepoint/list": list_cue_points,
}


def _chapters(workspace: Workspace, entry: Entry) -> list[dict[str, Any]]:
    with workspace.store.read() as tx:
        asset = captions.chapters_of(tx, entry.id)
        content = "" if asset is None else captions.content_of(tx, asset.id)
    return [
        {
            "objectType": "KalturaThumbCuePoint",
            "id": f"{entry.id}_{number}",
            "cuePointType": _TYPE,
            "subType": _CHAPTER,
            "status": _READY,
            "entryId": entry.id,
            "partnerId": entry.owner.partner_id,
            "userId": entry.owner.user_id,
            "title": cue.text,
            "startTime": round(cue.start * 1000),
            "createdAt": int(entry.created_at),
            "updatedAt": int(entry.updated_at),
        }
        for number, cue in enumerate(read_lines(content), 1)
    ]
