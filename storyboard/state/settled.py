"""What of a state is over for sure, by what else it records. Asks no studio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from storyboard.state.model import State


def without_settled(state: State) -> tuple[State, tuple[str, ...]]:
    """Return the state without what is settled, and a line for each thing that was left out."""
    told = []
    for nonce, line in tuple(_settled_operations(state)):
        state = state.without_operation(nonce)
        told.append(line)
    live = state.object_ids
    for address, video_id in state.retired:
        # By a restored state, or an address that was moved back: deleted, a published film would
        # be gone.
        if video_id in live:
            told.append(f"kept video '{video_id}' of '{address}' from being deleted: it is in use")
    rest = tuple(dict.fromkeys(pair for pair in state.retired if pair[1] not in live))
    return (replace(state, retired=rest) if rest != state.retired else state), tuple(told)


def _settled_operations(state: State) -> Iterator[tuple[str, str]]:
    """Yield the nonces of calls on videos that are no more the address's, each with its line.

    No apply would look such a call up. One that creates a video is never settled by what is
    recorded: it may have made one that only its nonce finds.
    """
    for operation in state.operations:
        if operation.kind.marks:
            continue
        record = state.videos.get(operation.address)
        objects = () if record is None else (record.current, record.successor)
        if operation.video_id not in {each.id for each in objects if each is not None}:
            yield (
                operation.nonce,
                f"dropped the open {operation.kind.value} of '{operation.address}': its video "
                f"'{operation.video_id}' is no more recorded",
            )
