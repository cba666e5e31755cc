"""What a shared state needs of whatever keeps other runs away from it. Knows no place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from storyboard.errors import FailureCode, LockedError
from storyboard.state.lease import Lease
from storyboard.state.patience import LockPatience


@dataclass(frozen=True, slots=True)
class Grant:
    """A lease that was taken. `fence` tells that whoever had it before may still be alive."""

    epoch: int
    fence: bool


def lock_lost(where: str, why: str) -> LockedError:
    """Return that this run does not hold the lock of a state any more."""
    return LockedError(
        f"the lock of the state '{where}' was lost: {why}",
        hint="apply again: what was begun is found and continued",
        code=FailureCode.LOCK_LOST,
    )


class Lock(Protocol):
    """What a shared state needs of whatever keeps other runs away. Its methods block."""

    @property
    def keeps_writers_away(self) -> bool:
        """Whether no write of a run that lost the lock is taken, though nobody wrote since."""
        ...

    def acquire(self, floor: Callable[[], int], patience: LockPatience) -> Grant:
        """Take the lock, with a larger epoch than before; raises `LockedError` and `StateError`.

        `floor` asks the state for its epoch, where the lock does not know any.
        """
        ...

    def release(self, *, fenced: bool) -> None:
        """Give the lock back, if it is still ours; the next holder fences if this one did not."""
        ...

    def seconds_left(self) -> float:
        """Return for how long it is held for sure; raises `LockedError` where it is lost."""
        ...

    def look(self) -> None:
        """Look whether it is still ours, where something says that it is not.

        After that, `seconds_left` tells who has it.
        """
        ...

    def seen(self) -> Lease | None:
        """Return who holds it, None if nobody does; raises `StateError`."""
        ...

    def break_(self, id: str) -> Lease:
        """Take the lock from the holding with this id; raises `UsageError` where it is another."""
        ...
