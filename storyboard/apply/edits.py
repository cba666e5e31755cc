"""Edits a video in place, and finds out what a refusal means. Adds, films and deletes nothing.

A refusal may pass: the studio is at work on the video, or was a moment ago. Only one that comes
again and again, of a video that stays ready, tells that this studio edits no ready videos; and that
is evidence, not a law: the next edit is tried in place first. A video that failed may have to be
reset before it can be edited: the later revision of the guide says so, and the guide does not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from storyboard.apply.conflicts import edited_since
from storyboard.apply.run import Run
from storyboard.errors import ApiError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.confirmed import confirmed_record
from storyboard.plan.shown import film_fingerprint
from storyboard.state.model import ObjectRecord, Refusals
from storyboard.video import Address, Video
from storyboard.wire import FAILED, PROCESSING, ErrorCode, VideoStatus

_REFUSED_EDIT = (ErrorCode.VIDEO_IS_PROCESSING.value, ErrorCode.INVALID_STATUS_TRANSITION.value)
"""What an edit gets that the video's status does not allow (guide §12)."""


class Edited(Enum):
    """What became of an edit: `NEVER` by a studio that edits no ready videos, `BUSY` must wait."""

    DONE = "done"
    NEVER = "never"
    BUSY = "busy"


async def edit_in_place(
    run: Run, address: Address, current: RemoteVideo, send: Callable[[], Awaitable[RemoteVideo]]
) -> Edited:
    """Send an edit; that this studio edits no ready videos is noted.

    Where that was met before, one more refusal is enough; the first is tried again for seconds.
    Raises `ConflictError` where the video is no more as `current`.
    """
    known = run.ledger.state.refused_edits.count > 0
    before = current if known else None
    delays = (0.0, *run.options.visibility)
    refusal: ApiError | None = None
    for number, delay in enumerate(delays, 1):
        if delay:
            await run.options.sleep(delay)
        try:
            answer = await send()
        except ApiError as cause:
            refusal = cause
            live = await _after_refusal(run, address, current, cause)
            if live.status in PROCESSING:
                return Edited.BUSY
            if stays_ready(before, live) and (known or number == len(delays)):
                await _note_refused(run, address)
                return Edited.NEVER
            # Only after a refusal: a reset leads back to `draft`, and a studio that takes the edit
            # as it is would lose the status for nothing.
            if live.status in FAILED:
                await run.studio.reset_status(live.id)
            before = live
        else:
            if current.status is VideoStatus.READY:
                await _note_edited(run, answer)
            return Edited.DONE
    assert refusal is not None
    raise refusal


def stays_ready(before: RemoteVideo | None, after: RemoteVideo) -> bool:
    """Whether nothing happened to a ready video between two looks."""
    return (
        before is not None
        and before.status is after.status is VideoStatus.READY
        and (before.entry_id, before.updated_at) == (after.entry_id, after.updated_at)
    )


async def _after_refusal(
    run: Run, address: Address, current: RemoteVideo, cause: ApiError
) -> RemoteVideo:
    """Look at a video whose edit was refused; raises `cause` where it tells of something else."""
    if cause.code not in _REFUSED_EDIT:
        raise cause
    live = await run.studio.get_video(current.id)
    if live is None:
        raise cause
    if live.status in PROCESSING:
        return live
    conflict = edited_since(current, live, run.known_avatars(), run.ledger.video(address))
    if conflict is not None:
        raise conflict from cause
    return live


async def _note_refused(run: Run, address: Address) -> None:
    run.observer.noticed(f"{address}: the studio refuses to edit a ready video: replacing it")
    await run.ledger.record(
        lambda state: replace(state, refused_edits=state.refused_edits.once_more(run.today()))
    )


async def _note_edited(run: Run, answer: RemoteVideo) -> None:
    """Forget what a ready video that was edited in place disproves."""
    films_too = answer.status is not VideoStatus.READY
    await run.ledger.record(
        lambda state: replace(
            state,
            refused_edits=Refusals(),
            refused_films=Refusals() if films_too else state.refused_films,
        )
    )


async def write(
    run: Run,
    video: Video,
    video_id: str,
    fields: Mapping[str, Any],
    *,
    content: RemoteVideo | None = None,
) -> RemoteVideo:
    """Update a video and record what the studio made of it; the same body may be sent again.

    `content` is the answer that told what was made of scenes which are not sent now: what somebody
    wrote since is nothing that the studio made of ours.
    """
    remote = await run.studio.update_video(video_id, fields)
    run.written[video_id] = (video, remote.updated_at)
    run.options.checkpoint("update:sent")
    run.saw(video.address, content or remote)
    film = film_fingerprint(video, {}) if content is None else None
    await run.ledger.record_written(video.address, confirmed(run, video, remote, content), film)
    await forget_composition(run, video)
    run.options.checkpoint("update:recorded")
    return remote


def confirmed(
    run: Run, video: Video, remote: RemoteVideo, content: RemoteVideo | None = None
) -> ObjectRecord:
    """Return the record of a video that stands in the studio as desired; `content` as in `write`.

    Scenes that the studio wrote are as the studio has them.
    """
    observed = run.shown(remote)
    if content is not None and video.compose is None:
        known = run.shown(content)
        observed = replace(observed, presenter=known.presenter, scenes=known.scenes)
    return confirmed_record(remote.id, video, observed)


async def forget_composition(run: Run, video: Video) -> None:
    """Remember no composition where the files hold the scenes now: asked for again, it is made."""
    if video.compose is None:
        await run.ledger.record_video(video.address, lambda record: replace(record, composed=""))
