"""`media/*`, `baseEntry/*` and `flavorAsset/*` that only look: what entries there are.

A filter or an order that is not known is refused: leaving it out would answer another question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.payloads import entry_payload, flavor_payload
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.session import Session
from storyboard.whole_numbers import whole_number
from storyboard.wire import ErrorCode

_READY: Final = "2"
_Payload = dict[str, Any]


def media_get(workspace: Workspace, given: Parameters, visit: Visit) -> _Payload:
    """Return one media entry; a document is none."""
    entry = found_entry(workspace, given.text("entryId"))
    if entry.is_document:
        raise _no_entry(entry.id)
    return entry_payload(entry, workspace.public_url)


def entry_get(workspace: Workspace, given: Parameters, visit: Visit) -> _Payload:
    """Return one entry of any kind."""
    return entry_payload(found_entry(workspace, given.text("entryId")), workspace.public_url)


def media_list(workspace: Workspace, given: Parameters, visit: Visit) -> _Payload:
    """Return media entries, documents left out."""
    found = [each for each in _listed(workspace, given, visit) if "mediaType" in each]
    return page_of("KalturaMediaListResponse", found, given)


def entry_list(workspace: Workspace, given: Parameters, visit: Visit) -> _Payload:
    """Return entries of any kind, newest first unless `filter:orderBy` says else."""
    found = _listed(workspace, given, visit)
    return page_of("KalturaBaseEntryListResponse", found, given)


def flavor_list(workspace: Workspace, given: Parameters, visit: Visit) -> _Payload:
    """Return the flavors of an entry: the source, which is all there is."""
    given.filter("entryIdEqual")
    entry = found_entry(workspace, given.text("filter", "entryIdEqual"))
    flavors = [flavor_payload(entry)] if entry.has_content else []
    return page_of("KalturaFlavorAssetListResponse", flavors, given)


ENTRY_SERVICES: Final[Mapping[str, Callable[[Workspace, Parameters, Visit], Any]]] = {
    "media/get": media_get,
    "media/list": media_list,
    "baseentry/get": entry_get,
    "baseentry/list": entry_list,
    "flavorasset/list": flavor_list,
}


def found_entry(workspace: Workspace, entry_id: str) -> Entry:
    """Return the entry with this id; raises `Refusal` where there is none."""
    with workspace.store.read() as tx:
        entry = entries.find(tx, entry_id)
    if entry is None:
        raise _no_entry(entry_id)
    return entry


def own_entry(workspace: Workspace, session: Session, entry_id: str) -> Entry:
    """Return an entry that the session may change; raises `Refusal`.

    A user's session may change the user's own, and what its privilege `edit` names.
    """
    entry = found_entry(workspace, entry_id)
    editable = session.privileges.get("edit", "").split("/")
    if session.is_admin or {"*", entry_id} & {*editable} or entry.owner == session.principal:
        return entry
    values = {"KSID": "", "ERR_DESC": "INVALID_TYPE"}
    raise Refusal(ErrorCode.INVALID_KS, 'Invalid KS "", Error "INVALID_TYPE"', values)


def sees_all(session: Session) -> bool:
    """Return whether lists show a session other users' entries too."""
    return session.is_admin or bool({"list", "all"} & session.privileges.keys())


def page_of(kind: str, objects: list[_Payload], given: Parameters) -> _Payload:
    """Return the part of a list that `pager` asks for, and how many there are."""
    size = min(max(given.number("pager", "pageSize", default=30), 1), 500)
    first = (max(given.number("pager", "pageIndex", default=1), 1) - 1) * size
    return {
        "objectType": kind,
        "objects": objects[first : first + size],
        "totalCount": len(objects),
    }


Test = Callable[[_Payload], bool]


def _equal(name: str) -> Callable[[str], Test]:
    return lambda wanted: lambda entry: str(entry.get(name, "")) == wanted


def _among(name: str) -> Callable[[str], Test]:
    def among(wanted: str) -> Test:
        known = _parted(wanted)
        return lambda entry: str(entry.get(name, "")) in known

    return among


def _parted(wanted: str) -> set[str]:
    return {each.strip() for each in wanted.split(",")}


def _like(wanted: str) -> Test:
    part = wanted.casefold()
    return lambda entry: part in entry["name"].casefold()


def _since(wanted: str) -> Test:
    moment = _moment(wanted)
    return lambda entry: bool(entry["createdAt"] >= moment)


def _until(wanted: str) -> Test:
    moment = _moment(wanted)
    return lambda entry: bool(entry["createdAt"] <= moment)


_FILTERS: Final[Mapping[str, Callable[[str], Test]]] = {
    "idEqual": _equal("id"),
    "idIn": _among("id"),
    "statusEqual": _equal("status"),
    "statusIn": _among("status"),
    "typeEqual": _equal("type"),
    "typeIn": _among("type"),
    "mediaTypeEqual": _equal("mediaType"),
    "mediaTypeIn": _among("mediaType"),
    "userIdEqual": _equal("userId"),
    "nameEqual": _equal("name"),
    "nameLike": _like,
    "createdAtGreaterThanOrEqual": _since,
    "createdAtLessThanOrEqual": _until,
}
"""Each reads what is wanted once, however many entries it then looks at."""

_COLUMNS: Final[Mapping[str, str]] = {"idEqual": "id", "userIdEqual": "user_id"}
"""Filters that the database answers, as `idIn`: other users' entries are not looked through."""

_ORDERS: Final = ("createdAt", "updatedAt", "name", "duration")


def _listed(workspace: Workspace, given: Parameters, visit: Visit) -> list[_Payload]:
    """Return what a filter leaves; without a word on statuses, of the ready entries.

    A user's session without `list:*` sees the user's own, unless ids are asked for.
    """
    session = visit.caller
    wanted = given.filter("orderBy", *_FILTERS)
    order = wanted.pop("orderBy", "-createdAt")
    if not wanted.keys() & {"idEqual", "statusEqual", "statusIn"}:
        wanted["statusEqual"] = _READY
    if not wanted.keys() & {"idEqual", "idIn"} and not sees_all(session):
        wanted["userIdEqual"] = session.user_id
    with workspace.store.read() as tx:
        columns = {_COLUMNS[name]: wanted[name] for name in wanted.keys() & _COLUMNS}
        asks_some = "idIn" in wanted and "id" not in columns
        among = _parted(wanted["idIn"]) if asks_some else None
        found = entries.find_all(tx, among=among, **columns)
    shown = [entry_payload(entry, workspace.public_url) for entry in found]
    tests = [_FILTERS[name](value) for name, value in wanted.items()]
    return _ordered([entry for entry in shown if all(test(entry) for test in tests)], order)


def _ordered(shown: list[_Payload], order: str) -> list[_Payload]:
    """Order what comes newest first; what is alike stays as it came."""
    sign, name = order[:1], order[1:]
    if sign not in ("+", "-", " ") or name not in _ORDERS:
        raise Refusal(StudioCode.NOT_EMULATED, f"This studio does not order by '{order}'")
    if name == "createdAt":
        return shown if sign == "-" else shown[::-1]
    return sorted(shown, key=lambda entry: entry[name], reverse=sign == "-")


def _moment(text: str) -> int:
    moment = whole_number(text)
    if moment is None:
        raise Refusal(StudioCode.VALIDATION_ERROR, "filter:createdAt…: must be unix seconds")
    return moment


def _no_entry(entry_id: str) -> Refusal:
    return Refusal(
        StudioCode.ENTRY_ID_NOT_FOUND, f'Entry id "{entry_id}" not found', {"ID": entry_id}
    )
