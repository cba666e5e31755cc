"""The threads that work off queued jobs: films and compositions. Knows no HTTP.

A film counts once its file is renamed into place and one transaction has stored the entry, the
video's status and the job's end; a worker that lost its lease stores nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Final

from storyboard import __version__
from storyboard.cores import cores
from storyboard.errors import StudioError
from storyboard.studio.compose.request import ComposeError
from storyboard.studio.film.request import Cancelled, FilmError, Progress
from storyboard.studio.jobs import composing, filming, leftovers
from storyboard.studio.jobs.job_failures import end_failed, fail, give_back
from storyboard.studio.jobs.job_log import about_job, log_begun, log_left
from storyboard.studio.jobs.outages import Outage
from storyboard.studio.jobs.presence import Presence
from storyboard.studio.jobs.pulse import Pulse
from storyboard.studio.jobs.scene_sharing import help_out
from storyboard.studio.jobs.ways import needs_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.records.owner import this_worker
from storyboard.studio.records.queue import Job
from storyboard.tracing.spans import Side, Span, spanning

_LOG = logging.getLogger("storyboard.studio")
_LOG.addHandler(logging.NullHandler())
_FAILED: Final = "failed"
_LOST: Final = "lost"
_GIVEN_BACK: Final = "given_back"
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
        self._threads: list[threading.Thread] = []
        self._bells: list[tuple[str, threading.Event]] = []
        self._turns = queue.Turns()
        self._away = Outage("the queue cannot be read", "the queue is read again")
        self._unhelpful = Outage("no scene could be taken up", "scenes are taken up again")
        self._hearing = ExitStack()
        self._owed = _Owed(workspace)

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
            self._bells.append((kind, bell))
        self._workspace.place.start()
        self._hearing.enter_context(self._workspace.queue.listening(self.wake))
        self._presence.start()

    def wake(self, kind: str = "") -> None:
        """Tell idle workers that there is a job: those for its `kind`, or all without one."""
        for lane, bell in self._bells:
            if kind in ("", lane):
                bell.set()

    def close(self) -> None:
        """Stop; jobs in work are given back to the queue unfinished."""
        self._stopping.set()
        self._presence.close()
        self._workspace.place.close()
        self._hearing.close()
        self.wake()
        for thread in self._threads:
            thread.join()
        with suppress(StudioError):  # the lease lapses, and somebody takes it up
            self._owed.give_back()
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
                may = may and not self._is_held() and self._has_files(kind)
                job = self._claim(owner, kind) if may else None
                if job is not None:
                    self._work_off(job)
                elif may and kind == queue.FILM:
                    return self._helps_out(owner)
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
                outcome = self._owed.unless_kept(
                    job, lambda: _render(self._workspace, job, pulse, self._stopping.is_set)
                )
                span.note(outcome=outcome)
                if outcome == _FAILED:
                    span.fail(outcome)
            self._workspace.measures.note_job(job.kind, outcome, time.monotonic() - begun)
            if outcome == _GIVEN_BACK:  # what was away may need a moment
                self._workspace.place.look()
                self._stopping.wait(self._workspace.queue.look_seconds)
            leftovers.free_spared(self._workspace)
            leftovers.trim_cache(self._workspace)
        except StudioError as cause:
            told = "the end of video %s could not be kept: %s"
            _LOG.error(told, job.video_id, cause, extra=about_job(job))

    def _helps_out(self, owner: str) -> bool:
        try:
            has_helped = help_out(self._workspace, owner, self._stopping.is_set)
        except StudioError as cause:
            self._unhelpful.note(cause)
            return False
        self._unhelpful.over()
        return has_helped

    def _has_files(self, kind: str) -> bool:
        """Return whether this machine can keep what comes of a job; scenes are in the database."""
        place = self._workspace.place
        stands_back = place.lost is not None or place.fault is not None
        return not (stands_back or (place.is_away and kind == queue.FILM))

    def _is_held(self) -> bool:
        """Return whether queued jobs are to wait; those in work are not stopped."""
        try:
            is_held = self._workspace.control.look().is_held
        except StudioError as cause:
            self._away.note(cause)
            return True
        if is_held:  # else whoever claims a job tells: that writes, too
            self._away.over()
        return is_held

    def _claim(self, owner: str, kind: str) -> Job | None:
        try:
            self._owed.give_back()
            needs = needs_of(self._workspace, kind)
            job = self._workspace.queue.claim(owner, kind, self._turns, needs)
        except StudioError as cause:
            self._away.note(cause)
            return None
        self._away.over()
        return job


class _Owed:
    """Owns the jobs of a process whose end could not be kept: they go back before it claims any.

    Their leases lapse meanwhile. Taken over, each would count as one whose renderer died.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._jobs: list[Job] = []
        self._lock = threading.Lock()

    def unless_kept(self, job: Job, work: Callable[[], str]) -> str:
        """Return what the work on a job returns; raises its `StudioError`, and owes the job."""
        try:
            return work()
        except StudioError:
            with self._lock:
                self._jobs.append(replace(job, unkept=job.unkept + 1))
            raise

    def give_back(self) -> None:
        """Give back what is owed; raises `StudioError`, and then the rest is owed still."""
        with self._lock:
            while self._jobs:
                give_back(self._workspace, self._jobs[0])
                del self._jobs[0]


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
            is_kept = filming.make_film(workspace, job, pulse, stopping)
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
        give_back(workspace, job)
        return _GIVEN_BACK
    except (FilmError, ComposeError, OSError, StudioError) as cause:
        if end_failed(workspace, job, cause):
            return _GIVEN_BACK
    except Exception as cause:  # a worker's outermost frame: no video may stay in work
        _LOG.exception("%s of video %s broke", job.kind, job.video_id)
        fail(workspace, job, "internal", f"{type(cause).__name__}: {cause}")
    return _FAILED
