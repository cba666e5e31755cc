"""Owns the state while a plan is applied: no effect begins before its intent is kept for good."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from storyboard.errors import LockedError, StateError
from storyboard.state.index import StateIndex
from storyboard.state.local import next_serial
from storyboard.state.model import ObjectRecord, State, VideoRecord
from storyboard.state.store import Store
from storyboard.video import Address


class Ledger:
    """The state of this run, and the store that it goes to after each change.

    Changes that are made while a write is under way go out together in the next one.
    """

    def __init__(self, store: Store, state: State) -> None:
        self._store = store
        self._state = state
        self._index = StateIndex(state)
        self._kept = state
        self._turn = asyncio.Lock()
        self._writing = threading.Lock()
        self.failure: StateError | LockedError | None = None

    @property
    def state(self) -> State:
        """The state with all that was recorded."""
        return self._state

    @property
    def kept(self) -> State:
        """The state as it was last written: where another run has it, all that counts of it."""
        return self._kept

    def video(self, address: Address) -> VideoRecord | None:
        """Return an address's record."""
        return self._state.videos.get(address)

    def knows(self, video_id: str) -> bool:
        """Whether a video is, or was in this run, one of the state's."""
        return self._index.knows(video_id)

    def shares_film(self, address: Address) -> bool:
        """Whether the place of an address's saved film is that of another's, too."""
        record = self._state.videos.get(address)
        saved = None if record is None else record.saved
        return saved is not None and self._index.is_shared(saved.path)

    async def record(self, change: Callable[[State], State]) -> None:
        """Change the state, and return once it is kept; remembers what it raises.

        Raises `StateError`, and `LockedError` where another run has the state now.

        After a failure the change is still made and spooled: it tells of an effect that happened.
        The same goes for a cancellation: `close` keeps what it left.
        """
        changed = change(self._state)
        # A studio may show the second video of an add only after its end: the nonce has to be
        # known then.
        changed = changed.remembering_ended(self._state)
        if changed.is_same(self._state):
            return
        self._index.follow(self._state, changed)
        self._state = next_serial(changed)
        await self._keep(self._state.serial)

    async def record_written(
        self, address: Address, written: ObjectRecord, film: str | None = None
    ) -> None:
        """Record what an edit left in the studio, of which the wanted film would be `film`.

        With that, it ends the intents of films of what was there before.
        """

        def change(state: State) -> State:
            record = state.videos.get(address)
            video = VideoRecord(written) if record is None else record.with_written(written)
            state = state.with_video(address, video)
            return state if film is None else state.without_other_films(address, film)

        await self.record(change)

    async def record_video(
        self, address: Address, change: Callable[[VideoRecord], VideoRecord]
    ) -> None:
        """Change an address's record."""
        record = self._state.videos[address]
        changed = change(record)
        if changed != record:
            await self.record(lambda state: state.with_video(address, changed))

    async def record_avatar(self, fingerprint: str, avatar_id: str) -> None:
        """Record what an avatar was resolved to."""
        await self.record(
            lambda state: replace(state, avatars={**state.avatars, fingerprint: avatar_id})
        )

    async def close(self) -> None:
        """Keep what a cancellation left unwritten; a failure is remembered, as in `record`."""
        with suppress(StateError, LockedError):
            await self._keep(self._state.serial)

    async def _keep(self, serial: int) -> None:
        """Write the newest state, unless a write that began after this change took it along."""
        async with self._turn:
            if self._kept.serial >= serial:
                return
            writing = asyncio.create_task(asyncio.to_thread(self._write, self._state))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                # The thread goes on writing whatever becomes of this task. Without the wait, the
                # lock could be given back while it still writes.
                await asyncio.wait([writing])
                raise

    def _write(self, state: State) -> None:
        """Write in a thread of its own, which a second cancellation does not wait for."""
        with self._writing:
            if self._kept.serial >= state.serial:
                return
            try:
                self._store.write(state)
            except (StateError, LockedError) as cause:
                self.failure = cause
                raise
            self._kept = state
