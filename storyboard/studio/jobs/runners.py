"""The threads that work off queued jobs: films and compositions. Knows no HTTP.

A film counts once its file is renamed into place and one transaction has stored the entry, the
video's status and the job's end; a worker that lost its lease stores nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from storyboard import __version__
from storyboard.cores import cores
from storyboard.errors import StudioError
from storyboard.studio.compose.request import ComposeError
from storyboard.studio.film.disk import want_of_room
from storyboard.studio.film.request import (
    Cancelled,
    Film,
    FilmError,
    FilmRequest,
    Progress,
)
from storyboard.studio.jobs import composing, leftovers
from storyboard.studio.jobs.entry_files import FileMissing
from storyboard.studio.jobs.film_captions import keep_texts
from storyboard.studio.jobs.film_requests import film_order, film_request, naming_scenes
from storyboard.studio.jobs.job_log import about_job, log_begun, log_given_back, log_left
from storyboard.studio.jobs.presence import Presence
from storyboard.studio.jobs.pulse import Pulse
from storyboard.studio.jobs.scene_sharing import help_out, noted_elsewhere
from storyboard.studio.jobs.scene_spans import SceneSpans
from storyboard.studio.jobs.ways import needs_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries, live_workers, queue, videos
from storyboard.studio.records.file_store import FilesAway
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.records.owner import this_worker
from storyboard.studio.records.queue import Job
from storyboard.tracing.spans import Side, Span, current_trace, spanning
from storyboard.wire import VideoStatus

_LOG = logging.getLogger("storyboard.studio")
_LOG.addHandler(logging.NullHandler())
_FAILED: Final = "failed"
_LOST: Final = "lost"
COMPOSERS: Final = 2
"""How many compositions are worked on at once, whatever films there are."""


class Renderers:
    """Owns the worker threads of one process: some for films, some for compositions."""

    def __init__(
        self,
        workspace: Workspace,
        films: int | None = None,
        look: Callable[[], None] = lambda: None,
        role: str = "server",
    ) -> None:
        """Make as many `films` at once, or as half of the cores can: one takes about two.

        Now and then they `look` around. The `role` is what people call their process.
        """
        self._workspace = workspace
        self.films = max(1, cores() // 2) if films is None else films
        kinds = (*((queue.FILM,) if self.films else ()), queue.COMPOSITION)
        makes = [Makes(kind, needs_of(workspace, kind)) for kind in kinds]
        makes.append(Makes(live_workers.VOICES, workspace.voices_name))
        makes += Makes(live_workers.ROLE, role), Makes(live_workers.VERSION, __version__)
        self._presence = Presence(workspace, makes, look)
        self._stopping = threading.Event()
        self._held = threading.Event()
        self._threads: list[threading.Thread] = []
        self._bells: list[threading.Event] = []
        self._turns = queue.Turns()
        self._hearing = ExitStack()

    def start(self) -> None:
        """Start the threads; jobs that dead processes left are taken up at once."""
        self._stopping.clear()
        lanes = [queue.FILM] * self.films + [queue.COMPOSITION] * COMPOSERS
        for number, kind in enumerate(lanes):
            bell = threading.Event()
            thread = threading.Thread(
                target=self._run, args=(number, kind, bell), name=f"{kind}-{number}", daemon=True
            )
            thread.start()
            self._threads.append(thread)
            self._bells.append(bell)
        self._workspace.place.start()
        self._hearing.enter_context(self._workspace.queue.listening(self.wake))
        self._presence.start()

    def wake(self) -> None:
        """Tell idle workers that there is a job."""
        for bell in self._bells:
            bell.set()

    def hold(self, held: bool) -> None:
        """Keep queued jobs waiting, or let them go on; those in work are not stopped."""
        (self._held.set if held else self._held.clear)()
        self.wake()

    def close(self) -> None:
        """Stop; jobs in work are given back to the queue unfinished."""
        self._stopping.set()
        self._presence.close()
        self._workspace.place.close()
        self._hearing.close()
        self.wake()
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        self._bells.clear()

    def _run(self, number: int, kind: str, bell: threading.Event) -> None:
        owner = this_worker(f"{number}-{id(self):x}")
        while not self._stopping.is_set():
            # Before the look: a bell that rings during it is heard by the wait that follows.
            bell.clear()
            if not self._works_off_one(owner, kind):
                bell.wait(self._workspace.queue.look_seconds)

    def _works_off_one(self, owner: str, kind: str) -> bool:
        """Return whether there was a job; what goes wrong is told, and ends no thread.

        A lane may have one thread only: without it, all of its jobs would wait for the next start.
        """
        try:
            with self._workspace.draining.turn() as may:
                may = may and not self._held.is_set() and self._workspace.place.lost is None
                job = self._claim(owner, kind) if may else None
                if job is not None:
                    self._work_off(job)
                elif may and kind == queue.FILM:
                    return help_out(self._workspace, owner, self._stopping.is_set)
                return job is not None
        except Exception:  # a lane's outermost frame: a job that is held lapses
            _LOG.exception("a thread for jobs of the kind '%s' goes on after a bug", kind)
            return False

    def _work_off(self, job: Job) -> None:
        try:
            begun = time.monotonic()
            log_begun(job)
            with (
                spanning(_span(self._workspace, job)) as span,
                Pulse(lambda told: _beat(self._workspace, job, told), job.video_id) as pulse,
            ):
                outcome = _render(self._workspace, job, pulse, self._stopping.is_set)
                span.note(outcome=outcome)
                if outcome == _FAILED:
                    span.fail(outcome)
            self._workspace.measures.note_job(job.kind, outcome, time.monotonic() - begun)
            leftovers.free_spared(self._workspace)
            leftovers.trim_cache(self._workspace)
        except StudioError as cause:  # the lease lapses, and somebody takes it up
            told = "the end of video %s could not be kept: %s"
            _LOG.error(told, job.video_id, cause, extra=about_job(job))

    def _claim(self, owner: str, kind: str) -> Job | None:
        try:
            needs = needs_of(self._workspace, kind)
            return self._workspace.queue.claim(owner, kind, self._turns, needs)
        except StudioError as cause:
            _LOG.warning("the queue cannot be read: %s", cause)
            return None


def _span(workspace: Workspace, job: Job) -> Span:
    """Begin the span of a job, below the request that asked for it."""
    begun = workspace.traces.begin(job.kind, job.trace, Side.WORKS, attempt=job.attempt)
    begun.note(video=job.video_id, entry=job.entry_id)
    return begun


def _beat(workspace: Workspace, job: Job, progress: Progress) -> bool:
    scenes = [(scene.done, scene.total) for scene in progress.scenes]
    return workspace.queue.beat(job, progress.stage, progress.done, progress.total, scenes)


def _render(workspace: Workspace, job: Job, pulse: Pulse, stopping: Callable[[], bool]) -> str:
    """Work off one job to its end; whatever goes wrong ends in a status and a reason.

    Returns how it ended, in a word of few.
    """
    try:
        if job.kind == queue.COMPOSITION:
            is_kept = composing.compose_scenes(
                workspace, job, pulse.note, lambda: pulse.is_lost() or stopping()
            )
        else:
            is_kept = _make(workspace, job, pulse, stopping)
        if is_kept:
            return "made"
        log_left(job)
        return _LOST
    except Cancelled:
        # Stopped with the studio, and not by another worker: the job goes back without an attempt
        # lost.
        if pulse.is_lost():
            log_left(job)
            return _LOST
        _give_back(workspace, job)
        return "given_back"
    except (FilmError, ComposeError) as cause:
        _fail(workspace, job, cause.code, str(cause))
    except FilesAway as cause:
        # It was waited for, and may be back for the next try, which has all scenes already.
        _LOG.warning("video %s cannot be kept now: %s", job.video_id, cause, extra=about_job(job))
        workspace.place.look()
        _give_back(workspace, job)
        return "given_back"
    except FileMissing as cause:
        _fail(workspace, job, "file-missing", cause.message)
    except (OSError, StudioError) as cause:
        if (wanting := want_of_room(cause)) is not None:
            _fail(workspace, job, "disk-full", wanting)
        else:
            _fail(workspace, job, "files", str(getattr(cause, "strerror", None) or cause))
    except Exception as cause:  # a worker's outermost frame: no video may stay in work
        _LOG.exception("%s of video %s broke", job.kind, job.video_id)
        _fail(workspace, job, "internal", f"{type(cause).__name__}: {cause}")
    return _FAILED


def _give_back(workspace: Workspace, job: Job) -> None:
    workspace.queue.release(job)
    log_given_back(job)


def _make(workspace: Workspace, job: Job, pulse: Pulse, stopping: Callable[[], bool]) -> bool:
    """Make a film and keep it; return whether it was still wanted, from this worker."""
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


def _publish(workspace: Workspace, job: Job, request: FilmRequest, film: Film) -> bool:
    """Make the film a media entry, the video ready and the job ended, all or nothing."""
    blob = workspace.blobs.measure(film.path, "mp4")
    now = workspace.clock()
    with workspace.store.write() as tx:
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
    _LOG.info("video %s is ready as entry %s", job.video_id, job.entry_id, extra=about_job(job))
    return True


def _fail(workspace: Workspace, job: Job, code: str, message: str) -> None:
    reason = f"{code}: {message}"
    if job.kind == queue.COMPOSITION:
        composing.fail(workspace, job, reason)
        return
    now = workspace.clock()
    with workspace.store.write() as tx:
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
