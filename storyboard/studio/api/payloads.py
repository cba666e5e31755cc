"""Objects of the store as the wire shows them: field names, timestamps, nulls. Decides nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from storyboard.studio.api.told_errors import note_error
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.slides import slides_flavor
from storyboard.studio.records.avatars import Avatar
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.queue import JobState
from storyboard.studio.records.videos import Video
from storyboard.wire import GUIDE, VideoStatus

_MEDIA_TYPES = {"video": 1, "image": 2, "audio": 5}
_READY, _NO_CONTENT = 2, 7
_STAGES: Final = {"speech": (0.0, 0.05), "frames": (0.05, 0.94), "joining": (0.99, 0.0)}
"""Where in the whole each of the film maker's stages begins, and how much of it it is."""

_OPERATORS: Final = frozenset({"internal", "files", "not-kept"})
"""Reasons whose words are of a machine or of a bug, and may name hosts and folders."""


def error_payload(refusal: Refusal) -> dict[str, Any]:
    """Return a `KalturaAPIException`; `args` is an array where it is empty, as PHP has it.

    Whoever counts errors is told.
    """
    note_error(refusal.code.value)
    return {
        "objectType": "KalturaAPIException",
        "code": refusal.code.value,
        "message": refusal.message,
        "args": dict(refusal.values) or [],
    }


def avatar_payload(avatar: Avatar) -> dict[str, Any]:
    """Return the avatar object (guide §5)."""
    return {
        "id": avatar.id,
        "templateId": avatar.template_id,
        "background": avatar.background,
        "createdAt": timestamp(avatar.created_at),
        "updatedAt": timestamp(avatar.updated_at),
    }


def video_payload(video: Video, contract: Contract) -> dict[str, Any]:
    """Return the video object (guide §6)."""
    return {
        "id": video.id,
        "partnerId": video.owner.partner_id,
        "userId": video.owner.user_id,
        "status": video.status.value,
        "name": video.name,
        "avatarId": video.avatar_id,
        "scenes": video.scenes,
        "entryId": _shown_entry(video, contract["entry_id_while_generating"]),
        "composeParams": video.compose_params,
        "createdAt": timestamp(video.created_at),
        "updatedAt": timestamp(video.updated_at),
        **_told_reason(video, contract),
    }


def entry_payload(entry: Entry, public_url: str) -> dict[str, Any]:
    """Return a `KalturaMediaEntry`, or a document one; times in unix seconds, as in v3."""
    partner = entry.owner.partner_id
    protocol = public_url.partition(":")[0]
    base = f"{public_url}/p/{partner}/sp/{partner}00/playManifest/entryId/{entry.id}"
    kind = (
        {"documentType": 13 if entry.blob.endswith(".pdf") else 11}
        if entry.is_document
        else {"mediaType": _MEDIA_TYPES[entry.kind]}
    )
    return {
        "objectType": "KalturaDocumentEntry" if entry.is_document else "KalturaMediaEntry",
        "id": entry.id,
        "name": entry.name,
        "partnerId": partner,
        "userId": entry.owner.user_id,
        "creatorId": entry.owner.user_id,
        "type": 10 if entry.is_document else 1,
        **kind,
        "status": _READY if entry.has_content else _NO_CONTENT,
        "duration": round(entry.seconds),
        "msDuration": round(entry.seconds * 1000),
        "width": entry.width,
        "height": entry.height,
        "createdAt": int(entry.created_at),
        "updatedAt": int(entry.updated_at),
        "thumbnailUrl": f"{public_url}/p/{partner}/thumbnail/entry_id/{entry.id}",
        "dataUrl": f"{base}/format/url/protocol/{protocol}",
        "downloadUrl": f"{base}/format/download/protocol/{protocol}/flavorParamIds/0",
    }


def flavor_payload(entry: Entry) -> dict[str, Any]:
    """Return the one `KalturaFlavorAsset` of an entry: its source."""
    suffix = entry.blob.rpartition(".")[2]
    bits = entry.size * 8 / entry.seconds / 1000 if entry.seconds else 0
    return {
        "objectType": "KalturaFlavorAsset",
        "id": slides_flavor(entry.id),
        "entryId": entry.id,
        "partnerId": entry.owner.partner_id,
        "flavorParamsId": 0,
        "status": _READY,
        "isOriginal": True,
        "isWeb": suffix == "mp4",
        "frameRate": entry.fps,
        "width": entry.width,
        "height": entry.height,
        "bitrate": round(bits),
        "size": entry.size // 1024,
        "sizeInBytes": entry.size,
        "fileExt": suffix,
        "containerFormat": suffix,
        "createdAt": int(entry.created_at),
        "updatedAt": int(entry.updated_at),
    }


def medium_payload(entry: Entry) -> dict[str, Any]:
    """Return a medium as the control plane shows it."""
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "sha256": entry.sha256,
        "size": entry.size,
        "seconds": entry.seconds,
        "fps": entry.fps,
        "width": entry.width,
        "height": entry.height,
        "videoId": entry.video_id,
    }


def job_payload(job: JobState) -> dict[str, Any]:
    """Return a job as the control plane shows it."""
    return {
        "id": job.video_id,
        "kind": job.kind,
        "state": job.state,
        "attempt": job.attempt,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "scenes": [{"done": done, "total": total} for done, total in job.scenes],
        "progress": _share(job),
        "queuedAt": timestamp(job.created_at),
        "startedAt": None if job.started_at is None else timestamp(job.started_at),
        "endedAt": None if job.ended_at is None else timestamp(job.ended_at),
        "outcome": job.outcome,
    }


def timestamp(seconds: float) -> str:
    """Return ISO 8601 in UTC with milliseconds."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _told_reason(video: Video, contract: Contract) -> dict[str, str]:
    """Return `reason`, which is ours, as whoever made the video may know it: they see no log.

    A studio that stands for another generation of Kaltura's tells none either.
    """
    if video.reason is None or contract.profile != GUIDE:
        return {}
    code = video.reason.partition(":")[0]
    hidden = f"{code}: the studio failed: its log says how"
    return {"reason": hidden if code in _OPERATORS else video.reason}


def _shown_entry(video: Video, rule: str) -> str | None:
    if rule == "early" and video.status is VideoStatus.GENERATING:
        return video.coming_entry_id
    if rule == "ready" and video.status is not VideoStatus.READY:
        return None
    return video.entry_id


def _share(job: JobState) -> float:
    """Return how far a job is, from 0 to 1: speaking is the short part, frames the long one."""
    start, weight = _STAGES.get(job.stage or "", (0.0, 0.0))
    return start + weight * min(job.done / job.total, 1.0) if job.total else start
