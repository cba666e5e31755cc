"""Brings one remote video to what is desired: create, adopt, edit, replace, delete. No films."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never

from storyboard.apply.add_video import add_once, delete_strays
from storyboard.apply.edits import Edited, confirmed, edit_in_place, forget_composition, write
from storyboard.apply.run import Run
from storyboard.apply.saved_films import remove_film
from storyboard.errors import ConflictError, GuardError, StoryboardError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.confirmed import unconfirmed_record
from storyboard.plan.name_claims import shows_wanted
from storyboard.plan.shown import desired_shown
from storyboard.state.model import ObjectRecord, OperationKind, State, VideoRecord
from storyboard.texts import same_text
from storyboard.video import Address, Video
from storyboard.wire import PROCESSING


async def settle_object(run: Run, change: Change) -> bool:
    """Carry out a change's own action; False where it must wait for the studio."""
    match change.action:
        case Action.CREATE:
            await _create(run, _desired(change))
        case Action.ADOPT:
            await _adopt(run, change)
        case Action.UPDATE | Action.RENAME:
            return await _edit(run, change)
        case Action.REPLACE:
            return await _replace(run, change)
        case Action.DELETE:
            await _delete(run, change)
        case Action.KEEP:
            await _heal(run, change)
        case Action.HOLD | Action.MOVE | Action.GENERATE | Action.COMPOSE | Action.PUBLISH:
            raise AssertionError(f"unexpected action {change.action}")
        case _:
            assert_never(change.action)
    return True


async def prepare_successor(run: Run, video: Video) -> None:
    """Add the video anew beside the published one, which stays until the new film is ready.

    Where names are keys, `settle_names` has to follow.
    """
    address = video.address
    record = run.ledger.state.videos[address]
    told = run.plan.bounds.protection(address, record.protect, video.protect)
    if told is not None:
        raise GuardError(
            f"'{address}' is {told}, and this studio lets it be changed by replacement only",
            hint="pass --allow-protected to allow it",
            rules=("protect",),
        )
    run.counted.replacement(video)
    # Left by a run that did not come to its film: it may have older scenes.
    if record.successor is not None:
        await _retire(run, address, record.successor.id)
    body = video.payload(await run.avatar_ids(video))
    remote, operation, new = await add_once(run, address, OperationKind.REPLACE, body)

    def recorded(state: State) -> State:
        prepared = replace(
            state.videos[address],
            successor=_unconfirmed(run, video, remote),
            protect=video.protect,
        )
        return state.with_video(address, prepared).without_operation(operation.nonce)

    await run.ledger.record(recorded)
    run.options.checkpoint("replace:recorded")
    await _name(run, video, remote, body, is_new=new)


async def retire_all(run: Run) -> None:
    """Delete the objects whose successors are published."""
    planned = {item.video_id for item in run.plan.retirements}

    async def guarded(address: Address, video_id: str) -> None:
        async with run.turns:
            if run.fatal is not None:
                return
            try:
                await _retire(run, address, video_id)
            except StoryboardError as cause:
                run.failed(address, Action.DELETE, cause)
            else:
                if video_id in planned:
                    run.done(address, Action.DELETE)

    async with asyncio.TaskGroup() as group:
        for address, video_id in run.ledger.state.retired:
            group.create_task(guarded(address, video_id))


async def _retire(run: Run, address: Address, video_id: str) -> None:
    await run.studio.delete_video(video_id)
    run.options.checkpoint("retire:deleted")

    def recorded(state: State) -> State:
        rest = tuple(pair for pair in state.retired if pair[1] != video_id)
        record = state.videos.get(address)
        if record is not None and record.successor and record.successor.id == video_id:
            state = state.with_video(address, replace(record, successor=None))
        return replace(state, retired=rest)

    await run.ledger.record(recorded)


async def _create(run: Run, video: Video) -> None:
    body = video.payload(await run.avatar_ids(video))
    remote, operation, new = await add_once(run, video.address, OperationKind.ADD, body)

    def recorded(state: State) -> State:
        record = _anew(state, video, _unconfirmed(run, video, remote))
        state = state.with_video(video.address, record)
        return _forget_generation(state, video.address).without_operation(operation.nonce)

    await run.ledger.record(recorded)
    run.options.checkpoint("add:recorded")
    await _name(run, video, remote, body, is_new=new)


async def _adopt(run: Run, change: Change) -> None:
    video, found = _desired(change), change.current
    assert found is not None
    operation = run.ledger.state.open_add(change.address)
    if operation is None:
        raise ConflictError(f"the add of '{change.address}' was settled by another run")
    body = video.payload(await run.avatar_ids(video))

    def recorded(state: State) -> State:
        written, record = _unconfirmed(run, video, found), state.videos.get(video.address)
        if operation.kind is OperationKind.REPLACE and record is not None:
            record = replace(record, successor=written, protect=video.protect)
        else:
            record = _anew(state, video, written)
            state = _forget_generation(state, video.address)
        return state.with_video(video.address, record).without_operation(operation.nonce)

    await run.ledger.record(recorded)
    run.options.checkpoint("adopt:recorded")
    await delete_strays(run, change.sides.strays)
    if run.plan.by_name and await record_if_wanted(run, video, found.id):
        return
    await write(run, video, found.id, _written_fields(video, body))


