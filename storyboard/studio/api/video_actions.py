"""`video/*` (guide §6-§9): each action asks the table, then changes the store once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from starlette.exceptions import HTTPException

from storyboard.speech_rates import rough_seconds
from storyboard.studio.api.payloads import video_payload
from storyboard.studio.api.slide_checks import read_ahead, slides_in, with_slides
from storyboard.studio.behavior.conditions import is_next
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.behavior.transitions import Effect, Operation, Refused, next_status
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.film_requests import (
    distinct_sources,
    locale_in,
    narration_of,
    presenter_of,
    spoken_of,
)
from storyboard.studio.jobs.job_log import log_asked
from storyboard.studio.jobs.ways import way_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars, queue, videos
from storyboard.studio.records.new_ids import new_entry_id
from storyboard.studio.records.session import Principal, Session
from storyboard.studio.records.store import Transaction
from storyboard.studio.records.videos import Video
from storyboard.tracing.spans import current_trace
from storyboard.wire import BURN_CAPTIONS, MAX_SOURCES, ErrorCode, VideoStatus

_AT_ONCE: Final = 1 << 18
"""Bytes of a list that are made at once. Three hundred videos of a usual size are less; larger
lists, of which somebody may ask for many and read none, wait on disk for their reader."""

_MESSAGES = {
    ErrorCode.VIDEO_IS_PROCESSING: "Video scenes cannot be modified while it is {status}",
    ErrorCode.VIDEO_CANNOT_COMPOSE: "Video cannot be composed while it is {status}",
    ErrorCode.VIDEO_CANNOT_GENERATE: "Video cannot be generated while it is {status}",
    ErrorCode.VIDEO_IS_BEING_GENERATED: "Video is already being generated",
    ErrorCode.CANNOT_RESET_STATUS: "Status cannot be reset while it is {status}",
    ErrorCode.INVALID_STATUS_TRANSITION: "Status {status} does not allow this change",
}


def add(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Create a draft."""
    scenes = body.get("scenes", [])
    read_ahead(workspace, slides_in(scenes))
    with workspace.store.write() as tx:
        _require_avatars(tx, session.principal, body.get("avatarId"), scenes)
        scenes = with_slides(tx, workspace, scenes)
        added = videos.add(
            tx,
            session.principal,
            name=body["name"],
            avatar_id=body.get("avatarId"),
            scenes=scenes,
            now=workspace.clock(),
            draw=workspace.draw(),
            quota=workspace.quota,
        )
        return video_payload(added, workspace.contract)


