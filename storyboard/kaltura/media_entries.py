"""Media entries of the Kaltura v3 services, which films and clips are. Knows no video."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from storyboard.kaltura.avatars import same_id, unless_absent
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.fields import id_of, list_of, name_of, number_of, object_of
from storyboard.kaltura.objects import RemoteEntry
from storyboard.kaltura.pages import PAGE

_T = TypeVar("_T")


class MediaEntries:
    """What the service `media` tells of entries."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def get(self, entry_id: str) -> RemoteEntry | None:
        """Fetch an entry's facts; `None` where there is none."""
        parse = same_id(entry_id, RemoteEntry.parse)
        call = self._calls.service("media", "get", {"entryId": entry_id}, parse)
        return await unless_absent(call, "ENTRY_ID_NOT_FOUND")

    async def has(self, entry_id: str) -> bool:
        """Return whether there is an entry of any kind: a document is no medium."""
        call = self._calls.service("baseEntry", "get", {"entryId": entry_id}, _id)
        return await unless_absent(call, "ENTRY_ID_NOT_FOUND") == entry_id

    async def dates_of(self, entry_ids: Sequence[str]) -> dict[str, float]:
        """Fetch entry id → when it was made, in seconds since 1970."""
        return await self._listed(entry_ids, _dates)

    async def names_of(self, entry_ids: Sequence[str]) -> dict[str, str]:
        """Fetch entry id → name."""
        return await self._listed(entry_ids, _names)

    async def _listed(
        self, entry_ids: Sequence[str], parse: Callable[[Any], dict[str, _T]]
    ) -> dict[str, _T]:
        """Ask for a hundred entries at a time."""
        found: dict[str, _T] = {}
        for first in range(0, len(entry_ids), PAGE):
            asked = entry_ids[first : first + PAGE]
            form = {"filter:idIn": ",".join(asked), "pager:pageSize": str(PAGE)}
            found |= await self._calls.service("media", "list", form, parse)
        # A service may ignore the filter, and list what other projects have.
        wanted = frozenset(entry_ids)
        return {id_: told for id_, told in found.items() if id_ in wanted}


def _dates(body: Any) -> dict[str, float]:
    return {id_of(item): number_of(item, "createdAt") for item in list_of(body)}


def _names(body: Any) -> dict[str, str]:
    return {id_of(item): name_of(item) for item in list_of(body)}


def _id(body: Any) -> str:
    return id_of(object_of(body, "entry"))
