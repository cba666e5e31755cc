"""Deletes what second sendings of an add made: ours by the nonce, and still a draft."""

from __future__ import annotations

from contextlib import suppress

from storyboard.apply.run import Run
from storyboard.errors import StoryboardError, StudioError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.change import Action
from storyboard.plan.leftovers import Fate, find_leftovers
from storyboard.plan.nonce_mark import nonce_of
from storyboard.video import Address


async def sweep_planned(run: Run) -> None:
    """Delete the leftovers that the plan shows, each as it is now: it may have been taken since."""
    for leftover in run.plan.swept:
        try:
            await _sweep(run, leftover.address, leftover.video.id)
        except StoryboardError as cause:
            run.failed(leftover.address, Action.DELETE, cause)


async def sweep_late(run: Run) -> None:
    """Delete what showed up in the course of this run: of adds that it had to send again."""
    if not run.resent or run.fatal is not None:
        return
    with suppress(StudioError):
        videos = await run.studio.list_videos()
        for leftover in find_leftovers(videos, run.ledger.state):
            if nonce_of(leftover.video.name) in run.resent and leftover.fate is Fate.DELETED:
                await _sweep(run, leftover.address, leftover.video.id)


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
