"""One film of the queue, from its request to the entry that keeps it; knows no thread."""

from __future__ import annotations

import logging
from collections.abc import Callable

from storyboard.studio.film.request import Cancelled, Film, FilmError, FilmRequest
from storyboard.studio.jobs.film_captions import keep_texts
from storyboard.studio.jobs.film_requests import film_order, film_request, naming_scenes
from storyboard.studio.jobs.job_log import about_job
from storyboard.studio.jobs.pulse import Pulse
from storyboard.studio.jobs.scene_sharing import noted_elsewhere
from storyboard.studio.jobs.scene_spans import SceneSpans
from storyboard.studio.jobs.sent_files import sent
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries, queue, videos
from storyboard.studio.records.blobs import Blob
from storyboard.studio.records.queue import Job
from storyboard.tracing.spans import current_trace
from storyboard.wire import VideoStatus

_LOG = logging.getLogger("storyboard.studio")


def make_film(workspace: Workspace, job: Job, pulse: Pulse, stopping: Callable[[], bool]) -> bool:
    """Make a film and keep it; return whether it was still wanted, from this worker.

    Raises `FilmError`, `Cancelled`, `OSError`, `StudioError`.
    """
    if job.attempt > queue.MAX_ATTEMPTS:
        raise FilmError("renderer-died", f"the renderer died {queue.MAX_ATTEMPTS} times")
    with workspace.store.read() as tx:
        video = videos.find(tx, job.video_id)
        if video is None:
            raise Cancelled
        with naming_scenes(video):
            request = film_request(tx, workspace, video)
    draft = workspace.blobs.draft(".mp4")
    try:
        with naming_scenes(video, request), noted_elsewhere(workspace, job, pulse, draft) as share:
            order = film_order(workspace, request, draft, share, job.rules)
            with SceneSpans(workspace.traces, current_trace(), pulse.note) as scenes:
                film = workspace.makers.film(
                    order, scenes.note, lambda: pulse.is_lost() or stopping()
                )
        return _publish(workspace, job, request, film)
    finally:
        draft.unlink(missing_ok=True)


def fail(workspace: Workspace, job: Job, reason: str) -> None:
    """Store that a film failed, unless its job is another's by now."""
    with workspace.store.write() as tx:
        now = workspace.now(tx)
        if not queue.finish(tx, job, reason, now):
            return
        videos.change(
            tx,
            job.video_id,
            now,
            status=VideoStatus.GENERATE_ERROR,
            coming_entry_id=None,
            reason=reason,
        )
    _LOG.warning("generation of video %s failed: %s", job.video_id, reason, extra=about_job(job))


def _publish(workspace: Workspace, job: Job, request: FilmRequest, film: Film) -> bool:
    """Make the film a media entry, the video ready and the job ended, all or nothing."""
    with sent(workspace, film.path, "mp4") as blob:
        if not _stored(workspace, job, request, film, blob):
            return False
    workspace.blobs.confirm(blob)
    _LOG.info("video %s is ready as entry %s", job.video_id, job.entry_id, extra=about_job(job))
    return True


def _stored(workspace: Workspace, job: Job, request: FilmRequest, film: Film, blob: Blob) -> bool:
    """Store what comes of a film that was sent; return whether the job was still this worker's."""
    with workspace.store.write() as tx:
        now = workspace.now(tx)
        video = videos.find(tx, job.video_id)
        if video is None or not queue.finish(tx, job, "ready", now):
            return False
        # In the transaction, after the job's end is known to be ours: a film of a lost lease is no
        # file.
        workspace.blobs.keep(film.path, blob)
        entries.put(
            tx,
            entries.Entry(
                id=job.entry_id,
                owner=video.owner,
                name=video.name,
                kind="video",
                blob=blob.name,
                sha256=blob.sha256,
                size=blob.size,
                seconds=film.seconds,
                fps=float(film.fps),
                width=request.profile.width,
                height=request.profile.height,
                video_id=video.id,
                created_at=now,
                updated_at=now,
            ),
        )
        keep_texts(tx, job.entry_id, film, now)
        videos.change(
            tx,
            video.id,
            now,
            status=VideoStatus.READY,
            entry_id=job.entry_id,
            coming_entry_id=None,
            reason=None,
        )
    return True
