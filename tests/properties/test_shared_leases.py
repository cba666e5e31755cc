"""Laws of a shared state, whatever runs do in whatever order: nothing written is ever lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.buckets.stores import ObjectStore
from storyboard.errors import LockedError, StateError, UsageError
from storyboard.kaltura.secrets import Secret
from storyboard.state.blobs import Blobs
from storyboard.state.bucket_blobs import BucketBlobs
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.lease import Holder
from storyboard.state.lease_lock import LOCK, LeaseLock
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.server_blobs import ServerBlobs
from storyboard.state.server_lock import ServerLock
from storyboard.state.shared import SharedStore
from storyboard.state.state_server import Login, StateServer
from tests.support.examples import examples
from tests.support.gitlab_states import GITLAB, TERRAFORM, DirectTransport, StateServerHere
from tests.support.served import unanswered, unheard
from tests.support.state_places import PRINCIPAL, MemoryBlobs, MemoryBucket

RUNS = ("a", "b")
CHAIN = "chain"


class Leaping(threading.Event):
    """Waits by moving the world's clock on."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def wait(self, timeout: float | None = None) -> bool:
        self._world.now += timeout or 0.0
        return False


class Leased:
    """A place in memory with a lease beside the state."""

    def __init__(self, kept: MemoryBlobs, blobs: Blobs) -> None:
        self._kept = kept
        self._blobs = blobs

    def open(self, who: str, clock: Callable[[], float]) -> SharedStore:
        lock = LeaseLock(self._blobs, Holder(who=who), clock=clock)
        return SharedStore(self._blobs, lock, pauses=())

    def disturb(self, *, lost: int = 0, away: int = 0) -> None:
        self._kept.lost, self._kept.away = lost, away

    def delete_lock(self) -> None:
        self._kept.blobs.pop(LOCK, None)


class Locked:
    """A server's state whose lock does not end."""

    def __init__(self, server: StateServerHere) -> None:
        self._server = server

    def open(self, who: str, clock: Callable[[], float]) -> SharedStore:
        login = Login(who, Secret(self._server.password))
        transport: Any = DirectTransport(self._server)
        calls = StateServer(
            self._server.place, login, transport=transport, sleep=lambda s: None, clock=lambda: 0.0
        )
        lock = ServerLock(calls, Holder(who=who), clock=clock)
        return SharedStore(ServerBlobs(calls, lock), lock, pauses=())

    def disturb(self, *, lost: int = 0, away: int = 0) -> None:
        self._server.faults[:] = [unanswered] * lost * 3 or [unheard] * away * 3

    def delete_lock(self) -> None:
        self._server.lock = None


def in_memory() -> Leased:
    kept = MemoryBlobs()
    return Leased(kept, kept)


def in_a_bucket() -> Leased:
    kept = MemoryBucket()
    return Leased(kept, BucketBlobs(kept, BucketPlace(ObjectStore.S3, "films", "production")))


def on_a_server() -> Locked:
    return Locked(StateServerHere(TERRAFORM))


def on_gitlab() -> Locked:
    return Locked(StateServerHere(GITLAB))


Place = Leased | Locked


@dataclass
class World:
    """Two runs, a place, and a clock that moves by waiting alone; no lease is ever renewed."""

    place: Place
    now: float = 0.0
    broken: bool = False
    holder: str = ""
    stores: dict[str, SharedStore] = field(default_factory=dict)
    known: dict[str, State] = field(default_factory=dict)
    held: dict[str, ExitStack] = field(default_factory=dict)
    dead: list[ExitStack] = field(default_factory=list)

    def store(self, who: str) -> SharedStore:
        if who not in self.stores:
            self.stores[who] = self.place.open(who, lambda: self.now)
        return self.stores[who]

    def take(self, who: str) -> None:
        """Take the lock, waiting until whoever has it is dead, and read the state."""
        if who not in self.held:
            stack = ExitStack()
            stack.enter_context(self.store(who).locked(LockPatience(stop=Leaping(self))))
            self.held[who] = stack
            self.holder = who
            self.read(who)

    def read(self, who: str) -> None:
        if who in self.held:
            state = self.store(who).read()
            self.known[who] = state or State.fresh(PRINCIPAL, lineage="ab" * 16)

    def write(self, who: str) -> None:
        """Append a letter to all that this run knows."""
        if who in self.held and who in self.known:
            chain = self.known[who].avatars.get(CHAIN, "") + who
            new = next_serial(replace(self.known[who], avatars={CHAIN: chain}))
            self.known[who] = new
            self.store(who).write(new)

    def write_unanswered(self, who: str) -> None:
        self.place.disturb(lost=1)
        self.write(who)

    def write_away(self, who: str) -> None:
        self.place.disturb(away=1)
        self.write(who)

    def leave(self, who: str) -> None:
        if who in self.held:
            self.held.pop(who).close()

    def die(self, who: str) -> None:
        """Be killed: the lease stays as it is, and a new process takes the name."""
        if who in self.held:
            self.dead.append(self.held.pop(who))  # kept: else its end would give the lock back
            _end(self.stores.pop(who))

    def break_lock(self, who: str) -> None:
        seen = self.store(who).lock.seen()
        if seen is not None:
            self.broken = True
            self.store(who).break_(seen.id)

    def delete_lock(self, who: str) -> None:
        self.broken = True
        self.place.delete_lock()

    @property
    def chain(self) -> str:
        state = self.place.open("reader", lambda: self.now).read()
        return "" if state is None else state.avatars.get(CHAIN, "")

    @property
    def sure(self) -> list[str]:
        """The runs that hold the state for sure, as they see it."""
        found = []
        for who in self.held:
            try:
                self.store(who).seconds_left()
            except LockedError:
                continue
            found.append(who)
        return found

    def end(self) -> None:
        for store in self.stores.values():
            _end(store)


def _end(store: SharedStore) -> None:
    if isinstance(store.lock, LeaseLock):
        store.lock._ending.set()


STEPS = ("take", "read", "write", "write", "write_unanswered", "write_away", "leave", "die")
FORCE = ("break_lock", "delete_lock")


def obey(world: World, steps: list[tuple[str, str]]) -> None:
    try:
        before = ""
        for step, who in steps:
            with suppress(LockedError, StateError, UsageError):
                getattr(world, step)(who)
            world.place.disturb()
            now = world.chain
            assert now.startswith(before), (step, who, before, now)
            assert now == before or who == world.holder, (step, who, world.holder)
            before = now
            assert world.broken or len(world.sure) <= 1, (step, who, world.sure)
    finally:
        world.end()


def steps_of(*kinds: str) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(st.sampled_from(kinds), st.sampled_from(RUNS)), max_size=30)


LEASED = pytest.mark.parametrize("place", [in_memory, in_a_bucket])
PLACES = pytest.mark.parametrize("place", [in_memory, in_a_bucket, on_a_server, on_gitlab])


@LEASED
@given(steps=steps_of(*STEPS))
@settings(max_examples=examples(100), deadline=None)
def test_no_write_is_lost_and_no_two_runs_hold_the_state(
    place: Callable[[], Place], steps: list[tuple[str, str]]
) -> None:
    obey(World(place()), steps)


@PLACES
@given(steps=steps_of(*STEPS, *FORCE))
@settings(max_examples=examples(100), deadline=None)
def test_no_write_is_lost_when_locks_are_broken_or_deleted(
    place: Callable[[], Place], steps: list[tuple[str, str]]
) -> None:
    obey(World(place()), steps)