async def _edit(run: Run, change: Change) -> bool:
    video, current = _desired(change), change.current
    assert current is not None
    if change.edit.of_state or (
        run.plan.by_name and await record_if_wanted(run, video, current.id)
    ):
        pass
    elif change.edit.of_scenes:
        fields = _written_fields(video, video.payload(await run.avatar_ids(video)))
        edited = await _edited(run, video, current, fields)
        if edited is Edited.BUSY:
            return False
        if edited is Edited.NEVER:
            await prepare_successor(run, video)
    elif change.edit.of_name:
        await write(run, video, current.id, {"name": video.name}, content=current)
    await run.ledger.record_video(
        video.address, lambda record: replace(record, protect=video.protect)
    )
    return True


async def record_if_wanted(run: Run, video: Video, video_id: str) -> bool:
    """Record what another run brought to what is wanted since the plan; False for anything else.

    Sent once more, the same scenes would cost the film that the other run has made of them, or be
    refused while it is made. A name is taken in every status.
    """
    live = await run.studio.get_video(video_id)
    await run.avatar_ids(video)
    if live is None or not shows_wanted(video, live, run.known_avatars()):
        return False
    if same_text(live.name, video.name):
        run.saw(video.address, live)
        await run.ledger.record_written(video.address, confirmed(run, video, live))
    else:
        await write(run, video, live.id, {"name": video.name}, content=live)
    return True


async def _replace(run: Run, change: Change) -> bool:
    """Try once more in place: what this studio refused before, it may take now."""
    video, current = _desired(change), change.current
    assert current is not None
    fields = _written_fields(video, video.payload(await run.avatar_ids(video)))
    edited = await _edited(run, video, current, fields)
    if edited is Edited.DONE:
        run.observer.noticed(f"{video.address}: the studio takes the edit in place")
        await run.ledger.record_video(
            video.address, lambda record: replace(record, protect=video.protect)
        )
    if edited is Edited.NEVER:
        await prepare_successor(run, video)
    return edited is not Edited.BUSY


async def _edited(
    run: Run, video: Video, current: RemoteVideo, fields: Mapping[str, Any]
) -> Edited:
    """Edit a video in place, unless the studio does not do that to ready ones."""
    return await edit_in_place(
        run, video.address, current, lambda: write(run, video, current.id, fields)
    )


async def _delete(run: Run, change: Change) -> None:
    record = run.ledger.state.videos.get(change.address)
    ids = [stray.id for stray in change.sides.strays]
    if change.current is not None:
        ids.append(change.current.id)
    if record is not None:
        ids += [record.current.id] + ([record.successor.id] if record.successor else [])
    for video_id in dict.fromkeys(ids):
        await run.studio.delete_video(video_id)
        run.options.checkpoint("delete:sent")
    # Before the record goes: only that tells where the file is, and a killed run comes here again.
    remove_film(run, change.address)

    def recorded(state: State) -> State:
        for operation in state.operations_of(change.address):
            state = state.without_operation(operation.nonce)
        return state.with_video(change.address, None)

    await run.ledger.record(recorded)
    run.options.checkpoint("delete:recorded")


async def _heal(run: Run, change: Change) -> None:
    """Record what the studio already holds as desired: an edit whose answer was not recorded."""
    video, current = change.desired, change.current
    if video is None or current is None or video.compose is not None or change.publishes:
        return  # of what is published again, nothing was compared
    await forget_composition(run, video)
    record = run.ledger.state.videos[change.address].written
    if record.applied != desired_shown(video).fingerprint or not record.observed:
        film = None if current.status in PROCESSING else change.film_fingerprint
        await run.ledger.record_written(change.address, confirmed(run, video, current), film)


def _written_fields(video: Video, body: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the scenes that the studio wrote: they are not ours to write again."""
    return {k: v for k, v in body.items() if video.compose is None or k != "scenes"}


async def _name(
    run: Run, video: Video, added: RemoteVideo, body: Mapping[str, Any], *, is_new: bool
) -> None:
    """Give what was added its name; one that was added by another run may have other scenes.

    Where names are keys, it waits until it is known that no other run made the same.
    """
    if is_new and run.plan.by_name:
        run.added[video.address] = added
    elif is_new:
        await write(run, video, added.id, {"name": video.name}, content=added)
    else:
        await write(run, video, added.id, body)


def _unconfirmed(run: Run, video: Video, remote: RemoteVideo) -> ObjectRecord:
    """A record of what stands in the studio under a marked name: known, not yet as desired."""
    return unconfirmed_record(remote.id, video, run.shown(remote))


def _anew(state: State, video: Video, written: ObjectRecord) -> VideoRecord:
    """A record of a new video, with the films of the one that the address had before."""
    gone = state.videos.get(video.address)
    former = () if gone is None else gone.made_films
    return VideoRecord(written, protect=video.protect, former=former)


def _forget_generation(state: State, address: Address) -> State:
    """Drop the intents of a film, of scenes and of the end of an object that is no more."""
    for operation in state.operations_of(address):
        if not operation.kind.marks:
            state = state.without_operation(operation.nonce)
    return state


def _desired(change: Change) -> Video:
    if change.desired is None:
        raise AssertionError(f"{change.address}: nothing desired")
    return change.desired
