"""What of a plan goes into the state before the studio is asked for anything. Calls nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from storyboard.apply.run import Run
from storyboard.errors import LockedError, StateError
from storyboard.plan.action import Action
from storyboard.plan.kept_film import is_kept
from storyboard.state.model import State, VideoRecord
from storyboard.video import Address
from storyboard.wire import VideoStatus

_IN_PLACE: Final = (Action.KEEP, Action.RENAME, Action.UPDATE)
"""What leaves a video that was there before where it is."""


async def record_plan(run: Run) -> None:
    """Use a saved plan up, then record the policy, new addresses, and what the plan found."""
    # First of all: a run that is killed behind this line has used the plan up, and its rest is
    # planned anew, by what the studio holds then.
    await _use_up(run)
    await _remember_policy(run)
    await _readdress(run)
    await _record_found(run)
    await _go_forward(run)
    await _drop_lost_successors(run)


async def _use_up(run: Run) -> None:
    """Remember a saved plan before its first effect: what it began is never resumed from it."""
    used = run.options.saved_plan
    if used and run.plan.has_changes:
        await run.ledger.record(lambda state: state.with_applied_plan(used))


async def _remember_policy(run: Run) -> None:
    """Remember the project's policy, for the next plan to tell what is another in it."""
    policy, was = run.plan.policy, run.ledger.state
    if policy != was.policy and (run.plan.has_changes or was.serial > 0):
        await run.ledger.record(lambda state: replace(state, policy=policy))


async def _readdress(run: Run) -> None:
    """Give what is recorded its new addresses, all in one write: no call is needed for it."""
    moved = [change.address for change in run.plan.changes if Action.MOVE in change.actions]
    if run.plan.moves:
        with _telling(run, Action.MOVE, *moved):
            await run.ledger.record(lambda state: state.readdressed(run.plan.moves))
        run.options.checkpoint("move:recorded")
    for address in moved:
        run.done(address, Action.MOVE)


async def _record_found(run: Run) -> None:
    """Record the films that the plan found, of whose making this state knows nothing."""
    found = {c.address: c.found for c in run.plan.changes if c.found is not None}

    def recorded(state: State) -> State:
        for address, record in found.items():
            state = state.with_video(address, record)
        return state

    if found:
        await run.ledger.record(recorded)


async def _go_forward(run: Run) -> None:
    """Forget that an earlier film was to stay; if this run is killed, the next one goes on."""
    for change in run.plan.changes:
        if change.forward:
            await run.ledger.record_video(
                change.address, lambda record: replace(record, rolled_back="")
            )


async def end_rollbacks(run: Run) -> None:
    """Forget rollbacks that the files followed, where the studio names no other film any more.

    One that still does would have the next apply make a film of what is published already.
    """
    for change in run.plan.changes:
        live = run.last_written(change.address) or change.current
        if change.goes_back and live is not None and live.status is not VideoStatus.READY:
            run.options.checkpoint("rollback:ended")
            await run.ledger.record_video(
                change.address, lambda record: replace(record, rolled_back="")
            )


async def record_kept_films(run: Run) -> None:
    """Record which videos the studio shows without their films, for those who ask only the state.

    Whatever film this run makes ends that.
    """

    def recorded(state: State) -> State:
        for change in run.plan.changes:
            record = state.videos.get(change.address)
            live = run.last_written(change.address) or change.current
            if record is None or change.action not in _IN_PLACE:
                continue
            kept = not record.rolled_back and is_kept(record, live, change.film_fingerprint)
            if kept is not record.film_kept:
                state = state.with_video(change.address, replace(record, film_kept=kept))
        return state

    if not recorded(run.ledger.state).is_same(run.ledger.state):
        await run.ledger.record(recorded)


async def publish_earlier(run: Run) -> None:
    """Publish films that were made before: only the state changes, and no film is made."""
    for change in run.plan.changes:
        if change.publishes is not None:
            # It tells nothing of how long films take, a second time.
            film = replace(change.publishes, took_seconds=None, work_seconds=0.0)
            wanted = "" if change.forward else change.film_fingerprint
            with _telling(run, Action.PUBLISH, change.address):
                await run.ledger.record_video(
                    change.address, partial(VideoRecord.with_film, film=film, rolled_back=wanted)
                )
            run.options.checkpoint("publish:recorded")
            run.done(change.address, Action.PUBLISH)


@contextmanager
def _telling(run: Run, action: Action, *addresses: Address) -> Iterator[None]:
    """Have actions that are nothing but a record fail with the record, and not count as untried.

    What could not be written is kept beside the state, and the next run takes it up.
    """
    try:
        yield
    except (StateError, LockedError) as cause:
        for address in addresses:
            run.failed(address, action, cause)
        raise


async def _drop_lost_successors(run: Run) -> None:
    """Forget successors that the plan did not find in the studio any more."""
    for change in run.plan.changes:
        record = run.ledger.video(change.address)
        planned = change.applied
        if record and record.successor and planned and planned.successor is None:
            await run.ledger.record_video(
                change.address, lambda video: replace(video, successor=None)
            )
