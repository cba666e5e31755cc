"""Waits for films that are under way, with one list a poll. Starts none and writes no state."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum

from storyboard.apply.interruption import keep_going
from storyboard.apply.observer import Observer, silent
from storyboard.apply.outcome import ActionOutcome, Ending
from storyboard.apply.polling import Poll
from storyboard.apply.reasons import read_reason
from storyboard.commands.compiled_project import compile_request, project_environment
from storyboard.commands.project import open_project, recalled
from storyboard.commands.request import Request
from storyboard.commands.scope import APPLIED, check_scope
from storyboard.errors import ExitCode
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.current import Current, fetch_videos, ours
from storyboard.plan.film_times import film_rate, guessed_seconds
from storyboard.plan.guards import check_principal
from storyboard.plan.shown import spoken_seconds
from storyboard.state.model import State, VideoRecord
from storyboard.video import Address
from storyboard.wire import FAILED, PROCESSING, VideoStatus


class End(Enum):
    """How the waiting for one video ended."""

    READY = "ready"
    IDLE = "no film being made"
    FAILED = "failed"
    RUNNING = "still running"
    GONE = "gone from the studio"


@dataclass(frozen=True, slots=True)
class Waited:
    """One video after the wait; `reason` is the studio's own where it tells one, `hint` the fix."""

    address: Address
    video_id: str
    entry_id: str | None
    end: End
    reason: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds (None: for ever), and by which clock."""

    timeout: float | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class _Watch:
    """What is waited for: recorded objects by address, and as the studio was last seen to be.

    `began` is when the wait began, by the clock.
    """

    client: StudioClient
    records: Mapping[Address, VideoRecord]
    began: float
    state: State
    seen: Mapping[str, RemoteVideo] = field(default_factory=dict)

    @property
    def running(self) -> list[Address]:
        return [a for a in self.records if (v := self._video(a)) and v.status in PROCESSING]

    def _video(self, address: Address) -> RemoteVideo | None:
        return self.seen.get(self.records[address].written.id)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(record.written.id for record in self.records.values())

    async def look(self) -> None:
        videos = await fetch_videos(self.client, self.ids, ours(self.state))
        self.seen = {video.id: video for video in videos}

    async def ended(self, address: Address) -> Waited:
        record, video = self.records[address], self._video(address)
        if video is None:
            return Waited(address, record.written.id, record.entry_id, End.GONE)
        told = None
        if video.status in FAILED:
            scenes = tuple(scene.id for scene in record.written.scenes)
            reason = await self.client.failure_reason(video)
            told = read_reason(reason, scenes, is_own=self.client.is_local)
            end = End.FAILED
        elif video.status in PROCESSING:
            end = End.RUNNING
        else:
            end = End.READY if video.status is VideoStatus.READY else End.IDLE
        entry_id = video.entry_id or record.entry_id
        if told is None:
            return Waited(address, video.id, entry_id, end)
        return Waited(address, video.id, entry_id, end, told.text, told.hint)


async def wait_for_films(
    request: Request,
    patience: Patience | None = None,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
) -> tuple[Waited, ...]:
    """Wait until no applied video of the request is being processed; nothing is recorded.

    The studio in this process renders while this waits. Where videos are found by name, the files
    say which. Raises `UsageError` for an address that
    was never applied, `CredentialsError` for another user's session, and `UnreachableError` where
    the studio stays silent.
    """
    environment = project_environment(request)
    async with open_project(request, environment) as project:
        state = project.state()
        if environment.by_name:
            state = (await recalled(project, compile_request(request))).state
        check_principal(state, Current(project.client.principal, ()))
        pause = environment.poll_seconds
        patience = patience or Patience()
        return await watch_films(project.client, state, request.scope, pause, patience, observing)


async def watch_films(
    client: StudioClient,
    state: State,
    scope: tuple[str, ...],
    pause: float,
    patience: Patience,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
) -> tuple[Waited, ...]:
    """Look at recorded videos every `pause` seconds until none is being processed.

    A cancellation ends the waiting, and the films that go on are told as running.
    """
    watch = _Watch(client, recorded(state, scope), patience.clock(), state)
    await watch.look()
    if watch.running:
        with observing() as observer:
            try:
                await _poll(watch, patience, pause, observer)
            except asyncio.CancelledError:  # the films go on: what is known of them is told
                keep_going()
    return tuple([await watch.ended(address) for address in watch.records])


def recorded(state: State, scope: tuple[str, ...]) -> Mapping[Address, VideoRecord]:
    """Return the applied videos that a scope names; raises `UsageError` where a name is none's."""
    check_scope(scope, state.videos, what=APPLIED)
    return {a: r for a, r in sorted(state.videos.items()) if a.matches(scope)}


def exit_code_of(waited: tuple[Waited, ...]) -> ExitCode:
    """Return 9 where a film failed, 10 where one still runs, 1 where one is gone, else 0."""
    ends = {item.end for item in waited}
    if End.FAILED in ends:
        return ExitCode.GENERATION_FAILED
    if End.RUNNING in ends:
        return ExitCode.DETACHED
    return ExitCode.FAILURE if End.GONE in ends else ExitCode.OK


async def _poll(watch: _Watch, patience: Patience, pause: float, observer: Observer) -> None:
    poll = Poll(watch.client, patience.sleep, ours(watch.state), watch.ids)
    for address in watch.running:
        observer.started(address, Action.GENERATE)
        observer.taken(address, Action.GENERATE)
    while watch.running:
        elapsed = patience.clock() - watch.began
        await _tell(watch, poll, elapsed, observer)
        if patience.timeout is not None and elapsed >= patience.timeout:
            return
        left = pause if patience.timeout is None else patience.timeout - elapsed
        before = watch.running
        seen = await poll.look_after(max(0.0, min(pause, left)))
        watch.seen = watch.seen if seen is None else seen
        running = set(watch.running)
        for address in (each for each in before if each not in running):
            seconds = patience.clock() - watch.began
            observer.ended(_outcome(await watch.ended(address), seconds))


def _outcome(waited: Waited, seconds: float) -> ActionOutcome:
    done = waited.end in (End.READY, End.IDLE)
    ending = Ending.DONE if done else Ending.FAILED
    message = None if done else waited.reason or waited.end.value
    hints = (waited.hint,) if waited.hint else ()
    return ActionOutcome(waited.address, Action.GENERATE, ending, message, hints, seconds=seconds)


async def _tell(watch: _Watch, poll: Poll, elapsed: float, observer: Observer) -> None:
    running = watch.running
    ids = {address: watch.records[address].written.id for address in running}
    shares = await poll.shares(list(ids.values()))
    rate = film_rate(watch.state)
    for address in running:
        expected = guessed_seconds(rate, spoken_seconds(watch.seen[ids[address]], address))
        poll.report(observer, address, shares.get(ids[address]), elapsed, expected)