def get(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Return one of the user's videos."""
    with workspace.store.read() as tx:
        return payload(tx, workspace, session, body["id"])


def list_videos(
    workspace: Workspace, session: Session, body: dict[str, Any]
) -> dict[str, Any] | Iterator[bytes]:
    """Return a page of the user's videos, and how many there are; a large one in pieces."""
    pager, contract = body.get("pager", {}), workspace.contract
    limit = int(pager.get("limit", contract["default_page"]))
    with workspace.store.read() as tx:
        count, ids = videos.ids(
            tx,
            session.principal,
            order_by=body.get("filter", {}).get("orderBy", "-createdAt"),
            offset=int(pager.get("offset", 0)),
            limit=min(limit, int(contract["largest_page"])),
        )
        first, left = videos.find_first(tx, ids, _AT_ONCE)
    if left:
        return _listed(workspace, first, left, count)
    return {"objects": [video_payload(video, contract) for video in first], "totalCount": count}


def _listed(
    workspace: Workspace, portion: list[Video], left: Sequence[str], count: int
) -> Iterator[bytes]:
    """Yield the JSON of a list, each portion read once its reader has taken the last."""
    yield b'{"objects":['
    comma = ""
    while portion or left:
        for video in portion:
            shown = video_payload(video, workspace.contract)
            yield (comma + json.dumps(shown, ensure_ascii=False, separators=(",", ":"))).encode()
            comma = ","
        with workspace.store.read() as tx:
            portion, left = videos.find_first(tx, left, _AT_ONCE)
    yield f'],"totalCount":{count}}}'.encode()


def update(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Replace the fields given; scenes and avatar only where the status lets them be edited."""
    read_ahead(workspace, slides_in(body.get("scenes", [])))
    with workspace.store.write() as tx:
        video = found(tx, session, body["id"])
        now, values = workspace.clock(), {}
        if "name" in body:
            allowed(workspace, video, Operation.RENAME)
            values["name"] = body["name"]
        if "scenes" in body or "avatarId" in body:
            effect = allowed(workspace, video, Operation.EDIT)
            scenes = body.get("scenes", video.scenes)
            avatar_id = body.get("avatarId", video.avatar_id)
            _require_avatars(tx, session.principal, avatar_id, scenes)
            scenes = with_slides(tx, workspace, scenes)
            values |= {"scenes": scenes, "avatar_id": avatar_id}
            if (scenes, avatar_id) != (video.scenes, video.avatar_id):
                values["status"] = next_status(
                    effect, video.status, was_composed=video.was_composed
                )
        return changed(tx, workspace, video, now, **values)


def delete(workspace: Workspace, session: Session, body: dict[str, Any]) -> None:
    """Remove a video and cancel its work; its films stay as media entries."""
    with workspace.store.write() as tx:
        video = found(tx, session, body["id"])
        allowed(workspace, video, Operation.DELETE)
        queue.forget(tx, video.id)
        videos.delete(tx, video.id)


def generate(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Queue the film; the status and the job change in one transaction."""
    with workspace.store.write() as tx:
        video = found(tx, session, body["id"])
        effect = allowed(workspace, video, Operation.GENERATE)
        if video.avatar_id is None and not _scenes_bring_avatars(workspace, video):
            raise Refusal(ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED, "Video has no avatar configured")
        sources = distinct_sources(video.scenes)
        if len(sources) > MAX_SOURCES and workspace.contract["too_many_sources"] == "refuse":
            raise too_many(len(sources))
        _refuse_second(tx, workspace, session)
        now, coming = workspace.clock(), new_entry_id(tx, workspace.draw())
        wishes = {BURN_CAPTIONS: True} if body.get(BURN_CAPTIONS) else {}
        way = way_of(workspace, queue.FILM, current_trace(), wishes)
        # How long the film will be tells when its turn comes; all who write wait meanwhile.
        seconds = sum(rough_seconds(narration_of(scene)) for scene in video.scenes)
        what, quota = (queue.FILM, video.id, coming), workspace.quota
        queue.enqueue(tx, *what, now, seconds=seconds, way=way, quota=quota)
        status = next_status(effect, video.status, was_composed=video.was_composed)
        told = changed(
            tx, workspace, video, now, status=status, coming_entry_id=coming, reason=None
        )
    log_asked(queue.FILM, video.id, coming)
    return told


def reset_status(workspace: Workspace, session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """Lead a failed video back to where it can be tried again."""
    with workspace.store.write() as tx:
        video = found(tx, session, body["id"])
        effect = allowed(workspace, video, Operation.RESET)
        status = next_status(effect, video.status, was_composed=video.was_composed)
        return changed(tx, workspace, video, workspace.clock(), status=status, reason=None)


def preview_audio(workspace: Workspace, session: Session, body: dict[str, Any]) -> Iterator[bytes]:
    """Return the MP3 of one scene's narration as it is spoken.

    What can go wrong has done so with the first piece. In the newest generation, an avatar that was
    deleted from the catalog is an error of the server, as its revision of the guide says (§12).
    """
    with workspace.store.read() as tx:
        video = found(tx, session, body["id"])
        allowed(workspace, video, Operation.PREVIEW)
        index = int(body["sceneId"])
        if not 0 <= index < len(video.scenes):
            raise Refusal(ErrorCode.SCENE_NOT_FOUND, f"Scene {index} not found")
        text = narration_of(video.scenes[index])
        if not text:
            raise Refusal(ErrorCode.SCENE_EMPTY_NARRATION, f"Scene {index} has no narration text")
        avatar = presenter_of(tx, video, video.scenes[index])
    if avatar is None and is_next(workspace.contract) and video.avatar_id is not None:
        raise HTTPException(500, "Internal server error")
    if avatar is None:
        raise Refusal(ErrorCode.VIDEO_AVATAR_NOT_CONFIGURED, "Video has no avatar configured")
    pieces = _voiced(workspace, video.scenes, index, avatar.template_id)
    return chain((next(pieces),), pieces)


def _voiced(
    workspace: Workspace, scenes: Sequence[dict[str, Any]], index: int, presenter: str
) -> Iterator[bytes]:
    """Yield what is said; raises `Refusal` at whichever piece there is no voice, or none any more.

    The program that speaks may be killed after the first.
    """
    narrations, locale = [narration_of(scene) for scene in scenes], locale_in(scenes)
    try:
        spoken = spoken_of(scenes[index], index)
        yield from workspace.makers.speech(spoken, presenter, narrations, locale=locale)
    except FilmError as cause:
        raise Refusal(StudioCode.VOICE_NOT_AVAILABLE, str(cause)) from cause


def found(tx: Transaction, session: Session, video_id: str) -> Video:
    """Return one of the user's videos; raises `Refusal` where there is none."""
    video = videos.find(tx, video_id, session.principal)
    if video is None:
        raise Refusal(StudioCode.VIDEO_NOT_FOUND, f"Video '{video_id}' not found", {"id": video_id})
    return video


def payload(
    tx: Transaction, workspace: Workspace, session: Session, video_id: str
) -> dict[str, Any]:
    """Return one of the user's videos as the contract has it shown."""
    return video_payload(found(tx, session, video_id), workspace.contract)


def changed(
    tx: Transaction, workspace: Workspace, video: Video, now: float, **values: Any
) -> dict[str, Any]:
    """Set columns of a video that this transaction found; return it as the contract shows it."""
    became = videos.change(tx, video.id, now, **values) if values else video
    assert became is not None
    return video_payload(became, workspace.contract)


def allowed(workspace: Workspace, video: Video, operation: Operation) -> Effect:
    """Return what the table says, where it allows the operation; raises `Refusal`."""
    cell = workspace.rules[operation][video.status]
    if isinstance(cell, Refused):
        message = _MESSAGES[cell.code].format(status=video.status.value)
        raise Refusal(cell.code, message, {"id": video.id, "status": video.status.value})
    return cell


def _refuse_second(tx: Transaction, workspace: Workspace, session: Session) -> None:
    """Refuse a film while another of the user's is made, where the contract says so."""
    if workspace.contract["generations_at_once"] != "one":
        return
    busy = videos.first_in(tx, session.principal, VideoStatus.GENERATING)
    if busy is not None:
        raise Refusal(
            ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS,
            "Another video is already being generated",
            {"id": busy},
        )


def _scenes_bring_avatars(workspace: Workspace, video: Video) -> bool:
    """Return whether each scene has an avatar, where the contract says that this is enough."""
    if workspace.contract["scene_avatars"] != "enough" or not video.scenes:
        return False
    return all((scene.get("narration") or {}).get("avatarId") for scene in video.scenes)


def _require_avatars(
    tx: Transaction, owner: Principal, avatar_id: str | None, scenes: list[dict[str, Any]]
) -> None:
    named = [(scene.get("narration") or {}).get("avatarId") for scene in scenes]
    for wanted in filter(None, dict.fromkeys([avatar_id, *named])):
        if avatars.find(tx, owner, wanted) is None:
            raise Refusal(
                ErrorCode.AVATAR_NOT_FOUND, f"Avatar '{wanted}' not found", {"id": wanted}
            )


def too_many(count: int, most: int = MAX_SOURCES) -> Refusal:
    """Return the refusal of more entries than are allowed."""
    return Refusal(ErrorCode.TOO_MANY_SOURCES, f"{count} source entries, at most {most} allowed")
