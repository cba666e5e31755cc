"""Makes all films of a run: starts them, and asks for all with one list."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from storyboard.apply.composition_job import CompositionJob
from storyboard.apply.film_job import FilmJob
from storyboard.apply.observer import FilmProgress
from storyboard.apply.outcome import Ending
from storyboard.apply.run import Run
from storyboard.errors import ExitCode, StoryboardError, StudioError, UnreachableError
from storyboard.kaltura.objects import FilmShare, RemoteVideo
from storyboard.plan.needs import guessed_seconds
from storyboard.video import Address

_SILENT_POLLS = 5


Job = FilmJob | CompositionJob


async def make_films(run: Run, planned: Sequence[Job]) -> None:
    """Start every job, then poll with one list a round until none is left.

    A film whose scenes are composed first begins when they are there.
    """
    jobs = list(planned)
    for job in jobs:
        run.started(job.once.address, job.actions[0])
    await _each(run, jobs, lambda job: job.begin())
    films = [f for f in (_follower(job) for job in jobs) if f is not None]
    jobs += films
    await _each(run, films, lambda job: job.begin())
    silent = 0
    while running := [job for job in jobs if not job.finished]:
        if run.fatal is not None:
            return
        await _report(run, running)
        await run.options.sleep(run.options.poll_seconds)
        try:
            videos = await run.studio.list_videos("-updatedAt")
        except UnreachableError as cause:
            silent += 1
            if silent >= _SILENT_POLLS:
                _detach(run, running, f"the studio is silent: {cause.message}")
                return
            continue
        silent = 0
        await _each(run, running, _advancing({video.id: video for video in videos}))
        _detach_slow(run, running)
        films = [f for f in (_follower(job) for job in running) if f is not None]
        jobs += films
        await _each(run, films, lambda job: job.begin())


def _follower(job: Job) -> FilmJob | None:
    return job.follower if isinstance(job, CompositionJob) and job.finished else None


def _advancing(live: Mapping[str, RemoteVideo]) -> Callable[[Job], Awaitable[None]]:
    async def step(job: Job) -> None:
        await job.advance(live.get(job.once.video_id))

    return step


async def _each(run: Run, jobs: Sequence[Job], step: Callable[[Job], Awaitable[None]]) -> None:
    """Take a step for every job, some at once; one job's failure is its own."""

    async def guarded(job: Job) -> None:
        async with run.gate:
            if run.fatal is not None:
                return
            try:
                await step(job)
            except StoryboardError as cause:
                job.finished = True
                code = ExitCode.GENERATION_FAILED if isinstance(cause, StudioError) else None
                hints = run.options.hints.get(job.once.address, ())
                for action in job.actions:
                    run.failed(job.once.address, action, cause, hints=hints, code=code)

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(guarded(job))


async def _report(run: Run, jobs: Sequence[Job]) -> None:
    try:
        shares = await run.studio.film_progress([job.once.video_id for job in jobs])
    except StudioError:
        shares = {}
    for job in jobs:
        run.observer.progressed(_progress(run, job, shares.get(job.once.video_id)))


def _progress(run: Run, job: Job, told: FilmShare | None) -> FilmProgress:
    if told is not None and told.share == 0.0:
        job.once.wait()
    elapsed = job.once.elapsed
    if told is None:
        expected = _expected(run, job)
        guess = min(0.95, elapsed / expected)
        return FilmProgress(job.once.address, guess, elapsed, max(0.0, expected - elapsed), False)
    return told_progress(job.once.address, told, elapsed)


def told_progress(address: Address, told: FilmShare, elapsed: float) -> FilmProgress:
    """Return how far a film is by the studio's word, `elapsed` seconds after it began."""
    share = told.share
    left = elapsed * (1 - share) / share if share > 0.02 else None
    return FilmProgress(address, share, elapsed, left, True, told.scenes_ready, told.scenes)


def _expected(run: Run, job: Job) -> float:
    """Guess how long a film takes: by what others took here, or minutes (guide §9)."""
    film = job.change.film
    work = 30.0 if film is None else film.work_seconds
    return guessed_seconds(run.ledger.state, work)


def _detach_slow(run: Run, jobs: Sequence[Job]) -> None:
    limit = run.options.film_seconds
    if limit is None:
        return
    slow = [job for job in jobs if not job.finished and job.once.elapsed > limit]
    _detach(run, slow, f"still being made after {limit:g} s")


def _detach(run: Run, jobs: Sequence[Job], message: str) -> None:
    for job in jobs:
        job.finished = True
        for action in job.actions:
            run.left(job.once.address, action, Ending.DETACHED, message, ExitCode.DETACHED)
