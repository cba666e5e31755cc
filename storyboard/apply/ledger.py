"""Owns the state while a plan is applied: every effect is written before the next one begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storyboard.errors import StateError
from storyboard.state.local import next_serial
from storyboard.state.model import ObjectRecord, State, VideoRecord
from storyboard.state.store import Store
from storyboard.video import Address


class Ledger:
    """The state of this run, and the store that it goes to after each change."""

    def __init__(self, store: Store, state: State) -> None:
        self._store = store
        self._state = state
        self.failure: StateError | None = None

    @property
    def state(self) -> State:
        """The state with all that was recorded."""
        return self._state

    def video(self, address: Address) -> VideoRecord | None:
        """Return an address's record."""
        return self._state.videos.get(address)

    def record(self, change: Callable[[State], State]) -> None:
        """Change the state and write it; raises `StateError`, and remembers it.

        After a failure the change is still made and spooled: it tells of an effect that happened.
        """
        changed = change(self._state)
        if changed == self._state:
            return
        self._state = next_serial(changed)
        try:
            self._store.write(self._state)
        except StateError as cause:
            self.failure = cause
            raise

    def record_written(self, address: Address, written: ObjectRecord) -> None:
        """Record what an edit left in the studio."""

        def change(state: State) -> State:
            record = state.videos.get(address)
            video = VideoRecord(written) if record is None else record.with_written(written)
            return state.with_video(address, video)

        self.record(change)

    def record_video(self, address: Address, change: Callable[[VideoRecord], VideoRecord]) -> None:
        """Change an address's record."""
        record = self._state.videos[address]
        self.record(lambda state: state.with_video(address, change(record)))

    def record_avatar(self, fingerprint: str, avatar_id: str) -> None:
        """Record what an avatar was resolved to."""
        self.record(lambda state: replace(state, avatars={**state.avatars, fingerprint: avatar_id}))
