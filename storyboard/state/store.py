"""Where a state is kept, as the rest of the program sees it. Knows no place."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from storyboard.kaltura.objects import Principal
from storyboard.state.model import State


class Store(Protocol):
    """Keeps one state; one writer at a time."""

    def read(self) -> State | None:
        """Return the state, `None` before the first write; raises `StateError`."""
        ...

    def write(self, state: State) -> None:
        """Keep a state for good; raises `StateError`, whose hint names where a copy went."""
        ...

    def locked(self) -> AbstractContextManager[None]:
        """Hold the state alone; raises `LockedError`. May be entered again by its holder."""
        ...


def open_state(store: Store, principal: Principal) -> State:
    """Return the stored state, or a fresh one for this principal."""
    return store.read() or State.fresh(principal)
