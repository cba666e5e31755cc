"""Holds a lease beside a shared state: taken, renewed by a thread, given back. Knows no state."""

from __future__ import annotations

import secrets
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from storyboard.errors import LockedError, StateError, UsageError
from storyboard.state.blobs import Blob, Blobs, Moved
from storyboard.state.lease import TTL_SECONDS, Holder, Lease, Status, format_lease, parse_lease
from storyboard.state.lease_watch import interrupted, is_dead, watch
from storyboard.state.patience import LockPatience
from storyboard.state.shared_lock import Grant, lock_lost

LOCK: Final = "lock"
"""The name of the lease among the blobs of a state."""

_BEATS: Final = 3
"""Renewals in the time that a lease is good: two may fail, and nothing is lost."""

_LOOKS: Final = 12
"""Looks in the time that a lease is good: 5 s apart, at 60 s."""

_FAILURES: Final = 5
"""Times that a lease that looks free may turn out not to be, or that its writing may fail."""


def awake_or_asleep() -> float:
    """Return seconds that go on while the machine sleeps: so does whoever watches the lease."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class LeaseLock:
    """Owns one lease among blobs, from taking it to giving it back.

    Clocks of two machines are never compared: a holder is dead when its lease did not change for
    as long as it is good, and a quarter more, on the clock of whoever watches.
    """

    keeps_writers_away = False
    """A lease that is gone stops no write: the state has to be another than the one it knew."""

    def __init__(
        self,
        blobs: Blobs,
        holder: Holder,
        *,
        ttl: float = TTL_SECONDS,
        clock: Callable[[], float] = awake_or_asleep,
    ) -> None:
        self._blobs = blobs
        self._clock = clock
        self._new = Lease(Status.HELD, "", 0, holder, ttl)
        self._lease: Lease | None = None
        self._tag = ""
        self._good_until = 0.0
        self._lost: str | None = None
        self._ending = threading.Event()
        self._beating: threading.Thread | None = None

    def acquire(self, floor: Callable[[], int], patience: LockPatience) -> Grant:
        """Take the lease, with an epoch above the last one's; raises as `Lock` says.

        Without a time in `patience`, it is watched until its holder shows a sign of life, which is
        a refusal, or none for so long that it is taken over.
        """
        mine = replace(self._new, id=secrets.token_hex(8), since=_now())
        began, watched, failures = self._clock(), (Blob(b"", ""), 0.0), 0
        while failures < _FAILURES:
            blob = self._blobs.get(LOCK)
            found = None if blob is None else parse_lease(blob.content)
            now = self._clock()
            if blob is not None and found is not None and found.status is Status.HELD:
                if found.id != mine.id and not is_dead(found, blob, watched, now):
                    watched = watch(found, blob, watched, now, began, patience)
                    patience.stop.wait(found.ttl / _LOOKS)
                    if patience.stop.is_set():
                        raise interrupted(found)
                    continue
                if found.id != mine.id:
                    patience.told(f"taking the lock over: {found.holder} gave no sign of life")
            failures += 1
            try:
                is_taken = self._take(replace(mine, epoch=_next_epoch(found, floor)), blob, now)
            except StateError:  # it may be ours all the same: the next look tells
                if failures >= _FAILURES:
                    raise
                continue
            if is_taken:
                self._begin()
                epoch = self._held.epoch
                # A lease that is gone, of a state with an epoch, was deleted: its holder may live.
                fence = epoch > 1 if found is None else found.status is not Status.FREE
                return Grant(epoch, fence)
        raise LockedError(
            f"the lock of the state '{self._blobs.where}' changes too fast to be taken",
            hint="wait for the other runs, and apply again",
        )

    def release(self, *, fenced: bool) -> None:
        """Give the lease back, if it is still ours, in a thread that no interrupt ends."""
        if self._lease is None:
            return
        self._ending.set()
        # No daemon, unlike the one that renews: the program does not end before the lease is free.
        leaving = threading.Thread(target=self._leave, args=(fenced,), name="storyboard-release")
        leaving.start()
        leaving.join()

    def seconds_left(self) -> float:
        """Return for how long the lease is good for sure; raises `LockedError` where it is lost."""
        left = self._good_until - self._clock()
        if self._lost is None and left > 0:
            return left
        raise lock_lost(self._blobs.where, self._lost or "it could not be renewed in time")

    def look(self) -> None:
        """Look whether the lease is still ours; a place that is away tells nothing."""
        with suppress(StateError):
            self._lost = self._lost or self._why_lost(self._blobs.get(LOCK))

    def seen(self) -> Lease | None:
        """Return the lease that is held, None if none is; raises `StateError`."""
        blob = self._blobs.get(LOCK)
        lease = None if blob is None else parse_lease(blob.content)
        return lease if lease is not None and lease.status is Status.HELD else None

    def break_(self, id: str) -> Lease:
        """Free a lease by the id of its holding; raises `UsageError` where that is over."""
        blob = self._blobs.get(LOCK)
        found = None if blob is None else parse_lease(blob.content)
        if blob is None or found is None or found.status is not Status.HELD or found.id != id:
            raise UsageError(
                f"no run holds the lock with id '{id}'", hint="see: storyboard lock status"
            )
        try:
            broken = format_lease(replace(found, status=Status.BROKEN))
            self._blobs.put(LOCK, broken, blob.tag)
        except Moved:
            raise LockedError(
                f"the lock was renewed meanwhile: {found.holder} is alive",
                hint="wait for that run to end, or stop it",
            ) from None
        return found

    @property
    def _held(self) -> Lease:
        assert self._lease is not None
        return self._lease

    def _take(self, mine: Lease, blob: Blob | None, now: float) -> bool:
        """Write a lease of ours in the place of what was seen; False where that has changed."""
        try:
            self._tag = self._blobs.put(LOCK, format_lease(mine), blob.tag if blob else None)
        except Moved:
            return False
        self._lease = mine
        # From before the request: whoever watches counts from its arrival, which is later.
        self._good_until = now + mine.ttl
        return True

    def _begin(self) -> None:
        self._lost = None
        self._ending = threading.Event()
        self._beating = threading.Thread(target=self._beat, name="storyboard-lease", daemon=True)
        self._beating.start()

    def _beat(self) -> None:
        """Renew the lease until it ends or is lost; a place that is away is tried more often."""
        # By the lease's own time: one in git is renewed less often than one in a bucket.
        pause = self._held.ttl / _BEATS
        while not self._ending.wait(pause):
            began = self._clock()
            mine = replace(self._held, beat=self._held.beat + 1, renewed=_now())
            try:
                self._renew(mine, began)
                pause = mine.ttl / _BEATS
            except StateError:
                pause = mine.ttl / _LOOKS
            if self._lost is not None:
                return

    def _renew(self, mine: Lease, began: float) -> None:
        """Write the lease anew; an answer that got lost is told from a lease that did."""
        try:
            self._tag = self._blobs.put(LOCK, format_lease(mine), self._tag)
        except Moved:
            if not self._is_still_ours():
                return
            try:
                self._tag = self._blobs.put(LOCK, format_lease(mine), self._tag)
            except Moved:
                self._lost = "another run took it"
                return
        self._lease = mine
        self._good_until = began + mine.ttl

    def _is_still_ours(self) -> bool:
        """Whether what is there now is an earlier write of ours; says who has it if not."""
        blob = self._blobs.get(LOCK)
        self._lost = self._why_lost(blob)
        if blob is not None and self._lost is None:
            self._tag = blob.tag
        return self._lost is None

    def _why_lost(self, blob: Blob | None) -> str | None:
        """Return why a lease is not ours any more, None for one that is."""
        if blob is None:
            return "it was deleted"
        found = parse_lease(blob.content)
        if found.id != self._held.id:
            return f"another run took it ({found.holder})"
        if found.status is not Status.HELD:
            return "it was broken with `storyboard lock break`"
        return None

    def _leave(self, fenced: bool) -> None:
        """Free the lease if it is ours; a place that is away is left to find it dead."""
        if self._beating is not None:
            self._beating.join()
        status = Status.FREE if fenced else Status.BROKEN
        free = format_lease(replace(self._held, status=status))
        try:
            if self._lost is None:
                self._blobs.put(LOCK, free, self._tag)
        except Moved:
            self._leave_moved(free)
        except StateError:
            pass
        self._lease = None

    def _leave_moved(self, free: bytes) -> None:
        with suppress(Moved, StateError):
            if self._is_still_ours():
                self._blobs.put(LOCK, free, self._tag)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _next_epoch(found: Lease | None, floor: Callable[[], int]) -> int:
    """Return the epoch of a new lease; one that was deleted or damaged leaves it to the state."""
    return (found.epoch if found and found.epoch else floor()) + 1
