"""Slides that scenes and compositions name: whether they are there, and what they are told as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.slides import count_slides, slide_broll, slides_flavor
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.store import Transaction
from storyboard.wire import ErrorCode


def read_ahead(workspace: Workspace, entry_ids: Iterable[str]) -> None:
    """Read presentations before a transaction that writes checks them: all others wait for it."""
    if not is_next(workspace.contract) or not (named := dict.fromkeys(entry_ids)):
        return
    with workspace.store.read() as tx:
        found = [entries.find(tx, entry_id) for entry_id in named]
    for entry in filter(None, found):
        with suppress(OSError):  # deleted meanwhile, which the check tells
            count_slides(workspace, entry)


def slides_in(scenes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the presentation of each scene that shows a slide."""
    for scene in scenes:
        broll = scene.get("broll") or {}
        if broll.get("type") == "slide":
            yield broll["entryId"]


def with_slides(
    tx: Transaction, workspace: Workspace, scenes: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return scenes with the pictures of their slides named; raises `Refusal` for a missing one."""
    if not is_next(workspace.contract):
        return scenes
    named = []
    for scene in scenes:
        broll = scene.get("broll") or {}
        if broll.get("type") == "slide":
            entry_id, index = broll["entryId"], int(broll["index"])
            require_slides(tx, workspace, entry_id, [index], flavor=broll["flavorAssetId"])
            scene = {**scene, "broll": slide_broll(entry_id, index)}
        elif "slideImageName" in broll:
            kept = {name: value for name, value in broll.items() if name != "slideImageName"}
            scene = {**scene, "broll": kept}
        named.append(scene)
    return named


def require_slides(
    tx: Transaction,
    workspace: Workspace,
    entry_id: str,
    indexes: Sequence[int],
    *,
    flavor: str | None = None,
) -> None:
    """Refuse slides that a presentation does not have; raises `Refusal`."""
    entry = entries.find(tx, entry_id)
    if entry is None:
        raise Refusal(
            ErrorCode.ENTRY_NOT_FOUND, f"Entry '{entry_id}' not found", {"entryId": entry_id}
        )
    count = count_slides(workspace, entry) if flavor in (None, slides_flavor(entry_id)) else 0
    for index in indexes:
        if index >= count:
            raise Refusal(
                ErrorCode.SLIDE_NOT_FOUND,
                f"Slide {index} not found: '{entry_id}' has {count} of that flavor asset",
                {"entryId": entry_id, "index": str(index)},
            )
