"""`uploadToken/*` and the `media/*` actions that change entries, by the v3 services.

Media come in as uploaded files alone: nothing is ever fetched from an address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from storyboard.studio.api.authentication import Visit
from storyboard.studio.api.entry_services import found_entry, own_entry, page_of
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.api.payloads import entry_payload
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs import leftovers
from storyboard.studio.jobs.uploads import MAX_NAME, accept
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries, upload_tokens
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.new_ids import new_entry_id
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Transaction
from storyboard.studio.records.upload_tokens import OPEN, UploadStatus, UploadToken
from storyboard.wire import MAX_MEDIA_BYTES

_KINDS: Final = {1: "video", 2: "image", 5: "audio"}
_RESOURCE: Final = "KalturaUploadedFileTokenResource"
_SIZE: Final = ("uploadToken", "fileSize")
_FILE: Final = "fileData"
_TOKEN_FILTER: Final = ("idIn", "statusIn")
UPLOADS: Final = frozenset({"uploadtoken/upload"})
"""The actions whose form may carry a file of the size of a film."""


def token_add(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Make a token that a file can be uploaded to."""
    owner, size = visit.caller.principal, given.number(*_SIZE, default=-1)
    name = given.text("uploadToken", "fileName", default="")[:MAX_NAME]
    if size > MAX_MEDIA_BYTES:
        raise Refusal(
            StudioCode.VALIDATION_ERROR, f"uploadToken:fileSize: at most {MAX_MEDIA_BYTES:,}"
        )
    upload_tokens.sweep(workspace.store, workspace.blobs, workspace.clock())
    with workspace.store.write() as tx:
        workspace.quota.check_open(tx, owner)
        workspace.quota.check_upload(tx, owner, max(size, 0))
        announced = None if size < 0 else size
        token_id = upload_tokens.add(tx, owner, name, announced, workspace.clock())
    return _payload(_token(workspace, owner, token_id))


