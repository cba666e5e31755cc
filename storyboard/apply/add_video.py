"""Makes a remote video exactly once, though adding is not idempotent.

The intent is written with a nonce, the nonce goes out in the name, and whatever became of an
unanswered call is looked up by it: never is an add sent again blindly.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any

from storyboard.apply.run import Run
from storyboard.errors import StoryboardError, UnknownOutcomeError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.nonce_mark import carriers, marked_name, nonce_of
from storyboard.state.model import Operation, OperationKind
from storyboard.video import Address
from storyboard.wire import VideoStatus

_SENDINGS = 2
"""Of one add: once more where no list shows what became of the first. Each further one could leave
a draft more for somebody to wonder about. A choice."""


async def add_once(
    run: Run, address: Address, kind: OperationKind, body: Mapping[str, Any]
) -> tuple[RemoteVideo, Operation, bool]:
    """Add a video under a marked name; returns it, its open operation, and whether it is new.

    One that is not new was left by an interrupted run and may hold other scenes than `body`.
    The caller closes the operation in the same write that records the id.
    """
    operation = run.ledger.state.open_operation(address, kind)
    is_fresh = operation is None
    if operation is not None:
        found = await find_marked(run, operation.nonce)
        if found is not None:
            return found, operation, False
    else:
        now = run.options.stamp()
        operation = Operation(kind, address, run.options.nonce(), now)
        opened = operation
        await run.ledger.record(lambda state: state.with_operation(opened))
    run.options.checkpoint("add:intended")
    marked = {**body, "name": marked_name(body["name"], operation.nonce)}
    remote, new = await _send(run, operation, marked, is_fresh=is_fresh)
    run.options.checkpoint("add:sent")
    return remote, operation, new


async def _send(
    run: Run, operation: Operation, body: Mapping[str, Any], *, is_fresh: bool
) -> tuple[RemoteVideo, bool]:
    """Send the add; the intent stays open where a sending before the last may have worked."""
    unknown: UnknownOutcomeError | None = None
    for _ in range(_SENDINGS):
        try:
            return await _added(run, operation, body), True
        except UnknownOutcomeError as cause:
            unknown = cause
            run.resent.add(operation.nonce)
            run.observer.noticed(f"{operation.address}: no clear answer to the add; looking it up")
            found = await find_marked(run, operation.nonce)
            if found is not None:
                return found, False
        except StoryboardError:
            # A plain refusal of the only sending made nothing, so nothing is left for the next
            # apply to look up.
            if is_fresh and unknown is None:
                await run.ledger.record(lambda state: state.without_operation(operation.nonce))
            raise
    assert unknown is not None
    raise UnknownOutcomeError(
        f"creating the video had no clear answer {_SENDINGS} times, and the studio lists no such "
        f"video; the last one: {unknown.message}",
        hint="apply again; a video that was created is found by its name",
    ) from unknown


async def _added(run: Run, operation: Operation, body: Mapping[str, Any]) -> RemoteVideo:
    """Add a video; an answer about one that is there already, or is not marked, tells nothing."""
    added = await run.studio.add_video(body)
    # A cache or a proxy between may answer with the reply to another call. Recorded, one video
    # would stand for two addresses, and the second edit would overwrite the first.
    if run.ledger.knows(added.id) or not carriers((added,), operation.nonce):
        raise UnknownOutcomeError(f"the studio answered with another video, '{added.id}'")
    return added


async def find_marked(run: Run, nonce: str) -> RemoteVideo | None:
    """Look for what carries a nonce, for as long as the studio may take to show it.

    Of several the oldest is taken, and the other drafts, which are ours by the nonce, are deleted.
    """
    async for videos in _looks(run, {nonce}):
        hits = carriers(videos, nonce)
        if hits:
            await delete_strays(run, hits[1:])
            return hits[0]
    return None


async def find_nonces(run: Run, nonces: Collection[str]) -> frozenset[str]:
    """Return which nonces some video carries, looked for as long as for the video of one."""
    found: frozenset[str] = frozenset()
    if not nonces:
        return found
    async for videos in _looks(run, nonces):
        found |= {nonce for nonce in nonces if carriers(videos, nonce)}
        if len(found) == len(nonces):
            break
    return found


async def _looks(run: Run, nonces: Collection[str]) -> AsyncIterator[Sequence[RemoteVideo]]:
    """Yield what the studio lists, again and again for as long as it may take to show an add."""
    for delay in run.options.visibility:
        if delay:
            await run.options.sleep(delay)
        yield await run.studio.list_videos(
            "-createdAt", needed=lambda _, name: nonce_of(name) in nonces
        )


async def delete_strays(run: Run, strays: list[RemoteVideo] | tuple[RemoteVideo, ...]) -> None:
    """Delete second copies of an add, as long as they are drafts."""
    for stray in strays:
        if stray.status is VideoStatus.DRAFT:
            await run.studio.delete_video(stray.id)
            run.observer.noticed(f"video '{stray.id}' was a second copy of an add: deleted")
        else:
            run.observer.noticed(
                f"video '{stray.id}' is a second copy of an add, but {stray.status.value}: kept"
            )
