"""A state that was made out of something else, before the store that keeps it as a cache."""

from __future__ import annotations

from contextlib import AbstractContextManager

from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.store import Store


class KnownState:
    """Has the state that a plan was made from, and keeps what comes of it where caches are kept."""

    def __init__(self, cache: Store, state: State) -> None:
        self._cache = cache
        self._state = state

    def read(self) -> State | None:
        """Return the state as it is known now."""
        return self._state

    def write(self, state: State) -> None:
        """Keep a state for good; raises `StateError`."""
        self._state = state
        self._cache.write(state)

    def locked(self, patience: LockPatience | None = None) -> AbstractContextManager[None]:
        """Hold the cache alone; raises `LockedError`."""
        return self._cache.locked(patience)

    def seconds_left(self) -> float:
        """Return for how long the cache is held for sure."""
        return self._cache.seconds_left()
