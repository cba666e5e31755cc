"""Takes an uploaded file into the studio: probed, kept by content, stored as a media entry.

`recognize` and `captions_text` are all that decides whether a file is taken, so whoever wants to
know beforehand asks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storyboard.decoding import NotText, decode_text
from storyboard.disk.lfs import LOAD, NOT_LOADED, is_pointer
from storyboard.strict_json import is_storable
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.compose.documents import MAX_BYTES, recognize_document
from storyboard.studio.jobs import leftovers
from storyboard.studio.jobs.sent_files import sent
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import captions, entries
from storyboard.studio.records.blobs import Blob
from storyboard.studio.records.entries import DOCUMENT, Entry
from storyboard.studio.records.ids import ENTRY_ID
from storyboard.studio.records.new_ids import new_entry_id
from storyboard.studio.records.session import Principal
from storyboard.wire import MAX_MEDIA_BYTES

if TYPE_CHECKING:
    from storyboard.studio.media.opening import MediaFacts

MAX_CAPTIONS: Final = 1 << 20
"""Characters of an entry's captions: a day of speech."""

MAX_CAPTIONS_BYTES: Final = 4 * MAX_CAPTIONS

MAX_NAME: Final = 200
"""Characters of a name that are kept."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """What a file is: its kind, the suffix that its content deserves, and a medium's facts."""

    kind: str
    suffix: str
    facts: MediaFacts | None = None


def recognize(path: Path, name: str) -> Recognized:
    """Look into a file that was called `name`; raises `Refusal` for what the studio does not take.

    Raises `OSError` for what cannot be opened.
    """
    from storyboard.studio.media.opening import MediaTooSlow
    from storyboard.studio.media.probe import MediaRefused, examine

    size = path.stat().st_size
    if size == 0:
        raise _refused("the file is empty")
    if size > MAX_MEDIA_BYTES:
        raise _refused(f"the file has more than {MAX_MEDIA_BYTES >> 30} GB")
    document = _document(path, name)
    if document is not None:
        return Recognized(DOCUMENT, document)
    try:
        medium = examine(path)
    except MediaRefused as cause:
        raise _refused(str(cause), cause.hint) from cause
    except MediaTooSlow as cause:
        raise _refused(str(cause)) from cause
    return Recognized(medium.facts.kind.value, medium.suffix, medium.facts)


def captions_text(content: bytes) -> str:
    """Return the text of a captions file; raises `Refusal` where it is none."""
    _refuse_pointer(content)
    try:
        return checked_captions(decode_text(content))
    except NotText as cause:
        raise _refused(f"{cause}: save it as UTF-8") from cause


def checked_captions(content: str) -> str:
    """Return a text that is captions; raises `Refusal`."""
    if len(content) > MAX_CAPTIONS:
        raise _refused(f"the captions have more than {MAX_CAPTIONS:,} characters")
    if not is_storable(content):
        raise _refused("the captions have the character U+0000")
    if captions.recognize(content) is None:
        raise _refused("the captions are no SRT and no WebVTT: they have no '-->'")
    return content


def accept(
    workspace: Workspace, owner: Principal, draft: Path, name: str, wanted: str | None
) -> Entry:
    """Make a draft file an entry, under the wanted id or a new one; raises `Refusal`.

    The same id again gets the new content: a stand-in follows its file.
    """
    if wanted is not None and not ENTRY_ID.fullmatch(wanted):
        raise Refusal(
            StudioCode.VALIDATION_ERROR,
            "entryId: takes letters, digits, '_' and '-', such as 1_abcd1234",
        )
    found = recognize(draft, name)
    with sent(workspace, draft, found.suffix) as blob:
        before, entry = _stored(workspace, owner, draft, name, wanted, found, blob)
    workspace.blobs.confirm(blob)
    if before is not None:
        leftovers.free(workspace, before)
    if workspace.shared is not None:  # the draft is a copy of what is in the bucket
        leftovers.trim_cache(workspace)
    return entry


def _stored(
    workspace: Workspace,
    owner: Principal,
    draft: Path,
    name: str,
    wanted: str | None,
    found: Recognized,
    blob: Blob,
) -> tuple[Entry | None, Entry]:
    """Store the entry of a file that was sent; return it, and what had its id before."""
    now, facts = workspace.clock(), found.facts
    with workspace.store.write() as tx:
        before = entries.find(tx, wanted) if wanted else None
        if before is not None and before.video_id is not None:
            # What was filmed is what a state says was filmed: nobody puts another file in its
            # place.
            raise Refusal(StudioCode.ENTRY_ALREADY_EXISTS, f"entryId: '{wanted}' belongs to a film")
        entry = Entry(
            id=wanted or new_entry_id(tx),
            owner=owner,
            name=name[:MAX_NAME] or "untitled",
            kind=found.kind,
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
        workspace.blobs.keep(draft, blob)
        entries.put(tx, entry)
    return before, entry


def _document(draft: Path, name: str) -> str | None:
    """Return the suffix of a document; `None` for what may be a medium; raises `Refusal`."""
    with draft.open("rb") as file:
        head = file.read(4096)
    _refuse_pointer(head)
    kind = recognize_document(head, name)
    if kind is not None and draft.stat().st_size > MAX_BYTES:
        raise _refused(f"a document has {MAX_BYTES // 1_000_000} MB at most")
    return None if kind is None else kind.value


def _refuse_pointer(head: bytes) -> None:
    if is_pointer(head):
        raise _refused(NOT_LOADED, LOAD)


def _refused(reason: str, hint: str | None = None) -> Refusal:
    return Refusal(StudioCode.MEDIA_NOT_SUPPORTED, reason, hint=hint)
