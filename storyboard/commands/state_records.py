"""What a state has recorded of each address: listed, shown, and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storyboard.commands.compiled_project import project_environment
from storyboard.commands.request import Request
from storyboard.commands.scope import APPLIED, check_scope, names_none
from storyboard.commands.stores import open_store
from storyboard.state.local import next_serial
from storyboard.state.model import Operation, State, VideoRecord
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an address stands for, and its calls whose outcome is not known yet.

    `record` is None for one that an interrupted apply was about to create. `retired` are videos
    that its successors took the place of, and that are still to be deleted.
    """

    address: Address
    record: VideoRecord | None
    operations: tuple[Operation, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def video_ids(self) -> tuple[str, ...]:
        """The studio's videos that are recorded for it."""
        objects = () if self.record is None else (self.record.current, self.record.successor)
        return (*(each.id for each in objects if each is not None), *self.retired)


@dataclass(frozen=True, slots=True)
class Listing:
    """A state, and those of its records that were asked for, by address."""

    state: State | None
    recorded: tuple[Recorded, ...]


def list_records(request: Request) -> Listing:
    """Return what the state has recorded of the request's addresses.

    Raises `UsageError` for one that names nothing, and `StateError`.
    """
    state = open_store(project_environment(request)).read()
    return Listing(state, _matching(state, request.scope))


def show_record(request: Request, address: Address) -> Recorded:
    """Return what is recorded of one address; raises `UsageError` where nothing is."""
    state = open_store(project_environment(request)).read()
    if state is None or address not in state.addresses:
        known = () if state is None else state.addresses
        raise names_none(str(address), known, what=APPLIED)
    return _recorded(state, address)


def forget_records(
    request: Request, approve: Callable[[tuple[Recorded, ...]], bool]
) -> tuple[Recorded, ...]:
    """Forget what is recorded of the request's addresses; the studio keeps its videos.

    `approve` is asked with what would be forgotten. Returns what was; raises `UsageError` for an
    address that names nothing.
    """
    store = open_store(project_environment(request), request.operation)
    with store.locked(request.patience):
        state = store.read()
        found = _matching(state, request.scope)
        if state is None or not found or not approve(found):
            return ()
        for item in found:
            for operation in item.operations:
                state = state.without_operation(operation.nonce)
            state = state.with_video(item.address, None)
        gone = {item.address for item in found}
        retired = tuple(pair for pair in state.retired if pair[0] not in gone)
        store.write(next_serial(replace(state, retired=retired)))
        return found


def _matching(state: State | None, scope: tuple[str, ...]) -> tuple[Recorded, ...]:
    known = frozenset[Address]() if state is None else state.addresses
    check_scope(scope, known, what=APPLIED)
    if state is None:
        return ()
    return tuple(_recorded(state, each) for each in sorted(known) if each.matches(scope))


def _recorded(state: State, address: Address) -> Recorded:
    retired = tuple(id_ for owner, id_ in state.retired if owner == address)
    return Recorded(address, state.videos.get(address), state.operations_of(address), retired)
