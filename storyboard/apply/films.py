"""Makes all films of a run: starts them, and asks for all with one list."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from storyboard.apply.composition_job import CompositionJob
from storyboard.apply.film_job import FilmJob
from storyboard.apply.outcome import Ending
from storyboard.apply.polling import Poll
from storyboard.apply.run import Run
from storyboard.apply.turn_wait import TurnWait
from storyboard.errors import (
    ApiError,
    ExitCode,
    LockedError,
    StoryboardError,
    StudioError,
    UnknownOutcomeError,
    UnreachableError,
)
from storyboard.kaltura import code_hints
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.current import ours
from storyboard.plan.film_times import film_rate, guessed_seconds

_USUAL_SPEECH = 30.0
"""Seconds of speech of a film that nobody planned: one that somebody else began."""


_NO_ANSWER = "the studio gives no clear answer"

Job = FilmJob | CompositionJob


async def make_films(run: Run, planned: Sequence[Job]) -> None:
    """Start every job, then poll with one list a round until none is left.

    A film whose scenes are composed first begins when they are there.
    """
    jobs = list(planned)
    await _each(run, jobs, lambda job: job.begin())
    films = [f for f in (_follower(job) for job in jobs) if f is not None]
    jobs += films
    await _each(run, films, lambda job: job.begin())
    poll = Poll(run.studio, run.options.sleep, lambda *named: ours(run.ledger.state)(*named))
    again = "apply again: the film is made then"
    turn = TurnWait(run.options.clock, run.options.turn_seconds, again)
    while running := [job for job in jobs if not job.finished]:
        if run.fatal is not None:
            return
        await _report(run, poll, running)
        try:
            videos = await poll.look_after(run.options.poll_seconds)
        except StudioError as cause:
            _detach(run, running, f"{_NO_ANSWER}: {cause.message}")
            return
        if videos is None:
            continue
        # One list for all of them: with a `get` each, a hundred films would be ten calls a second.
        await _each(run, _in_turn(running), _advancing(videos))
        await _leave_waiting(run, running, turn)
        _detach_slow(run, running)
        films = [f for f in (_follower(job) for job in running) if f is not None]
        jobs += films
        await _each(run, films, lambda job: job.begin())


def _follower(job: Job) -> FilmJob | None:
    return job.follower if isinstance(job, CompositionJob) and job.finished else None


def _in_turn(jobs: Sequence[Job]) -> list[Job]:
    """Return the jobs that may go on: of those that wait for another film, the first at most.

    None of these does while a film of ours is made: it would only be refused once more.
    """
    waiting = [job for job in jobs if isinstance(job, FilmJob) and job.awaits_turn]
    others = [job for job in jobs if job not in waiting]
    is_free = not any(isinstance(job, FilmJob) for job in others)
    return [*others, *(waiting[:1] if is_free else [])]


def _advancing(live: Mapping[str, RemoteVideo]) -> Callable[[Job], Awaitable[None]]:
    async def step(job: Job) -> None:
        await job.advance(live.get(job.once.video_id))

    return step


async def _each(run: Run, jobs: Sequence[Job], step: Callable[[Job], Awaitable[None]]) -> None:
    """Take a step for every job, some at once; one job's failure is its own."""

    async def guarded(job: Job) -> None:
        async with run.turns:
            if run.fatal is not None:
                return
            try:
                await step(job)
            except LockedError as cause:
                # What became of the film is another run's to say: it goes on, and is attached to.
                run.fatal = run.fatal or cause
            except UnreachableError as cause:
                _lose_sight(run, job, cause)
            except StoryboardError as cause:
                _fail(run, job, cause)

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(guarded(job))


def _fail(run: Run, job: Job, cause: StoryboardError) -> None:
    """End a job for good; what had no clear answer was looked up, and nothing was seen to begin."""
    is_of_quota = isinstance(cause, ApiError) and code_hints.is_of_quota(cause.code)
    if is_of_quota or isinstance(cause, UnknownOutcomeError):
        _fail_untaken(run, job, cause)
        return
    job.finished = True
    code = ExitCode.GENERATION_FAILED if isinstance(cause, StudioError) else None
    hints = run.options.hints.get(job.once.address, ())
    for action in job.actions:
        run.failed(job.once.address, action, cause, hints=hints, code=code)


def _lose_sight(run: Run, job: Job, cause: UnreachableError) -> None:
    """End a job whose studio does not answer: that says nothing of its film, and of its scenes."""
    if job.once.operation is not None and not job.once.reach.is_nothing:
        _detach(run, [job], f"{_NO_ANSWER}: {cause.message}")
        return
    _fail_untaken(run, job, cause)


def _fail_untaken(run: Run, job: Job, cause: StoryboardError) -> None:
    """End a job of which the studio took no request: that is no failed film."""
    job.finished = True
    message = f"the studio did not take the request: {cause.message}"
    error = StudioError(message, hint=cause.hint, code=cause.failure_code)
    for action in job.actions:
        run.failed(job.once.address, action, error)


async def _report(run: Run, poll: Poll, jobs: Sequence[Job]) -> None:
    shares = await poll.shares([job.once.video_id for job in jobs])
    rate = film_rate(run.ledger.state)
    for job in jobs:
        told = shares.get(job.once.video_id)
        if told is not None and told.share == 0.0:
            job.once.wait()
        film = job.change.film
        work = _USUAL_SPEECH if film is None else film.work_seconds
        expected = guessed_seconds(rate, work)
        poll.report(run.observer, job.once.address, told, job.once.elapsed, expected)


async def _leave_waiting(run: Run, jobs: Sequence[Job], turn: TurnWait) -> None:
    """End the films that wait for those of others, once that took too long: none was begun."""
    films = [job for job in jobs if isinstance(job, FilmJob) and not job.finished]
    waiting = [job for job in films if job.awaits_turn]
    if not waiting or len(films) > len(waiting):
        turn.end()
    elif failure := turn.failure():
        await _each(run, waiting, _untaken(run, failure))


def _untaken(run: Run, cause: StoryboardError) -> Callable[[Job], Awaitable[None]]:
    async def step(job: Job) -> None:
        await job.once.close_fresh()
        _fail_untaken(run, job, cause)

    return step


def _detach_slow(run: Run, jobs: Sequence[Job]) -> None:
    limit = run.options.film_seconds
    if limit is None:
        return
    made = [job for job in jobs if not (isinstance(job, FilmJob) and job.awaits_turn)]
    slow = [job for job in made if not job.finished and job.once.elapsed > limit]
    _detach(run, slow, f"still being made after {limit:g} s")


def _detach(run: Run, jobs: Sequence[Job], message: str) -> None:
    for job in jobs:
        job.finished = True
        for action in job.actions:
            run.left(job.once.address, action, Ending.DETACHED, message, ExitCode.DETACHED)
