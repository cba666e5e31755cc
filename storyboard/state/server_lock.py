"""Holds the lock of a server that keeps a state: it does not end by itself. Knows no state.

Whoever holds it is known to the server by its id, which goes with every write: a run whose lock
was broken writes no more.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from storyboard.errors import LockedError, StateError, UsageError
from storyboard.shell import word
from storyboard.state.lease import Holder, Lease
from storyboard.state.patience import LockPatience
from storyboard.state.server_lock_info import LockInfo
from storyboard.state.shared_lock import Grant, lock_lost
from storyboard.state.state_server import StateServer

LOOK_SECONDS: Final = 5.0
"""Between two tries to take a lock that another run holds."""

_INSTANT: Final = 0.2
"""The part of that time for which `lock status` may hold a lock, which is two requests."""


def _nothing(line: str) -> None:
    """Drop a line."""


class ServerLock:
    """Owns one holding of a server's lock, from taking it to giving it back."""

    keeps_writers_away = True
    """A write has the id of its lock, and the server compares them."""

    def __init__(
        self,
        server: StateServer,
        holder: Holder,
        *,
        look_seconds: float = LOOK_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._server = server
        self._holder = holder
        self._look_seconds = look_seconds
        self._clock = clock
        self._info: LockInfo | None = None
        self._lost: str | None = None
        self._told: Callable[[str], None] = _nothing

    @property
    def id(self) -> str:
        """The id of the holding, which a write needs."""
        assert self._info is not None, "a state is written under its lock"
        return self._info.id

    def acquire(self, floor: Callable[[], int], patience: LockPatience) -> Grant:
        """Take the lock; it is given back if the server turns out not to keep to it."""
        mine, told, began = self._asking(), patience.told, self._clock()
        # Without a time it is tried once more: who looks at a lock holds it for an instant.
        instant = self._look_seconds * _INSTANT
        while (found := self._locked(mine)) is not None:
            if patience.seconds is None:
                left, instant = instant, 0.0
            else:
                left = patience.seconds - (self._clock() - began)
            if left <= 0:
                raise self._held_by(found)
            if patience.seconds is not None:
                told(f"the state is held by {found.holder}; waiting up to {patience.seconds:.0f} s")
                told = _nothing
            patience.stop.wait(min(self._look_seconds, left))
            if patience.stop.is_set():
                raise LockedError("the waiting for the lock was interrupted")
        self._info, self._lost, self._told = mine, None, patience.told
        try:
            self.prove()
            return Grant(floor() + 1, fence=False)
        except BaseException:  # an interrupt, too: no lock of a server ends by itself
            self.release(fenced=True)
            raise

    def release(self, *, fenced: bool) -> None:
        """Give the lock back; says so where that fails."""
        if self._info is None:
            return
        mine, self._info = self._info, None
        try:
            self._given_back(mine)
        except StateError as cause:
            self._told(
                f"the lock of the state could not be given back: {cause.message}; "
                f"break it: storyboard lock break --id {word(mine.id)}"
            )

    def seconds_left(self) -> float:
        """Return that there is no end; raises `LockedError` where it was seen to be lost."""
        if self._lost is None:
            return math.inf
        raise lock_lost(str(self._server.place), self._lost)

    def look(self) -> None:
        """Look whether the lock is still ours; a server that is away tells nothing.

        Nor does one that names no holder: that may be us.
        """
        with suppress(StateError):
            found = self._found()
            if found is None:
                self._lost = "it was broken with `storyboard lock break`"
            elif found.id and found.id != self.id:
                self._lost = f"another run took it ({found.holder})"

    def seen(self) -> Lease | None:
        """Return who holds the lock; raises `StateError`."""
        found = self._found()
        return None if found is None else found.lease

    def break_(self, id: str) -> Lease:
        """Give back the lock of a holding that is not ours, if that still has it."""
        found = self._found()
        if found is None or found.id != id or not self._server.unlock(found):
            raise UsageError(
                f"no run holds the lock with id '{id}'", hint="see: storyboard lock status"
            )
        return found.lease

    def prove(self) -> None:
        """See that the server keeps others away while the lock is held; raises `StateError`.

        What is there already is written with the id of another: that changes nothing if it is
        taken. GitLab compares ids, and answers a foreign one as if it had failed: it is believed.
        """
        other = self._asking()
        # Asked for while we hold it: a proxy or a plain file server answers 200 to everything.
        if self._server.lock(other) is None:
            with suppress(StateError):
                self._given_back(other)
            raise self._server.unfit("it gives its lock to a second run")
        content = None if self._server.place.is_gitlab else self._server.fetch()
        if content is not None and self._server.store(content, other.id):
            raise self._server.unfit("it takes the writes of runs that do not hold its lock")

    def probe(self) -> None:
        """Take the lock for an instant, unless a run has it, and prove it; raises `StateError`."""
        mine = self._asking("doctor")
        if self._locked(mine) is None:
            try:
                self.prove()
            finally:
                self._given_back(mine)

    def _found(self) -> LockInfo | None:
        """Ask who holds the lock: there is no other way than to try to take it."""
        asking = self._asking("lock status")
        found = self._locked(asking)
        if found is None:
            self._given_back(asking)
        return found

    def _locked(self, mine: LockInfo) -> LockInfo | None:
        """Take the lock; what an answer that got lost has taken is given back if it fails."""
        try:
            found = self._server.lock(mine)
        except BaseException:
            with suppress(StateError):
                self._given_back(mine)
            raise
        # Never otherwise: there are servers that give back whatever lock they have, whoever asks.
        if found is not None and found.may_be_ours:
            with suppress(StateError):
                self._given_back(mine)
        return found

    def _given_back(self, info: LockInfo) -> None:
        """Give a lock back, if we have it, in a thread that an interrupt does not end."""
        failed: list[StateError] = []

        def unlock() -> None:
            try:
                self._server.unlock(info)
            except StateError as cause:
                failed.append(cause)

        leaving = threading.Thread(target=unlock, name="storyboard-unlock")
        leaving.start()
        leaving.join()
        if failed:
            raise failed[0]

    def _asking(self, operation: str = "") -> LockInfo:
        holder = replace(self._holder, operation=operation or self._holder.operation)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return LockInfo(secrets.token_hex(8), holder, now)

    def _held_by(self, found: LockInfo) -> LockedError:
        since = f", since {found.since}" if found.since else ""
        return LockedError(
            f"another run holds the state ({found.holder}{since})",
            hint="wait for it to end, or pass `--lock-timeout 600` to wait here; the lock of a "
            "killed run stays until it is broken, see: storyboard lock status",
        )
