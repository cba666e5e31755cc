"""Takes an uploaded file into the studio: probed, kept by content, stored as a media entry."""

from __future__ import annotations

from pathlib import Path

from storyboard.studio import entries
from storyboard.studio.entries import Entry
from storyboard.studio.ids import ENTRY_ID, entry_id
from storyboard.studio.refusal import Refusal, StudioCode
from storyboard.studio.session import Principal
from storyboard.studio.workspace import Workspace

_MAX_NAME = 200


def accept(
    workspace: Workspace, owner: Principal, draft: Path, name: str, wanted: str | None
) -> Entry:
    """Make a draft file an entry, under the wanted id or a new one; raises `Refusal`.

    The same id again gets the new content: a stand-in follows its file.
    """
    from storyboard.studio.probe import MediaRefused, examine

    if wanted is not None and not ENTRY_ID.fullmatch(wanted):
        raise Refusal(
            StudioCode.VALIDATION_ERROR, "entryId: must be an entry id such as 1_abcd1234"
        )
    try:
        medium = examine(draft)
    except MediaRefused as cause:
        raise Refusal(StudioCode.MEDIA_NOT_SUPPORTED, str(cause)) from cause
    blob = workspace.blobs.keep(draft, medium.suffix)
    now, facts = workspace.clock(), medium.facts
    with workspace.store.write() as tx:
        before = entries.find(tx, wanted) if wanted else None
        if before is not None and before.video_id is not None:
            raise Refusal(
                StudioCode.ENTRY_ALREADY_EXISTS, f"Entry '{wanted}' is a film that was made here"
            )
        entry = Entry(
            id=wanted or entry_id(),
            owner=owner,
            name=name[:_MAX_NAME] or "untitled",
            kind=facts.kind.value,
            blob=blob.name,
            sha256=blob.sha256,
            size=blob.size,
            seconds=facts.seconds,
            fps=facts.fps,
            width=facts.width,
            height=facts.height,
            video_id=None,
            created_at=now,
            updated_at=now,
        )
        entries.put(tx, entry)
    return entry
