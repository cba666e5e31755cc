"""Lets one video have each new name, where names are keys and several runs may add at once.

All are added under marks first; then one list shows what the others added, and the video that
every run would choose stays. A run deletes only what it added itself, as long as it is a draft.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from storyboard.apply.edits import write
from storyboard.apply.run import Run
from storyboard.errors import ConflictError, StoryboardError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.change import Change
from storyboard.plan.name_claims import choose, may_be_marked, shows_wanted
from storyboard.plan.nonce_mark import nonce_of
from storyboard.plan.recognized import recognize
from storyboard.state.model import State
from storyboard.texts import name_key, same_text
from storyboard.video import Address, Video
from storyboard.wire import VideoStatus


async def settle_names(run: Run) -> None:
    """Give each video that this run added its name, or take the one that another run made first.

    Looks twice: a list before the names are given, and one after, for what the first came too
    early for. A kill in between leaves marked drafts, which the next run takes up.
    """
    for is_named in (False, True):
        changes = [change for change in run.plan.changes if change.address in run.added]
        if not changes or run.fatal is not None:
            return
        videos = await _list(run, [change.desired for change in changes if change.desired])
        async with asyncio.TaskGroup() as group:
            for change in changes:
                group.create_task(_guarded(run, change, videos, is_named=is_named))
    run.added.clear()


async def settle_name(run: Run, video: Video) -> None:
    """Do the same for one video, if it was added; raises where it cannot be."""
    for is_named in (False, True):
        if video.address not in run.added:
            return
        await _settle(run, video, await _list(run, [video]), is_named=is_named)
    run.added.pop(video.address, None)


async def _guarded(
    run: Run, change: Change, videos: Sequence[RemoteVideo], *, is_named: bool
) -> None:
    async with run.turns:
        assert change.desired is not None
        try:
            await _settle(run, change.desired, videos, is_named=is_named)
        except StoryboardError as cause:
            run.added.pop(change.address, None)
            run.failed(change.address, change.action, cause)


async def _list(run: Run, wanted: Sequence[Video]) -> tuple[RemoteVideo, ...]:
    keys = {name_key(video.name) for video in wanted}
    return await run.studio.list_videos(
        "-createdAt",
        needed=lambda _, name: nonce_of(name) is not None or name_key(name) in keys,
    )


async def _settle(run: Run, video: Video, videos: Sequence[RemoteVideo], *, is_named: bool) -> None:
    """Name what was added, or give way; a list that is late shows at least what is ours.

    A successor has only other successors for rivals; one that has yet to be composed shows nothing
    by which to tell whose it is.
    """
    own, replaced = run.added[video.address], _replaced(run, video.address)
    others = [each for each in videos if each.id not in (own.id, replaced)]
    rivals = [each for each in others if _is_rival(run, video, each)]
    if replaced is not None and video.compose is not None:
        rivals = []
    winner = choose(run.plan.bounds.protecting(video), [own, *rivals], run.known_avatars()).current
    if winner.id != own.id:
        await _give_way(run, video, own, winner)
    elif not is_named:
        await write(run, video, own.id, {"name": video.name}, content=own)
        await _require_name(run, video, own)


def _replaced(run: Run, address: Address) -> str | None:
    """Return the published video that an added one is to replace, if it is one's successor."""
    record = run.ledger.video(address)
    return None if record is None or record.successor is None else record.current.id


def _is_rival(run: Run, video: Video, other: RemoteVideo) -> bool:
    """Whether another run made a video for the same name: the scenes tell, where a mark cut it."""
    if nonce_of(other.name) is None:
        return name_key(other.name) == name_key(video.name)
    return may_be_marked(other, video.name) and shows_wanted(video, other, run.known_avatars())


async def _require_name(run: Run, video: Video, own: RemoteVideo) -> None:
    """Undo an add whose name the studio changed: no later run would find it, and each adds one."""
    live = await run.studio.get_video(own.id)
    if live is None or name_key(live.name) == name_key(video.name):
        return
    await _delete_own(run, live, is_ours=live.id == own.id)
    await _forget(run, video.address)
    raise ConflictError(
        f"the studio stores the name '{video.name}' as '{live.name}', and `identity: name` finds "
        "videos by their names",
        hint=f"write a name that it keeps, of {len(live.name.strip())} characters at most",
    )


async def _give_way(run: Run, video: Video, own: RemoteVideo, winner: RemoteVideo) -> None:
    """Take the video of another run, and delete the own one."""
    address, avatars = video.address, run.known_avatars()
    live = await run.studio.get_video(own.id)
    if live is not None:
        nonce = nonce_of(live.name)
        is_ours = nonce == nonce_of(own.name) if nonce else same_text(live.name, video.name)
        await _delete_own(run, live, is_ours=is_ours)
    del run.added[address]
    if not shows_wanted(video, winner, avatars):
        await _forget(run, address)
        raise ConflictError(
            f"another run made '{winner.id}' under the name '{video.name}' meanwhile, of other "
            "scenes",
            hint="apply again to see how it differs",
        )
    told = recognize(video, replace(winner, name=video.name), avatars, {})
    is_successor = _replaced(run, address) is not None

    def recorded(state: State) -> State:
        if not is_successor:
            return state.with_video(address, replace(told, films=()))
        record = replace(state.videos[address], successor=told.current)
        if winner.status is VideoStatus.READY:  # published: its run deletes the old one
            record = replace(record, current=told.current, successor=None)
        return state.with_video(address, record)

    await run.ledger.record(recorded)
    run.observer.noticed(f"{address}: another run made '{winner.id}' first; it is used")
    run.saw(address, winner)
    if nonce_of(winner.name) is not None:
        await write(run, video, winner.id, {"name": video.name}, content=winner)


async def _delete_own(run: Run, live: RemoteVideo, *, is_ours: bool) -> None:
    if is_ours and live.status is VideoStatus.DRAFT:
        await run.studio.delete_video(live.id)
        run.options.checkpoint("names:deleted")
    else:
        run.observer.noticed(
            f"video '{live.id}', a second one of its name, is kept: it was changed"
        )


async def _forget(run: Run, address: Address) -> None:
    """Drop what was added; the published video of an address stays what it is."""

    def forgotten(state: State) -> State:
        record = state.videos.get(address)
        if record is None or record.successor is None:
            return state.with_video(address, None)
        return state.with_video(address, replace(record, successor=None))

    await run.ledger.record(forgotten)
