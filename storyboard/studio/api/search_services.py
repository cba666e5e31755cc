"""`elasticsearch_esearch/searchEntry`: the search behind a picker of media, with lines of captions.

Sessions see what `baseEntry/list` shows them; results are the newest first unless told else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, Final

from storyboard.studio.api.authentication import Visit
from storyboard.studio.api.entry_services import page_of, sees_all
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.payloads import entry_payload
from storyboard.studio.api.search_captions import MAX_LINES, SHOWN_LINES, CaptionLines, Line
from storyboard.studio.api.search_matching import Matcher, marked, marks
from storyboard.studio.api.search_query import Item, Scope, Search
from storyboard.studio.api.search_reading import parse_search
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.session import Session
from storyboard.studio.records.store import Transaction

_WINDOW: Final = 10_000
"""Results that can be reached by pages, as at Kaltura."""

_Payload = dict[str, Any]


def search_entry(workspace: Workspace, given: Parameters, visit: Visit) -> _Payload:
    """Return a page of the entries that a search finds."""
    size, page = (
        given.number("pager", "pageSize", default=30),
        given.number("pager", "pageIndex", default=1),
    )
    if size * page > _WINDOW:
        raise Refusal(
            StudioCode.CRITERIA_EXCEEDED_MAX_MATCHES_ALLOWED,
            f"pageSize × pageIndex: at most {_WINDOW:,}; narrow the search instead",
        )
    search = parse_search(given)
    with workspace.store.read() as tx:
        matcher = Matcher(CaptionLines(tx))
        seen = _seen(tx, workspace, search, visit.caller)
        found = [entry for entry in seen if matcher.finds(search.operator, entry)]
        reply = page_of("KalturaESearchEntryResponse", _ordered(found, search), given)
        results = [_result(search, entry, matcher) for entry in reply["objects"]]
    return reply | {"objects": results}


SEARCH_SERVICES: Final[Mapping[str, Callable[[Workspace, Parameters, Visit], Any]]] = {
    "elasticsearch_esearch/searchentry": search_entry,
}


def _seen(
    tx: Transaction, workspace: Workspace, search: Search, session: Session
) -> list[_Payload]:
    """Return what the session may find, by statuses and ids."""
    only_own = not search.ids and not sees_all(session)
    own = {"user_id": session.user_id} if only_own else {}
    found = entries.find_all(tx, among=search.ids or None, **own)
    shown = (entry_payload(entry, workspace.public_url) for entry in found)
    return [entry for entry in shown if str(entry["status"]) in search.statuses]


def _ordered(found: list[_Payload], search: Search) -> list[_Payload]:
    """Return what comes newest first in the order asked for; the first of them weighs most."""
    for field, goes_down in reversed(search.orders):
        found = sorted(found, key=lambda entry: _folded(entry[field]), reverse=goes_down)
    return found


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _result(search: Search, entry: _Payload, matcher: Matcher) -> _Payload:
    result: _Payload = {"objectType": "KalturaESearchEntryResult", "object": entry}
    shown = marks(search.operator, entry)
    if shown:
        result["highlight"] = [_highlight(name, text) for name, text in shown.items()]
    lines = list(islice(matcher.said(search.operator, entry), MAX_LINES))
    if lines:
        asked = [item for item in search.operator.items() if item.scope is not Scope.ENTRY]
        result["itemsData"] = [
            {
                "objectType": "KalturaESearchItemDataResult",
                "totalCount": len(lines),
                "items": [_line(line, asked) for line in lines[:SHOWN_LINES]],
                "itemsType": "caption",
            }
        ]
    return result


def _line(line: Line, asked: list[Item]) -> _Payload:
    found = (marked(item, line.text) for item in asked if item.is_marked)
    shown = next(filter(None, found), None)
    return {
        "objectType": "KalturaESearchCaptionItemData",
        "line": line.text,
        "startsAt": line.start,
        "endsAt": line.end,
        "language": line.captions.language,
        "captionAssetId": line.captions.id,
        "label": line.captions.label,
        **({} if shown is None else {"highlight": [_highlight("content", shown)]}),
    }


def _highlight(field: str, text: str) -> _Payload:
    return {
        "objectType": "KalturaESearchHighlight",
        "fieldName": field,
        "hits": [{"objectType": "KalturaString", "value": text}],
    }
