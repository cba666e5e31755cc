"""The captions of entries by the actions of Kaltura's `caption_captionAsset`, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from storyboard.caption_files import Cue
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.captions import RemoteCaptions, parse_cues
from storyboard.kaltura.pages import PAGE

_SERVICE: Final = "caption_captionAsset"

_PAGE: Final = 500
"""Captions of one page: the most that Kaltura lists."""

_MOST_PAGES: Final = 40
"""Pages of the captions of a hundred entries: 200 of each, as many as the local studio keeps."""


class CaptionAssets:
    """Reads the captions of entries, as the service tells them."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def assets_of(self, entry_ids: Sequence[str]) -> tuple[RemoteCaptions, ...]:
        """Fetch the captions that entries have, without their texts."""
        found: list[RemoteCaptions] = []
        for first in range(0, len(entry_ids), PAGE):
            asked = entry_ids[first : first + PAGE]
            # A service may ignore the filter, and list what other projects have.
            found += [each for each in await self._listed(asked) if each.entry_id in asked]
        return tuple(found)

    async def cues_of(self, captions: RemoteCaptions) -> tuple[Cue, ...]:
        """Fetch the cues of captions, without markup."""
        form = {"captionAssetId": captions.id}
        return await self._calls.service(
            _SERVICE, "serveAsJson", form, lambda body: parse_cues(body, captions.suffix)
        )

    async def _listed(self, entry_ids: Sequence[str]) -> Sequence[RemoteCaptions]:
        """Ask page by page: an entry may have captions in many languages."""
        found: dict[str, RemoteCaptions] = {}
        form = {"filter:entryIdIn": ",".join(entry_ids), "pager:pageSize": str(_PAGE)}
        for page in range(1, _MOST_PAGES + 1):
            paged = {**form, "pager:pageIndex": str(page)}
            told, ready = await self._calls.service(
                _SERVICE, "list", paged, RemoteCaptions.parse_all
            )
            before = len(found)
            found |= {each.id: each for each in ready}
            if told < _PAGE or len(found) == before:
                break
        return tuple(found.values())
