"""Takes an uploaded file into the studio: probed, kept by content, stored as a media entry."""

from __future__ import annotations

from pathlib import Path

from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.compose.documents import MAX_BYTES, recognise_document
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.ids import ENTRY_ID, entry_id
from storyboard.studio.records.seeding import chance
from storyboard.studio.records.session import Principal

_MAX_NAME = 200


def accept(
    workspace: Workspace, owner: Principal, draft: Path, name: str, wanted: str | None
) -> Entry:
    """Make a draft file an entry, under the wanted id or a new one; raises `Refusal`.

    The same id again gets the new content: a stand-in follows its file.
    """
    from storyboard.studio.media.probe import MediaRefused, examine

    if wanted is not None and not ENTRY_ID.fullmatch(wanted):
        raise Refusal(
            StudioCode.VALIDATION_ERROR,
            "entryId: takes letters, digits, '_' and '-', such as 1_abcd1234",
        )
    document = _document(draft, name)
    try:
        medium = None if document else examine(draft)
    except MediaRefused as cause:
        raise Refusal(StudioCode.MEDIA_NOT_SUPPORTED, str(cause)) from cause
    suffix = medium.suffix if medium else str(document)
    blob = workspace.blobs.keep(draft, suffix)
    now, facts = workspace.clock(), medium.facts if medium else None
    with workspace.store.write() as tx:
        before = entries.find(tx, wanted) if wanted else None
        if before is not None and before.video_id is not None:
            raise Refusal(
                StudioCode.ENTRY_ALREADY_EXISTS, f"Entry '{wanted}' is a film that was made here"
            )
        entry = Entry(
            id=wanted or entry_id(chance(tx)),
            owner=owner,
            name=name[:_MAX_NAME] or "untitled",
            kind=facts.kind.value if facts else "document",
            blob=blob.name,
            sha256=blob.sha256,
            size=blob.size,
            seconds=facts.seconds if facts else 0.0,
            fps=facts.fps if facts else 0.0,
            width=facts.width if facts else 0,
            height=facts.height if facts else 0,
            video_id=None,
            created_at=now,
            updated_at=now,
        )
        entries.put(tx, entry)
    return entry


def _document(draft: Path, name: str) -> str | None:
    """Return the suffix of a document; `None` for what may be a medium; raises `Refusal`."""
    with draft.open("rb") as file:
        kind = recognise_document(file.read(4096), name)
    if kind is not None and draft.stat().st_size > MAX_BYTES:
        limit = f"a document has {MAX_BYTES // 1_000_000} MB at most"
        raise Refusal(StudioCode.MEDIA_NOT_SUPPORTED, limit)
    return None if kind is None else kind.value