def token_get(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return a token, and how much of its file is there."""
    owner = visit.caller.principal
    return _payload(_token(workspace, owner, given.text("uploadTokenId")))


def token_list(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Return the user's tokens, newest first, filtered by `idIn` or `statusIn`."""
    owner, wanted = visit.caller.principal, given.filter(*_TOKEN_FILTER)
    ids, statuses = (
        {*wanted[name].split(",")} if name in wanted else None for name in _TOKEN_FILTER
    )
    with workspace.store.read() as tx:
        found = upload_tokens.of_owner(tx, owner)
    tokens = [
        _payload(token)
        for token in found
        if (ids is None or token.id in ids)
        and (statuses is None or str(int(token.status)) in statuses)
    ]
    return page_of("KalturaUploadTokenListResponse", tokens, given)


def token_upload(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Take the form's `fileData`: a whole file, or the next part of one (`resume`)."""
    owner = visit.caller.principal
    if given.upload is None:
        raise Refusal(
            StudioCode.MISSING_MANDATORY_PARAMETER, "Missing parameter 'fileData'", {"NAME": _FILE}
        )
    resumes, last = _flag(given, "resume", "0"), _flag(given, "finalChunk", "1")
    token_id = given.text("uploadTokenId")
    with workspace.store.read() as tx:
        _open_token(tx, token_id, owner)
    workspace.blobs.uploads.send(token_id, given.upload.path)
    with workspace.store.write() as tx:
        token = _open_token(tx, token_id, owner)
        start = given.number("resumeAt", default=-1) if resumes else 0
        start = token.uploaded if start < 0 else start
        if start > token.uploaded:
            raise Refusal(
                StudioCode.UPLOAD_TOKEN_CANNOT_RESUME,
                f"Upload has {token.uploaded} bytes and cannot resume at {start}",
            )
        _check_size(workspace, tx, token, start + given.upload.path.stat().st_size, last)
        upload_tokens.receive(
            tx,
            workspace.blobs,
            token,
            given.upload.path,
            at=start,
            last=last,
            now=workspace.clock(),
        )
        if not token.file_name:
            name = given.upload.name[:MAX_NAME]
            upload_tokens.rename(tx, token, name)
    return _payload(_token(workspace, owner, token.id))


def token_delete(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """Forget a token and what was uploaded to it."""
    owner = visit.caller.principal
    token = _token(workspace, owner, given.text("uploadTokenId"))
    with workspace.store.write() as tx:
        upload_tokens.delete(tx, token)
    workspace.blobs.uploads.discard(token.id)


def media_add(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Make an entry that has no content yet."""
    owner = visit.caller.principal
    number = given.number("entry", "mediaType", default=1)
    if number not in _KINDS:
        wanted = ", ".join(map(str, _KINDS))
        raise Refusal(StudioCode.VALIDATION_ERROR, f"entry.mediaType: must be one of {wanted}")
    now, name = workspace.clock(), given.text("entry", "name", default="")[:MAX_NAME]
    kind = _KINDS[number]
    with workspace.store.write() as tx:
        new = new_entry_id(tx)
        entry = Entry(new, owner, name, kind, "", "", 0, 0.0, 0.0, 0, 0, None, now, now)
        entries.put(tx, entry)
        workspace.quota.check_count(tx, "entries", owner)
    return entry_payload(entry, workspace.public_url)


def media_add_content(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Make a finished upload the content of an entry."""
    session = visit.caller
    entry = own_entry(workspace, session, given.text("entryId"))
    kind = given.text("resource", "objectType", default=_RESOURCE)
    if kind != _RESOURCE:
        raise Refusal(StudioCode.NOT_EMULATED, f"This studio takes {_RESOURCE} alone, not '{kind}'")
    token = _token(workspace, session.principal, given.text("resource", "token"))
    if token.status is not UploadStatus.FULL_UPLOAD:
        raise _not_for_an_entry()
    filled = _filled(workspace, entry, token)
    with workspace.store.write() as tx:
        upload_tokens.close(tx, token, workspace.clock())
    workspace.blobs.uploads.discard(token.id)
    return entry_payload(filled, workspace.public_url)


def media_update(workspace: Workspace, given: Parameters, visit: Visit) -> dict[str, Any]:
    """Give an entry another name."""
    session = visit.caller
    entry = own_entry(workspace, session, given.text("entryId"))
    name = given.text("mediaEntry", "name", default=entry.name)[:MAX_NAME]
    with workspace.store.write() as tx:
        entries.rename(tx, entry.id, name, workspace.clock())
    return entry_payload(found_entry(workspace, entry.id), workspace.public_url)


def media_delete(workspace: Workspace, given: Parameters, visit: Visit) -> None:
    """Remove an entry, its captions and its file."""
    session = visit.caller
    entry = own_entry(workspace, session, given.text("entryId"))
    with workspace.store.write() as tx:
        entries.delete(tx, entry.id)
    leftovers.free(workspace, entry)


UPLOAD_SERVICES: Final[Mapping[str, Callable[[Workspace, Parameters, Visit], Any]]] = {
    "uploadtoken/add": token_add,
    "uploadtoken/get": token_get,
    "uploadtoken/list": token_list,
    "uploadtoken/upload": token_upload,
    "uploadtoken/delete": token_delete,
    "media/add": media_add,
    "media/addcontent": media_add_content,
    "media/update": media_update,
    "media/delete": media_delete,
    "baseentry/update": media_update,
    "baseentry/delete": media_delete,
}


def _filled(workspace: Workspace, entry: Entry, token: UploadToken) -> Entry:
    """Make the bytes of a finished upload the content of an entry; raises `Refusal`.

    They are moved once they are taken: copies of what is refused could fill the disk.
    """
    if entry.has_content:
        raise Refusal(
            StudioCode.ENTRY_ALREADY_WITH_CONTENT, f"Entry id [{entry.id}] already has content"
        )
    uploads = workspace.blobs.uploads
    upload = uploads.path(token.id)
    try:
        uploads.join(token.id, token.parts)
        if upload.stat().st_size == token.uploaded:
            name = entry.name or token.file_name
            return accept(workspace, entry.owner, upload, name, entry.id)
    except (FileNotFoundError, Refusal) as cause:
        if upload.exists():
            raise
        raise _not_for_an_entry() from cause  # another call made it an entry in between
    raise _not_for_an_entry()


def _not_for_an_entry() -> Refusal:
    return Refusal(
        StudioCode.UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY,
        "Upload token is in an invalid status for adding an entry",
    )


def _check_size(
    workspace: Workspace, tx: Transaction, token: UploadToken, size: int, last: bool
) -> None:
    """Refuse what is too large, or is not what was announced; raises `Refusal`."""
    announced = token.file_size
    if announced is not None and (size > announced or (last and size < announced)):
        raise Refusal(
            StudioCode.VALIDATION_ERROR,
            f"fileData: the upload has {size:,} bytes, and {announced:,} were announced",
        )
    if size > MAX_MEDIA_BYTES:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"fileData: at most {MAX_MEDIA_BYTES:,} bytes")
    workspace.quota.check_upload(tx, token.owner, size - token.uploaded)


def _flag(given: Parameters, name: str, default: str) -> bool:
    return given.text(name, default=default).lower() in ("1", "true")


def _open_token(tx: Transaction, token_id: str, owner: Principal) -> UploadToken:
    """Return a token that takes a file still; raises `Refusal`."""
    token = upload_tokens.find(tx, token_id, owner)
    if token is None:
        raise _no_token(token_id)
    if token.status not in OPEN:
        raise Refusal(
            StudioCode.UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD,
            "Upload token is in an invalid status for uploading a file",
        )
    return token


def _token(workspace: Workspace, owner: Principal, token_id: str) -> UploadToken:
    with workspace.store.read() as tx:
        token = upload_tokens.find(tx, token_id, owner)
    if token is None:
        raise _no_token(token_id)
    return token


def _no_token(token_id: str) -> Refusal:
    return Refusal(
        StudioCode.UPLOAD_TOKEN_NOT_FOUND,
        f"Upload token [{token_id}] not found",
        {"TOKEN": token_id},
    )


def _payload(token: UploadToken) -> dict[str, Any]:
    return {
        "objectType": "KalturaUploadToken",
        "id": token.id,
        "partnerId": token.owner.partner_id,
        "userId": token.owner.user_id,
        "status": int(token.status),
        "fileName": token.file_name,
        "fileSize": token.file_size,
        "uploadedFileSize": token.uploaded,
        "createdAt": int(token.created_at),
        "updatedAt": int(token.updated_at),
    }
