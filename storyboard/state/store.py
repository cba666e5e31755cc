"""Where a state is kept, as the rest of the program sees it. Knows no place."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from storyboard.kaltura.objects import Principal
from storyboard.state.model import State
from storyboard.state.patience import LockPatience


class Store(Protocol):
    """Keeps one state; one writer at a time."""

    def read(self) -> State | None:
        """Return the state, `None` before the first write; raises `StateError`."""
        ...

    def write(self, state: State) -> None:
        """Keep a state for good; raises `StateError`, whose hint names where a copy went.

        Raises `LockedError` where the lock was lost to another run.
        """
        ...

    def locked(self, patience: LockPatience | None = None) -> AbstractContextManager[None]:
        """Hold the state alone; raises `LockedError`. May be entered again by its holder."""
        ...

    def seconds_left(self) -> float:
        """Return for how long the state is held for sure: a process that sleeps cannot renew.

        Endless for a lock that ends with its process. Raises `LockedError` where it is lost.
        """
        ...


def open_state(store: Store, principal: Principal) -> State:
    """Return the stored state, or a fresh one for this principal."""
    return store.read() or State.fresh(principal)
