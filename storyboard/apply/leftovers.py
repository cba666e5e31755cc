"""Deletes what second sendings of an add made, still a draft, and what test films left: ours by the
nonce."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from storyboard.apply.add_video import find_nonces
from storyboard.apply.run import Run
from storyboard.errors import StoryboardError, StudioError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.leftovers import Fate, find_leftovers
from storyboard.plan.nonce_mark import carriers, nonce_of
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address


async def sweep_planned(run: Run) -> None:
    """Delete the leftovers that the plan shows, each as it is now: it may have been taken since."""
    for leftover in run.plan.swept:
        # Its intent has to go with it; that is done below, from the intents.
        if leftover.is_test:
            continue
        try:
            await _sweep(run, leftover.address, leftover.video.id)
        except StoryboardError as cause:
            run.failed(leftover.address, Action.DELETE, cause)
    planned = {change.address for change in run.plan.changes}
    planned |= {leftover.address for leftover in run.plan.swept}
    for operation in test_operations(run.ledger.state):
        if operation.address in planned:
            try:
                await remove_test_video(run, operation)
            except StudioError as cause:
                run.failed(operation.address, Action.DELETE, cause)


def test_operations(state: State) -> tuple[Operation, ...]:
    """Return the test films that are open: while a run holds the state, those of killed runs."""
    return tuple(o for o in state.operations if o.kind is OperationKind.TEST)


async def remove_test_video(run: Run, operation: Operation) -> bool:
    """Delete the video of a test film, then its intent; returns whether there was one.

    A run that was killed at its add did not learn the video's id. One that a person gave another
    name since is that person's.
    """
    nonce = operation.nonce
    if operation.video_id is None:
        listed = await run.studio.list_videos(needed=lambda _, name: nonce_of(name) == nonce)
        found = carriers(listed, nonce)
    else:
        live = await run.studio.get_video(operation.video_id)
        found = [] if live is None else carriers((live,), nonce)
    for video in found:
        await run.studio.delete_video(video.id)
        run.swept.append(video.id)
        run.options.checkpoint("test:deleted")
    await run.ledger.record(lambda state: state.without_operation(nonce))
    return bool(found)


async def sweep_late(run: Run) -> None:
    """Delete what showed up in the course of this run: of adds that it had to send again."""
    if not run.resent or run.fatal is not None:
        return
    # All that was planned is done: what cannot be listed now is swept by the next apply.
    with suppress(StudioError):
        videos = await run.studio.list_videos()
        for leftover in find_leftovers(videos, run.ledger.state):
            if nonce_of(leftover.video.name) in run.resent and leftover.fate is Fate.DELETED:
                await _sweep(run, leftover.address, leftover.video.id)


async def forget_unwanted(run: Run) -> None:
    """Close the adds of killed runs whose videos nobody wants, and no list shows by now.

    They are remembered as closed: what shows up later all the same is swept by its nonce.
    """
    if run.fatal is not None:
        return
    opened = {o.nonce: o.address for o in run.ledger.state.operations if o.nonce not in run.resent}
    unwanted = {nonce for nonce in run.plan.unwanted if nonce in opened}
    # What cannot be listed now is settled by the next apply.
    with suppress(StudioError):
        for nonce in sorted(unwanted - await find_nonces(run, unwanted)):
            await run.ledger.record(partial(State.without_operation, nonce=nonce))
            run.observer.noticed(f"{opened[nonce]}: an interrupted add made no video")


async def _sweep(run: Run, address: Address, video_id: str) -> None:
    live = await run.studio.get_video(video_id)
    if live is None:
        return
    if not _is_left(run, live):
        run.observer.noticed(f"video '{video_id}' was changed since the plan was made: kept")
        return
    await run.studio.delete_video(video_id)
    run.swept.append(video_id)
    run.observer.noticed(f"video '{video_id}', left by an interrupted add of '{address}': deleted")
    run.options.checkpoint("sweep:sent")


def _is_left(run: Run, live: RemoteVideo) -> bool:
    found = find_leftovers((live,), run.ledger.state)
    return any(leftover.fate is Fate.DELETED for leftover in found)
