"""`caption_captionAsset/*`: the captions of entries, by the v3 services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit
from storyboard.studio.api.entry_services import own_entry, page_of
from storyboard.studio.api.files import File
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.session_services import token_for
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.compose.captions import read_marked_up
from storyboard.studio.jobs.uploads import checked_captions
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import captions, entries
from storyboard.studio.records.captions import CaptionFormat, Captions
from storyboard.studio.records.session import FILE, USER, Session
from storyboard.studio.voice.languages import SPOKEN
from storyboard.wire import ErrorCode

MAX_ASSETS: Final = 200
"""Captions of one entry: more than a language has variants."""

MAX_LISTED: Final = 500
"""Entries that one list is of: as many as a page of a list has."""

_MAX_NAME: Final = 200
"""Characters of a language or a label, as of other names: a list repeats them."""

_ADDRESS_SECONDS: Final = 86_400
"""How long an address serves, as at Kaltura."""

_KEPT: Final = ("sessionid", "iprestrict")
"""What narrows the session of an address as it does that of whoever asked for it."""

_READY, _EMPTY = 2, 0
_TYPES: Final = {
    CaptionFormat.SRT: "text/plain; charset=utf-8",
    CaptionFormat.WEBVTT: "text/vtt; charset=utf-8",
}
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
    """Return the caption assets of entries; chapters are cue points (`chapter_services`)."""
    wanted = given.filter("entryIdEqual", "entryIdIn")
    if "entryIdIn" in wanted:
        named = [name.strip() for name in wanted["entryIdIn"].split(",")]
        only = wanted.get("entryIdEqual")
        entry_ids = [*dict.fromkeys(n for n in named if only in (None, n))]
    else:
        entry_ids = [given.text("filter", "entryIdEqual")]
    if len(entry_ids) > MAX_LISTED:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"entryIdIn: at most {MAX_LISTED} entries")
    with workspace.store.read() as tx:
        found = [asset for entry in entry_ids for asset in captions.subtitles_of(tx, entry)]
    assets = [captions_payload(asset) for asset in found]
    return page_of("KalturaCaptionAssetListResponse", assets, given)


def get_asset(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return one caption asset."""
    return captions_payload(_asset(workspace, given.text("captionAssetId")))


def get_url(workspace: Workspace, given: Parameters, visit: Visit) -> str:
    """Return an address that serves an asset for a day, without the session of whoever asks.

    It has a session of its own, which opens this asset and nothing else. It ends with the app token
    that the caller's session came from.
    """
    asset, caller = _asset(workspace, given.text("id")), visit.caller
    if not asset.size:
        raise Refusal(StudioCode.CAPTION_ASSET_IS_NOT_READY, "The caption asset is not ready")
    narrowed = {name: caller.privileges[name] for name in _KEPT if name in caller.privileges}
    privileges = {FILE: asset.id, **narrowed}
    ks = token_for(workspace, caller.user_id, USER, _ADDRESS_SECONDS, privileges)
    place = "service/caption_captionAsset/action/serve/captionAssetId"
    return f"{workspace.public_url}/api_v3/{place}/{asset.id}/ks/{ks}"


def serve(workspace: Workspace, given: Parameters, visit: Visit) -> File:
    """Return an asset's text as a file."""
    asset_id = given.text("captionAssetId")
    if not visit.caller.may_read(asset_id):
        raise Refusal(ErrorCode.SERVICE_FORBIDDEN, "The session is that of another file")
    asset = _asset(workspace, asset_id)
    return File(_content(workspace, asset).encode(), _TYPES[asset.format])


def serve_as_json(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return an asset's cues, with times in milliseconds and texts as they are written."""
    content = _content(workspace, _asset(workspace, given.text("captionAssetId")))
    return {
        "objects": [
            {
                "startTime": round(cue.start * 1000),
                "endTime": round(cue.end * 1000),
                "content": [{"text": cue.text}],
            }
            for cue in read_marked_up(content)
        ]
    }


def set_as_default(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """Make an asset the one that players show first."""
    asset = _own_asset(workspace, visit.caller, given.text("captionAssetId"))
    with workspace.store.write() as tx:
        captions.set_as_default(tx, asset)


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
    "caption_captionasset/get": get_asset,
    "caption_captionasset/geturl": get_url,
    "caption_captionasset/serve": serve,
    "caption_captionasset/serveasjson": serve_as_json,
    "caption_captionasset/setasdefault": set_as_default,
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
        replaced = [old for old in before if replaces and old.label == label]
        if len(before) - len(replaced) >= MAX_ASSETS:
            raise Refusal(
                StudioCode.QUOTA_EXCEEDED,
                f"the entry has {len(before)} captions: delete some of them",
            )
        for old in replaced:
            captions.delete(tx, old.id)
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


def _content(workspace: Workspace, asset: Captions) -> str:
    with workspace.store.read() as tx:
        return captions.content_of(tx, asset.id)


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
