"""Keeps in the state what is about to be deleted, before the first call. Deletes nothing."""

from __future__ import annotations

from collections.abc import Collection

from storyboard.apply.run import Run
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address


async def intend_deletions(run: Run, conflicts: Collection[Address]) -> None:
    """Write all deletions of this run down, in one write; drop those that the files overrule.

    What is deleted and not recorded as such is else not to be told from what is missing, and a run
    that is killed among many deletions would be refused when it is run again.
    """
    if run.fatal is not None:
        return
    intended = tuple(_intended(run, change) for change in run.plan.changes if _is_next(run, change))
    intended = tuple(each for each in intended if each.address not in conflicts)
    overruled = tuple(_overruled(run))
    if not intended and not overruled:
        return

    def recorded(state: State) -> State:
        for nonce in overruled:
            state = state.without_operation(nonce)
        for operation in intended:
            state = state.with_operation(operation)
        return state

    await run.ledger.record(recorded)
    run.options.checkpoint("delete:intended")


def _is_next(run: Run, change: Change) -> bool:
    """Whether a deletion is new, and of a recorded video: others are found by their add's nonce."""
    state, address = run.ledger.state, change.address
    is_new = change.action is Action.DELETE and not state.is_deleting(address)
    return is_new and address in state.videos


def _intended(run: Run, change: Change) -> Operation:
    now = run.options.stamp()
    video_id = run.ledger.state.videos[change.address].current.id
    return Operation(OperationKind.DELETE, change.address, run.options.nonce(), now, video_id)


def _overruled(run: Run) -> list[str]:
    """Return the nonces of deletions of what the files have again, and the studio still.

    What is gone was not missed for its intent, so that stays until the video is made anew.
    """
    state = run.ledger.state
    wanted = [c.address for c in run.plan.changes if c.desired and c.current]
    found = (state.open_operation(address, OperationKind.DELETE) for address in wanted)
    return [operation.nonce for operation in found if operation is not None]
