"""A state as a text of its own: printed, and put in the place of the one that is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from storyboard.commands.compiled_project import project_environment
from storyboard.commands.request import Request
from storyboard.commands.stores import no_state, open_store
from storyboard.decoding import NotText, decode_text
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.errors import FailureCode, GuardError, StateError, UsageError
from storyboard.state.format import format_state, parse_state
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.local_names import MAX_STATE_BYTES
from storyboard.state.model import State

_PULLED: Final = (
    "give the file that `storyboard state pull` printed, or a backup; nothing was changed"
)


@dataclass(frozen=True, slots=True)
class Pushed:
    """A state that is the stored one now; `aside` is where a damaged one went."""

    state: State
    aside: Path | None = None


def pull_state(request: Request) -> str:
    """Return the state as its file has it, with all that a run's journal and spool tell.

    Raises `UsageError` where there is none.
    """
    environment = project_environment(request)
    state = open_store(environment).read()
    if state is None:
        raise no_state(environment)
    return format_state(state)


def read_pushed(path: Path) -> State:
    """Return the state in a file that was named; raises `UsageError` and `StateError`."""
    try:
        content = read_inside(path.absolute(), path.absolute().parent, MAX_STATE_BYTES)
        return parse_state(decode_text(content), where=str(path))
    except FileRefused as cause:
        raise UsageError(f"'{path}' cannot be read: {cause.reason}") from cause
    except NotText as cause:
        raise StateError(f"'{path}' is not a state of storyboard: {cause}", hint=_PULLED) from cause
    except StateError as cause:
        if cause.failure_code is not FailureCode.STATE_DAMAGED:
            raise
        raise StateError(cause.message, hint=_PULLED, code=cause.failure_code) from cause


def push_state(request: Request, pushed: State, *, force: bool = False) -> Pushed:
    """Make a state the stored one; its serial is then higher than both were.

    So a plan that was saved before is stale. Raises `GuardError`, unless forced, where the stored
    one is of another lineage or principal, or newer.
    """
    store = open_store(project_environment(request), request.operation)
    with store.locked(request.patience):
        try:
            present = store.read()
        except StateError:
            if not force:
                raise
            present = None
        if present is not None and not force:
            _refuse(present, pushed)
        if present is not None and present.is_same(pushed):
            return Pushed(present)
        last = max(pushed.serial, 0 if present is None else present.serial)
        new = next_serial(replace(pushed, serial=last))
        if isinstance(store, LocalStore):
            return Pushed(new, store.replace(new))
        store.write(new)
        return Pushed(new)


def _refuse(present: State, pushed: State) -> None:
    reason = None
    if present.lineage != pushed.lineage:
        reason = f"it has the lineage {pushed.lineage}, the stored one {present.lineage}"
    elif present.principal != pushed.principal:
        reason = "it is of another user, account or studio than the stored one"
    elif pushed.serial < present.serial:
        reason = f"it has serial {pushed.serial}, the stored one {present.serial}"
    elif pushed.serial == present.serial and not present.is_same(pushed):
        reason = f"it has the stored one's serial, {present.serial}, and is another"
    if reason is not None:
        raise GuardError(
            f"the state was not replaced: {reason}",
            hint="see what would be lost: storyboard state list; pass --force to replace it",
        )
