"""`caption_captionAsset/*`: the captions of entries, by the v3 services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit
from storyboard.studio.api.entry_services import own_entry, page_of
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.uploads import checked_captions
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import captions, entries
from storyboard.studio.records.captions import Captions
from storyboard.studio.records.session import Session
from storyboard.studio.voice.languages import SPOKEN

MAX_ASSETS: Final = 200
"""Captions of one entry: more than a language has variants."""

_MAX_NAME: Final = 200
"""Characters of a language or a label, as of other names: a list repeats them."""

_READY, _EMPTY = 2, 0
_CODES: Final = {language.name: language.tag for language in SPOKEN}


def add(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Make an asset without a text, as the service does."""
    session = visit.caller
    entry = own_entry(workspace, session, given.text("entryId"))
    asset = attach(
        workspace,
        entry.id,
        language=given.text("captionAsset", "language", default="English"),
        label=given.text("captionAsset", "label", default=""),
        is_default=given.text("captionAsset", "isDefault", default="0").lower() in ("1", "true"),
    )
    return captions_payload(asset)


def set_content(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Give an asset its text, from a `KalturaStringResource`."""
    session = visit.caller
    asset = _own_asset(workspace, session, given.text("id"))
    content = checked_captions(given.text("contentResource", "content"))
    with workspace.store.write() as tx:
        captions.set_content(tx, asset.id, content)
    return captions_payload(_asset(workspace, asset.id))


def list_assets(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return an entry's caption assets."""
    given.filter("entryIdEqual")
    with workspace.store.read() as tx:
        found = captions.of_entry(tx, given.text("filter", "entryIdEqual"))
    assets = [captions_payload(asset) for asset in found]
    return page_of("KalturaCaptionAssetListResponse", assets, given)


def serve(workspace: Workspace, given: Parameters, visit: Visit) -> bytes:
    """Return an asset's text as a file."""
    asset = _asset(workspace, given.text("captionAssetId"))
    with workspace.store.read() as tx:
        return captions.content_of(tx, asset.id).encode()


def delete(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """Remove an asset."""
    session = visit.caller
    asset = _own_asset(workspace, session, given.text("captionAssetId"))
    with workspace.store.write() as tx:
        captions.delete(tx, asset.id)


CAPTION_SERVICES: Final[Mapping[str, Callable[[Workspace, Parameters, Visit], Any]]] = {
    "caption_captionasset/add": add,
    "caption_captionasset/setcontent": set_content,
    "caption_captionasset/list": list_assets,
    "caption_captionasset/serve": serve,
    "caption_captionasset/delete": delete,
}


def attach(
    workspace: Workspace,
    entry_id: str,
    *,
    language: str,
    label: str = "",
    content: str = "",
    is_default: bool = False,
    replaces: bool = False,
) -> Captions:
    """Store captions of an entry, which may replace those with their label; raises `Refusal`."""
    for name, text in (("language", language), ("label", label)):
        if len(text) > _MAX_NAME:
            raise Refusal(
                StudioCode.VALIDATION_ERROR, f"{name}: must be at most {_MAX_NAME} characters"
            )
    with workspace.store.write() as tx:
        entry = entries.find(tx, entry_id)
        if entry is None:
            raise Refusal(
                StudioCode.ENTRY_ID_NOT_FOUND, f'Entry id "{entry_id}" not found', {"ID": entry_id}
            )
        before = captions.of_entry(tx, entry_id)
        for old in before if replaces else ():
            if old.label == label:
                captions.delete(tx, old.id)
        if len(before) >= MAX_ASSETS:
            raise Refusal(
                StudioCode.QUOTA_EXCEEDED,
                f"the entry has {len(before)} captions: delete some of them",
            )
        asset = captions.add(
            tx,
            entry_id,
            language=language,
            label=label,
            content=content,
            is_default=is_default,
            now=workspace.clock(),
        )
        if entry.video_id is None:
            workspace.quota.check_captions(tx, entry.owner)
        return asset


def captions_payload(asset: Captions) -> dict[str, Any]:
    """Return a `KalturaCaptionAsset`."""
    return {
        "objectType": "KalturaCaptionAsset",
        "id": asset.id,
        "entryId": asset.entry_id,
        "language": asset.language,
        "languageCode": _CODES.get(asset.language, ""),
        "label": asset.label,
        "format": str(int(asset.format)),
        "fileExt": asset.format.suffix,
        "isDefault": asset.is_default,
        "status": _READY if asset.size else _EMPTY,
        "size": asset.size,
        "createdAt": int(asset.created_at),
    }


def _own_asset(workspace: Workspace, session: Session, asset_id: str) -> Captions:
    asset = _asset(workspace, asset_id)
    own_entry(workspace, session, asset.entry_id)
    return asset


def _asset(workspace: Workspace, asset_id: str) -> Captions:
    with workspace.store.read() as tx:
        asset = captions.find(tx, asset_id)
    if asset is None:
        raise Refusal(
            StudioCode.CAPTION_ASSET_ID_NOT_FOUND,
            f'The caption asset id "{asset_id}" not found',
            {"ID": asset_id},
        )
    return asset
