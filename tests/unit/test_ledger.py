"""A run's records: kept before the next step, joined while a write is under way, never lost."""

from __future__ import annotations

import asyncio
import threading
from contextlib import nullcontext

import pytest

from storyboard.apply.ledger import Ledger
from storyboard.errors import StateError
from storyboard.kaltura.objects import Principal
from storyboard.state.model import State


class SlowStore:
    """Keeps states; a write waits for `go`."""

    def __init__(self) -> None:
        self.kept: list[State] = []
        self.go = threading.Event()
        self.fails = False

    def read(self) -> State | None:
        return self.kept[-1] if self.kept else None

    def write(self, state: State) -> None:
        self.go.wait(60)
        if self.fails:
            raise StateError("no room")
        self.kept.append(state)

    def locked(self) -> nullcontext[None]:
        return nullcontext()


@pytest.fixture
def store() -> SlowStore:
    return SlowStore()


@pytest.fixture
def ledger(store: SlowStore) -> Ledger:
    return Ledger(store, State.fresh(Principal(1, "ann", "https://studio.example")))


def test_changes_during_a_write_go_out_together(store: SlowStore, ledger: Ledger) -> None:
    async def run() -> None:
        async def note(number: int) -> None:
            await ledger.record_avatar(f"avatar-{number}", str(number))
            assert f"avatar-{number}" in store.kept[-1].avatars

        async with asyncio.TaskGroup() as group:
            for number in range(50):
                group.create_task(note(number))
            await asyncio.sleep(0)
            store.go.set()
        assert len(store.kept) == 2
        assert len(store.kept[-1].avatars) == 50

    asyncio.run(run())


def test_what_a_cancellation_left_is_kept_by_close(store: SlowStore, ledger: Ledger) -> None:
    async def run() -> None:
        first = asyncio.create_task(ledger.record_avatar("a", "1"))
        second = asyncio.create_task(ledger.record_avatar("b", "2"))
        await asyncio.sleep(0.01)
        first.cancel()
        second.cancel()
        store.go.set()
        await asyncio.gather(first, second, return_exceptions=True)
        await ledger.close()
        assert set(store.kept[-1].avatars) == {"a", "b"}
        assert [state.serial for state in store.kept] == sorted({s.serial for s in store.kept})

    asyncio.run(run())


def test_a_failure_reaches_everyone_who_waits(store: SlowStore, ledger: Ledger) -> None:
    async def run() -> None:
        store.fails = True
        store.go.set()
        records = [ledger.record_avatar(str(number), "x") for number in range(3)]
        told = await asyncio.gather(*records, return_exceptions=True)
        assert [type(error) for error in told] == [StateError] * 3
        assert ledger.failure is not None
        assert len(ledger.state.avatars) == 3

    asyncio.run(run())
